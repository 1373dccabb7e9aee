/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* stop_herd PATH: 20 processes open PATH all the time and are stopped and
 * continued. While they are stopped they do nothing, and wait(2) tells of each
 * stop and each continuation. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HERD = 20, ROUNDS = 10 };

static volatile struct {
	int opened;
	long count[HERD];
} * shared;

static void open_for_ever(const char *path, int i)
{
	for (;;) {
		int fd = open(path, O_RDONLY);

		if (fd >= 0) {
			shared->opened = 1;
			close(fd);
		}
		shared->count[i]++;
	}
}

int main(int argc, char *argv[])
{
	int stops = 0, continuations = 0, moved = 0, stuck = 0, status;
	pid_t pids[HERD];

	if (argc != 2)
		return 99;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < HERD; i++) {
		pids[i] = fork();
		if (!pids[i])
			open_for_ever(argv[1], i);
	}
	for (int round = 0; round < ROUNDS; round++) {
		long before[HERD];

		for (int i = 0; i < HERD; i++)
			kill(pids[i], SIGSTOP);
		for (int i = 0; i < HERD; i++)
			stops += waitpid(pids[i], &status, WUNTRACED) ==
					 pids[i] &&
				 WIFSTOPPED(status);
		for (int i = 0; i < HERD; i++)
			before[i] = shared->count[i];
		usleep(10000);
		for (int i = 0; i < HERD; i++)
			moved += before[i] != shared->count[i];
		for (int i = 0; i < HERD; i++)
			kill(pids[i], SIGCONT);
		for (int i = 0; i < HERD; i++)
			continuations += waitpid(pids[i], &status,
						 WCONTINUED) == pids[i] &&
					 WIFCONTINUED(status);
		usleep(20000);
	}
	for (int i = 0; i < HERD; i++) {
		long before = shared->count[i];

		for (int n = 0; n < 200 && before == shared->count[i]; n++)
			usleep(5000);
		stuck += before == shared->count[i];
		kill(pids[i], SIGKILL);
		waitpid(pids[i], &status, 0);
	}
	printf("opened %d stops %d continuations %d moved %d stuck %d\n",
	       shared->opened, stops, continuations, moved, stuck);
	return 0;
}
