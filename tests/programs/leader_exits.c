/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* leader_exits PATH stay|leave: 50 threads open PATH all the time; the main
 * thread ends first ("leave") or waits; then one thread ends the process. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *path;
static volatile int opened, rounds;

static void *open_for_ever(void *unused)
{
	for (;;) {
		int fd = open(path, O_RDONLY);

		if (fd >= 0) {
			opened = 1;
			close(fd);
		}
		__sync_fetch_and_add(&rounds, 1);
	}
	return unused;
}

static void *end_all(void *unused)
{
	(void)unused;
	while (rounds < 200)
		usleep(1000);
	dprintf(1, "opened %d\n", opened);
	_exit(7);
}

int main(int argc, char *argv[])
{
	pthread_t thread;

	if (argc != 3)
		return 99;
	path = argv[1];
	for (int i = 0; i < 50; i++)
		pthread_create(&thread, NULL, open_for_ever, NULL);
	pthread_create(&thread, NULL, end_all, NULL);
	if (!strcmp(argv[2], "leave"))
		pthread_exit(NULL);
	open_for_ever(NULL);
	return 98;
}
