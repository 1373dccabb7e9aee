/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fork_race PATH: four processes whose children have children without end,
 * until their parent unlinks PATH. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void breed(void)
{
	alarm(20);
	for (;;)
		if (fork()) {
			usleep(500);
			_exit(0);
		} else {
			alarm(20);
		}
}

int main(int argc, char *argv[])
{
	if (argc != 2)
		return 99;
	for (int i = 0; i < 4; i++)
		if (!fork())
			breed();
	usleep(50000);
	unlink(argv[1]);
	puts("not reached");
	return 0;
}
