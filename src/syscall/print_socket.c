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
	/* linux/socket.h of the kernel: SOL_... */
	{ 132, &consts_sctp_options },
	{ 256, &consts_ipx_options },
	{ 257, &consts_ax25_options },
	{ 266, &consts_irda_options },
	{ 268, &consts_llc_options },
	{ 269, &consts_dccp_options },
	{ 271, &consts_tipc_options },
	{ 272, &consts_rxrpc_options },
	{ 273, &consts_pppol2tp_options },
	{ 274, &consts_bluetooth_options },
	{ 275, &consts_pnpipe_options },
	{ 276, &consts_rds_options },
	{ 277, &consts_iucv_options },
	{ 278, &consts_caif_options },
	{ 279, &consts_alg_options },
	{ 280, &consts_nfc_options },
	{ 281, &consts_kcm_options },
	{ 282, &consts_tls_options },
	{ 283, &consts_xdp_options },
};

void print_sockopt_name(const struct print_ctx *ctx, uint64_t value)
{
	uint32_t level = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_LEVEL);

	if (level == SOL_SOCKET && (uint32_t)value == SO_ATTACH_FILTER &&
	    ctx->call->def->id == SYSCALL_getsockopt) {
		buf_str(ctx->out, "SO_GET_FILTER");
		return;
	}
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

/* The kernel filled in no more than there was room for. */
static void add_partial(const struct print_ctx *ctx, uint64_t addr, size_t len,
			enum struct_id id)
{
	_Alignas(8) unsigned char object[STRUCT_SIZE_MAX];

	if (print_fetch(ctx, addr, object, len))
		print_struct_object(ctx, id, object, len);
}

static void add_option(const struct print_ctx *ctx, uint64_t addr, int64_t len)
{
	uint64_t level = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_LEVEL);
	uint64_t name = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_NAME);
	const struct command_def *def =
		command_find(COMMANDS_SOCKOPT, OPTION(level, name));

	if (!def || (def->out && !ctx->exiting))
		add_plain(ctx, addr, len);
	else if (ctx->exiting && len < (int64_t)struct_size(def->id))
		add_partial(ctx, addr, (size_t)len, def->id);
	else if (len < (int64_t)struct_size(def->id))
		print_addr(ctx->out, addr);
	else
		print_struct_at(ctx, addr, def->id);
}

/* Options of this level are ints, but for names. */
static bool is_number(const struct print_ctx *ctx)
{
	uint64_t name = (uint32_t)print_arg_of(ctx, ARG_SOCKOPT_NAME);

	if (print_arg_of(ctx, ARG_SOCKOPT_LEVEL) == LEVEL_NETLINK)
		return true;
	return print_arg_of(ctx, ARG_SOCKOPT_LEVEL) == SOL_SOCKET &&
	       name != SO_BINDTODEVICE &&
	       const_name(&consts_sockopt_names, name);
}

void print_sockopt_in(const struct print_ctx *ctx, uint64_t value)
{
	int32_t len = (int32_t)print_arg(ctx, ctx->arg + 1);

	if (len < (int32_t)sizeof(int32_t) && is_number(ctx))
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
