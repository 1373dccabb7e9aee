/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Sockets, their addresses and options, messages with control data. */
#include "case.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons((uint16_t)port),
				     .sin_addr.s_addr = htonl(0x7f000001) };
}

CASE(socket)
{
	sc(socket, AF_INET, SOCK_STREAM, 0);
	sc(socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP);
	sc(socket, AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP);
	sc(socket, AF_UNIX, SOCK_SEQPACKET, 0);
	sc(socket, AF_UNIX, SOCK_STREAM, 5);
	sc(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	sc(socket, AF_NETLINK, SOCK_RAW, 99);
	sc(socket, AF_INET, SOCK_DGRAM, 999);
	sc(socket, 77, 77, 77);
	sc(socket, AF_INET, 0xff0, 0);
	sc(socketpair, AF_UNIX, SOCK_STREAM, 0, page);
	sc(socketpair, AF_INET, SOCK_STREAM, 0, page);
	sc(socketpair, AF_UNIX, SOCK_STREAM, 0, NULL);
}

CASE(addresses)
{
	int fd = (int)sc(socket, AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in in = loopback(9);
	struct sockaddr_in6 in6 = { AF_INET6, htons(80), 5,
				    IN6ADDR_LOOPBACK_INIT, 7 };
	struct sockaddr_un un = { AF_UNIX, "path" };
	struct sockaddr_nl nl = { AF_NETLINK, 0, 12, 0x11 };
	struct sockaddr odd = { 77, "data" };

	sc(connect, fd, &in, 16);
	sc(connect, 77, &in, 15);
	sc(connect, 77, &in, 100);
	sc(connect, 77, &in6, 28);
	sc(connect, 77, &in6, 24);
	sc(connect, 77, &un, 110);
	sc(connect, 77, &un, 5);
	sc(connect, 77, &un, 2);
	un.sun_path[0] = '\0';
	sc(connect, 77, &un, 7);
	sc(connect, 77, &nl, 12);
	sc(connect, 77, &odd, 16);
	sc(connect, 77, &odd, 1);
	odd.sa_family = AF_UNSPEC;
	sc(connect, 77, &odd, 16);
	sc(connect, 77, NULL, 16);
	sc(connect, 77, NOWHERE, 16);
	sc(connect, 77, at_edge(&in, 10), 16);
	sc(connect, 77, &in, -1);
	sc(bind, fd, &in6, 28);
}

CASE(server)
{
	int fd = (int)sc(socket, AF_UNIX, SOCK_STREAM, 0);
	int client = (int)sc(socket, AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un un = { AF_UNIX, "socket" };
	int len = 110, peer;

	sc(bind, fd, &un, 110);
	sc(listen, fd, 5);
	sc(getsockname, fd, page, &len);
	len = 4;
	sc(getsockname, fd, page, &len);
	sc(connect, client, &un, 9);
	len = 110;
	peer = (int)sc(accept4, fd, page, &len, SOCK_CLOEXEC);
	len = 110;
	sc(getpeername, client, page, &len);
	len = 0;
	sc(getpeername, client, page, &len);
	sc(sendto, client, "hello", 5, MSG_NOSIGNAL, NULL, 0);
	len = 110;
	sc(recvfrom, peer, page, 100, MSG_DONTWAIT, page + 200, &len);
	sc(recvfrom, peer, page, 100, MSG_DONTWAIT, NULL, NULL);
	sc(shutdown, client, SHUT_WR);
	sc(shutdown, client, 77);
	sc(recvfrom, peer, page, 100, 0xf0000000, NULL, NULL);
	sc(accept, 77, NULL, NULL);
	sc(accept, 77, page, NOWHERE);
	sc(accept4, 77, NULL, NULL, 1);
}

CASE(datagrams)
{
	int fd = (int)sc(socket, AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in in = loopback(0);
	int len = 16;

	sc(bind, fd, &in, 16);
	in.sin_port = htons(9);
	sc(sendto, 77, "hello", 5, MSG_MORE | MSG_OOB, &in, 16);
	sc(recvfrom, fd, page, 100, MSG_DONTWAIT | MSG_PEEK, page, &len);
	len = -5;
	sc(recvfrom, fd, page, 100, MSG_DONTWAIT, page, &len);
	sc(recvfrom, fd, page, 100, MSG_DONTWAIT, page, NOWHERE);
}

CASE(options)
{
	int fd = (int)sc(socket, AF_INET, SOCK_STREAM, 0);
	int one = 1, len = 4;
	struct linger linger = { 1, 5 };
	struct timeval time = { 5, 0 };

	sc(setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &one, 4);
	sc(getsockopt, fd, SOL_SOCKET, SO_REUSEADDR, page, &len);
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, page, &len);
	sc(getsockopt, fd, SOL_SOCKET, SO_ERROR, page, &len);
	sc(getsockopt, fd, SOL_SOCKET, SO_DOMAIN, page, &len);
	sc(getsockopt, fd, SOL_SOCKET, SO_PROTOCOL, page, &len);
	len = 2;
	sc(getsockopt, fd, SOL_SOCKET, SO_ACCEPTCONN, page, &len);
	sc(setsockopt, fd, SOL_SOCKET, SO_LINGER, &linger, 8);
	len = 8;
	sc(getsockopt, fd, SOL_SOCKET, SO_LINGER, page, &len);
	sc(setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &time, 16);
	len = 16;
	sc(getsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, page, &len);
	sc(setsockopt, fd, SOL_TCP, TCP_NODELAY, &one, 4);
	sc(setsockopt, fd, SOL_IP, IP_TOS, &one, 4);
	sc(setsockopt, fd, SOL_IP, IP_TTL, &one, 1);
	sc(setsockopt, fd, SOL_IPV6, 26, &one, 4);
	sc(setsockopt, fd, SOL_SOCKET, 777, &one, 4);
	sc(setsockopt, fd, 777, 5, &one, 4);
	sc(setsockopt, fd, SOL_SOCKET, SO_KEEPALIVE, NULL, 4);
	sc(setsockopt, fd, SOL_SOCKET, SO_KEEPALIVE, &one, -1);
	sc(setsockopt, fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, page, NULL);
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, page, NOWHERE);
	len = 4;
	sc(getsockopt, 77, SOL_SOCKET, SO_TYPE, page, &len);
}

CASE(credentials)
{
	int fds[2], len = 12;

	sc(socketpair, AF_UNIX, SOCK_STREAM, 0, fds);
	sc(getsockopt, fds[0], SOL_SOCKET, SO_PEERCRED, page, &len);
}

CASE(messages)
{
	int fds[2];
	char text[] = "some text";
	struct iovec in[] = { { text, 4 }, { text + 4, 5 } };
	struct iovec out[] = { { page, 3 }, { page + 100, 50 } };
	struct msghdr message = { .msg_iov = in, .msg_iovlen = 2 };

	sc(socketpair, AF_UNIX, SOCK_DGRAM, 0, fds);
	sc(sendmsg, fds[0], &message, MSG_NOSIGNAL);
	message.msg_iov = out;
	message.msg_name = page + 500;
	message.msg_namelen = 100;
	sc(recvmsg, fds[1], &message, MSG_DONTWAIT);
	sc(recvmsg, fds[1], &message, MSG_DONTWAIT);
	sc(recvmsg, fds[1], NULL, MSG_DONTWAIT);
	sc(sendmsg, 77, NULL, 0);
	sc(sendmsg, 77, NOWHERE, 0);
	message.msg_flags = MSG_EOR;
	sc(sendmsg, 77, &message, 0);
}

CASE(control_messages)
{
	int fds[2];
	union {
		char bytes[CMSG_SPACE(8)];
		struct cmsghdr header;
	} control = { .bytes = "" };
	struct iovec one = { "x", 1 };
	struct msghdr message = { .msg_iov = &one,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct iovec in = { page, 10 };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(8);
	memcpy(CMSG_DATA(&control.header), (int[]){ 0, 1 }, 8);
	sc(socketpair, AF_UNIX, SOCK_STREAM, 0, fds);
	sc(sendmsg, fds[0], &message, 0);
	message.msg_iov = &in;
	sc(recvmsg, fds[1], &message, MSG_CMSG_CLOEXEC);
	control.header.cmsg_type = 9;
	sc(sendmsg, 77, &message, 0);
	control.header.cmsg_level = SOL_IP;
	sc(sendmsg, 77, &message, 0);
	control.header.cmsg_len = 3;
	sc(sendmsg, 77, &message, 0);
	message.msg_controllen = 5;
	sc(sendmsg, 77, &message, 0);
	message.msg_control = NOWHERE;
	message.msg_controllen = 50;
	sc(sendmsg, 77, &message, 0);
}

CASE(many_messages)
{
	int fds[2];
	struct iovec one[] = { { "abc", 3 }, { "de", 2 } };
	struct iovec in[] = { { page, 10 }, { page + 10, 10 } };
	struct mmsghdr all[2] = {
		{ .msg_hdr = { .msg_iov = one, .msg_iovlen = 1 } },
		{ .msg_hdr = { .msg_iov = one + 1, .msg_iovlen = 1 } },
	};
	struct {
		long sec, nsec;
	} timeout = { 1, 0 };

	sc(socketpair, AF_UNIX, SOCK_DGRAM, 0, fds);
	sc(sendmmsg, fds[0], all, 2, 0);
	all[0].msg_hdr.msg_iov = in;
	all[1].msg_hdr.msg_iov = in + 1;
	sc(recvmmsg, fds[1], all, 2, MSG_DONTWAIT, NULL);
	sc(recvmmsg, fds[1], all, 2, MSG_DONTWAIT, &timeout);
	sc(sendmmsg, 77, all, 2, 0);
	sc(sendmmsg, 77, NULL, 2, 0);
}

CASE(control_types)
{
	struct {
		struct cmsghdr head;
		int data[4];
	} control = { { sizeof(control), SOL_SOCKET, 0 }, { 1, 0, 2, 0 } };
	struct msghdr message = {
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	for (int type = 0; type < 36; type++) {
		if (type == 20) /* an address */
			control.data[0] = 2;
		control.head.cmsg_type = type;
		control.head.cmsg_len = type & 1 ? 24 : 32;
		if (type != 4) /* SCM_PIDFD came later */
			sc(sendmsg, 77, &message, 0);
		control.head.cmsg_level = 0; /* SOL_IP */
		sc(sendmsg, 77, &message, 0);
		control.head.cmsg_level = SOL_SOCKET;
	}
	control.head.cmsg_level = 41; /* SOL_IPV6 */
	sc(sendmsg, 77, &message, 0);
}

/* Each level names its options; what does not fit them is shown as it is. */
CASE(levels)
{
	static const int levels[] = { 0,   1,	6,   17,  41,  58,  132,
				      136, 256, 257, 258, 261, 262, 263,
				      264, 265, 266, 267, 268, 269, 270,
				      271, 272, 273, 274, 275, 276, 277,
				      278, 279, 280, 281, 282, 283, -1 };
	static const int options[] = { 0, 1, 2, 5, 6, 12 };
	int one = 1, got = 4, fd = (int)sc(socket, AF_UNIX, SOCK_DGRAM, 0);

	memset(page, 1, 64);
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		for (size_t j = 0; j < sizeof(options) / sizeof(*options); j++)
			sc(setsockopt, -1, levels[i], options[j], &one, 4);
		sc(setsockopt, -1, levels[i], 5, page, -1);
		sc(setsockopt, -1, levels[i], 5, NULL, 8);
	}
	sc(setsockopt, -1, SOL_SOCKET, SO_PEERCRED, &one, 4);
	sc(setsockopt, -1, SOL_IP, MCAST_JOIN_GROUP, page, 136);
	sc(setsockopt, -1, SOL_IP, MCAST_JOIN_GROUP, page, 4);
	sc(getsockopt, fd, SOL_SOCKET, SO_LINGER, page, &got);
	sc(getsockopt, fd, SOL_SOCKET, SO_PEERCRED, page, &got);
	sc(getsockopt, fd, SOL_SOCKET, SO_ATTACH_FILTER, page, &got);
}
