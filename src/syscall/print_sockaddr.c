/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Socket addresses. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/param.h>
#include <sys/un.h>

#include "syscall/printers.h"

enum { IN6_SMALLEST = 24 }; /* RFC 2133 had no scope id */

static void add_unix(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_un *un = address;
	size_t size = len - offsetof(struct sockaddr_un, sun_path);

	if (size > sizeof(un->sun_path))
		size = sizeof(un->sun_path);
	buf_str(out, ", sun_path=");
	if (!un->sun_path[0]) {
		/* Abstract: all bytes count, NUL too. */
		buf_char(out, '@');
		print_quoted(out, un->sun_path + 1, size - 1);
		return;
	}
	print_quoted(out, un->sun_path, strnlen(un->sun_path, size));
}

/* What has a name in host order is bytes where constants are numbers. */
static bool begin_bytes(struct buf *out, const void *bytes, size_t len)
{
	BUF_AUTO(number);

	print_quoted_hex(&number, bytes, len);
	return const_begin_as(out, buf_text(&number));
}

static void add_swapped(struct buf *out, const char *function,
			const void *bytes, size_t len, unsigned int value)
{
	if (!begin_bytes(out, bytes, len))
		return;
	buf_printf(out, "%s(%u)", function, value);
	const_end(out);
}

static void add_inet(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_in *in = address;
	char text[INET_ADDRSTRLEN];

	(void)len;
	inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
	buf_str(out, ", sin_port=");
	add_swapped(out, "htons", &in->sin_port, sizeof(in->sin_port),
		    ntohs(in->sin_port));
	buf_str(out, ", sin_addr=");
	if (!begin_bytes(out, &in->sin_addr, sizeof(in->sin_addr)))
		return;
	buf_str(out, "inet_addr(");
	print_quoted(out, text, strlen(text));
	buf_char(out, ')');
	const_end(out);
}

void print_interface(struct buf *out, unsigned int index)
{
	char name[IF_NAMESIZE];

	if (index && if_indextoname(index, name)) {
		buf_str(out, "if_nametoindex(");
		print_quoted(out, name, strnlen(name, sizeof(name)));
		buf_char(out, ')');
	} else {
		buf_printf(out, "%u", index);
	}
}

/* Only a name alone tells in its middle what it is stored in. */
static void add_address6(struct buf *out, const struct in6_addr *address,
			 const char *text)
{
	size_t from = out->len;
	bool names, alone;

	buf_str(out, "sin6_addr=");
	names = begin_bytes(out, address, sizeof(*address));
	alone = out->len == from + strlen("sin6_addr=");
	if (alone)
		out->len = from;
	if (!names)
		return;
	buf_str(out, "inet_pton(AF_INET6, ");
	print_quoted(out, text, strlen(text));
	buf_str(out, alone ? ", &sin6_addr)" : ")");
	const_end(out);
}

static void add_inet6(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_in6 *in6 = address;
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
	buf_str(out, ", sin6_port=");
	add_swapped(out, "htons", &in6->sin6_port, sizeof(in6->sin6_port),
		    ntohs(in6->sin6_port));
	buf_str(out, ", sin6_flowinfo=");
	add_swapped(out, "htonl", &in6->sin6_flowinfo,
		    sizeof(in6->sin6_flowinfo), ntohl(in6->sin6_flowinfo));
	buf_str(out, ", ");
	add_address6(out, &in6->sin6_addr, text);
	if (len <= IN6_SMALLEST)
		return;
	buf_str(out, ", sin6_scope_id=");
	if (IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr) ||
	    IN6_IS_ADDR_MC_LINKLOCAL(&in6->sin6_addr))
		print_interface(out, in6->sin6_scope_id);
	else
		buf_printf(out, "%u", in6->sin6_scope_id);
}

static void add_netlink(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_nl *nl = address;

	(void)len;
	if (nl->nl_pad)
		buf_printf(out, ", nl_pad=%#x", nl->nl_pad);
	buf_printf(out, ", nl_pid=%d, nl_groups=%#08x", (int)nl->nl_pid,
		   nl->nl_groups);
}

static void add_packet(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_ll *ll = address;
	size_t size = MIN(ll->sll_halen, sizeof(ll->sll_addr));

	(void)len;
	buf_str(out, ", sll_protocol=htons(");
	const_add(out, &consts_ethernet_protocols, ntohs(ll->sll_protocol));
	buf_str(out, "), sll_ifindex=");
	print_interface(out, (unsigned int)ll->sll_ifindex);
	buf_str(out, ", sll_hatype=");
	const_add(out, &consts_arp_hardware, ll->sll_hatype);
	buf_str(out, ", sll_pkttype=");
	const_add(out, &consts_packet_types, ll->sll_pkttype);
	buf_printf(out, ", sll_halen=%u, sll_addr=[", ll->sll_halen);
	for (size_t i = 0; i < size; i++)
		buf_printf(out, "%s%#02x", i ? ", " : "", ll->sll_addr[i]);
	buf_str(out, size < ll->sll_halen ? ", ...]" : "]");
}

