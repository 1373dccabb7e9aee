/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* restarts: calls that wait are disturbed by SIGSTOP and SIGCONT, by handlers
 * with and without SA_RESTART, and by ignored signals. One line each: result,
 * and whether it took as long as it should. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 200 };

static const struct timespec wait_time = { 0, WAIT_MS * 1000000L };

static long call_nanosleep(void)
{
	return nanosleep(&wait_time, NULL);
}

static long call_clock_nanosleep(void)
{
	return syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &wait_time,
		       NULL);
}

static long call_poll(void)
{
	return poll(NULL, 0, WAIT_MS);
}

static long call_select(void)
{
	struct timeval time = { 0, WAIT_MS * 1000L };

	return select(0, NULL, NULL, NULL, &time);
}

static long call_futex(void)
{
	static int word = 5;

	return syscall(SYS_futex, &word, FUTEX_WAIT, 5, &wait_time, NULL, 0);
}

static long call_epoll(void)
{
	struct epoll_event event;
	int fd = epoll_create1(EPOLL_CLOEXEC);
	long result = epoll_wait(fd, &event, 1, WAIT_MS);

	return result;
}

static long call_sigtimedwait(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	return sigtimedwait(&set, NULL, &wait_time);
}

static int ends[2];

static long call_read(void)
{
	char byte;

	return read(ends[0], &byte, 1); /* the disturber writes */
}

static long call_wait4(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		usleep(WAIT_MS * 1000);
		_exit(0);
	}
	return waitpid(child, &status, 0) == child ? 0 : -1;
}

static const struct {
	const char *name;
	long (*call)(void);
} calls[] = {
	{ "nanosleep", call_nanosleep },
	{ "clock_nanosleep", call_clock_nanosleep },
	{ "poll", call_poll },
	{ "select", call_select },
	{ "futex", call_futex },
	{ "epoll_wait", call_epoll },
	{ "sigtimedwait", call_sigtimedwait },
	{ "read", call_read },
	{ "wait4", call_wait4 },
};

static volatile int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

static long elapsed_ms(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 +
	       (now.tv_nsec - since->tv_nsec) / 1000000;
}

static void sleeper(const char *how, size_t i, int flags)
{
	struct sigaction action = { .sa_handler = flags < 0 ? SIG_IGN : handler,
				    .sa_flags = flags < 0 ? 0 : flags };
	struct timespec start;
	long result, ms;

	sigaction(SIGUSR1, &action, NULL);
	clock_gettime(CLOCK_MONOTONIC, &start);
	errno = 0;
	result = calls[i].call();
	ms = elapsed_ms(&start);
	printf("%s %s: %ld %s, %s, handled %d\n", calls[i].name, how, result,
	       strerror(errno),
	       ms < 90		 ? "at once" :
	       ms < WAIT_MS - 20 ? "early" :
				   "late",
	       handled);
	exit(0);
}

static void disturb(const char *how, size_t i, int flags, int signal)
{
	pid_t pid;
	int status;

	if (pipe(ends))
		exit(98);
	pid = fork();
	if (!pid)
		sleeper(how, i, flags);
	usleep(40000);
	kill(pid, signal);
	usleep(20000);
	if (signal == SIGSTOP)
		kill(pid, SIGCONT);
	usleep((WAIT_MS - 60) * 1000);
	if (write(ends[1], "x", 1) != 1)
		exit(97);
	waitpid(pid, &status, 0);
	if (status)
		printf("%s %s: status %d\n", calls[i].name, how, status);
	close(ends[0]);
	close(ends[1]);
}

static void disturb_all(const char *how, int flags, int signal)
{
	enum { N = sizeof(calls) / sizeof(calls[0]) };
	int outputs[N], out[2];
	pid_t pids[N];

	/* Side by side, told in their order. */
	for (size_t i = 0; i < N; i++) {
		if (pipe(out))
			exit(96);
		pids[i] = fork();
		if (!pids[i]) {
			dup2(out[1], STDOUT_FILENO);
			close(out[0]);
			close(out[1]);
			disturb(how, i, flags, signal);
			exit(0);
		}
		close(out[1]);
		outputs[i] = out[0];
	}
	for (size_t i = 0; i < N; i++) {
		char line[256];
		ssize_t len;

		while ((len = read(outputs[i], line, sizeof(line))) > 0)
			if (write(STDOUT_FILENO, line, (size_t)len) != len)
				exit(95);
		close(outputs[i]);
		waitpid(pids[i], NULL, 0);
	}
}

int main(void)
{
	disturb_all("SIGSTOP", 0, SIGSTOP);
	disturb_all("handler", 0, SIGUSR1);
	disturb_all("SA_RESTART", SA_RESTART, SIGUSR1);
	disturb_all("SIG_IGN", -1, SIGUSR1);
	disturb_all("ignored", 0, SIGWINCH);
	return 0;
}
