/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* crowd PATH N: N processes live at one time, each opens PATH, then waits in
 * the open of a FIFO that nobody writes to, until it is killed. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	volatile int *counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int n, ended = 0, status;
	pid_t *pids;

	if (argc != 3 || mkfifo("fifo", 0600))
		return 99;
	n = atoi(argv[2]);
	pids = calloc((size_t)n, sizeof(*pids));
	for (int i = 0; i < n; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			return 98;
		if (!pids[i]) {
			int fd = open(argv[1], O_RDONLY);

			__sync_fetch_and_add(&counts[fd >= 0], 1);
			open("fifo", O_RDONLY);
			_exit(0);
		}
	}
	for (int i = 0; i < 400 && counts[0] + counts[1] < n; i++)
		usleep(20000);
	usleep(50000);
	printf("refused %d opened %d\n", counts[0], counts[1]);
	for (int i = 0; i < n; i++)
		kill(pids[i], SIGKILL);
	for (int i = 0; i < n; i++)
		ended += waitpid(pids[i], &status, 0) == pids[i] &&
			 WIFSIGNALED(status);
	printf("killed %d\n", ended);
	return 0;
}