static void add_vsock(struct buf *out, const void *address, size_t len)
{
	const struct sockaddr_vm *vm = address;

	(void)len;
	buf_str(out, ", svm_cid=");
	if (const_name(&consts_vsock_cids, vm->svm_cid))
		const_add(out, &consts_vsock_cids, vm->svm_cid);
	else
		buf_printf(out, "%#x", vm->svm_cid);
	if (vm->svm_port == VMADDR_PORT_ANY)
		buf_str(out, ", svm_port=VMADDR_PORT_ANY");
	else
		buf_printf(out, ", svm_port=%#x", vm->svm_port);
	if (vm->svm_flags == VMADDR_FLAG_TO_HOST)
		buf_str(out, ", svm_flags=VMADDR_FLAG_TO_HOST");
	else
		buf_printf(out, ", svm_flags=%#x", vm->svm_flags);
}

static const struct {
	unsigned int family;
	size_t smallest;
	void (*add)(struct buf *out, const void *address, size_t len);
} families[] = {
	{ AF_UNIX, sizeof(sa_family_t) + 1, add_unix },
	{ AF_INET, sizeof(struct sockaddr_in), add_inet },
	{ AF_INET6, IN6_SMALLEST, add_inet6 },
	{ AF_NETLINK, sizeof(struct sockaddr_nl), add_netlink },
	{ AF_PACKET, sizeof(struct sockaddr_ll), add_packet },
	{ AF_VSOCK, sizeof(struct sockaddr_vm), add_vsock },
};

static void add_data(struct buf *out, const struct sockaddr_storage *address,
		     size_t len)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		if (families[i].family != address->ss_family ||
		    len < families[i].smallest)
			continue;
		families[i].add(out, address, len);
		return;
	}
	if (len <= sizeof(sa_family_t))
		return;
	buf_str(out, ", sa_data=");
	print_quoted(out, (const char *)address + sizeof(sa_family_t),
		     len - sizeof(sa_family_t));
}

void print_sockaddr_object(struct buf *out, const void *object, size_t size)
{
	struct sockaddr_storage address = { 0 };

	memcpy(&address, object, MIN(size, sizeof(address)));
	buf_str(out, "{sa_family=");
	const_add(out, &consts_address_families, address.ss_family);
	add_data(out, &address, size);
	buf_char(out, '}');
}

void print_sockaddr_at(const struct print_ctx *ctx, uint64_t addr, int64_t len)
{
	struct sockaddr_storage address = { 0 };
	size_t size = MIN((uint64_t)len, sizeof(address));

	if (len < (int64_t)sizeof(sa_family_t)) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch(ctx, addr, &address, size))
		return;
	print_sockaddr_object(ctx->out, &address, size);
}

void print_sockaddr(const struct print_ctx *ctx, uint64_t value)
{
	print_sockaddr_at(ctx, value, (int32_t)print_arg(ctx, ctx->arg + 1));
}

/* ---- addresses that come back ---- */

/* The length before and after the call; false: not both are known. */
static bool read_lengths(const struct print_ctx *ctx, int arg, int32_t *before,
			 int32_t *after)
{
	*before = (int32_t)ctx->call->before[arg];
	return ctx->call->before[arg] != UINT64_MAX &&
	       mem_read_all(ctx->mem, print_arg(ctx, arg), after,
			    sizeof(*after));
}

void print_sockaddr_out(const struct print_ctx *ctx, uint64_t value)
{
	int32_t before, after;

	if (print_failed(ctx) || ctx->arg + 1 >= (int)ctx->call->n_args ||
	    !read_lengths(ctx, ctx->arg + 1, &before, &after))
		print_addr(ctx->out, value);
	else
		print_sockaddr_at(ctx, value, MIN(before, after));
}

void print_socklen_out(const struct print_ctx *ctx, uint64_t value)
{
	int32_t before, after;

	if (!read_lengths(ctx, ctx->arg, &before, &after))
		print_addr(ctx->out, value);
	else if (print_failed(ctx) || before == after)
		buf_printf(ctx->out, "[%d]", before);
	else
		buf_printf(ctx->out, "[%d => %d]", before, after);
}
