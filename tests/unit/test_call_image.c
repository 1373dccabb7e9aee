/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The image of a decided call: the bytes that were checked, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "fake_memory.h"
#include "syscall/call_decode.h"
#include "syscall/call_image.h"

#define BASE 0x7f0000000000ULL

static struct fake_memory *memory;
static struct call_image image;
static struct call call;

static int start(void **state)
{
	(void)state;
	memory = calloc(1, sizeof(*memory));
	return !memory;
}

static int end(void **state)
{
	(void)state;
	call_free(&call);
	free(memory);
	return 0;
}

/* Decode; then the program changes its mind; then build. */
static bool build6(enum syscall_id id, uint64_t a, uint64_t b, uint64_t c,
		   uint64_t d, uint64_t e, uint64_t f)
{
	uint64_t raw[SYSCALL_ARGS_MAX] = { a, b, c, d, e, f };
	struct mem_reader reader = fake_reader(memory);

	call_decode(&call, syscall_def(id), 0, raw, &reader);
	memset(memory->bytes, 'Z', sizeof(memory->bytes));
	return call_image_build(&call, BASE, &image);
}

static bool build(enum syscall_id id, uint64_t a, uint64_t b, uint64_t c,
		  uint64_t d, uint64_t e)
{
	return build6(id, a, b, c, d, e, 0);
}

/* What stands at @addr for the kernel. */
static const void *at(uint64_t addr)
{
	assert_in_range(addr, BASE, BASE + image.len - 1);
	return image.bytes + (addr - BASE);
}

static uint64_t put_text(const char *text)
{
	return fake_string(memory, text);
}

static struct sockaddr_in loopback(uint16_t port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
}

static void test_two_paths(void **state)
{
	uint64_t from = put_text("/tmp/a"), to = put_text("b");

	(void)state;
	assert_true(
		build(SYSCALL_renameat2, (uint64_t)AT_FDCWD, from, 5, to, 1));
	assert_int_equal(image.id, SYSCALL_renameat2);
	assert_int_equal(image.n_spans, 2);
	assert_int_equal(image.args[0], (uint64_t)AT_FDCWD);
	assert_string_equal(at(image.args[1]), "/tmp/a");
	assert_int_equal(image.args[2], 5);
	assert_string_equal(at(image.args[3]), "b");
	assert_int_equal(image.args[4], 1);
}

static void test_numbers_need_nothing(void **state)
{
	(void)state;
	assert_true(build(SYSCALL_kill, 1, 15, 0, 0, 0));
	assert_int_equal(image.n_spans, 0);
}

/* An empty path stands for a descriptor; a byte more and it would not. */
static void test_empty_path(void **state)
{
	uint64_t empty = put_text("");

	(void)state;
	assert_true(build(SYSCALL_readlinkat, 3, empty, 0, 0, 0));
	assert_string_equal(at(image.args[1]), "");
}

static void test_open_how(void **state)
{
	struct {
		uint64_t flags, mode, resolve, future;
	} how = { O_WRONLY | O_CREAT, 0600, 0, 0 };
	uint64_t path = put_text("/x");
	uint64_t addr = fake_put(memory, &how, sizeof(how));

	(void)state;
	assert_true(build(SYSCALL_openat2, (uint64_t)AT_FDCWD, path, addr,
			  sizeof(how), 0));
	assert_string_equal(at(image.args[1]), "/x");
	assert_memory_equal(at(image.args[2]), &how, sizeof(how));
	assert_int_equal(image.args[3], sizeof(how));
}

/* What is taken for IPv4 was AF_UNSPEC, and stays so for the kernel. */
static void test_sendto(void **state)
{
	struct sockaddr_in address = loopback(53);
	uint64_t addr, data = put_text("data");

	(void)state;
	address.sin_family = AF_UNSPEC;
	addr = fake_put(memory, &address, sizeof(address));
	assert_true(
		build6(SYSCALL_sendto, 3, data, 4, 0, addr, sizeof(address)));
	assert_int_equal(image.n_spans, 1);
	assert_int_equal(image.args[1], data);
	assert_memory_equal(at(image.args[4]), &address, sizeof(address));
}

