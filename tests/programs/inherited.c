/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Print what a program inherits: signals, umask, directory, descriptors. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

int main(void)
{
	char cwd[4096];
	sigset_t mask, pending;
	struct sigaction action;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	sigpending(&pending);
	for (int i = 1; i < 65; i++) {
		if (i == 32 || i == 33)
			continue;
		sigaction(i, NULL, &action);
		if (sigismember(&mask, i))
			printf("blocked %d\n", i);
		if (sigismember(&pending, i))
			printf("pending %d\n", i);
		if (action.sa_handler == SIG_IGN)
			printf("ignored %d\n", i);
	}
	for (int fd = 0; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			printf("open %d\n", fd);
	printf("umask %o\n", umask(0));
	printf("cwd %s\n", getcwd(cwd, sizeof(cwd)));
	for (char **variable = environ; *variable; variable++)
		if (strncmp(*variable, "_=", 2) != 0) /* the shell's own */
			printf("env %s\n", *variable);
	return 0;
}
