/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* foreign_abi x32 PATH: open PATH through another ABI. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	long result;

	if (argc != 3 || strcmp(argv[1], "x32") != 0)
		return 99;
	result = syscall(0x40000000 | SYS_openat, AT_FDCWD, argv[2], O_RDONLY);
	if (result < 0)
		perror("x32");
	return result >= 0;
}
