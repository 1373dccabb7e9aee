/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* end status N | end signal N: end in that way. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	struct rlimit none = { 0, 0 };

	if (argc != 3)
		return 99;
	if (!strcmp(argv[1], "status"))
		return atoi(argv[2]);
	setrlimit(RLIMIT_CORE, &none);
	kill(getpid(), atoi(argv[2]));
	pause();
	return 98;
}
