/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Messages of netlink. What could change anything is sent to a port that
 * nobody has; it reads the same.
 */
#include "case.h"

#include <linux/fib_rules.h>
#include <linux/genetlink.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define NOBODY_PORT 99999999

static _Alignas(8) char message[PAGE];
static size_t length;

static int open_netlink(int protocol)
{
	struct sockaddr_nl local = { .nl_family = AF_NETLINK };
	int fd =
		(int)sc(socket, AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, protocol);

	sc(bind, fd, &local, sizeof(local));
	return fd;
}

static void begin(int type, int flags, const void *body, size_t size)
{
	struct nlmsghdr head = { .nlmsg_type = (uint16_t)type,
				 .nlmsg_flags = (uint16_t)flags,
				 .nlmsg_seq = 7 };

	memset(message, 0, sizeof(message));
	memcpy(message, &head, sizeof(head));
	memcpy(message + sizeof(head), body, size);
	length = NLMSG_ALIGN(sizeof(head) + size);
}

static void attribute(int type, const void *data, size_t size)
{
	struct nlattr head = { .nla_len = (uint16_t)(sizeof(head) + size),
			       .nla_type = (uint16_t)type };

	memcpy(message + length, &head, sizeof(head));
	if (size)
		memcpy(message + length + sizeof(head), data, size);
	length += NLA_ALIGN(sizeof(head) + size);
}

static void number(int type, uint64_t value, size_t size)
{
	attribute(type, &value, size);
}

static void text(int type, const char *string)
{
	attribute(type, string, strlen(string) + 1);
}

/* To nobody, or to the kernel. */
static void send_to(int fd, uint32_t port)
{
	struct sockaddr_nl to = { .nl_family = AF_NETLINK, .nl_pid = port };

	((struct nlmsghdr *)message)->nlmsg_len = (uint32_t)length;
	sc(sendto, fd, message, length, 0, &to, sizeof(to));
}

CASE(link)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct ifinfomsg info = { .ifi_index = 1,
				  .ifi_type = ARPHRD_LOOPBACK,
				  .ifi_flags =
					  IFF_UP | IFF_LOOPBACK | 0x1000000,
				  .ifi_change = 0xffffffff };
	struct rtnl_link_stats64 stats = { 1, 2, 3, 4, 5 };
	struct rtnl_link_ifmap map = { 1, 2, 3, 4, 5, 6 };
	static const struct nlattr nested[2] = { { 8, IFLA_INFO_KIND } };

	begin(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL, &info,
	      sizeof(info));
	text(IFLA_IFNAME, "lo");
	attribute(IFLA_ADDRESS, "\1\2\3\4\5\6", 6);
	attribute(IFLA_BROADCAST, "abc", 3);
	number(IFLA_MTU, 1500, 4);
	number(IFLA_MTU, 1500, 2);
	number(IFLA_OPERSTATE, 6, 1);
	number(IFLA_EXT_MASK, 0x80000009, 4);
	number(IFLA_LINK_NETNSID, 0xffffffff, 4);
	number(IFLA_NET_NS_FD, 3, 4);
	attribute(IFLA_STATS64, &stats, sizeof(stats));
	attribute(IFLA_STATS64, &stats, 90);
	attribute(IFLA_STATS, &stats, sizeof(struct rtnl_link_stats));
	attribute(IFLA_MAP, &map, sizeof(map));
	attribute(NLA_F_NESTED | IFLA_LINKINFO, nested, sizeof(nested));
	attribute(IFLA_COST, "", 0);
	number(1000, 5, 4);
	text(NLA_F_NET_BYTEORDER | IFLA_QDISC, "a name of more than 32 bytes, "
					       "at which it is cut");
	attribute(IFLA_IFALIAS, "no end", 6);
	send_to(fd, NOBODY_PORT);
	begin(RTM_DELLINK, NLM_F_REQUEST | 0x700, &info, sizeof(info));
	send_to(fd, NOBODY_PORT);
	info.ifi_family = 99;
	info.ifi_type = 0x7777;
	info.ifi_index = 99;
	begin(RTM_SETLINK, NLM_F_ACK | 0x8000, &info, sizeof(info));
	send_to(fd, NOBODY_PORT);
	length = 20;
	send_to(fd, NOBODY_PORT);
	length = 16;
	send_to(fd, NOBODY_PORT);
}

