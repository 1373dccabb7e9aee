/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* net: reach an address that a rule blocks: 127.0.0.1 and ::1, whatever the
 * port, and the unix sockets "sock" and "@syswall-attack*". A listener of our
 * own child is what is reached; the rule is about connecting alone. */
#include "attack.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

static union {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
} there;
static socklen_t there_len;

/* A socket that listens on, or waits at, an address of @family. */
static int server(int family, int type)
{
	int fd = socket(family, type, 0);

	memset(&there, 0, sizeof(there));
	there.any.sa_family = (sa_family_t)family;
	there_len = sizeof(there.in);
	if (family == AF_INET6) {
		there.in6.sin6_addr = in6addr_loopback;
		there_len = sizeof(there.in6);
	} else {
		there.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	}
	if (fd < 0 || bind(fd, &there.any, there_len) ||
	    getsockname(fd, &there.any, &there_len) ||
	    (type == SOCK_STREAM && listen(fd, 5)))
		return -1;
	return fd;
}

/* Has anything come to @fd? */
static int arrived(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, 100) == 1;
}

static int verdict(int fd)
{
	return arrived(fd) ? WORKED : HELD;
}

static int tcp(void)
{
	int fd = server(AF_INET, SOCK_STREAM);

	if (fd < 0)
		return cannot("no loopback");
	connect(socket(AF_INET, SOCK_STREAM, 0), &there.any, there_len);
	return verdict(fd);
}

static int tcp6(void)
{
	int fd = server(AF_INET6, SOCK_STREAM);

	if (fd < 0)
		return cannot("no IPv6");
	connect(socket(AF_INET6, SOCK_STREAM, 0), &there.any, there_len);
	return verdict(fd);
}

static int mapped(void)
{
	int fd = server(AF_INET, SOCK_STREAM);
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };

	if (fd < 0)
		return cannot("no loopback");
	to.sin6_port = there.in.sin_port;
	inet_pton(AF_INET6, "::ffff:127.0.0.1", &to.sin6_addr);
	if (connect(socket(AF_INET6, SOCK_STREAM, 0), (void *)&to,
		    sizeof(to)) &&
	    errno == EAFNOSUPPORT)
		return cannot("no IPv6");
	return verdict(fd);
}

/* 0.0.0.0 reaches this host. */
static int zero(void)
{
	int fd = server(AF_INET, SOCK_STREAM);

	there.in.sin_addr.s_addr = 0;
	connect(socket(AF_INET, SOCK_STREAM, 0), &there.any, there_len);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

/* An address that is longer than it has to be. */
static int long_address(void)
{
	struct sockaddr_storage to = { 0 };
	int fd = server(AF_INET, SOCK_STREAM);

	memcpy(&to, &there, sizeof(there.in));
	connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&to, sizeof(to));
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static int upper(void)
{
	int fd = server(AF_INET, SOCK_STREAM);
	long to = socket(AF_INET, SOCK_STREAM, 0);

	sc(SYS_connect, to | 0x500000000, &there, there_len | 0x600000000);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static int fastopen(void)
{
	int fd = server(AF_INET, SOCK_STREAM);

	sc(SYS_sendto, socket(AF_INET, SOCK_STREAM, 0), "x", 1, MSG_FASTOPEN,
	   &there, there_len);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static int fastopen_msg(void)
{
	int fd = server(AF_INET, SOCK_STREAM);
	struct iovec iov = { "x", 1 };
	struct msghdr msg = { .msg_name = &there,
			      .msg_namelen = there_len,
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };

	sc(SYS_sendmsg, socket(AF_INET, SOCK_STREAM, 0), &msg, MSG_FASTOPEN);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static int udp(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);

	sc(SYS_sendto, socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0, &there,
	   there_len);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

/* Taken for AF_INET. */
static int udp_unspec(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);

	there.any.sa_family = AF_UNSPEC;
	sc(SYS_sendto, socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0, &there,
	   there_len);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

/* A UDPv6 socket takes an IPv4 address. */
static int udp_crossed(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);
	int six = socket(AF_INET6, SOCK_DGRAM, 0);

	if (six < 0)
		return cannot("no IPv6");
	sc(SYS_sendto, six, "x", 1, 0, &there, there_len);
	return verdict(fd);
}

static int udp_connected(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);
	int from = socket(AF_INET, SOCK_DGRAM, 0);

	if (!connect(from, &there.any, there_len) && write(from, "x", 1) != 1)
		return cannot("write");
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static void fill(struct mmsghdr *msg, struct iovec *iov, void *name,
		 socklen_t len)
{
	memset(msg, 0, sizeof(*msg));
	iov->iov_base = "x";
	iov->iov_len = 1;
	msg->msg_hdr.msg_name = name;
	msg->msg_hdr.msg_namelen = len;
	msg->msg_hdr.msg_iov = iov;
	msg->msg_hdr.msg_iovlen = 1;
}

static int one_message(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);
	struct mmsghdr msg;
	struct iovec iov;

	fill(&msg, &iov, &there, there_len);
	sc(SYS_sendmsg, socket(AF_INET, SOCK_DGRAM, 0), &msg, 0);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

/* A name of a length that the kernel cuts. */
static int cut_name(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);
	struct mmsghdr msg;
	struct sockaddr_storage name = { 0 };
	struct iovec iov;

	memcpy(&name, &there, sizeof(there.in));
	fill(&msg, &iov, &name, 100000);
	sc(SYS_sendmsg, socket(AF_INET, SOCK_DGRAM, 0), &msg, 0);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

/* The first message goes to 127.0.0.2, which is allowed. */
static int second_message(void)
{
	int fd = server(AF_INET, SOCK_DGRAM);
	struct sockaddr_in other = { .sin_family = AF_INET };
	struct mmsghdr msgs[3];
	struct iovec iov;

	other.sin_port = htons(9);
	inet_pton(AF_INET, "127.0.0.2", &other.sin_addr);
	fill(&msgs[0], &iov, &other, sizeof(other));
	fill(&msgs[1], &iov, &other, sizeof(other));
	fill(&msgs[2], &iov, &there, there_len);
	sc(SYS_sendmmsg, socket(AF_INET, SOCK_DGRAM, 0), msgs, 3, 0);
	return fd < 0 ? cannot("no loopback") : verdict(fd);
}

static int unix_server(const char *name, size_t len, int type)
{
	int fd = socket(AF_UNIX, type, 0);

	memset(&there, 0, sizeof(there));
	there.un.sun_family = AF_UNIX;
	memcpy(there.un.sun_path, name, len);
	there_len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (fd < 0 || bind(fd, &there.any, there_len) ||
	    (type == SOCK_STREAM && listen(fd, 5)))
		return -1;
	return fd;
}

static int unix_path(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);

	connect(socket(AF_UNIX, SOCK_STREAM, 0), &there.any, there_len);
	return fd < 0 ? cannot("bind") : verdict(fd);
}

static int unix_to(const char *path)
{
	strcpy(there.un.sun_path, path);
	return connect(socket(AF_UNIX, SOCK_STREAM, 0), &there.any,
		       sizeof(there.un));
}

/* connect follows links, other than bind. */
static int unix_link(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);

	if (fd < 0 || symlink("sock", "link"))
		return cannot("bind");
	unix_to("link");
	return verdict(fd);
}

static int unix_link_proc(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);

	if (fd < 0 || symlink("/proc/self/cwd/sock", "link"))
		return cannot("bind");
	unix_to("/proc/thread-self/cwd/link");
	return verdict(fd);
}

