/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fork_chain PATH DEPTH: each process forks one child and waits for it; the
 * last one opens PATH. Exits with what that gave. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int status;

	if (argc != 3)
		return 99;
	for (int depth = atoi(argv[2]); depth; depth--) {
		pid_t pid = fork();

		if (pid < 0)
			_exit(98);
		if (!pid)
			continue;
		waitpid(pid, &status, 0);
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 97);
	}
	_exit(open(argv[1], O_RDONLY) < 0 ? errno : 0);
}
