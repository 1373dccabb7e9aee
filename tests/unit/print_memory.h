/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * print_memory - what the tests of printing share: a small memory with a hole
 * behind it, full of things that calls point to.
 */
#ifndef PRINT_MEMORY_H
#define PRINT_MEMORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "syscall/names.h"
#include "syscall/print.h"

/* ---- memory ---- */

enum {
	BASE = 0x10000,
	SIZE = 0x2000,
	END = BASE + SIZE, /* nothing is there */
	/* what set_up() puts where */
	PATH = BASE,
	LONG = BASE + 0x100,
	ODD = BASE + 0x200,
	ARGV = BASE + 0x240,
	MANY_ARGS = BASE + 0x280,
	UNIX = BASE + 0x400,
	ABSTRACT = BASE + 0x480,
	INET = BASE + 0x500,
	INET6 = BASE + 0x520,
	NETLINK = BASE + 0x540,
	STRANGE = BASE + 0x560,
	LENGTH = BASE + 0x580,
	IOV = BASE + 0x600,
	MSG = BASE + 0x640,
	CONTROL = BASE + 0x680,
	SET = BASE + 0x700,
	FULL_SET = BASE + 0x708,
	ACTION = BASE + 0x720,
	STATUS = BASE + 0x740,
	LIMIT = BASE + 0x750,
	FDS = BASE + 0x760,
	HOW = BASE + 0x780,
	LOCK = BASE + 0x7a0,
	TIME = BASE + 0x7c0,
	CLONE = BASE + 0x800,
	STAT = BASE + 0x880,
	DEVICE = BASE + 0x920,
	STATX = BASE + 0xa00,
	STATFS = BASE + 0xb00,
	ENTRIES = BASE + 0xc00,
	LAST_ARGS = END - 16, /* two pointers, then the hole */
};

static unsigned char memory[SIZE];

static size_t read_fake(void *owner, uint64_t addr, void *out, size_t len)
{
	(void)owner;
	if (addr < BASE || addr >= END)
		return 0;
	if (len > END - addr)
		len = END - addr;
	memcpy(out, memory + (addr - BASE), len);
	return len;
}

static const struct mem_reader fake = { .read = read_fake };
static const struct print_options options = { .string_limit = 32 };

static void put(uint64_t addr, const void *bytes, size_t len)
{
	memcpy(memory + (addr - BASE), bytes, len);
}

#define PUT(addr, ...)                                                         \
	do {                                                                   \
		const uint64_t words[] = { __VA_ARGS__ };                      \
		put(addr, words, sizeof(words));                               \
	} while (0)

static void put_strings(void)
{
	put(PATH, "/etc/x", 7);
	memset(memory + (LONG - BASE), 'y', 40);
	put(ODD, "\1\0022\n\"\\\x7f\xff", 9);
	PUT(ARGV, PATH, LONG, 0);
	for (int i = 0; i < 40; i++)
		PUT((uint64_t)MANY_ARGS + 8 * (uint64_t)i, PATH);
	PUT(LAST_ARGS, PATH, 8);
}

static void put_sockets(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "/run/s" };
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(80) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_port = htons(80),
				    .sin6_flowinfo = htonl(5),
				    .sin6_scope_id = 7 };
	struct sockaddr_nl nl = { .nl_family = AF_NETLINK,
				  .nl_pid = 5,
				  .nl_groups = 0x10 };

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	inet_pton(AF_INET6, "2001:db8::1", &in6.sin6_addr);
	put(UNIX, &un, sizeof(un));
	put(ABSTRACT, "\1\0\0a\0\"", 6);
	put(INET, &in, sizeof(in));
	put(INET6, &in6, sizeof(in6));
	put(NETLINK, &nl, sizeof(nl));
	put(STRANGE, "\x4d\0abc", 5);
	PUT(LENGTH, 16);
	PUT(IOV, LONG, 3, PATH, 6, 8, 4, 0, 0);
	PUT(MSG, UNIX, 10, IOV, 2, CONTROL, 64, 0);
	PUT(CONTROL, 24, SOL_SOCKET | UINT64_C(1) << 32, 1 | UINT64_C(2) << 32,
	    28, SOL_SOCKET | UINT64_C(2) << 32, 12, 0, 9);
}

static void put_structs(void)
{
	PUT(SET, 1 << 1 | 1 << 16, ~UINT64_C(0) & ~(UINT64_C(3) << 31));
	PUT(ACTION, 0x401000, 0x14000000, 0x402000, 0);
	PUT(STATUS, 9 | 0x80);
	PUT(LIMIT, 8192 * 1024, UINT64_MAX);
	PUT(FDS, 3 | UINT64_C(4) << 32);
	PUT(HOW, O_CREAT | O_WRONLY, 0600, 8, 0);
	PUT(LOCK, F_WRLCK, 0, 10, 77);
	PUT(TIME, 1, 500);
	PUT(CLONE, 0x101000, FDS, 0, FDS, 17, 0, 0, 0, 0, 0, 0);
	PUT(ENTRIES, 1, 2, 24, 1, 2, 24, 1, 2, 9);
}

static void put_files(void)
{
	struct stat st = { .st_mode = S_IFREG | S_ISUID | 0755, .st_size = 9 };
	struct stat tty = { .st_mode = S_IFCHR | 0666, .st_rdev = 0x503 };
	struct statx stx = { .stx_mask = STATX_BASIC_STATS,
			     .stx_mode = S_IFDIR | S_ISVTX | 0777,
			     .stx_size = 4096 };
	struct statfs fs = { .f_type = 0x9fa0,
			     .f_bsize = 4096,
			     .f_fsid = { { 0x15, 0 } },
			     .f_namelen = 255,
			     .f_frsize = 4096,
			     .f_flags = 0x1020 };

	put(STAT, &st, sizeof(st));
	put(DEVICE, &tty, sizeof(tty));
	put(STATX, &stx, sizeof(stx));
	put(STATFS, &fs, sizeof(fs));
}

static int set_up(void **state)
{
	(void)state;
	memset(memory, 0, sizeof(memory));
	put_strings();
	put_sockets();
	put_structs();
	put_files();
	return 0;
}

/* ---- calls ---- */

#define S32(value) ((uint64_t)(int64_t)(value))

struct line {
	const char *call;
	uint64_t args[6];
	int64_t result;
	const char *text;
};

static void make_call(struct call *call, const char *name,
		      const uint64_t args[6])
{
	const struct syscall_def *def = syscall_by_name(name);

	assert_non_null(def);
	call_decode(call, def, 0, args, &fake);
}

static void print_line(struct buf *out, struct call *call, int64_t result)
{
	int first = print_entry(out, call, &fake, &options);

	print_exit_args(out, call, first, result, &fake, &options);
	print_result(out, call, result, &fake, &options);
}

#endif
