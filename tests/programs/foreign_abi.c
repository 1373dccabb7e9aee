/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* foreign_abi int80|x32 PATH: open PATH through another ABI. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	long result;
	char *low;

	if (argc != 3)
		return 99;
	if (!strcmp(argv[1], "x32")) {
		result = syscall(0x40000000 | SYS_openat, AT_FDCWD, argv[2],
				 O_RDONLY);
		if (result < 0)
			perror("x32");
		return result >= 0;
	}
	low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	strcpy(low, argv[2]);
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(5), "b"(low), "c"(O_RDONLY), "d"(0)
			 : "memory");
	printf("int80 %ld\n", (long)(int)result);
	return (int)result >= 0;
}
