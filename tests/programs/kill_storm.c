/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* kill_storm PATH ROUNDS: a process whose 8 threads open PATH all the time is
 * killed through one of its threads, again and again. Says whether any open
 * was ever let through. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 8 };

static const char *path;
static struct {
	volatile int opened, refused;
	volatile pid_t tids[THREADS];
} * shared;

static void *open_for_ever(void *index)
{
	shared->tids[(long)index] = (pid_t)syscall(SYS_gettid);
	for (;;) {
		int fd = open(path, O_RDONLY);

		if (fd >= 0) {
			shared->opened = 1;
			close(fd);
		} else {
			shared->refused = 1;
		}
	}
	return NULL;
}

static void work(void)
{
	pthread_t thread;

	for (long i = 1; i < THREADS; i++)
		pthread_create(&thread, NULL, open_for_ever, (void *)i);
	open_for_ever(NULL);
}

int main(int argc, char *argv[])
{
	int status;

	if (argc != 3)
		return 99;
	path = argv[1];
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	srandom(1);
	for (int i = 0; i < atoi(argv[2]); i++) {
		pid_t pid, tid;

		for (int t = 0; t < THREADS; t++)
			shared->tids[t] = 0;
		pid = fork();
		if (!pid)
			work();
		usleep((useconds_t)(random() % 8000));
		tid = shared->tids[random() % THREADS];
		if (!tid || syscall(SYS_tgkill, pid, tid, SIGKILL))
			kill(pid, SIGKILL);
		if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status))
			return 98;
	}
	printf("opened %d refused %d\n", shared->opened, shared->refused);
	return 0;
}
