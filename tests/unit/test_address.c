/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* How socket addresses read. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netpacket/packet.h>

#include "syscall/call.h"

static void expect(const void *address, size_t len, const char *text)
{
	struct sockaddr_storage storage = { 0 };
	BUF_AUTO(out);

	memcpy(&storage, address, len < sizeof(storage) ? len : 0);
	address_text(&out, &storage, (socklen_t)len);
	assert_string_equal(buf_text(&out), text);
}

static void expect_in(const char *host, uint16_t port, const char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(port) };

	assert_int_equal(inet_pton(AF_INET, host, &in.sin_addr), 1);
	expect(&in, sizeof(in), text);
}

static void expect_in6(const char *host, uint16_t port, uint32_t scope,
		       const char *text)
{
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_port = htons(port),
				    .sin6_scope_id = scope };

	assert_int_equal(inet_pton(AF_INET6, host, &in6.sin6_addr), 1);
	expect(&in6, sizeof(in6), text);
}

static void expect_unix(const char *path, size_t len, const char *text)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	memcpy(un.sun_path, path, len);
	expect(&un, offsetof(struct sockaddr_un, sun_path) + len, text);
}

static void test_internet(void **state)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	(void)state;
	expect_in("10.0.0.1", 80, "10.0.0.1:80");
	expect_in("0.0.0.0", 0, "0.0.0.0:0");
	expect_in("255.255.255.255", 65535, "255.255.255.255:65535");
	expect_in6("::1", 80, 0, "[::1]:80");
	expect_in6("fe80::1", 53, 2, "[fe80::1%2]:53");
	expect_in6("::ffff:10.0.0.1", 80, 0, "10.0.0.1:80");
	/* Too short for the kernel, too. */
	expect(&in, sizeof(in) - 1, "family 2");
	expect(&in6, 23, "family 10");
	expect(&in6, 24, "[::]:0");
}

static void test_unix(void **state)
{
	char full[108];

	(void)state;
	memset(full, 'x', sizeof(full));
	expect_unix("", 0, "unix:");
	expect_unix("/run/x", 7, "unix:/run/x");
	expect_unix("/run/x", 6, "unix:/run/x");
	expect_unix("/run/x\0junk", 11, "unix:/run/x");
	expect_unix("@x", 2, "unix:./@x");
	expect_unix("\0bus", 4, "unix:@bus");
	expect_unix("\0a\0b", 4, "unix:@a\\x00b");
	expect_unix("\0", 1, "unix:@");
	expect_unix("/a\x1b[2J", 6, "unix:/a\\x1b[2J");
	{
		char text[128] = "unix:";

		memset(text + 5, 'x', sizeof(full));
		expect_unix(full, sizeof(full), text);
	}
}

static void test_others(void **state)
{
	struct sockaddr_nl netlink = { .nl_family = AF_NETLINK,
				       .nl_pid = 7,
				       .nl_groups = 1 };
	struct sockaddr_ll packet = { .sll_family = AF_PACKET,
				      .sll_protocol = htons(3),
				      .sll_ifindex = 2 };
	struct sockaddr_vm vsock = { .svm_family = AF_VSOCK,
				     .svm_cid = 2,
				     .svm_port = 1024 };
	struct sockaddr other = { .sa_family = 42 };

	(void)state;
	expect(&netlink, sizeof(netlink), "netlink:7:1");
	expect(&netlink, 4, "family 16");
	expect(&packet, sizeof(packet), "packet:2:3");
	expect(&vsock, sizeof(vsock), "vsock:2:1024");
	expect(&vsock, 8, "family 40");
	expect(&other, sizeof(other), "family 42");
	other.sa_family = AF_UNSPEC;
	expect(&other, sizeof(other), "unspecified");
	expect(&other, 0, "no address");
	expect(&other, 1, "no address");
	expect(&other, 4096, "unspecified");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_internet),
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
