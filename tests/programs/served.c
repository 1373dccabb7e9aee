/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* served DIR PROGRAM [ARG...]: run PROGRAM where DIR is a file system whose
 * file "f" can be opened and mapped, but never be read. Exits as PROGRAM, or
 * with 77 where that cannot be. */
#include "../attacks/fuse.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(int argc, char *argv[])
{
	pid_t server, child;
	int status;

	if (argc < 3)
		return 2;
	server = fuse_mount(argv[1], FUSE_READ);
	if (!server) {
		perror("served");
		return 77;
	}
	child = fork();
	if (!child) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (waitpid(child, &status, 0) != child)
		return 2;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
