/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Processes: starting, executing, waiting, scheduling, limits. */
#include "case.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define SELF "/proc/self/exe"

static char *none[] = { NULL };

static void nothing(void)
{
}

CASE(fork)
{
	in_child(nothing);
	sc(wait4, -1, NULL, 0, NULL);
	sc(wait4, -1, NULL, WNOHANG | WUNTRACED | 0x10, NULL);
	sc(wait4, 0, page, -1, page);
}

static void exits_with(void)
{
	sc(exit, 0x1234);
}

CASE(wait4)
{
	int status;
	pid_t pid = (pid_t)sc(fork);

	if (!pid)
		exits_with();
	sc(wait4, pid, &status, __WALL, page);
	pid = (pid_t)sc(fork);
	if (!pid)
		sc(kill, getpid(), SIGKILL);
	sc(wait4, pid, &status, __WALL | __WNOTHREAD, NULL);
	sc(wait4, pid, NOWHERE, WNOHANG, NULL);
}

CASE(waitid)
{
	siginfo_t info;
	pid_t pid = (pid_t)sc(fork);

	if (!pid)
		exits_with();
	sc(waitid, P_PID, pid, &info, WEXITED | WNOWAIT, NULL);
	sc(waitid, P_ALL, 0, &info, WEXITED, page);
	sc(waitid, P_ALL, 0, &info, WEXITED | WNOHANG, NULL);
	sc(waitid, P_PGID, 5, NULL, WSTOPPED | WCONTINUED, NULL);
	sc(waitid, 77, 5, NULL, 0x100, NULL);
}

CASE(vfork)
{
	int status;
	pid_t pid = (pid_t)sc(vfork);

	if (!pid)
		sc(exit, 1);
	sc(wait4, pid, &status, 0, NULL);
}