/* A descriptor that only names the socket. */
static int unix_descriptor(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", open("sock", O_PATH));
	unix_to(path);
	return fd < 0 ? cannot("bind") : verdict(fd);
}

static int unix_directories(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/sock",
		 open(".", O_PATH));
	unix_to(path);
	unix_to("okdir/../sock");
	unix_to("/proc/self/cwd/sock");
	return fd < 0 ? cannot("bind") : verdict(fd);
}

/* A hard link is another name of the same socket.
 */
static int unix_hard_link(void)
{
	int fd = unix_server("sock", 4, SOCK_STREAM);

	if (fd < 0)
		return cannot("bind");
	if (link("sock", "other") || unix_to("other"))
		return HELD;
	return verdict(fd);
}

static int unix_abstract(void)
{
	char name[64] = "";
	int len = snprintf(name + 1, sizeof(name) - 1, "syswall-attack%d",
			   getpid());
	int fd = unix_server(name, (size_t)len + 1, SOCK_STREAM);

	connect(socket(AF_UNIX, SOCK_STREAM, 0), &there.any, there_len);
	return fd < 0 ? cannot("bind") : verdict(fd);
}

static int unix_datagram(void)
{
	int fd = unix_server("sock", 4, SOCK_DGRAM);

	sc(SYS_sendto, socket(AF_UNIX, SOCK_DGRAM, 0), "x", 1, 0, &there,
	   there_len);
	return fd < 0 ? cannot("bind") : verdict(fd);
}

static int offered(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return !bind(fd, (void *)&any, sizeof(any)) || !listen(fd, 1) ? WORKED :
									HELD;
}

/* listen() binds by itself. */
static int autobind(void)
{
	return !listen(socket(AF_INET, SOCK_STREAM, 0), 1) ? WORKED : HELD;
}

static int families(void)
{
	static const struct {
		int family, type, protocol;
	} odd[] = {
		{ AF_NETLINK, SOCK_RAW, 0 },   { AF_PACKET, SOCK_RAW, 0 },
		{ AF_VSOCK, SOCK_STREAM, 0 },  { AF_ALG, SOCK_SEQPACKET, 0 },
		{ AF_KEY, SOCK_RAW, 2 },       { AF_INET, SOCK_RAW, 1 },
		{ AF_INET, SOCK_STREAM, 262 }, { AF_INET, SOCK_DGRAM, 1 },
		{ AF_UNIX, SOCK_STREAM, 0 },   { AF_INET6, SOCK_DGRAM, 0 }
	};
	int opened = 0;

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		opened |= sc(SYS_socket, 0x700000000 | odd[i].family,
			     0x700000000 | odd[i].type, odd[i].protocol) >= 0;
	return opened ? WORKED : HELD;
}

ATTACKS({ "tcp", tcp }, { "tcp6", tcp6 }, { "mapped", mapped },
	{ "zero", zero }, { "long-address", long_address }, { "upper", upper },
	{ "fastopen", fastopen }, { "fastopen-msg", fastopen_msg },
	{ "udp", udp }, { "udp-unspec", udp_unspec },
	{ "udp-crossed", udp_crossed }, { "udp-connected", udp_connected },
	{ "one-message", one_message }, { "cut-name", cut_name },
	{ "second-message", second_message }, { "unix-path", unix_path },
	{ "unix-link", unix_link }, { "unix-link-proc", unix_link_proc },
	{ "unix-descriptor", unix_descriptor },
	{ "unix-directories", unix_directories },
	{ "unix-hard-link", unix_hard_link },
	{ "unix-abstract", unix_abstract }, { "unix-datagram", unix_datagram },
	{ "offered", offered }, { "autobind", autobind },
	{ "families", families })
