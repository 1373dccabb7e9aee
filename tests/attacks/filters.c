/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* filters: seccomp filters, user dispatch and probes of the program's own. */
#include "attack.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

#define NR BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))

static long filter_call(unsigned int flags, unsigned int number,
			unsigned int action)
{
	struct sock_filter code[] = {
		NR,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return sc(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

static void wave_through(int listener)
{
	struct seccomp_notif notif = { 0 };
	struct seccomp_notif_resp response = { 0 };

	ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notif);
	response.id = notif.id;
	response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static int notify(unsigned int flags)
{
	int listener =
		(int)filter_call(SECCOMP_FILTER_FLAG_NEW_LISTENER | flags,
				 SYS_openat, SECCOMP_RET_USER_NOTIF);
	int result;
	pid_t pid;

	if (listener < 0)
		return HELD;
	pid = fork();
	if (!pid) {
		wave_through(listener);
		_exit(0);
	}
	result = read_it();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return result;
}

static int notify_plain(void)
{
	return notify(0);
}

static int notify_tsync(void)
{
	return notify(SECCOMP_FILTER_FLAG_TSYNC |
		      SECCOMP_FILTER_FLAG_TSYNC_ESRCH);
}

static int notify_killable(void)
{
	return notify(1 << 5 /* WAIT_KILLABLE_RECV */);
}

/* Without a listener such calls fail: no way through either. */
static int notify_nobody(void)
{
	filter_call(0, SYS_openat, SECCOMP_RET_USER_NOTIF);
	return read_it();
}

static unsigned int forged;

static int read_filtered(void)
{
	if (filter_call(0, SYS_openat, forged))
		return cannot("seccomp");
	return read_it();
}

/* SECCOMP_RET_DATA is the tracer's number, and anybody's. Bare there is no
 * tracer, and the filter's own call fails. */
static int forge_data(void)
{
	int worked = in_child(read_it) == WORKED && tracer_pid() <= 0;

	for (unsigned int data = 0; data < 65536 && !worked;
	     data += data < 20	  ? 1 :
		     data < 65000 ? 6553 :
				    5) {
		forged = SECCOMP_RET_TRACE | data;
		worked |= in_child(read_filtered) == WORKED;
	}
	return worked ? WORKED : HELD;
}

static int forge_log(void)
{
	forged = SECCOMP_RET_LOG | 7;
	return in_child(read_filtered);
}

static int forge_allow(void)
{
	forged = SECCOMP_RET_ALLOW | 7;
	return in_child(read_filtered);
}

/* 0 from a filter is the program's own lie: nothing was opened. */
static int errno_zero(void)
{
	if (filter_call(0, SYS_openat, SECCOMP_RET_ERRNO | 0))
		return cannot("seccomp");
	return sc(SYS_openat, AT_FDCWD, SECRET, O_RDONLY) == 0 &&
			       !is_secret_fd(dup(0)) ?
		       HELD :
		       WORKED;
}

static int strict(void)
{
	pid_t pid = fork();

	if (!pid) {
		int fd = open(SECRET, O_RDONLY);

		if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
			_exit(read_it());
		sc(SYS_exit, fd >= 0 ? WORKED : HELD);
	}
	return status_of(pid);
}

static volatile char selector;

static void on_sigsys(int signal)
{
	(void)signal;
	selector = 0; /* allow */
}

/* Calls become signals; the one that is made after them must be seen. */
static int dispatch(void)
{
	int fd;

	signal(SIGSYS, on_sigsys);
	if (prctl(59, 1, 0, 0, &selector))
		return cannot("user dispatch");
	selector = 1;
	fd = (int)sc(SYS_openat, AT_FDCWD, SECRET, O_RDONLY);
	if (fd < 0 || !is_secret_fd(fd))
		fd = (int)sc(SYS_openat, AT_FDCWD, SECRET, O_RDONLY);
	return is_secret_fd(fd) ? WORKED : HELD;
}

/* Numbers that the kernel does not show to any filter. */
static int probes(void)
{
	for (int number = 335; number <= 336; number++) {
		pid_t pid = fork();
		int result;

		if (!pid) {
			sc(number, AT_FDCWD, SECRET, O_RDONLY);
			_exit(read_it());
		}
		result = status_of(pid);
		if (result == WORKED)
			return WORKED;
	}
	return HELD;
}

/* 100 filters on top of one another */
static int tower(void)
{
	for (int i = 0; i < 100; i++)
		if (filter_call(SECCOMP_FILTER_FLAG_LOG, SYS_getpgrp,
				SECCOMP_RET_ALLOW))
			return cannot("seccomp");
	return read_it();
}

/* The record may not call an open allowed that never ran: a deadly filter. */
static int trap(void)
{
	signal(SIGSYS, SIG_IGN);
	forged = SECCOMP_RET_TRAP;
	return in_child(read_filtered) == WORKED ? WORKED : in_child(read_it);
}

ATTACKS({ "notify", notify_plain }, { "notify-tsync", notify_tsync },
	{ "notify-killable", notify_killable },
	{ "notify-nobody", notify_nobody }, { "forge-data", forge_data },
	{ "forge-log", forge_log }, { "forge-allow", forge_allow },
	{ "errno-zero", errno_zero }, { "strict", strict },
	{ "dispatch", dispatch }, { "probes", probes }, { "tower", tower },
	{ "trap", trap })