CASE(clone)
{
	int status;
	int tid[2] = { 0, 0 };
	pid_t pid = (pid_t)sc(clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (!pid)
		sc(exit, 2);
	sc(wait4, pid, &status, 0, NULL);
	pid = (pid_t)sc(clone, CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID, NULL,
			tid, tid + 1, NULL);
	if (!pid)
		sc(exit, 3);
	sc(wait4, pid, &status, __WALL, NULL);
	sc(clone, CLONE_THREAD, NULL, NULL, NULL, NULL);
	sc(clone, CLONE_SIGHAND | 5, page, page, page, page);
	sc(clone, 77, 0x1001L, NULL, NULL, NULL);
}

CASE(exec_fails)
{
	char *args[] = { "one", "two \n", "a long argument of the program here",
			 NULL };
	char *env[] = { "A=1", "B=2", NULL };
	char *many[40];

	for (int i = 0; i < 40; i++)
		many[i] = "x";
	many[39] = NULL;
	sc(execve, "/nonexistent", args, env);
	sc(execve, "/nonexistent", none, none);
	sc(execve, "/nonexistent", NULL, NULL);
	sc(execve, "/nonexistent", many, env + 1);
	sc(execve, "/nonexistent", at_edge(args, 16), env);
	sc(execve, "/nonexistent", args, at_edge(env, 8));
	sc(execve, NULL, NOWHERE, NOWHERE);
	sc(execve, "/", args, env);
	sc(execveat, AT_FDCWD, "/nonexistent", args, env, AT_EMPTY_PATH);
	sc(execveat, 77, "", none, none, AT_SYMLINK_NOFOLLOW | 0x1);
}

CASE(exec)
{
	char *args[] = { "process", "--list", NULL };

	sc(execve, SELF, args, none);
}

CASE(exec_in_child)
{
	char *args[] = { "true", NULL }, *env[] = { "A=1", NULL };
	int status;
	pid_t pid = (pid_t)sc(vfork);

	if (!pid) {
		sc(execve, "/bin/true", args, env);
		sc(exit, 127);
	}
	sc(wait4, pid, &status, 0, NULL);
}

CASE(exec_at)
{
	char *args[] = { "true", NULL };
	int fd = (int)sc(open, "/bin/true", O_PATH | O_CLOEXEC);

	sc(execveat, fd, "", args, none, AT_EMPTY_PATH);
}

CASE(ids)
{
	sc(getpid);
	sc(getppid);
	sc(gettid);
	sc(getpgrp);
	sc(getpgid, 0);
	sc(getsid, 0);
	sc(setsid);
	sc(setpgid, 0, 0);
	sc(setpgid, -1, 99999999);
	sc(getpgid, 99999999);
	sc(set_tid_address, page);
	sc(set_robust_list, page, 24L);
	sc(set_robust_list, page, 5L);
	sc(get_robust_list, 0, page, page + 8);
	sc(get_robust_list, 99999999, page, page + 8);
}

CASE(users)
{
	unsigned int groups[3] = { 5, 6, 7 };

	sc(getuid);
	sc(geteuid);
	sc(getgid);
	sc(getegid);
	sc(getresuid, page, page + 4, page + 8);
	sc(getresgid, page, page + 4, page + 8);
	sc(getresgid, NULL, page + 4, page + 8);
	sc(setuid, -1);
	sc(setreuid, -1, -1);
	sc(setregid, -1, -1);
	sc(setresuid, -1, -1, -1);
	sc(setresgid, -1, 0, -1);
	sc(setfsuid, -1);
	sc(setfsgid, -1);
	sc(getgroups, 0, NULL);
	sc(getgroups, 100, page);
	sc(getgroups, -1, page);
	sc(setgroups, 3, groups);
	sc(setgroups, 0, NULL);
	sc(setgroups, 100000, groups);
	sc(setgroups, 3, NOWHERE);
}

CASE(capabilities)
{
	struct {
		unsigned int version;
		int pid;
	} header = { 0x20080522, 0 }, old = { 0x19980330, 0 }, odd = { 5, 6 };
	unsigned int data[6] = { 1, 0x22, 0, 0x40, 0, 1 };

	sc(capget, &header, page);
	sc(capget, &old, page);
	sc(capget, &odd, NULL);
	sc(capget, NULL, NULL);
	header.pid = 99999999;
	sc(capset, &header, data);
	sc(capset, &odd, data);
	sc(capset, &header, NULL);
}

CASE(limits)
{
	struct rlimit limit = { 64 << 10, RLIM_INFINITY };

	sc(getrlimit, RLIMIT_STACK, page);
	sc(getrlimit, RLIMIT_CORE, page);
	sc(getrlimit, 77, page);
	sc(setrlimit, RLIMIT_CORE, &limit);
	limit.rlim_max = 1000;
	sc(setrlimit, RLIMIT_NOFILE, &limit);
	sc(setrlimit, RLIMIT_NOFILE, NULL);
	sc(prlimit64, 0, RLIMIT_NOFILE, NULL, page);
	limit.rlim_cur = 1024 * 1024;
	limit.rlim_max = 1024UL << 30;
	sc(prlimit64, 0, RLIMIT_FSIZE, &limit, page);
	sc(prlimit64, 99999999, RLIMIT_AS, NOWHERE, NOWHERE);
}

CASE(scheduling)
{
	int priority = 0;
	unsigned int attr[14] = { 48, 0, 1, 0, 5 };

	sc(sched_yield);
	sc(sched_getscheduler, 0);
	sc(sched_getscheduler, 99999999);
	sc(sched_getparam, 0, page);
	sc(sched_setparam, 0, &priority);
	sc(sched_setscheduler, 0, SCHED_BATCH, &priority);
	sc(sched_setscheduler, 99999999, SCHED_FIFO | 0x40000000, &priority);
	sc(sched_setscheduler, 0, 77, NULL);
	sc(sched_get_priority_max, SCHED_FIFO);
	sc(sched_get_priority_min, 77);
	sc(sched_rr_get_interval, 0, page);
	sc(sched_rr_get_interval, 99999999, page);
	sc(sched_getattr, 0, page, 48, 0);
	sc(sched_getattr, 99999999, page, 48, 1);
	sc(sched_setattr, 99999999, attr, 0);
	sc(sched_setattr, 99999999, NULL, 1);
	sc(getpriority, PRIO_PROCESS, 0);
	sc(setpriority, PRIO_PROCESS, 0, 5);
	sc(getpriority, PRIO_PROCESS, 0);
	sc(setpriority, 77, 0, 5);
	sc(ioprio_get, 1, 0);
	sc(ioprio_set, 1, 0, 2 << 13 | 4);
	sc(ioprio_get, 1, 0);
	sc(ioprio_set, 77, 0, 7 << 13 | 9);
}

CASE(affinity)
{
	unsigned long set[2] = { 1, 0 };

	sc(sched_setaffinity, 0, 8, set);
	sc(sched_getaffinity, 0, 128, page);
	sc(sched_getaffinity, 0, 3, page);
	sc(sched_setaffinity, 0, 16, NULL);
	sc(sched_setaffinity, 99999999, 16, NOWHERE);
	sc(sched_setaffinity, 99999999, 0, set);
}

CASE(prctl)
{
	sc(prctl, 15 /* PR_SET_NAME */, "a name of a thread", 0, 0, 0);
	sc(prctl, 16 /* PR_GET_NAME */, page);
	sc(prctl, 1 /* PR_SET_PDEATHSIG */, SIGTERM);
	sc(prctl, 2 /* PR_GET_PDEATHSIG */, page);
	sc(prctl, 3 /* PR_GET_DUMPABLE */);
	sc(prctl, 4 /* PR_SET_DUMPABLE */, 1L);
	sc(prctl, 38 /* PR_SET_NO_NEW_PRIVS */, 1L, 0L, 0L, 0L);
	sc(prctl, 39 /* PR_GET_NO_NEW_PRIVS */, 0L, 0L, 0L, 0L);
	sc(prctl, 23 /* PR_CAPBSET_READ */, 0L);
	sc(prctl, 21 /* PR_GET_SECCOMP */);
	sc(prctl, 36 /* PR_SET_CHILD_SUBREAPER */, 1L);
	sc(prctl, 37 /* PR_GET_CHILD_SUBREAPER */, page);
	sc(prctl, 777, 1L, 2L, 3L, 4L);
	sc(arch_prctl, 0x1003, page);
	sc(arch_prctl, 0x7777, page);
	sc(personality, 0xffffffff);
	sc(personality, 0x0040008);
}

CASE(namespaces)
{
	sc(unshare, 0);
	sc(unshare, 0x100);
	sc(unshare, 0x1);
	sc(setns, 77, 0);
	sc(setns, 77, CLONE_NEWNET);
	sc(setns, 77, 0x1);
	sc(sethostname, NULL, 5);
	sc(setdomainname, NOWHERE, 5);
	sc(pidfd_open, 99999999, 0);
	sc(pidfd_open, 99999999, 0x800);
	sc(pidfd_send_signal, 77, SIGTERM, NULL, 0);
	sc(pidfd_getfd, 77, 5, 1);
	sc(kcmp, 99999999, 99999999, 0, 1, 2);
	sc(kcmp, 99999999, 99999999, 77, 1, 2);
	sc(ioperm, 99999999L, 1L, 1);
	sc(iopl, 77);
	sc(vhangup, 5);
}

CASE(unknown)
{
	syscall(700, 1L, 2L, 3L, 4L, 5L, 6L);
	syscall(183, 1L, 2L, 3L, 4L, 5L, 6L);
	syscall(-1L, 1L, 2L, 3L, 4L, 5L, 6L);
	syscall(0x80000000L, 1L, 2L, 3L, 4L, 5L, 6L);
}

CASE(prctl_more)
{
	static const int options[] = {
		PR_GET_UNALIGN,
		PR_SET_UNALIGN,
		PR_GET_FPEMU,
		PR_SET_FPEMU,
		PR_GET_FPEXC,
		PR_SET_FPEXC,
		PR_GET_ENDIAN,
		PR_SET_ENDIAN,
		PR_CAPBSET_READ,
		PR_GET_TSC,
		PR_SET_TSC,
		PR_GET_TID_ADDRESS,
		PR_SET_SECUREBITS,
		PR_MCE_KILL,
		PR_MCE_KILL_GET,
		PR_SET_MM,
		PR_GET_CHILD_SUBREAPER,
		PR_GET_NO_NEW_PRIVS,
		PR_SET_THP_DISABLE,
		PR_GET_THP_DISABLE,
		PR_SET_FP_MODE,
		PR_GET_FP_MODE,
		PR_CAP_AMBIENT,
		PR_GET_SPECULATION_CTRL,
		PR_SET_SPECULATION_CTRL,
		PR_SET_SYSCALL_USER_DISPATCH,
		PR_GET_PDEATHSIG,
		PR_SET_IO_FLUSHER,
		PR_GET_IO_FLUSHER,
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		sc(prctl, options[i], 0x12345678000L, 1L, 2L, 3L);
		sc(prctl, options[i], 1L, 2L, 0L, 0L);
	}
	sc(prctl, PR_MCE_KILL_GET, 0L, 0L, 0L, 0L);
	sc(prctl, PR_GET_TSC, page);
	sc(prctl, PR_CAP_AMBIENT, 4L, 0L, 0L, 0L);
	sc(prctl, PR_SET_VMA, 7L, 1L, 2L, 3L);
	sc(prctl, PR_SET_VMA, 0L, page, 4096L, "name");
	sc(prctl, PR_SET_DUMPABLE, 0L);
	sc(prctl, PR_GET_DUMPABLE);
	sc(prctl, PR_SET_SECUREBITS, 0x55L);
	sc(prctl, PR_GET_SECUREBITS);
	sc(prctl, PR_GET_SPECULATION_CTRL, 0L, 0L, 0L, 0L);
}

CASE(arch_prctl)
{
	sc(arch_prctl, 0x1004, page); /* ARCH_GET_GS */
	sc(arch_prctl, 0x1004, 1L);
	sc(arch_prctl, 0x1003, NOWHERE);
	sc(arch_prctl, 0x1001, page); /* ARCH_SET_GS */
	sc(arch_prctl, 0x1011, 0L);   /* ARCH_GET_CPUID */
	sc(arch_prctl, 77, 5L);
}

/* Features of the processor, and what other processors have. */
CASE(processors)
{
	sc(arch_prctl, 0x1021, page);
	sc(arch_prctl, 0x1022, page);
	sc(arch_prctl, 0x1021, NOWHERE);
	for (long feature = 0; feature < 22; feature++)
		sc(arch_prctl, 0x1023, feature);
	sc(prctl, 50, 0x60001, 0, 0, 0);
	sc(prctl, 50, 0x77777777, 0, 0, 0);
	sc(prctl, 63, 5, 0, 0, 0);
	sc(prctl, 64, 5, 0, 0, 0);
	sc(prctl, 54, 0x77, 1, 2, 3);
	sc(prctl, PR_SET_SECCOMP, 9, page, 0, 0);
	sc(prctl, 53, 0, 0, 0, 0);
	sc(prctl, 53, 1, 16, 0, 0);
	sc(prctl, 62, 1, 0, 4, 0);
	sc(sched_setscheduler, 0, 0x40000000, page);
	sc(sched_getscheduler, 0);
}