static struct program_msghdr message_to(const struct sockaddr_in *address)
{
	return (struct program_msghdr){
		.name = fake_put(memory, address, sizeof(*address)),
		.name_len = sizeof(*address),
		.iov = put_text("iov"),
		.iov_count = 1,
		.control = put_text("control"),
		.control_len = 8,
	};
}

static void expect_message(uint64_t addr, const struct program_msghdr *was,
			   const struct sockaddr_in *address)
{
	struct program_msghdr now;

	memcpy(&now, at(addr), sizeof(now));
	assert_memory_equal(at(now.name), address, sizeof(*address));
	assert_int_equal(now.name_len, sizeof(*address));
	assert_int_equal(now.iov, was->iov);
	assert_int_equal(now.iov_count, was->iov_count);
	assert_int_equal(now.control, was->control);
}

static void test_sendmsg(void **state)
{
	struct sockaddr_in address = loopback(80);
	struct program_msghdr message = message_to(&address);
	uint64_t addr = fake_put(memory, &message, sizeof(message));

	(void)state;
	assert_true(build(SYSCALL_sendmsg, 3, addr, 0, 0, 0));
	expect_message(image.args[1], &message, &address);
	assert_int_equal(image.sent_at, 0);
}

/* A connected socket: no address now, and none a moment later. */
static void test_sendmsg_without_address(void **state)
{
	struct program_msghdr message = { .iov = put_text("iov") }, now;
	uint64_t addr = fake_put(memory, &message, sizeof(message));

	(void)state;
	assert_true(build(SYSCALL_sendmsg, 3, addr, 0, 0, 0));
	memcpy(&now, at(image.args[1]), sizeof(now));
	assert_memory_equal(&now, &message, sizeof(now));
}

/* The kernel would write its counts between the messages: one at a time. */
static void test_sendmmsg(void **state)
{
	struct sockaddr_in first = loopback(1), second = loopback(2);
	struct program_mmsghdr messages[2] = {
		{ .msg = message_to(&first) },
		{ .msg = message_to(&second) },
	};
	uint64_t addr = fake_put(memory, messages, sizeof(messages));

	(void)state;
	assert_true(build(SYSCALL_sendmmsg, 3, addr, 2, MSG_DONTWAIT, 0));
	assert_int_equal(image.id, SYSCALL_sendmsg);
	assert_int_equal(image.args[0], 3);
	expect_message(image.args[1], &messages[0].msg, &first);
	assert_int_equal(image.args[2], MSG_DONTWAIT);
	assert_int_equal(image.sent_at, addr + sizeof(messages[0].msg));
}

static void test_bpf(void **state)
{
	uint64_t path = put_text("/sys/fs/bpf/x");
	uint64_t attr[2] = { path, 7 }, addr, name;

	(void)state;
	addr = fake_put(memory, attr, sizeof(attr));
	assert_true(build(SYSCALL_bpf, 6, addr, sizeof(attr), 0, 0));
	memcpy(&name, at(image.args[1]), sizeof(name));
	assert_string_equal(at(name), "/sys/fs/bpf/x");
}

static void test_strings(void **state)
{
	uint64_t source = put_text("/dev/sda"), target = put_text("/mnt");
	uint64_t type = put_text("ext4");

	(void)state;
	assert_true(build(SYSCALL_mount, source, target, type, 0, 0));
	assert_string_equal(at(image.args[1]), "/mnt");
	assert_string_equal(at(image.args[2]), "ext4");
}

/* What could not be read stays as it is: nobody has decided on it. */
static void test_unreadable(void **state)
{
	uint64_t nowhere = fake_page(memory, 3, true);

	(void)state;
	assert_true(build(SYSCALL_open, nowhere, 0, 0, 0, 0));
	assert_int_equal(image.n_spans, 0);
	assert_int_equal(image.args[0], nowhere);
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, start, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_paths),
		TEST(numbers_need_nothing),
		TEST(empty_path),
		TEST(open_how),
		TEST(sendto),
		TEST(sendmsg),
		TEST(sendmsg_without_address),
		TEST(sendmmsg),
		TEST(bpf),
		TEST(strings),
		TEST(unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
