/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* A thread that is not the leader executes: exec_from_thread stay|leave
 * PROGRAM ARGS. "leave": the leader has ended before. */
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static char **arguments;
static int leave;

static void *execute(void *unused)
{
	(void)unused;
	if (leave)
		usleep(50000);
	execv(arguments[0], arguments);
	_exit(97);
}

static void *wait_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

int main(int argc, char *argv[])
{
	pthread_t thread;

	if (argc < 3)
		return 99;
	leave = !strcmp(argv[1], "leave");
	arguments = argv + 2;
	for (int i = 0; i < 10; i++)
		pthread_create(&thread, NULL, wait_for_ever, NULL);
	pthread_create(&thread, NULL, execute, NULL);
	if (leave)
		pthread_exit(NULL);
	wait_for_ever(NULL);
	return 98;
}
