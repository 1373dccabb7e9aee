/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Options of sockets, by level. */
#include "case.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

static int inet_socket(int type)
{
	return (int)sc(socket, AF_INET, type, 0);
}

CASE(socket_level)
{
	struct linger linger = { 1, 5 };
	struct timeval time = { 1, 500 };
	struct ucred credentials;
	int number = 1, fd = inet_socket(SOCK_STREAM);
	socklen_t size = sizeof(number);
	char text[32];

	sc(setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &number, 4);
	sc(setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &number, 2);
	sc(setsockopt, fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	sc(setsockopt, fd, SOL_SOCKET, SO_LINGER, &linger, 4);
	sc(setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
	sc(setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, NOWHERE, sizeof(time));
	sc(setsockopt, fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
	sc(setsockopt, fd, SOL_SOCKET, 999, "abc", 3);
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, &number, &size);
	sc(getsockopt, fd, SOL_SOCKET, SO_ERROR, &number, &size);
	sc(getsockopt, fd, SOL_SOCKET, SO_PROTOCOL, &number, &size);
	sc(getsockopt, fd, SOL_SOCKET, SO_DOMAIN, &number, &size);
	size = sizeof(linger);
	sc(getsockopt, fd, SOL_SOCKET, SO_LINGER, &linger, &size);
	size = sizeof(time);
	sc(getsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &time, &size);
	size = sizeof(credentials);
	sc(getsockopt, fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size);
	size = sizeof(text);
	sc(getsockopt, fd, SOL_SOCKET, SO_BINDTODEVICE, text, &size);
	size = 2;
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, &number, &size);
	size = 0;
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, &number, &size);
	sc(getsockopt, fd, SOL_SOCKET, SO_TYPE, &number, NOWHERE);
	sc(getsockopt, -1, SOL_SOCKET, SO_TYPE, &number, &size);
}

CASE(filters)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 12),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x800, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, 0),
		BPF_STMT(BPF_RET | BPF_A, 0),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 5),
		BPF_STMT(BPF_MISC | BPF_TAX, 0),
	};
	struct sock_fprog program = { 6, code };
	int fd = inet_socket(SOCK_DGRAM);

	sc(setsockopt, fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
	   sizeof(program));
	program.len = 2;
	program.filter = NOWHERE;
	sc(setsockopt, fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
	   sizeof(program));
	sc(setsockopt, fd, SOL_SOCKET, SO_DETACH_FILTER, NULL, 0);
}

CASE(tcp)
{
	int number = 1, fd = inet_socket(SOCK_STREAM);
	socklen_t size = sizeof(number);
	char name[16] = "cubic";

	sc(setsockopt, fd, IPPROTO_TCP, TCP_NODELAY, &number, 4);
	sc(setsockopt, fd, IPPROTO_TCP, TCP_CONGESTION, name, 5);
	sc(getsockopt, fd, IPPROTO_TCP, TCP_NODELAY, &number, &size);
	sc(getsockopt, fd, IPPROTO_TCP, TCP_MAXSEG, &number, &size);
	size = sizeof(name);
	sc(getsockopt, fd, IPPROTO_TCP, TCP_CONGESTION, name, &size);
	sc(setsockopt, fd, IPPROTO_TCP, 99, &number, 4);
}

CASE(ip)
{
	struct ip_mreqn member = { .imr_ifindex = 1 };
	int number = 1, fd = inet_socket(SOCK_DGRAM);
	socklen_t size = sizeof(number);
	unsigned char small = 3;

	inet_pton(AF_INET, "224.0.0.77", &member.imr_multiaddr);
	inet_pton(AF_INET, "127.0.0.1", &member.imr_address);
	sc(setsockopt, fd, IPPROTO_IP, IP_TOS, &number, 4);
	sc(setsockopt, fd, IPPROTO_IP, IP_TTL, &small, 1);
	sc(setsockopt, fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &member,
	   sizeof(member));
	sc(setsockopt, fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &member,
	   sizeof(struct ip_mreq));
	sc(setsockopt, fd, IPPROTO_IP, IP_MULTICAST_IF, &member,
	   sizeof(member));
	sc(setsockopt, fd, IPPROTO_IP, IP_MULTICAST_IF, &member.imr_address, 4);
	sc(setsockopt, fd, IPPROTO_IP, IP_MULTICAST_TTL, &small, 1);
	sc(setsockopt, fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &member, 3);
	sc(getsockopt, fd, IPPROTO_IP, IP_TTL, &number, &size);
	sc(getsockopt, fd, IPPROTO_IP, IP_MULTICAST_IF, &number, &size);
}

CASE(ipv6)
{
	struct ipv6_mreq member = { .ipv6mr_interface = 1 };
	int number = 1;
	int fd = (int)sc(socket, AF_INET6, SOCK_DGRAM, 0);
	socklen_t size = sizeof(number);

	inet_pton(AF_INET6, "ff02::77", &member.ipv6mr_multiaddr);
	sc(setsockopt, fd, IPPROTO_IPV6, IPV6_V6ONLY, &number, 4);
	sc(getsockopt, fd, IPPROTO_IPV6, IPV6_V6ONLY, &number, &size);
	sc(setsockopt, fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &member,
	   sizeof(member));
	sc(setsockopt, fd, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &member, 4);
	sc(setsockopt, fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &number, 4);
}

CASE(packet)
{
	struct packet_mreq member = { .mr_ifindex = 1,
				      .mr_type = PACKET_MR_PROMISC,
				      .mr_alen = 6,
				      .mr_address = { 1, 2, 3, 4, 5, 6 } };
	struct tpacket_req ring = { 4096, 1, 2048, 2 };
	struct tpacket_stats counts;
	socklen_t size = sizeof(counts);
	int fd = (int)sc(socket, AF_PACKET, SOCK_RAW, 0);

	sc(setsockopt, fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &member,
	   sizeof(member));
	sc(setsockopt, fd, SOL_PACKET, PACKET_DROP_MEMBERSHIP, &member, 4);
	sc(setsockopt, -1, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring));
	sc(getsockopt, fd, SOL_PACKET, PACKET_STATISTICS, &counts, &size);
}
