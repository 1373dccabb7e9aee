/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "prompt/relay.h"
#include "trace/spawn.h"

static volatile sig_atomic_t program_pid;
static volatile sig_atomic_t end_requested;

/* Signals that ask a program to do something, usually to end. */
static const int passed_on[] = { SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,
				 SIGUSR1, SIGUSR2, SIGTSTP };

/* These keep their meaning: SIGWINCH is readline's. */
static const int kept[] = { SIGKILL,  SIGSTOP, SIGCONT, SIGCHLD,
			    SIGWINCH, SIGURG,  SIGALRM };

/* What our own mistakes raise. */
static const int faults[] = { SIGSEGV, SIGBUS,	SIGFPE, SIGILL,
			      SIGTRAP, SIGABRT, SIGSYS };

void job_reserve_standard_fds(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* Is @pid one of our tracees? Only calls that a signal handler may make. */
static bool is_tracee(pid_t pid)
{
	static const char field[] = "\nTracerPid:\t";
	char path[32] = "/proc/", status[1024], digits[12];
	const char *at;
	size_t n = sizeof(digits), len = strlen(path);
	ssize_t got;
	int fd;

	digits[--n] = '\0';
	do
		digits[--n] = (char)('0' + pid % 10);
	while (pid /= 10);
	memcpy(path + len, digits + n, sizeof(digits) - n);
	strcat(path, "/status");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, status, sizeof(status) - 1);
	close(fd);
	if (got <= 0)
		return false;
	status[got] = '\0';
	at = strstr(status, field);
	return at && strtol(at + strlen(field), NULL, 10) == getpid();
}

/*
 * What came from the terminal (the kernel) has reached the program too; so has
 * what the program itself sent to its own group. Everything else was meant for
 * syswall alone, that is, for the program.
 */
static void pass_on(int signal, siginfo_t *info, void *context)
{
	int saved_errno = errno;
	bool outside = info->si_code <= 0 && info->si_pid != getpid() &&
		       !is_tracee(info->si_pid);

	(void)context;
	if (!program_pid)
		end_requested |= signal != SIGTSTP;
	else if (outside)
		kill(program_pid, signal);
	errno = saved_errno;
}

/* Sent by somebody, it is nothing to us; the fault itself comes again. */
static void ignore_sent(int number, siginfo_t *info, void *context)
{
	(void)context;
	/* The latter is abort(3). */
	if (info->si_code > 0 || info->si_pid == getpid())
		relay_restore();
	if (info->si_code > 0)
		signal(number, SIG_DFL);
}

static bool is_among(int signal, const int *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (set[i] == signal)
			return true;
	return false;
}

#define IS_AMONG(signal, set)                                                  \
	is_among(signal, set, sizeof(set) / sizeof(set[0]))

/*
 * A program that signals its group, or everybody, signals us too, and must not
 * end us by it. SIGTTIN and SIGTTOU the terminal sends to the whole job;
 * SIGPIPE and SIGXFSZ come of our own writing, which tells of its failure by
 * an errno.
 */
static void ignore_the_rest(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };

	for (int i = 1; i <= SIGRTMAX; i++)
		if (!IS_AMONG(i, passed_on) && !IS_AMONG(i, kept) &&
		    !IS_AMONG(i, faults))
			sigaction(i, &action, NULL);
#ifndef __SANITIZE_ADDRESS__ /* which tells of faults itself */
	action.sa_sigaction = ignore_sent;
	action.sa_flags = SA_SIGINFO;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigaction(faults[i], &action, NULL);
#else
	(void)ignore_sent;
#endif
}

static void wake(int signal)
{
	(void)signal; /* waitpid() returns EINTR: that is all */
}

void job_install_handlers(void)
{
	struct sigaction action = { .sa_sigaction = pass_on,
				    .sa_flags = SA_SIGINFO };

	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(passed_on[0]); i++)
		if (!spawn_signal_was_ignored(passed_on[i]))
			sigaction(passed_on[i], &action, NULL);
	action.sa_flags = 0;
	action.sa_handler = wake;
	sigaction(SIGALRM, &action, NULL);
	ignore_the_rest();
	/* Inherited "ignore" would make the kernel reap the program unseen. */
	signal(SIGCHLD, SIG_DFL);
}

void job_set_program(pid_t pid)
{
	program_pid = pid;
}

bool job_end_requested(void)
{
	return end_requested;
}

void job_tick(bool on)
{
	struct itimerval timer = { { on, 0 }, { on, 0 } };

	setitimer(ITIMER_REAL, &timer, NULL);
}

/* Somebody is waiting for us who knows what a stopped job is: our parent is in
 * our session, but not in our job. */
static bool has_shell(void)
{
	pid_t parent = getppid();

	return getsid(parent) == getsid(0) && getpgid(parent) != getpgrp();
}

void job_stop_like(int signal)
{
	struct sigaction former, standard = { .sa_handler = SIG_DFL };

	/* SIGSTOP is sent to one process, or to the group and so to us. */
	if (signal == SIGSTOP || !has_shell())
		return;
	sigaction(signal, &standard, &former);
	raise(signal);
	sigaction(signal, &former, NULL);
}

int job_exit_status(int wait_status)
{
	struct rlimit no_core = { 0, 0 };
	struct sigaction standard = { .sa_handler = SIG_DFL };
	sigset_t mask;
	int signal;

	if (!WIFSIGNALED(wait_status))
		return WEXITSTATUS(wait_status);
	signal = WTERMSIG(wait_status);
	fflush(NULL);
	setrlimit(RLIMIT_CORE, &no_core); /* the core is the program's */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	sigaction(signal, &standard, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, signal);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	kill(getpid(), signal);
	return 128 + signal;
}
