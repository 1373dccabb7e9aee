/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Whoever reads another's memory waits for its pages, and at best SIGKILL ends
 * that: the kernel looks for no other signal on behalf of a remote reader
 * (FOLL_INTERRUPTIBLE, mm/gup.c). So a process of its own reads them, which
 * can be left behind. It is not ours to wait for: a child that never ends
 * would look like a task of the program.
 */
#include "trace/touch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "trace/procfs.h"

enum { PAGE = 4096, PATIENCE_S = 60 };

/* The descriptor was opened by the tracer: nobody asks again who reads. */
static void __attribute__((noreturn))
fetch(int memory, uint64_t addr, size_t len, int done)
{
	uint64_t at = addr, end = addr + len;
	sigset_t none;
	size_t got;
	char byte;

	/* It needs these two, and of all that is syswall's nothing else. */
	if (dup2(memory, 0) != 0 || dup2(done, 1) != 1 ||
	    syscall(SYS_close_range, 2, UINT_MAX, 0))
		_exit(1);
	/* Nobody else ends it. */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGALRM, SIG_DFL);
	alarm(PATIENCE_S);
	while (at < end && pread(0, &byte, 1, (off_t)at) == 1)
		at = (at | (PAGE - 1)) + 1;
	got = at < end ? at - addr : len;
	(void)!write(1, &got, sizeof(got));
	_exit(0);
}

/* False: there is nobody to do it. */
static bool send_somebody(int memory, uint64_t addr, size_t len, int done)
{
	pid_t child = fork();

	if (child == 0) {
		if (fork() == 0)
			fetch(memory, addr, len, done);
		_exit(0);
	}
	if (child < 0)
		return false;
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	return true;
}

/* What it has fetched. False: it does not come back, or was killed. */
static bool comes_back(int fd, int patience_ms, size_t *got)
{
	struct pollfd done = { .fd = fd, .events = POLLIN };
	const uint64_t end = clock_ns() + (uint64_t)patience_ms * 1000000;

	for (;;) {
		int64_t left_ms = (int64_t)(end - clock_ns()) / 1000000;
		int ready = poll(&done, 1, left_ms > 0 ? (int)left_ms : 0);

		if (ready > 0 && read(fd, got, sizeof(*got)) == sizeof(*got))
			return true;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready >= 0)
			errno = ETIMEDOUT;
		return false;
	}
}

bool touch_pages(pid_t tid, uint64_t addr, size_t len, int patience_ms,
		 size_t *got)
{
	int memory = procfs_open(tid, "mem");
	int ends[2], error;
	bool came;

	*got = 0;
	if (memory < 0)
		return true; /* nor can it be read otherwise */
	if (pipe2(ends, O_CLOEXEC)) {
		error = errno;
		close(memory);
		errno = error;
		return false;
	}
	came = send_somebody(memory, addr, len, ends[1]);
	error = errno;
	close(memory);
	close(ends[1]);
	if (came) {
		came = comes_back(ends[0], patience_ms, got);
		error = errno;
	}
	close(ends[0]);
	errno = error;
	return came;
}
