/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Reading another process: what is there, what is not, what never comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace/memory.h"

enum { PAGE = 4096, PAGES = 70 };

static const char words[] = "words";

/* What the process to read has to show. */
struct shown {
	char *memory; /* PAGES pages; the last is closed */
	bool ready;
};

static void show_file(struct shown *shown)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	for (int i = 0; i < PAGES; i++)
		if (pwrite(fd, words, sizeof(words), i * PAGE) < 0)
			return;
	shown->memory =
		mmap(NULL, (size_t)PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	shown->ready =
		shown->memory != MAP_FAILED &&
		!mprotect(shown->memory + (PAGES - 1) * PAGE, PAGE, PROT_NONE);
}

/* Whoever comes waits for an answer of ours. userfaultfd(2) */
static void show_nothing(struct shown *shown)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);

	shown->memory = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (uintptr_t)shown->memory;
	range.range.len = PAGE;
	shown->ready = fd >= 0 && !ioctl(fd, UFFDIO_API, &api) &&
		       !ioctl(fd, UFFDIO_REGISTER, &range);
}

static pid_t start(void (*show)(struct shown *), struct shown *shown)
{
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		struct shown own = { 0 };

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		show(&own);
		if (write(ends[1], &own, sizeof(own)) == sizeof(own))
			pause();
		_exit(0);
	}
	assert_int_equal(read(ends[0], shown, sizeof(*shown)), sizeof(*shown));
	close(ends[0]);
	close(ends[1]);
	return pid;
}

static int end(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void test_that_comes(void **state)
{
	static char read[PAGES * PAGE];
	struct space *space = space_new();
	struct shown shown;
	pid_t pid = start(show_file, &shown);
	struct memory_owner owner = { pid, space, 10000 };
	uint64_t at;

	(void)state;
	assert_true(shown.ready);
	at = (uintptr_t)shown.memory;
	/* None of these pages has been looked at so far. */
	assert_int_equal(memory_read(&owner, at, read, 10), 10);
	assert_string_equal(read, words);
	assert_int_equal(memory_read(&owner, at + PAGE, read, 1), 1);
	assert_int_equal(memory_read(&owner, at + 2 * PAGE - 5, read, 11), 11);
	assert_string_equal(read + 5, words);
	/* Up to the closed one. */
	assert_int_equal(memory_read(&owner, at + 3, read, sizeof(read)),
			 (PAGES - 1) * PAGE - 3);
	for (int i = 1; i < PAGES - 1; i++)
		assert_string_equal(read + i * PAGE - 3, words);
	assert_int_equal(memory_read(&owner, at + (PAGES - 1) * PAGE, read, 1),
			 0);
	assert_int_equal(memory_read(&owner, 0, read, 1), 0);
	assert_int_equal(memory_read(&owner, UINT64_MAX - 2, read, 10), 0);
	assert_false(space->hangs);
	end(pid);
	assert_int_equal(memory_read(&owner, at, read, 10), 0);
	assert_false(space->hangs);
	space_leave(space, false);
}

static void test_that_another_serves(void **state)
{
	struct space *space = space_new();
	struct shown shown;
	pid_t pid = start(show_nothing, &shown);
	struct memory_owner owner = { pid, space, 10000 };
	char read[10];

	(void)state;
	if (!shown.ready) {
		end(pid);
		space_leave(space, false);
		skip(); /* userfaultfd(2) needs a privilege */
	}
	/* Nobody waits for it, and nobody is killed. */
	assert_int_equal(memory_read(&owner, (uintptr_t)shown.memory, read,
				     sizeof(read)),
			 0);
	assert_int_equal(
		memory_read(&owner, (uintptr_t)words, read, sizeof(words)),
		sizeof(words));
	assert_string_equal(read, words);
	assert_false(space->hangs);
	assert_int_equal(WTERMSIG(end(pid)), SIGKILL);
	space_leave(space, false);
}

/* Nobody can be sent for it: that is as if it had never come. */
static void test_that_nobody_fetches(void **state)
{
	struct space *space = space_new();
	struct rlimit limit, none;
	struct shown shown;
	pid_t pid = start(show_file, &shown);
	struct memory_owner owner = { pid, space, 10000 };
	char read[10];
	int status, lowest = dup(0);

	(void)state;
	close(lowest);
	/* The pagemap, the mappings, the memory: and no pipe. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = (rlim_t)lowest + 2;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(memory_read(&owner, (uintptr_t)shown.memory, read, 1),
			 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_true(space->hangs);
	/* Whatever else it has is of no interest: it has been killed. */
	assert_int_equal(memory_read(&owner, (uintptr_t)words, read, 1), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	space_leave(space, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_that_comes),
		cmocka_unit_test(test_that_another_serves),
		cmocka_unit_test(test_that_nobody_fetches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
