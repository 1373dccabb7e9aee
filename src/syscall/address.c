/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Socket addresses as text, one spelling each. */
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "base/escape.h"
#include "syscall/call.h"

/* What the kernel takes for IPv6: RFC 2133 had no scope id. */
enum { IN6_SMALLEST = 24 };

static void add_unix(struct buf *out, const struct sockaddr_un *un,
		     socklen_t len)
{
	size_t size = len - offsetof(struct sockaddr_un, sun_path);

	buf_str(out, "unix:");
	if (len <= offsetof(struct sockaddr_un, sun_path))
		return; /* unnamed */
	if (size > sizeof(un->sun_path))
		size = sizeof(un->sun_path);
	if (!un->sun_path[0]) {
		/* Abstract: all bytes count, NUL too. */
		buf_char(out, '@');
		escape_text(out, un->sun_path + 1, size - 1);
		return;
	}
	/* Not to be taken for an abstract name. */
	if (un->sun_path[0] == '@')
		buf_str(out, "./");
	escape_text(out, un->sun_path, strnlen(un->sun_path, size));
}

static void add_in(struct buf *out, const void *host, in_port_t port)
{
	char text[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, host, text, sizeof(text));
	buf_printf(out, "%s:%u", text, (unsigned int)ntohs(port));
}

static void add_in6(struct buf *out, const struct sockaddr_in6 *in6)
{
	char text[INET6_ADDRSTRLEN];

	/* The packets go over IPv4, and so do the rules. */
	if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
		add_in(out, &in6->sin6_addr.s6_addr[12], in6->sin6_port);
		return;
	}
	inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
	buf_printf(out, "[%s", text);
	if (in6->sin6_scope_id)
		buf_printf(out, "%%%u", in6->sin6_scope_id);
	buf_printf(out, "]:%u", (unsigned int)ntohs(in6->sin6_port));
}

/* True when @address is long enough for its family. */
static bool add_known(struct buf *out, const struct sockaddr_storage *address,
		      socklen_t len)
{
	const struct sockaddr_in *in = (const void *)address;
	const struct sockaddr_nl *netlink = (const void *)address;
	const struct sockaddr_ll *packet = (const void *)address;
	const struct sockaddr_vm *vsock = (const void *)address;

	switch (address->ss_family) {
	case AF_UNSPEC:
		buf_str(out, "unspecified");
		return true;
	case AF_UNIX:
		add_unix(out, (const void *)address, len);
		return true;
	case AF_INET:
		if (len < sizeof(*in))
			return false;
		add_in(out, &in->sin_addr, in->sin_port);
		return true;
	case AF_INET6:
		if (len < IN6_SMALLEST)
			return false;
		add_in6(out, (const void *)address);
		return true;
	case AF_NETLINK:
		if (len < sizeof(*netlink))
			return false;
		buf_printf(out, "netlink:%u:%u", netlink->nl_pid,
			   netlink->nl_groups);
		return true;
	case AF_PACKET:
		if (len < offsetof(struct sockaddr_ll, sll_hatype))
			return false;
		buf_printf(out, "packet:%d:%u", packet->sll_ifindex,
			   (unsigned int)ntohs(packet->sll_protocol));
		return true;
	case AF_VSOCK:
		if (len < sizeof(*vsock))
			return false;
		buf_printf(out, "vsock:%u:%u", vsock->svm_cid, vsock->svm_port);
		return true;
	default:
		return false;
	}
}

void address_text(struct buf *out, const struct sockaddr_storage *address,
		  socklen_t len)
{
	struct sockaddr_storage copy = { 0 };

	if (len > sizeof(copy))
		len = sizeof(copy);
	memcpy(&copy, address, len);
	if (len < sizeof(copy.ss_family))
		buf_str(out, "no address");
	else if (!add_known(out, &copy, len))
		buf_printf(out, "family %u", (unsigned int)copy.ss_family);
}
