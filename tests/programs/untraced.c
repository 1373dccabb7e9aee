/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* untraced PATH: children made with CLONE_UNTRACED, by clone and clone3. Says
 * whether they are traced, can open PATH, and which of the registers that the
 * call was given have changed in parent and child. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COUNT = 5 };

static int is_traced(void)
{
	char status[4096];
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t len = read(fd, status, sizeof(status) - 1);
	const char *at;

	close(fd);
	status[len > 0 ? len : 0] = '\0';
	at = strstr(status, "TracerPid:");
	return at && atoi(at + 10) > 0;
}

/* clone with @flags; the registers of the call afterwards go to @after. */
static long clone_by_hand(unsigned long flags, unsigned long after[COUNT])
{
	unsigned long tid_pointers[2] = { 0 };
	register unsigned long *parent_tid __asm__("rdx") = &tid_pointers[0];
	register unsigned long *child_tid __asm__("r10") = &tid_pointers[1];
	register unsigned long tls __asm__("r8") = 0x7777;
	unsigned long first = flags, second = 0;
	long result = SYS_clone;

	__asm__ volatile("syscall"
			 : "+a"(result), "+D"(first), "+S"(second),
			   "+r"(parent_tid), "+r"(child_tid), "+r"(tls)
			 :
			 : "rcx", "r11", "memory");
	after[0] = first ^ flags;
	after[1] = second;
	after[2] = (unsigned long)parent_tid ^ (unsigned long)&tid_pointers[0];
	after[3] = (unsigned long)child_tid ^ (unsigned long)&tid_pointers[1];
	after[4] = tls ^ 0x7777;
	return result;
}

static int changed(const unsigned long after[COUNT])
{
	for (int i = 0; i < COUNT; i++)
		if (after[i])
			return 1;
	return 0;
}

/* Plain forks of another thread, whose registers nobody may touch. */
static void *fork_for_ever(void *bad)
{
	unsigned long after[COUNT];
	int status;

	for (;;) {
		long pid = clone_by_hand(SIGCHLD, after);

		if (!pid)
			syscall(SYS_exit_group, changed(after));
		if (changed(after) ||
		    (pid > 0 && waitpid((pid_t)pid, &status, 0) == pid &&
		     status))
			*(volatile int *)bad = 1;
	}
	return NULL;
}

int main(int argc, char *argv[])
{
	struct clone_args args = { .flags = CLONE_UNTRACED,
				   .exit_signal = SIGCHLD };
	int parent_changed = 0, child_changed = 0, traced = 0, opened = 0;
	int n = 200, status;
	volatile int *bad = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_t thread;
	long pid;

	if (argc != 2)
		return 99;
	pthread_create(&thread, NULL, fork_for_ever, (void *)bad);
	for (int i = 0; i < n; i++) {
		unsigned long after[COUNT];

		pid = clone_by_hand(CLONE_UNTRACED | SIGCHLD, after);
		if (!pid)
			syscall(SYS_exit_group,
				(is_traced() ? 1 : 0) +
					(changed(after) ? 2 : 0) +
					(open(argv[1], O_RDONLY) >= 0 ? 4 : 0));
		parent_changed += changed(after);
		if (pid < 0 || waitpid((pid_t)pid, &status, 0) != pid)
			return 98;
		status = WEXITSTATUS(status);
		traced += status & 1;
		child_changed += !!(status & 2);
		opened += !!(status & 4);
	}
	printf("traced %d opened %d of %d\n", traced, opened, n);
	printf("changed in parent %d child %d others %d\n", parent_changed,
	       child_changed, *bad);
	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (!pid)
		_exit(0);
	printf("clone3 %s\n", pid < 0 ? strerror(errno) : "works");
	return 0;
}
