/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Messages of netlink sockets: what tests/differential cannot compare, which
 * is what a program that wants us to fail would send.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "fake_memory.h"
#include "syscall/names.h"
#include "syscall/print.h"

static struct fake_memory memory;
static int protocol;

static bool is_netlink(void *owner, int fd, int *which)
{
	(void)owner;
	*which = protocol;
	return fd == 3;
}

static const char *generic_name(void *owner, uint16_t type)
{
	(void)owner;
	return type == 0x10 ? "nlctrl" : NULL;
}

static const struct print_files files = { .netlink = is_netlink,
					  .generic = generic_name };

/* sendto(@fd, @addr, @len, ...) as it reads. */
static void print_sendto(struct buf *out, int fd, uint64_t addr, uint64_t len,
			 size_t limit)
{
	const struct print_options options = { .string_limit = limit,
					       .files = &files };
	struct mem_reader reader = fake_reader(&memory);
	struct call call = { 0 };

	call.def = syscall_def(SYSCALL_sendto);
	strcpy(call.name, "sendto");
	call.n_args = 6;
	call.args[0] = (uint64_t)fd;
	call.args[1] = addr;
	call.args[2] = len;
	print_entry(out, &call, &reader, &options);
}

static void assert_message(int fd, const void *bytes, size_t len,
			   const char *expected)
{
	BUF_AUTO(out);
	BUF_AUTO(wanted);

	memset(&memory, 0, sizeof(memory));
	buf_printf(&wanted, "sendto(%d, %s, %zu, 0, NULL, 0", fd, expected,
		   len);
	print_sendto(&out, fd, fake_put(&memory, bytes, len), len, 32);
	assert_string_equal(buf_text(&out), buf_text(&wanted));
}

static void test_protocols(void **state)
{
	const struct nlmsghdr head = { sizeof(head), 0x10, 1, 2, 3 };

	(void)state;
	protocol = NETLINK_GENERIC;
	assert_message(3, &head, sizeof(head),
		       "{nlmsg_len=16, nlmsg_type=nlctrl, "
		       "nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=2, nlmsg_pid=3}");
	protocol = NETLINK_ROUTE;
	assert_message(3, &head, sizeof(head),
		       "{nlmsg_len=16, nlmsg_type=RTM_NEWLINK, "
		       "nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=2, nlmsg_pid=3}");
	protocol = -1;
	assert_message(3, &head, sizeof(head),
		       "{nlmsg_len=16, nlmsg_type=0x10 /* NLMSG_??? */, "
		       "nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=2, nlmsg_pid=3}");
	assert_message(4, &head, 4, "\"\\20\\0\\0\\0\"");
}

/* Each attribute, and each failure, is inside the one before. */
static void test_depth(void **state)
{
	static unsigned char bytes[60000];
	const size_t heads = sizeof(struct nlmsghdr) + sizeof(struct ifinfomsg);
	struct nlmsghdr head = { sizeof(bytes), RTM_NEWLINK, 0, 0, 0 };
	BUF_AUTO(out);

	(void)state;
	protocol = NETLINK_ROUTE;
	memset(&memory, 0, sizeof(memory));
	memcpy(bytes, &head, sizeof(head));
	for (size_t at = heads; at + 4 < sizeof(bytes); at += 4) {
		struct nlattr attr = { (uint16_t)(sizeof(bytes) - at),
				       IFLA_PROP_LIST };

		memcpy(bytes + at, &attr, sizeof(attr));
	}
	print_sendto(&out, 3, fake_put(&memory, bytes, sizeof(bytes)),
		     sizeof(bytes), 32);
	assert_true(out.len < 4096);
	memset(&memory, 0, sizeof(memory));
	out.len = 0;
	for (size_t at = 0; at + 20 < sizeof(bytes); at += 20) {
		head.nlmsg_len = (uint32_t)(sizeof(bytes) - at);
		head.nlmsg_type = NLMSG_ERROR;
		memcpy(bytes + at, &head, sizeof(head));
	}
	print_sendto(&out, 3, fake_put(&memory, bytes, sizeof(bytes)),
		     sizeof(bytes), 32);
	assert_true(out.len < 4096);
}

/* Any bytes, any length, a hole behind them. */
static void test_noise(void **state)
{
	static const int protocols[] = { NETLINK_ROUTE, NETLINK_SOCK_DIAG,
					 NETLINK_GENERIC, -1 };
	uint32_t seed = 1;

	(void)state;
	memset(&memory, 0, sizeof(memory));
	for (unsigned int i = 0; i < 20000; i++) {
		uint64_t end = fake_page(&memory, 2, true), addr;
		unsigned char *bytes = memory.bytes + FAKE_PAGE;
		BUF_AUTO(out);

		for (size_t at = 0; at < 256; at++) {
			seed = seed * 1103515245 + 12345;
			bytes[FAKE_PAGE - 256 + at] =
				(unsigned char)(seed >> (seed >> 30) * 4);
		}
		seed = seed * 1103515245 + 12345;
		addr = end - (seed >> 8) % 250;
		if (end - addr >= sizeof(struct nlmsghdr)) {
			uint16_t type = 16 + (seed >> 16) % 100;
			uint32_t len = (seed >> 20) % 300;

			fake_put_at(&memory, addr, &len, sizeof(len));
			fake_put_at(&memory, addr + sizeof(len), &type,
				    sizeof(type));
		}
		protocol = protocols[i % 4];
		print_sendto(&out, 3, addr, i % 7 ? end - addr : UINT64_MAX,
			     i % 5 ? 32 : 1 << 20);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_protocols),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