CASE(families)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	struct {
		struct nlattr inet, conf;
		int32_t values[3];
		struct nlattr inet6, flags;
		uint32_t bits;
		struct nlattr mode;
		uint32_t how;
		struct nlattr other;
	} spec = { { 20, AF_INET },
		   { 16, IFLA_INET_CONF },
		   { 1, 0, -1 },
		   { 20, AF_INET6 },
		   { 8, IFLA_INET6_FLAGS },
		   0x800000f0,
		   { 5, IFLA_INET6_ADDR_GEN_MODE },
		   2,
		   { 4, AF_BRIDGE } };

	begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, &info, sizeof(info));
	attribute(IFLA_AF_SPEC, &spec, sizeof(spec));
	send_to(fd, NOBODY_PORT);
}

CASE(address)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct ifaddrmsg info = { AF_INET, 8, 0x80, 254, 1 };
	struct ifa_cacheinfo cache = { 0xffffffff, 10, 20, 30 };

	begin(RTM_NEWADDR, NLM_F_REQUEST | NLM_F_REPLACE, &info, sizeof(info));
	attribute(IFA_LOCAL, "\177\0\0\1", 4);
	attribute(IFA_ADDRESS, "\177\0\0", 3);
	attribute(IFA_CACHEINFO, &cache, sizeof(cache));
	number(IFA_FLAGS, 0x10080, 4);
	text(IFA_LABEL, "lo");
	send_to(fd, NOBODY_PORT);
	info.ifa_family = AF_INET6;
	begin(RTM_DELADDR, NLM_F_REQUEST, &info, sizeof(info));
	attribute(IFA_LOCAL, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	send_to(fd, NOBODY_PORT);
	info.ifa_family = AF_PACKET;
	info.ifa_scope = 5;
	begin(RTM_GETADDR, NLM_F_REQUEST, &info, sizeof(info));
	attribute(IFA_LOCAL, "\177\0\0\1", 4);
	send_to(fd, NOBODY_PORT);
}

CASE(route)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct rtmsg info = { .rtm_family = AF_INET,
			      .rtm_dst_len = 24,
			      .rtm_tos = 0x18,
			      .rtm_table = RT_TABLE_MAIN,
			      .rtm_protocol = RTPROT_BOOT,
			      .rtm_scope = RT_SCOPE_LINK,
			      .rtm_type = RTN_UNICAST,
			      .rtm_flags = RTM_F_CLONED | 0x80000000 };
	struct {
		struct rtnexthop hop;
		struct nlattr gateway;
		uint8_t address[4];
		struct rtnexthop bare;
	} hops = { { 16, RTNH_F_ONLINK, 3, 1 },
		   { 8, RTA_GATEWAY },
		   { 10, 0, 0, 1 },
		   { 8, 0x80, 0, 0 } };
	struct {
		struct nlattr mtu;
		uint32_t value;
		struct nlattr algorithm;
		char name[8];
	} metrics = { { 8, RTAX_MTU }, 1400, { 10, RTAX_CC_ALGO }, "cubic" };

	begin(RTM_NEWROUTE, NLM_F_REQUEST | NLM_F_APPEND, &info, sizeof(info));
	attribute(RTA_DST, "\12\0\0\0", 4);
	number(RTA_OIF, 1, 4);
	number(RTA_IIF, 77, 4);
	number(RTA_TABLE, 254, 4);
	number(RTA_TABLE, 1000, 4);
	attribute(RTA_MULTIPATH, &hops, sizeof(hops));
	attribute(RTA_MULTIPATH, &hops, 8);
	attribute(RTA_METRICS, &metrics, sizeof(metrics));
	number(RTA_ENCAP_TYPE, 1, 2);
	number(RTA_EXPIRES, 1, 8);
	send_to(fd, NOBODY_PORT);
	info.rtm_table = 77;
	info.rtm_protocol = 200;
	info.rtm_scope = 3;
	info.rtm_type = 99;
	begin(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_ROOT, &info, sizeof(info));
	send_to(fd, NOBODY_PORT);
}

