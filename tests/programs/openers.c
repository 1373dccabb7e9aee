/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* openers PATH: eight threads open PATH once each, all at one time. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { THREADS = 8 };

static pthread_barrier_t barrier;
static int opened;

static void *try_open(void *path)
{
	pthread_barrier_wait(&barrier);
	if (open(path, O_RDONLY) >= 0)
		__sync_fetch_and_add(&opened, 1);
	return NULL;
}

int main(int argc, char *argv[])
{
	pthread_t threads[THREADS];

	if (argc != 2)
		return 99;
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, try_open, argv[1]);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("opened %d of %d\n", opened, THREADS);
	return 0;
}
