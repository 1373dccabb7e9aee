/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* mapped_path FILE: map FILE and open what stands in it. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

int main(int argc, char *argv[])
{
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	const char *path = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);

	if (path == MAP_FAILED)
		return 2;
	puts("opens");
	fflush(stdout);
	fd = open(path, O_RDONLY);
	printf("opened %d\n", fd);
	return fd < 0;
}
