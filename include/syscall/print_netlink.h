/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * print_netlink - what is sent and received over netlink sockets.
 *
 * Only src/syscall/print_*.c need this. The facts are rows of netlink.def.
 */
#ifndef SYSCALL_PRINT_NETLINK_H
#define SYSCALL_PRINT_NETLINK_H

#include "syscall/print_struct.h"

/* Enough for what the kernel builds; a program can nest them in one another
 * until our stack ends. */
enum { NLATTR_DEPTH_MAX = 8 };

enum nlattr_set {
#define TYPES(...)
#define FLAGS(...)
#define BODY(...)
#define SET(id, names) NLATTRS_##id,
#define VALUE(...)
#define NAMED(...)
#define HOLDS(...)
#define INDEXED(...)
#define SPECIAL(...)
#include "syscall/netlink.def"
#undef TYPES
#undef FLAGS
#undef BODY
#undef SET
#undef VALUE
#undef NAMED
#undef HOLDS
#undef INDEXED
#undef SPECIAL
	NLATTRS_COUNT,
};

/* Which messages; and of the one at hand the first byte of its payload. */
struct netlink_scope {
	const struct print_ctx *ctx;
	int protocol; /* NETLINK_ROUTE, ...; -1: not known */
	uint8_t family;
	unsigned int depth; /* of messages in messages */
};

/* @len bytes at @addr which a program gives to or gets from descriptor @fd:
 * messages where that is a netlink socket, else a string. */
void print_socket_bytes(const struct print_ctx *ctx, int fd, uint64_t addr,
			uint64_t len);

/* The attributes in @len bytes at @addr: one, or an array of them. */
void print_nlattrs(const struct netlink_scope *scope, enum nlattr_set set,
		   uint64_t addr, uint64_t len, unsigned int depth);

#endif
