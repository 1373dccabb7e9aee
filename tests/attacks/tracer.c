/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* tracer: harm syswall itself. Bare, the victim is the parent that stands in
 * for it (stand_in.c). */
#include "attack.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static pid_t victim(void)
{
	pid_t pid = tracer_pid();

	return pid > 0 ? pid : getppid();
}

static int done(long result)
{
	return result < 0 ? HELD : WORKED;
}

/* ---- signals ---- */

static int by_kill(void)
{
	return done(sc(SYS_kill, victim(), SIGSTOP));
}

static int by_kill_upper(void)
{
	return done(
		sc(SYS_kill, 0xdeadbeef00000000 | (unsigned)victim(), SIGSTOP));
}

static int by_tkill(void)
{
	return done(sc(SYS_tkill, victim(), SIGSTOP));
}

static int by_tgkill(void)
{
	return done(sc(SYS_tgkill, victim(), victim(), SIGSTOP));
}

static int queue(long number, pid_t tid)
{
	siginfo_t info = { .si_code = SI_QUEUE, .si_signo = SIGSTOP };

	info.si_pid = getpid();
	info.si_uid = getuid();
	return number == SYS_rt_sigqueueinfo ?
		       done(sc(number, victim(), SIGSTOP, &info)) :
		       done(sc(number, victim(), tid, SIGSTOP, &info));
}

static int by_sigqueue(void)
{
	return queue(SYS_rt_sigqueueinfo, 0);
}

static int by_tgsigqueue(void)
{
	return queue(SYS_rt_tgsigqueueinfo, victim());
}

static int by_pidfd(void)
{
	int fd = (int)sc(SYS_pidfd_open, victim(), 0);

	return done(sc(SYS_pidfd_send_signal, fd, SIGSTOP, NULL, 0));
}

/* A directory in /proc is a pidfd as well. */
static int by_proc_fd(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d", victim());
	return done(sc(SYS_pidfd_send_signal, open(path, O_DIRECTORY), SIGSTOP,
		       NULL, 0));
}

/* PIDFD_SIGNAL_PROCESS_GROUP. 6.9 */
static int by_pidfd_group(void)
{
	int fd = (int)sc(SYS_pidfd_open, victim(), 0);
	long result = sc(SYS_pidfd_send_signal, fd, SIGURG, NULL, 4);

	if (result && errno == EINVAL)
		return cannot("no group flag");
	return done(result);
}

/* Has the victim come to harm? It stays alive, or we die with it. */
static int harm(int (*attack)(int), int sig)
{
	pid_t before = victim();

	signal(sig, SIG_IGN);
	attack(sig);
	for (int i = 0; i < 50; i++) {
		if (victim() != before)
			return WORKED;
		usleep(2000);
	}
	return HELD;
}

static int kill_own_group(int sig)
{
	return kill(0, sig);
}

static int kill_its_group(int sig)
{
	return kill(-getpgid(victim()), sig);
}

static int join_and_kill(int sig)
{
	setpgid(0, getpgid(victim()));
	return kill(0, sig);
}

static int own_group(void)
{
	return harm(kill_own_group, SIGUSR1);
}

static int its_group(void)
{
	return harm(kill_its_group, SIGUSR1);
}

static int its_group_rt(void)
{
	return harm(kill_its_group, SIGRTMIN + 3);
}

static int joined_group(void)
{
	return harm(join_and_kill, SIGALRM);
}

/* Ignored wherever nobody asked for it, and still a signal for everybody. */
static int everybody(void)
{
	return done(sc(SYS_kill, -1, SIGURG));
}

/* ---- who owns a descriptor gets its signals ---- */

static int owner(int how, int sig)
{
	struct f_owner_ex ex = { F_OWNER_TID, victim() };
	struct f_owner_ex group = { F_OWNER_PGRP, getpgid(victim()) };
	int ends[2], pid = victim();
	long result;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return cannot("socketpair");
	switch (how) {
	case 0:
		result = sc(SYS_fcntl, ends[0], F_SETOWN, pid);
		break;
	case 1:
		result = sc(SYS_fcntl, ends[0], F_SETOWN_EX, &ex);
		break;
	case 2:
		result = sc(SYS_fcntl, ends[0], F_SETOWN_EX, &group);
		break;
	case 3:
		result = sc(SYS_ioctl, ends[0], 0x8901 | 1L << 40, &pid);
		break;
	case 4:
		result = sc(SYS_ioctl, ends[0], 0x8902, &pid);
		break;
	default:
		result = sc(SYS_fcntl, ends[0], F_SETOWN, -getpgid(pid));
		break;
	}
	if (result)
		return HELD;
	fcntl(ends[0], F_SETSIG, sig);
	if (fcntl(ends[0], F_SETFL, O_ASYNC))
		return cannot("O_ASYNC");
	/* The signal would fly with the next byte. */
	return WORKED;
}

static int setown(void)
{
	return owner(0, SIGSTOP);
}

static int setown_ex(void)
{
	return owner(1, SIGKILL);
}

static int setown_group(void)
{
	return owner(2, SIGKILL);
}

static int fiosetown(void)
{
	return owner(3, SIGKILL);
}

static int siocspgrp(void)
{
	return owner(4, SIGKILL);
}

static int setown_negative(void)
{
	return owner(5, SIGKILL);
}

/* A lease is broken by whoever opens the file: here the rules file, by the
 * owner that we name. */
static int dnotify_owner(void)
{
	int fd = open(".", O_RDONLY);

	if (sc(SYS_fcntl, fd, F_SETOWN, victim()) ||
	    sc(SYS_fcntl, fd, F_NOTIFY, DN_CREATE))
		return HELD;
	return WORKED;
}

ATTACKS({ "kill", by_kill }, { "kill-upper", by_kill_upper },
	{ "tkill", by_tkill }, { "tgkill", by_tgkill },
	{ "sigqueue", by_sigqueue }, { "tgsigqueue", by_tgsigqueue },
	{ "pidfd", by_pidfd }, { "proc-fd", by_proc_fd },
	{ "pidfd-group", by_pidfd_group }, { "own-group", own_group },
	{ "its-group", its_group }, { "its-group-rt", its_group_rt },
	{ "joined-group", joined_group }, { "everybody", everybody },
	{ "setown", setown }, { "setown-ex", setown_ex },
	{ "setown-group", setown_group }, { "fiosetown", fiosetown },
	{ "siocspgrp", siocspgrp }, { "setown-negative", setown_negative },
	{ "dnotify", dnotify_owner })
