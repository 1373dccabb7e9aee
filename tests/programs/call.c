/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* call NUMBER [ARG...]: make a system call by hand; an ARG that is no number is
 * passed as a string. Prints the result. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	long args[6] = { 0 }, result;

	if (argc < 2)
		return 99;
	for (int i = 2; i < argc && i < 8; i++) {
		char *end;

		args[i - 2] = strtol(argv[i], &end, 0);
		if (*end || !*argv[i])
			args[i - 2] = (long)argv[i];
	}
	result = syscall(strtol(argv[1], NULL, 0), args[0], args[1], args[2],
			 args[3], args[4], args[5]);
	printf("%ld %s\n", result, result < 0 ? strerror(errno) : "");
	return 0;
}
