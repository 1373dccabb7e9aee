/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* spawns PATH: vfork and posix_spawn, 300 times each, children that open PATH.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[])
{
	char *again[] = { argv[0], argv[1], "child", NULL };
	int vforked[2] = { 0 }, spawned[2] = { 0 }, status;
	pid_t pid;

	if (argc == 3)
		return open(argv[1], O_RDONLY) < 0 && errno == EACCES;
	if (argc != 2)
		return 99;
	for (int i = 0; i < 300; i++) {
		pid = vfork();
		if (!pid)
			_exit(open(argv[1], O_RDONLY) < 0 && errno == EACCES);
		if (waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
		    WEXITSTATUS(status) < 2)
			vforked[WEXITSTATUS(status)]++;
	}
	for (int i = 0; i < 300; i++) {
		if (posix_spawn(&pid, "/proc/self/exe", NULL, NULL, again,
				environ))
			return 98;
		if (waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
		    WEXITSTATUS(status) < 2)
			spawned[WEXITSTATUS(status)]++;
	}
	printf("vfork: %d opened %d refused\n", vforked[0], vforked[1]);
	printf("posix_spawn: %d opened %d refused\n", spawned[0], spawned[1]);
	return 0;
}
