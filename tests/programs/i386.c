/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * i386 CASE [FILE]: calls by int 0x80 from a 64-bit program; exit status 77
 * where the kernel has none.
 *
 *	open FILE	prints its first line, or the errno
 *	unknown		a number that has no row; prints the result
 *	registers FILE	opens it, and looks whether all registers but eax are
 *			as before
 *	socketcall	a socket, connected to 127.0.0.1:9
 *	threads FILE	opens it 100 times while another thread runs
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static char *low;

static uint32_t at(const void *object)
{
	return (uint32_t)(uintptr_t)object;
}

static long call(unsigned long number, unsigned long a, unsigned long b,
		 unsigned long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

static long open_low(void)
{
	return call(5, at(low), O_RDONLY, 0);
}

static int do_open(void)
{
	long fd = open_low();
	char text[64] = "";

	if (fd < 0)
		printf("errno %ld\n", -fd);
	else if (read((int)fd, text, sizeof(text) - 1) >= 0)
		printf("%s", text);
	return 0;
}

static int do_registers(void)
{
	unsigned long upper = 0xdeadbeef00000000, b, c, d, s, t;
	long fd;

	__asm__ volatile("int $0x80"
			 : "=a"(fd), "=b"(b), "=c"(c), "=d"(d), "=S"(s), "=D"(t)
			 : "a"(5), "b"(upper | at(low)), "c"(upper | O_RDONLY),
			   "d"(upper | 7), "S"(upper | 8), "D"(upper | 9)
			 : "memory", "r8", "r9", "r10", "r11");
	printf("%s\n", b == (upper | at(low)) && c == (upper | O_RDONLY) &&
				       d == (upper | 7) && s == (upper | 8) &&
				       t == (upper | 9) ?
			       "kept" :
			       "lost");
	printf("%s\n", (int)fd < 0 ? strerror(-(int)fd) : "opened");
	return 0;
}

static int do_socketcall(void)
{
	uint32_t *args = (uint32_t *)(low + 1024);
	struct sockaddr_in *to = (struct sockaddr_in *)(low + 2048);
	long fd, result;

	args[0] = AF_INET;
	args[1] = SOCK_DGRAM;
	args[2] = 0;
	fd = call(102, 1, at(args), 0);
	*to = (struct sockaddr_in){ .sin_family = AF_INET,
				    .sin_port = htons(9) };
	to->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	args[0] = (uint32_t)fd;
	args[1] = at(to);
	args[2] = sizeof(*to);
	result = call(102, 3, at(args), 0);
	printf("%s\n", result < 0 ? strerror(-(int)result) : "connected");
	return 0;
}

static void *wait_for_ever(void *nothing)
{
	pause();
	return nothing;
}

static int do_threads(void)
{
	pthread_t thread;
	int good = 0;

	pthread_create(&thread, NULL, wait_for_ever, NULL);
	for (int i = 0; i < 100; i++) {
		long fd = open_low();

		good += fd >= 0;
		if (fd >= 0)
			close((int)fd);
	}
	printf("%d opened\n", good);
	fflush(stdout);
	_exit(0);
}

int main(int argc, char *argv[])
{
	low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (argc < 2 || low == MAP_FAILED)
		return 99;
	if (call(20, 0, 0, 0) != getpid())
		return 77;
	if (argc > 2)
		strcpy(low, argv[2]);
	if (!strcmp(argv[1], "open"))
		return do_open();
	if (!strcmp(argv[1], "registers"))
		return do_registers();
	if (!strcmp(argv[1], "socketcall"))
		return do_socketcall();
	if (!strcmp(argv[1], "threads"))
		return do_threads();
	if (!strcmp(argv[1], "unknown"))
		printf("%ld\n", call(69, 0, 0, 0));
	return 0;
}
