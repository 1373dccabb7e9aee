/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Types, protocols and options of sockets. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <sys/param.h>
#include <sys/socket.h>

#include "syscall/print_command.h"

enum { SOCKET_TYPE_MASK = 0xf }; /* linux/net.h: SOCK_TYPE_MASK */

void print_socket_type(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t type = value & SOCKET_TYPE_MASK;
	uint64_t rest = (uint32_t)value & ~(uint64_t)SOCKET_TYPE_MASK;
	const char *name = const_name(&consts_socket_types, type);
	uint64_t flags = rest & (SOCK_CLOEXEC | SOCK_NONBLOCK);

	rest &= ~flags;
	if (!name) {
		/* Nothing of it is sure. */
		rest |= type;
		const_add_names(ctx->out, &consts_accept_flags, &flags, false);
		const_add_rest(ctx->out, consts_socket_types.unknown, rest,
			       (uint32_t)value &
				       (SOCK_CLOEXEC | SOCK_NONBLOCK));
		return;
	}
	const_add(ctx->out, &consts_socket_types, type);
	if (flags) {
		buf_char(ctx->out, '|');
		const_add_flags(ctx->out, &consts_accept_flags, flags);
	}
	if (rest)
		buf_printf(ctx->out, "|%#" PRIx64 " /* SOCK_??? */", rest);
}

void print_socket_protocol(const struct print_ctx *ctx, uint64_t value)
{
	uint32_t protocol = (uint32_t)value;

	/* strace names them for socket alone. */
	if (ctx->call->def->id == SYSCALL_socketpair) {
		buf_printf(ctx->out, "%" PRIu32, protocol);
		return;
	}
	switch ((int)print_arg(ctx, 0)) {
	case AF_INET:
	case AF_INET6:
		const_add(ctx->out, &consts_ip_protocols, protocol);
		break;
	case AF_NETLINK:
		const_add(ctx->out, &consts_netlink_protocols, protocol);
		break;
	case AF_BLUETOOTH:
		const_add(ctx->out, &consts_bluetooth_protocols, protocol);
		break;
	case AF_PACKET:
		buf_str(ctx->out, "htons(");
		const_add(ctx->out, &consts_ethernet_protocols,
			  ntohs((uint16_t)protocol));
		buf_char(ctx->out, ')');
		break;
	default:
		buf_printf(ctx->out, "%" PRIu32, protocol);
		break;
	}
}

/* ---- options ---- */

enum {
	LEVEL_TCP = 6,
	LEVEL_UDP = 17,
	LEVEL_PACKET = 263,
	LEVEL_NETLINK = 270,
};

static const struct {
	uint32_t level;
	const struct const_table *options;
} levels[] = {
	{ SOL_SOCKET, &consts_sockopt_names },
	{ IPPROTO_IP, &consts_ip_options },
	{ IPPROTO_IPV6, &consts_ipv6_options },
	{ LEVEL_TCP, &consts_tcp_options },
	{ LEVEL_UDP, &consts_udp_options },
	{ LEVEL_PACKET, &consts_packet_options },
	{ LEVEL_NETLINK, &consts_netlink_options },
	{ IPPROTO_RAW, &consts_raw_options },
	{ IPPROTO_ICMPV6, &consts_icmpv6_options },
};

void print_sockopt_name(const struct print_ctx *ctx, uint64_t value)
{
	uint32_t level = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_LEVEL);

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (levels[i].level != level)
			continue;
		const_add(ctx->out, levels[i].options, (uint32_t)value);
		return;
	}
	buf_printf(ctx->out, "%d", (int)value);
}

/* Shown as text where it is not an int; others in hexadecimal. */
static bool is_text(const struct print_ctx *ctx)
{
	uint64_t name = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_NAME);

	return print_arg_of(ctx, ARG_SOCKOPT_LEVEL) == SOL_SOCKET &&
	       (name == SO_BINDTODEVICE || name == SO_TYPE);
}

static void add_plain(const struct print_ctx *ctx, uint64_t addr, int64_t len)
{
	int32_t number;

	if (len == (int64_t)sizeof(number)) {
		if (print_fetch(ctx, addr, &number, sizeof(number)))
			buf_printf(ctx->out, "[%d]", number);
	} else if (ctx->exiting && len < (int64_t)sizeof(number) &&
		   !is_text(ctx)) {
		if (print_fetch(ctx, addr, &number, (size_t)len))
			print_quoted_hex(ctx->out, &number, (size_t)len);
	} else {
		print_bytes_at(ctx, addr, (uint64_t)len);
	}
}

static void add_option(const struct print_ctx *ctx, uint64_t addr, int64_t len)
{
	uint64_t level = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_LEVEL);
	uint64_t name = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_NAME);
	const struct command_def *def =
		command_find(COMMANDS_SOCKOPT, OPTION(level, name));

	if (!def)
		add_plain(ctx, addr, len);
	else if (len < (int64_t)struct_size(def->id))
		print_addr(ctx->out, addr);
	else
		print_struct_at(ctx, addr, def->id);
}

/* Options of this level are ints, but for names. */
static bool is_number(const struct print_ctx *ctx)
{
	uint64_t name = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_NAME);

	return print_arg_of(ctx, ARG_SOCKOPT_LEVEL) == SOL_SOCKET &&
	       name != SO_BINDTODEVICE &&
	       const_name(&consts_sockopt_names, name);
}

void print_sockopt_in(const struct print_ctx *ctx, uint64_t value)
{
	int32_t len = (int32_t)print_arg(ctx, ctx->arg + 1);

	if (len < 0 || (len < (int32_t)sizeof(int32_t) && is_number(ctx)))
		print_addr(ctx->out, value);
	else
		add_option(ctx, value, len);
}

void print_sockopt_out(const struct print_ctx *ctx, uint64_t value)
{
	int32_t len;

	if (print_failed(ctx) ||
	    !mem_read_all(ctx->mem, print_arg(ctx, ctx->arg + 1), &len,
			  sizeof(len)) ||
	    len <= 0)
		print_addr(ctx->out, value);
	else
		add_option(ctx, value, len);
}
