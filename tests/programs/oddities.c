/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Calls with bad pointers and numbers that do not exist: what the kernel says.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void try_open(const char *what, const char *path)
{
	long result;

	errno = 0;
	result = syscall(SYS_openat, AT_FDCWD, path, 0);
	printf("%s %ld %s\n", what, result, strerror(errno));
}

static void try_number(long number)
{
	long result;

	errno = 0;
	result = syscall(number, 0, 0, 0, 0, 0, 0);
	printf("number %ld: %ld %s\n", number, result, strerror(errno));
}

int main(void)
{
	char *page = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	mprotect(page + 8192, 4096, PROT_NONE);
	memset(page, 'x', 8192);
	try_open("null", NULL);
	try_open("one", (char *)1);
	try_open("kernel", (char *)0xffffffff80000000);
	try_open("non-canonical", (char *)0x800000000000beef);
	try_open("end of page", page + 8191);
	try_open("unterminated", page);
	try_open("empty", "");
	strcpy(page + 8192 - 10, "/dev/null");
	try_open("up to the page end", page + 8192 - 10);
	try_number(-1);
	try_number(0x7fffffff);
	try_number(600);
	try_number(334 + 20);
	return 0;
}
