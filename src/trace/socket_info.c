/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/socket_info.h"

/* Numbers of the kernel's own tables need no check for overflow. */
/* NOLINTBEGIN(cert-err34-c) */

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "syscall/consts.h"
#include "syscall/printers.h"
#include "trace/procfs.h"

/* Protocols whose sockets stand in a table of /proc/PID/net. proc(5) */
static const struct {
	const char *protocol, *table;
	int family;
} tables[] = {
	{ "TCP", "tcp", AF_INET },
	{ "TCPv6", "tcp6", AF_INET6 },
	{ "UDP", "udp", AF_INET },
	{ "UDPv6", "udp6", AF_INET6 },
	{ "UDP-Lite", "udplite", AF_INET },
	{ "RAW", "raw", AF_INET },
	{ "UDPLITEv6", "udplite6", AF_INET6 },
	{ "RAWv6", "raw6", AF_INET6 },
	{ "PING", "icmp", AF_INET },
	{ "PINGv6", "icmp6", AF_INET6 },
};

/* ---- tables ---- */

struct endpoint {
	uint32_t address[4]; /* as it is in memory */
	unsigned int port;
	bool is_set;
};

/* "0100007F:0050" */
static bool read_endpoint(const char *text, int family,
			  struct endpoint *endpoint)
{
	int words = family == AF_INET ? 1 : 4;

	*endpoint = (struct endpoint){ 0 };
	for (int i = 0; i < words; i++, text += 8) {
		if (sscanf(text, "%8x", &endpoint->address[i]) != 1)
			return false;
		endpoint->is_set |= endpoint->address[i] != 0;
	}
	if (sscanf(text, ":%x", &endpoint->port) != 1)
		return false;
	endpoint->is_set |= endpoint->port != 0;
	return true;
}

static void add_endpoint(const struct endpoint *endpoint, int family,
			 struct buf *out)
{
	char text[INET6_ADDRSTRLEN];

	if (!inet_ntop(family, endpoint->address, text, sizeof(text)))
		return;
	buf_printf(out, family == AF_INET ? "%s:%u" : "[%s]:%u", text,
		   endpoint->port);
}

static FILE *open_table(pid_t tid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/net/%s", (int)tid, name);
	return fopen(path, "re");
}

static bool add_ip(pid_t tid, const char *table, int family,
		   unsigned long wanted, struct buf *out)
{
	FILE *file = open_table(tid, table);
	struct endpoint local, remote;
	char line[512], from[64], to[64];
	unsigned long inode = 0;
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file))
		found = sscanf(line,
			       "%*s %63s %63s %*x %*s %*s %*s %*s %*s %lu",
			       from, to, &inode) == 3 &&
			inode == wanted &&
			read_endpoint(from, family, &local) &&
			read_endpoint(to, family, &remote) &&
			(local.is_set || remote.is_set);
	if (file)
		fclose(file);
	if (!found)
		return false;
	add_endpoint(&local, family, out);
	if (remote.is_set) {
		buf_str(out, "->");
		add_endpoint(&remote, family, out);
	}
	return true;
}

/* The kernel's table has no sockets that are not bound. */
static bool find_netlink(pid_t tid, unsigned long wanted,
			 unsigned int *protocol, unsigned int *port)
{
	FILE *file = open_table(tid, "netlink");
	char line[256];
	unsigned long inode = 0;
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file))
		found = sscanf(line, "%*s %u %u %*s %*s %*s %*s %*s %*s %lu",
			       protocol, port, &inode) == 3 &&
			inode == wanted && *port;
	if (file)
		fclose(file);
	return found;
}

static bool add_netlink(pid_t tid, unsigned long wanted, struct buf *out)
{
	unsigned int protocol, port;
	const char *name;

	if (!find_netlink(tid, wanted, &protocol, &port))
		return false;
	name = const_name(&consts_netlink_protocols, protocol);
	if (!name)
		return false;
	buf_printf(out, "%s:%u", name + strlen("NETLINK_"), port);
	return true;
}

/* ---- unix sockets: sock_diag(7) ---- */

struct unix_query {
	struct nlmsghdr header;
	struct unix_diag_req request;
};

