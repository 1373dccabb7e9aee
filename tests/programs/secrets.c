/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * secrets THREADS SOFT FORBIDDEN ALLOWED: read the three files, then the
 * forbidden one again in a child; with threads that share the memory
 * meanwhile. Prints what it has read. Exits 3 when the last gave nothing.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int pipes[2];

static void *wait_for_end(void *unused)
{
	char byte;

	(void)unused;
	if (read(pipes[0], &byte, 1))
		abort();
	return NULL;
}

static int show(const char *path)
{
	char text[100];
	int fd = open(path, O_RDONLY);
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text));

	if (fd >= 0)
		close(fd);
	return len > 0 && write(STDOUT_FILENO, text, (size_t)len) == len;
}

int main(int argc, char *argv[])
{
	int n = argc == 5 ? atoi(argv[1]) : -1, shown;
	pthread_t threads[8];
	pid_t child;

	if (n < 0 || n > 8 || pipe2(pipes, O_CLOEXEC))
		return 2;
	for (int i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, wait_for_end, NULL))
			return 2;
	show(argv[2]);
	show(argv[3]);
	child = fork();
	if (child == 0) {
		show(argv[3]);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	shown = show(argv[4]);
	close(pipes[1]);
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	return shown ? 0 : 3;
}
