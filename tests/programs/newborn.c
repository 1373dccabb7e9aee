/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* newborn N: fork N children and kill each at once. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int n = argc > 1 ? atoi(argv[1]) : 1, killed = 0, status;

	for (int i = 0; i < n; i++) {
		pid_t pid = fork();

		if (pid < 0)
			return 98;
		if (!pid)
			for (;;)
				getppid();
		kill(pid, SIGKILL);
		if (waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
		    WTERMSIG(status) == SIGKILL)
			killed++;
	}
	printf("killed %d of %d\n", killed, n);
	return killed != n;
}
