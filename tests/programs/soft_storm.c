/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* soft_storm MODE PATH: what becomes of an open that is blocked softly.
 *	signals	8 threads open PATH while signals fly at them
 *	limit	until no descriptor is left
 *	killed	the process is killed in the middle, again and again
 *	exec	another thread executes in the middle, again and again
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 8, OPENS = 150 };

static const char *path;
static volatile int good, bad, first_error, working = THREADS;
static volatile int ready;

static void try_open(void)
{
	int fd = open(path, O_RDONLY);
	char byte;

	if (fd < 0 || fcntl(fd, F_GETFD) < 0 || read(fd, &byte, 1) != 0) {
		first_error = fd < 0 ? errno : -1;
		__sync_fetch_and_add(&bad, 1);
	} else {
		__sync_fetch_and_add(&good, 1);
	}
	if (fd >= 0 && close(fd))
		__sync_fetch_and_add(&bad, 1);
}

static void *open_many(void *unused)
{
	for (int i = 0; i < OPENS; i++)
		try_open();
	__sync_fetch_and_sub(&working, 1);
	return unused;
}

static void *open_for_ever(void *unused)
{
	__sync_fetch_and_add(&ready, 1);
	for (;;)
		try_open();
	return unused;
}

static void on_signal(int signal)
{
	(void)signal;
}

static void signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	pthread_t threads[THREADS];
	unsigned int sent = 0;

	sigaction(SIGUSR1, &action, NULL); /* without SA_RESTART */
	action.sa_flags = SA_RESTART;
	sigaction(SIGUSR2, &action, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, open_many, NULL);
	while (working) {
		for (int i = 0; i < THREADS; i++)
			pthread_kill(threads[i],
				     sent++ & 1 ? SIGUSR1 : SIGUSR2);
		usleep(2000);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("good %d bad %d error %d\n", good, bad, first_error);
}

static void limit(void)
{
	struct rlimit files = { 20, 20 };
	int n = 0, fd;

	setrlimit(RLIMIT_NOFILE, &files);
	while ((fd = open(path, O_RDONLY)) >= 0)
		n = fd;
	printf("last %d then %s\n", n, strerror(errno));
	close(n);
	printf("again %d\n", open(path, O_RDONLY));
}

static void start_threads(void)
{
	pthread_t thread;

	for (int i = 1; i < THREADS; i++)
		pthread_create(&thread, NULL, open_for_ever, NULL);
	while (ready < THREADS - 1)
		usleep(100);
}

static void killed(void)
{
	int n = 0, status;

	for (int i = 0; i < 100; i++) {
		pid_t pid = fork();

		if (!pid) {
			start_threads();
			open_for_ever(NULL);
		}
		usleep(5000 + (useconds_t)random() % 4000);
		kill(pid, SIGKILL);
		n += waitpid(pid, &status, 0) == pid && WIFSIGNALED(status);
	}
	printf("killed %d\n", n);
}

static void *execute(void *rounds)
{
	char text[16];

	usleep(2000);
	snprintf(text, sizeof(text), "%d", *(int *)rounds - 1);
	execl("/proc/self/exe", "soft_storm", "exec", path, text, (char *)NULL);
	_exit(97);
}

static void exec_many(int rounds)
{
	pthread_t thread;

	if (!rounds) {
		puts("executed");
		return;
	}
	start_threads();
	pthread_create(&thread, NULL, execute, &rounds);
	open_for_ever(NULL);
}

int main(int argc, char *argv[])
{
	if (argc < 3)
		return 99;
	path = argv[2];
	if (!strcmp(argv[1], "signals"))
		signals();
	else if (!strcmp(argv[1], "limit"))
		limit();
	else if (!strcmp(argv[1], "killed"))
		killed();
	else
		exec_many(argc > 3 ? atoi(argv[3]) : 40);
	return 0;
}
