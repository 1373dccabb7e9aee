/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Threads: lines that are interrupted, and executions from a thread. */
#include "case.h"

#include <linux/futex.h>
#include <sched.h>
#include <time.h>

#define THREAD                                                                 \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |    \
	 CLONE_SYSVSEM | CLONE_CHILD_CLEARTID | CLONE_PARENT_SETTID)

static int tid;
static char stack[16384] __attribute__((aligned(16)));

static int body_exits(void *nothing)
{
	(void)nothing;
	sc(write, 1, "x", 1);
	sc(exit, 0);
	return 0;
}

static void join(void)
{
	int now;

	while ((now = __atomic_load_n(&tid, __ATOMIC_SEQ_CST)))
		sc(futex, &tid, FUTEX_WAIT, now, NULL);
}

CASE(thread)
{
	tid = -1;
	clone(body_exits, stack + sizeof(stack), THREAD, NULL, &tid, NULL,
	      &tid);
	join();
	sc(write, 1, "y", 1);
}

/* By then the leader is in its pause. */
static void let_it_pause(void)
{
	sc(nanosleep, &(struct timespec){ 0, 50000000 }, NULL);
}

static int body_executes(void *nothing)
{
	char *args[] = { "true", NULL }, *env[] = { NULL };

	(void)nothing;
	let_it_pause();
	sc(execve, "/bin/true", args, env);
	return 1;
}

CASE(exec_from_thread)
{
	clone(body_executes, stack + sizeof(stack), THREAD, NULL, &tid, NULL,
	      &tid);
	for (;;)
		sc(pause);
}

static int body_ends_all(void *nothing)
{
	(void)nothing;
	let_it_pause();
	sc(exit_group, 7);
	return 1;
}

CASE(exit_group_from_thread)
{
	clone(body_ends_all, stack + sizeof(stack), THREAD, NULL, &tid, NULL,
	      &tid);
	for (;;)
		sc(pause);
}

static int body_kills_all(void *nothing)
{
	(void)nothing;
	let_it_pause();
	sc(kill, getpid(), SIGKILL);
	return 1;
}

CASE(killed_by_thread)
{
	clone(body_kills_all, stack + sizeof(stack), THREAD, NULL, &tid, NULL,
	      &tid);
	for (;;)
		sc(pause);
}

CASE(child_unfinished)
{
	int fds[2], back[2], status;
	pid_t pid;

	sc(pipe, fds);
	sc(pipe, back);
	pid = (pid_t)sc(fork);
	if (!pid) {
		sc(read, fds[0], page, 10);
		sc(write, back[1], "z", 1);
		sc(exit, 0);
	}
	sc(write, fds[1], "hello", 5);
	sc(read, back[0], page, 10);
	sc(wait4, pid, &status, 0, NULL);
}

CASE(clone3)
{
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal;
		uint64_t stack, stack_size, tls;
		uint64_t set_tid, set_tid_size, cgroup;
	} args = { .flags = CLONE_THREAD, .exit_signal = SIGCHLD };

	sc(clone3, &args, sizeof(args));
	sc(clone3, NULL, 64L);
	sc(clone3, &args, 8L);
	args.set_tid = (uintptr_t)(const int[]){ 1, 2, 3 };
	args.set_tid_size = 3;
	args.cgroup = 5;
	memset(page, 0, PAGE);
	memcpy(page, &args, sizeof(args));
	sc(clone3, page, sizeof(args) + 8);
	page[sizeof(args)] = 1;
	sc(clone3, page, sizeof(args) + 8);
}
