/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* exec_fails PATH: executions that fail, from the main thread and from
 * another, and after each an open of PATH; then one that does not. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;
static const char *path;

static void try_exec(const char *program, char **argv)
{
	int error, fd;

	execve(program, argv, environ);
	error = errno;
	fd = open(path, O_RDONLY);
	printf("%s, open: %s\n", strerror(error),
	       fd < 0 ? strerror(errno) : "done");
}

static void *try_all(void *unused)
{
	static char big[200000];
	static char *many[200];
	char *one[] = { "x", NULL };
	int fd = open("not-a-program", O_CREAT | O_WRONLY | O_TRUNC, 0755);

	if (write(fd, "\0\1\2\3", 4) != 4)
		exit(98);
	close(fd);
	memset(big, 'x', sizeof(big) - 1);
	for (int i = 0; i < 199; i++)
		many[i] = big;
	try_exec("./nothing", one);
	try_exec(".", one);
	try_exec("./not-a-program", one);
	try_exec("/proc/self/exe", many);
	try_exec(NULL, one);
	return unused;
}

int main(int argc, char *argv[])
{
	char *done[] = { "echo", "executed", NULL };
	pthread_t thread;

	if (argc != 2)
		return 99;
	setbuf(stdout, NULL);
	path = argv[1];
	try_all(NULL);
	pthread_create(&thread, NULL, try_all, NULL);
	pthread_join(thread, NULL);
	execv("/bin/echo", done);
	return 97;
}
