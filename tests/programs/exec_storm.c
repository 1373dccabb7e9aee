/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* exec_storm PATH ROUNDS THREADS: a thread that is not the leader executes
 * this program again while all others, the leader too, open PATH. The last
 * program says whether PATH was ever opened and how many programs ran. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **arguments;
static volatile int running;

static void try_open(void)
{
	int fd = open(arguments[1], O_RDONLY);

	if (fd < 0)
		return;
	close(fd);
	setenv("OPENED", "1", 1);
}

static void *open_for_ever(void *unused)
{
	__sync_fetch_and_add(&running, 1);
	for (;;)
		try_open();
	return unused;
}

static void *execute(void *threads)
{
	char rounds[16];

	while (running < (int)(long)threads)
		usleep(100);
	snprintf(rounds, sizeof(rounds), "%d", atoi(arguments[2]) - 1);
	execl("/proc/self/exe", arguments[0], arguments[1], rounds,
	      arguments[3], (char *)NULL);
	_exit(97);
}

int main(int argc, char *argv[])
{
	pthread_attr_t attr;
	pthread_t thread;
	long threads;

	if (argc != 4)
		return 99;
	arguments = argv;
	threads = atoi(argv[3]);
	if (atoi(argv[2]) == 0) {
		try_open();
		printf("opened %d\n", getenv("OPENED") != NULL);
		return 0;
	}
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	for (long i = 0; i < threads - 1; i++)
		if (pthread_create(&thread, &attr, open_for_ever, NULL))
			return 96;
	pthread_create(&thread, &attr, execute, (void *)threads);
	open_for_ever(NULL);
	return 98;
}
