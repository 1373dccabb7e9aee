/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* stop_first PATH: a child stops itself first thing, is continued and opens
 * PATH. A hundred times, also with a SIGSTOP that is sent from outside. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int stopped = 0, opened = 0, refused = 0, status;

	if (argc != 2)
		return 99;
	for (int i = 0; i < 100; i++) {
		pid_t pid = fork();

		if (!pid) {
			if (i & 1)
				raise(SIGSTOP);
			else
				pause();
			_exit(open(argv[1], O_RDONLY) < 0 ? errno : 0);
		}
		if (!(i & 1)) {
			kill(pid, SIGSTOP);
		}
		if (waitpid(pid, &status, WUNTRACED) == pid &&
		    WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP)
			stopped++;
		if (!(i & 1)) {
			/* pause(2) must not have ended. */
			kill(pid, SIGCONT);
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			continue;
		}
		kill(pid, SIGCONT);
		if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
			return 98;
		opened += WEXITSTATUS(status) == 0;
		refused += WEXITSTATUS(status) == EACCES;
	}
	printf("stopped %d opened %d refused %d\n", stopped, opened, refused);
	return 0;
}