CASE(rule_and_neighbour)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct fib_rule_hdr rule = { .family = AF_INET,
				     .table = RT_TABLE_LOCAL,
				     .action = FR_ACT_TO_TBL,
				     .flags = FIB_RULE_INVERT };
	struct ndmsg neighbour = { .ndm_family = AF_INET,
				   .ndm_ifindex = 1,
				   .ndm_state = NUD_REACHABLE | NUD_STALE,
				   .ndm_flags = NTF_ROUTER,
				   .ndm_type = RTN_LOCAL };
	struct tcmsg traffic = { .tcm_ifindex = 1, .tcm_parent = 0xffffffff };
	static const uint32_t range[] = { 0, 1000 };

	begin(RTM_NEWRULE, NLM_F_REQUEST, &rule, sizeof(rule));
	number(FRA_TABLE, 255, 4);
	text(FRA_IIFNAME, "lo");
	number(FRA_PROTOCOL, 2, 1);
	number(FRA_IP_PROTO, 6, 1);
	attribute(FRA_UID_RANGE, range, sizeof(range));
	number(FRA_SPORT_RANGE, 0x50001, 4);
	send_to(fd, NOBODY_PORT);
	begin(RTM_NEWNEIGH, NLM_F_REQUEST, &neighbour, sizeof(neighbour));
	attribute(NDA_DST, "\12\0\0\1", 4);
	attribute(NDA_LLADDR, "\1\2\3\4\5\6", 6);
	number(NDA_PORT, 0x5000, 2);
	send_to(fd, NOBODY_PORT);
	begin(RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP, &traffic,
	      sizeof(traffic));
	text(TCA_KIND, "fq");
	number(TCA_HW_OFFLOAD, 1, 1);
	send_to(fd, NOBODY_PORT);
	begin(RTM_GETNSID, NLM_F_REQUEST, "\0\0\0\0", 4);
	send_to(fd, NOBODY_PORT);
	begin(200, NLM_F_REQUEST, "\2abcdef", 7);
	send_to(fd, NOBODY_PORT);
}

CASE(diagnosis)
{
	int fd = open_netlink(NETLINK_SOCK_DIAG);
	struct unix_diag_req unix_ask = { .sdiag_family = AF_UNIX,
					  .udiag_states = 0xffffffff,
					  .udiag_ino = 5,
					  .udiag_show = 0xffff };
	struct inet_diag_req_v2 inet = { .sdiag_family = AF_INET,
					 .sdiag_protocol = IPPROTO_TCP,
					 .idiag_ext = 0x93,
					 .idiag_states = 0x402 };
	struct inet_diag_req old = { .idiag_family = AF_INET6,
				     .idiag_src_len = 3 };
	struct inet_diag_msg answer = { .idiag_family = AF_INET,
					.idiag_state = 10,
					.idiag_uid = 5 };
	struct netlink_diag_req netlink = { .sdiag_family = AF_NETLINK,
					    .sdiag_protocol = 255,
					    .ndiag_show = 3 };
	static const uint32_t memory[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

	begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, &unix_ask, sizeof(unix_ask));
	send_to(fd, 0);
	sc(recvfrom, fd, page, PAGE, 0, NULL, NULL);
	begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, &inet,
	      sizeof(inet));
	number(INET_DIAG_REQ_BYTECODE + 9, 5, 4);
	send_to(fd, NOBODY_PORT);
	inet.sdiag_family = AF_INET6;
	begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, &inet, sizeof(inet));
	send_to(fd, NOBODY_PORT);
	begin(TCPDIAG_GETSOCK, NLM_F_REQUEST, &old, sizeof(old));
	send_to(fd, NOBODY_PORT);
	begin(SOCK_DIAG_BY_FAMILY, 0, &answer, sizeof(answer));
	attribute(INET_DIAG_SKMEMINFO, memory, sizeof(memory));
	attribute(INET_DIAG_MEMINFO, memory, 16);
	number(INET_DIAG_SHUTDOWN, 3, 1);
	number(INET_DIAG_SHUTDOWN, 0, 1);
	number(INET_DIAG_SHUTDOWN, 9, 1);
	number(INET_DIAG_SOCKOPT, 0x52, 2);
	text(INET_DIAG_CONG, "cubic");
	number(INET_DIAG_MARK, 7, 4);
	send_to(fd, NOBODY_PORT);
	begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, &netlink, sizeof(netlink));
	send_to(fd, NOBODY_PORT);
	begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, "\50abcdef", 7);
	send_to(fd, NOBODY_PORT);
	length = 17;
	send_to(fd, NOBODY_PORT);
	begin(SOCK_DESTROY, NLM_F_REQUEST, &inet, 20);
	send_to(fd, NOBODY_PORT);
}