static ssize_t ask_kernel(unsigned long inode, void *answer, size_t size)
{
	const struct unix_query query = {
		.header = { .nlmsg_len = sizeof(query),
			    .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			    .nlmsg_flags = NLM_F_REQUEST },
		.request = { .sdiag_family = AF_UNIX,
			     .udiag_states = UINT32_MAX,
			     .udiag_ino = (uint32_t)inode,
			     .udiag_cookie = { UINT32_MAX, UINT32_MAX },
			     .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER },
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	ssize_t got = -1;

	if (fd < 0)
		return -1;
	if (send(fd, &query, sizeof(query), 0) == sizeof(query))
		got = recv(fd, answer, size, 0);
	close(fd);
	return got;
}

static void add_unix_name(const char *name, size_t len, struct buf *out)
{
	bool is_abstract = len && !*name;

	buf_str(out, is_abstract ? ",@" : ",");
	if (is_abstract)
		name++, len--;
	else
		len = strnlen(name, len);
	print_quoted(out, name, len);
}

static bool add_unix(unsigned long inode, struct buf *out)
{
	_Alignas(struct nlmsghdr) char answer[1024];
	ssize_t got = ask_kernel(inode, answer, sizeof(answer));
	const struct nlmsghdr *header = (const void *)answer;
	const struct unix_diag_msg *message = NLMSG_DATA(header);
	const struct rtattr *attribute = (const void *)(message + 1);
	const struct rtattr *name = NULL;
	uint32_t peer = 0;
	int left;

	if (got < (ssize_t)NLMSG_SPACE(sizeof(*message)) ||
	    !NLMSG_OK(header, (size_t)got) ||
	    header->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    message->udiag_family != AF_UNIX || message->udiag_ino != inode)
		return false;
	left = (int)NLMSG_PAYLOAD(header, sizeof(*message));
	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
		if (attribute->rta_type == UNIX_DIAG_NAME)
			name = attribute;
		else if (attribute->rta_type == UNIX_DIAG_PEER &&
			 RTA_PAYLOAD(attribute) >= sizeof(peer))
			memcpy(&peer, RTA_DATA(attribute), sizeof(peer));
	}
	if (!peer && !name)
		return false;
	buf_printf(out, "%lu", inode);
	if (peer)
		buf_printf(out, "->%u", peer);
	if (name)
		add_unix_name(RTA_DATA(name), RTA_PAYLOAD(name), out);
	return true;
}

static bool read_protocol(pid_t tid, int fd, char *protocol, size_t size)
{
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)tid, fd);
	len = getxattr(path, "system.sockprotoname", protocol, size - 1);
	if (len <= 0)
		return false;
	protocol[len] = '\0';
	return true;
}

bool socket_info_netlink(pid_t tid, int fd, int *protocol)
{
	char name[64], link[24];
	unsigned int number, port;
	unsigned long inode;
	BUF_AUTO(target);

	if (!read_protocol(tid, fd, name, sizeof(name)) ||
	    strcmp(name, "NETLINK") != 0)
		return false;
	*protocol = -1;
	snprintf(link, sizeof(link), "fd/%d", fd);
	if (!procfs_link(tid, link, &target) &&
	    sscanf(target.data, "socket:[%lu]", &inode) == 1 &&
	    find_netlink(tid, inode, &number, &port))
		*protocol = (int)number;
	return true;
}

bool socket_info_describe(pid_t tid, int fd, unsigned long inode,
			  struct buf *out)
{
	char protocol[64];
	bool known = false;

	if (!read_protocol(tid, fd, protocol, sizeof(protocol)))
		return false;
	buf_printf(out, "%s:[", protocol);
	if (!strncmp(protocol, "UNIX", 4))
		known = add_unix(inode, out);
	else if (!strcmp(protocol, "NETLINK"))
		known = add_netlink(tid, inode, out);
	for (size_t i = 0; !known && i < sizeof(tables) / sizeof(*tables); i++)
		if (!strcmp(tables[i].protocol, protocol))
			known = add_ip(tid, tables[i].table, tables[i].family,
				       inode, out);
	if (!known)
		buf_printf(out, "%lu", inode);
	buf_char(out, ']');
	return true;
}
/* NOLINTEND(cert-err34-c) */