CASE(generic)
{
	int fd = open_netlink(NETLINK_GENERIC);
	struct genlmsghdr ask = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 };

	begin(GENL_ID_CTRL, NLM_F_REQUEST, &ask, sizeof(ask));
	text(CTRL_ATTR_FAMILY_NAME, "nlctrl");
	send_to(fd, 0);
	sc(recvfrom, fd, page, PAGE, 0, NULL, NULL);
	begin(0xfff0, NLM_F_REQUEST, &ask, sizeof(ask));
	send_to(fd, NOBODY_PORT);
}

CASE(errors)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct ifinfomsg info = { .ifi_index = 99999 };
	struct {
		int error;
		struct nlmsghdr head;
		struct nlattr offset;
		uint32_t value;
	} failure = { -EPERM, { 16, RTM_GETLINK, 1, 2, 3 }, { 8, 2 }, 24 };
	int on = 1;

	sc(setsockopt, fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	begin(RTM_GETLINK, NLM_F_REQUEST, &info, sizeof(info));
	send_to(fd, 0);
	sc(recvfrom, fd, page, PAGE, 0, NULL, NULL);
	begin(NLMSG_ERROR, NLM_F_ACK_TLVS | NLM_F_CAPPED, &failure,
	      sizeof(failure));
	send_to(fd, NOBODY_PORT);
	failure.error = 5;
	begin(NLMSG_ERROR, 0, &failure, sizeof(failure));
	send_to(fd, NOBODY_PORT);
	begin(NLMSG_ERROR, 0, &failure, 4);
	send_to(fd, NOBODY_PORT);
	begin(NLMSG_DONE, NLM_F_MULTI, "\377\377\377\377", 4);
	send_to(fd, NOBODY_PORT);
	begin(NLMSG_DONE, NLM_F_MULTI, "12345678", 8);
	send_to(fd, NOBODY_PORT);
	begin(NLMSG_NOOP, 0xffff, "12345678", 8);
	send_to(fd, NOBODY_PORT);
	begin(9, 0, "12345678", 8);
	send_to(fd, NOBODY_PORT);
}

CASE(many)
{
	int fd = open_netlink(NETLINK_ROUTE);
	struct sockaddr_nl to = { .nl_family = AF_NETLINK,
				  .nl_pid = NOBODY_PORT };
	struct iovec parts[] = { { message, 0 },
				 { message, 40 },
				 { message, 12 },
				 { NULL, 40 },
				 { NOWHERE, 16 } };
	struct mmsghdr both[2] = {
		{ .msg_hdr = { &to, sizeof(to), parts, 5 } },
		{ .msg_hdr = { &to, sizeof(to), parts, 1 } },
	};
	struct rtgenmsg body = { AF_INET };

	begin(RTM_GETNSID, NLM_F_REQUEST, &body, 4);
	((struct nlmsghdr *)message)->nlmsg_len = 20;
	memcpy(message + 20, message, 20);
	memcpy(message + 40, message, 20);
	parts[0].iov_len = 60;
	sc(sendmsg, fd, &both[0].msg_hdr, 0);
	sc(sendmmsg, fd, both, 2, 0);
	for (size_t at = 0; at < PAGE; at += 20)
		memcpy(message + at, message, 20);
	length = 3000;
	sc(sendto, fd, message, length, 0, &to, sizeof(to));
	sc(sendto, fd, at_edge(message, 50), 100, 0, &to, sizeof(to));
	sc(sendto, fd, at_edge(message, 45), 100, 0, &to, sizeof(to));
	sc(sendto, fd, at_edge(message, 10), 100, 0, &to, sizeof(to));
	sc(sendto, fd, message, 15, 0, &to, sizeof(to));
	sc(sendto, fd, message, 0, 0, &to, sizeof(to));
	sc(sendto, fd, NULL, 20, 0, &to, sizeof(to));
	sc(recvfrom, fd, page, PAGE, 0, NULL, NULL);
}

/* The protocol is not known before the socket has a port. */
CASE(unbound)
{
	int fd = (int)sc(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct ifinfomsg info = { .ifi_index = 99999 };

	begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, &info, sizeof(info));
	send_to(fd, NOBODY_PORT);
	send_to(fd, NOBODY_PORT);
	sc(write, fd, message, 20);
	fd = open_netlink(NETLINK_AUDIT);
	begin(1000, NLM_F_REQUEST, "", 0);
	send_to(fd, NOBODY_PORT);
	fd = open_netlink(NETLINK_USERSOCK);
	begin(1000, NLM_F_REQUEST, "1234", 4);
	send_to(fd, NOBODY_PORT);
}
