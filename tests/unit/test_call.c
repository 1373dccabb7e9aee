/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Taking calls apart: what they name, and what cannot be read. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include <cmocka.h>

#include "fake_memory.h"
#include "syscall/call.h"

#define ARGS(...) ((const uint64_t[6]){ __VA_ARGS__ })
#define UPPER	  (UINT64_C(1) << 32)
#define AT_CWD	  (uint64_t) AT_FDCWD

static struct fake_memory memory;
static struct call call;

static int set_up(void **state)
{
	(void)state;
	memset(&memory, 0, sizeof(memory));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_free(&call);
	return 0;
}

static void decode(const char *name, const uint64_t args[6])
{
	struct mem_reader mem = fake_reader(&memory);

	call_free(&call);
	call_decode(&call, syscall_by_name(name), 0, args, &mem);
}

static const struct target *only_target(void)
{
	assert_int_equal(call.n_targets, 1);
	return &call.targets[0];
}

static void expect_path(enum target_kind kind, int dirfd, const char *asked)
{
	const struct target *target = only_target();

	assert_int_equal(target->error, 0);
	assert_int_equal(target->kind, kind);
	assert_int_equal(target->dirfd, dirfd);
	if (asked)
		assert_string_equal(target->asked, asked);
	else
		assert_null(target->asked);
}

static void expect_error(int error)
{
	const struct target *target = only_target();

	assert_int_equal(target->error, error);
	assert_int_equal(target->address_len, 0);
}

static void expect_pid(int pid)
{
	const struct target *target = only_target();

	assert_int_equal(target->kind, TARGET_PID);
	assert_int_equal(target->error, 0);
	assert_int_equal(target->pid, pid);
}

static void test_names_and_truncation(void **state)
{
	struct mem_reader mem = fake_reader(&memory);

	(void)state;
	decode("openat", ARGS(UPPER | 5, fake_string(&memory, "x"),
			      UPPER * 0xbad | O_WRONLY, ~UINT64_C(0)));
	assert_string_equal(call.name, "openat");
	assert_int_equal(call.n_args, 4);
	assert_int_equal(call.args[0], 5);
	assert_int_equal(call.args[2], O_WRONLY);
	assert_int_equal(call.args[3], 0xffff);
	assert_true(call.raw[0] == (UPPER | 5));
	expect_path(TARGET_PATH, 5, "x");

	call_free(&call);
	call_decode(&call, NULL, 467, ARGS(1, 2, 3, 4, 5, ~UINT64_C(0)), &mem);
	assert_string_equal(call.name, "syscall_467");
	assert_int_equal(call.n_args, SYSCALL_ARGS_MAX);
	assert_true(call.args[5] == ~UINT64_C(0));
	assert_int_equal(call.classes, 0);
	assert_int_equal(call.soft, SOFT_NONE);
	assert_int_equal(call_arg_index(&call, ARG_PATH), -1);
	call_decode(&call, NULL, INT_MIN, ARGS(0), &mem);
	assert_string_equal(call.name, "syscall_-2147483648");
}

static void test_string_limits(void **state)
{
	char path[PATH_MAX + 1];
	uint64_t page, end;

	(void)state;
	memset(path, 'a', sizeof(path));
	path[PATH_MAX - 1] = '\0';
	page = fake_put(&memory, path, PATH_MAX);
	decode("unlink", ARGS(page));
	expect_path(TARGET_LINK, AT_FDCWD, path);

	memory.bytes[page - FAKE_BASE + PATH_MAX - 1] = 'a';
	decode("unlink", ARGS(page));
	expect_error(-ENAMETOOLONG);
	assert_null(call.targets[0].asked);

	/* The NUL is the last byte before a hole; then it is not there. */
	end = fake_page(&memory, 10, true);
	decode("unlink", ARGS(fake_put_at(&memory, end - 3, "ab", 3)));
	expect_path(TARGET_LINK, AT_FDCWD, "ab");
	decode("unlink", ARGS(fake_put_at(&memory, end - 2, "ab", 2)));
	expect_error(-EFAULT);

	decode("unlink", ARGS(0));
	expect_error(-EFAULT);
	decode("unlink", ARGS(1));
	expect_error(-EFAULT);
	decode("unlink", ARGS(UINT64_C(0xffff800000000000)));
	expect_error(-EFAULT);
	decode("unlink", ARGS(~UINT64_C(0)));
	expect_error(-EFAULT);
	decode("unlink", ARGS(end));
	expect_error(-EFAULT);
	decode("unlink", ARGS(fake_string(&memory, "")));
	expect_path(TARGET_LINK, AT_FDCWD, "");
}

static void test_follow_or_not(void **state)
{
	uint64_t x = fake_string(&memory, "x");

	(void)state;
	decode("newfstatat", ARGS(7, x, 0, 0));
	expect_path(TARGET_PATH, 7, "x");
	decode("newfstatat", ARGS(7, x, 0, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("newfstatat", ARGS(7, x, 0, UPPER * AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_PATH, 7, "x");
	decode("statx", ARGS(7, x, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("faccessat2", ARGS(7, x, 0, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("fchmodat2", ARGS(7, x, 0, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("setxattrat", ARGS(7, x, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("file_setattr", ARGS(7, x, 0, 0, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("execveat", ARGS(7, x, 0, 0, AT_SYMLINK_NOFOLLOW));
	expect_path(TARGET_LINK, 7, "x");
	decode("name_to_handle_at", ARGS(7, x));
	expect_path(TARGET_LINK, 7, "x");
	decode("name_to_handle_at", ARGS(7, x, 0, 0, AT_SYMLINK_FOLLOW));
	expect_path(TARGET_PATH, 7, "x");
	decode("unlinkat", ARGS(7, x, AT_REMOVEDIR));
	expect_path(TARGET_LINK, 7, "x");
	decode("umount2", ARGS(x, 0));
	expect_path(TARGET_PATH, AT_FDCWD, "x");
	decode("umount2", ARGS(x, 8));
	expect_path(TARGET_LINK, AT_FDCWD, "x");
	decode("inotify_add_watch", ARGS(3, x, 0x02000000));
	expect_path(TARGET_LINK, AT_FDCWD, "x");
	decode("fanotify_mark", ARGS(3, 0x4, 0, 7, x));
	expect_path(TARGET_LINK, 7, "x");
	decode("fspick", ARGS(7, x, 2));
	expect_path(TARGET_LINK, 7, "x");
	decode("mkdirat", ARGS(AT_CWD, x));
	expect_path(TARGET_NEW, AT_FDCWD, "x");
}

static void test_two_paths(void **state)
{
	uint64_t a = fake_string(&memory, "a"), b = fake_string(&memory, "b");

	(void)state;
	decode("linkat", ARGS(7, a, 8, b, 0));
	assert_int_equal(call.n_targets, 2);
	assert_int_equal(call.targets[0].kind, TARGET_LINK);
	assert_int_equal(call.targets[0].dirfd, 7);
	assert_int_equal(call.targets[1].kind, TARGET_NEW);
	assert_int_equal(call.targets[1].dirfd, 8);
	assert_int_equal(call.targets[1].arg, 3);
	assert_string_equal(call.targets[1].asked, "b");
	decode("linkat", ARGS(7, a, 8, b, AT_SYMLINK_FOLLOW));
	assert_int_equal(call.targets[0].kind, TARGET_PATH);
	assert_int_equal(call.targets[1].kind, TARGET_NEW);
	decode("linkat",
	       ARGS(7, fake_string(&memory, ""), 8, b, AT_EMPTY_PATH));
	assert_int_equal(call.targets[0].kind, TARGET_FD);
	assert_int_equal(call.targets[0].implied,
			 CLASS_BIT(CLASS_FILE_READ) |
				 CLASS_BIT(CLASS_FILE_WRITE));
	/* One good and one bad. */
	decode("rename", ARGS(a, 1));
	assert_int_equal(call.targets[0].error, 0);
	assert_int_equal(call.targets[1].error, -EFAULT);
	/* Source and destination have flags of their own. */
	decode("move_mount", ARGS(7, a, 8, b, 0x1));
	assert_int_equal(call.targets[0].kind, TARGET_PATH);
	assert_int_equal(call.targets[1].kind, TARGET_LINK);
	decode("move_mount", ARGS(7, fake_string(&memory, ""), 8, b, 0x14));
	assert_int_equal(call.targets[0].kind, TARGET_FD);
	assert_int_equal(call.targets[1].kind, TARGET_PATH);
	/* The text of a symlink is no target. */
	decode("symlinkat", ARGS(a, 8, b));
	expect_path(TARGET_NEW, 8, "b");
}

static void test_empty_path(void **state)
{
	uint64_t empty = fake_string(&memory, ""),
		 x = fake_string(&memory, "x");

	(void)state;
	decode("newfstatat", ARGS(7, empty, 0, AT_EMPTY_PATH));
	expect_path(TARGET_FD, 7, NULL);
	decode("newfstatat", ARGS(7, 0, 0, AT_EMPTY_PATH));
	expect_path(TARGET_FD, 7, NULL);
	decode("newfstatat", ARGS(AT_CWD, empty, 0, AT_EMPTY_PATH));
	expect_path(TARGET_FD, AT_FDCWD, NULL);
	decode("newfstatat", ARGS(7, x, 0, AT_EMPTY_PATH));
	expect_path(TARGET_PATH, 7, "x");
	decode("newfstatat", ARGS(7, empty, 0, 0));
	expect_path(TARGET_PATH, 7, "");
	decode("newfstatat", ARGS(7, 0, 0, 0));
	expect_error(-EFAULT);
	decode("execveat", ARGS(7, empty, 0, 0, AT_EMPTY_PATH));
	expect_path(TARGET_FD, 7, NULL);
	decode("readlinkat", ARGS(7, empty));
	expect_path(TARGET_FD, 7, NULL);
	decode("readlinkat", ARGS(7, x));
	expect_path(TARGET_LINK, 7, "x");
	decode("utimensat", ARGS(7, 0, 0, 0));
	expect_path(TARGET_FD, 7, NULL);
	decode("futimesat", ARGS(7, 0, 0));
	expect_path(TARGET_FD, 7, NULL);
	decode("fanotify_mark", ARGS(3, 1, 0, 7, 0));
	expect_path(TARGET_FD, 7, NULL);
	decode("fchdir", ARGS(7));
	expect_path(TARGET_FD, 7, NULL);
	decode("acct", ARGS(0));
	assert_int_equal(call.n_targets, 0);
	decode("acct", ARGS(x));
	expect_path(TARGET_PATH, AT_FDCWD, "x");
}

static void test_open(void **state)
{
	uint64_t x = fake_string(&memory, "x");

	(void)state;
	decode("open", ARGS(x, O_CREAT | O_WRONLY, 0644));
	expect_path(TARGET_PATH, AT_FDCWD, "x");
	assert_int_equal(call_open_flags(&call), O_CREAT | O_WRONLY);
	assert_int_equal(call.open.mode, 0644);
	decode("open", ARGS(x, O_CREAT | O_EXCL));
	expect_path(TARGET_NEW, AT_FDCWD, "x");
	decode("open", ARGS(x, O_EXCL));
	expect_path(TARGET_PATH, AT_FDCWD, "x");
	decode("open", ARGS(x, O_CREAT | O_EXCL | O_PATH));
	expect_path(TARGET_PATH, AT_FDCWD, "x");
	decode("open", ARGS(x, O_NOFOLLOW));
	expect_path(TARGET_LINK, AT_FDCWD, "x");
	decode("creat", ARGS(x, 0600));
	assert_int_equal(call_open_flags(&call), O_CREAT | O_WRONLY | O_TRUNC);
	assert_int_equal(call.open.mode, 0600);
	decode("stat", ARGS(x));
	assert_int_equal(call_open_flags(&call), 0);
	decode("open_by_handle_at", ARGS(3, x, O_RDONLY));
	expect_error(-EOPNOTSUPP);
}

static void test_openat2(void **state)
{
	uint64_t x = fake_string(&memory, "x");
	uint64_t how[512] = { O_RDWR | O_CREAT, 0640, 0x08 };
	uint64_t at = fake_put(&memory, how, sizeof(how));
	uint64_t end = fake_page(&memory, 20, true);

	(void)state;
	decode("openat2", ARGS(7, x, at, 24));
	expect_path(TARGET_PATH, 7, "x");
	assert_int_equal(call.open.flags, O_RDWR | O_CREAT);
	assert_int_equal(call.open.mode, 0640);
	assert_true(call.targets[0].beneath);
	decode("openat2", ARGS(7, x, at, 4096));
	assert_int_equal(call.targets[0].error, 0);

	decode("openat2", ARGS(7, x, at, 23));
	expect_error(-EINVAL);
	decode("openat2", ARGS(7, x, at, 0));
	expect_error(-EINVAL);
	decode("openat2", ARGS(7, x, at, 4097));
	expect_error(-E2BIG);
	decode("openat2", ARGS(7, x, at, UPPER | 24));
	expect_error(-E2BIG);
	decode("openat2", ARGS(7, x, 0, 24));
	expect_error(-EFAULT);
	fake_put_at(&memory, end - 24, how, 24);
	decode("openat2", ARGS(7, x, end - 24, 24));
	assert_int_equal(call.targets[0].error, 0);
	decode("openat2", ARGS(7, x, end - 24, 32));
	expect_error(-EFAULT);
	memory.bytes[at - FAKE_BASE + 100] = 1;
	decode("openat2", ARGS(7, x, at, 100));
	assert_int_equal(call.targets[0].error, 0);
	decode("openat2", ARGS(7, x, at, 101));
	expect_error(-E2BIG);
	/* The path's own error comes first. */
	decode("openat2", ARGS(7, 1, at, 24));
	expect_error(-EFAULT);

	how[0] = O_RDONLY;
	how[2] = 0x04;
	decode("openat2", ARGS(7, x, fake_put(&memory, how, 24), 24));
	expect_path(TARGET_LINK, 7, "x");
	assert_false(call.targets[0].beneath);
	how[2] = 0x10;
	decode("openat2", ARGS(7, x, fake_put(&memory, how, 24), 24));
	assert_true(call.targets[0].beneath);
}

static void test_odd_paths(void **state)
{
	struct {
		uint64_t path;
		uint32_t fd, flags;
		int32_t path_fd, pad;
	} attr = { .path = fake_string(&memory, "/sys/fs/bpf/x") };
	uint64_t x = fake_string(&memory, "x"),
		 abs = fake_string(&memory, "/x");
	uint64_t at = fake_put(&memory, &attr, sizeof(attr));

	(void)state;
	decode("bpf", ARGS(6, at, 16));
	expect_path(TARGET_NEW, AT_FDCWD, "/sys/fs/bpf/x");
	decode("bpf", ARGS(7, at, 120));
	expect_path(TARGET_PATH, AT_FDCWD, "/sys/fs/bpf/x");
	decode("bpf", ARGS(5, at, 120));
	assert_int_equal(call.n_targets, 0);
	decode("bpf", ARGS(6, 1, 16));
	expect_error(-EFAULT);
	attr.flags = 1 << 14;
	attr.path_fd = 9;
	decode("bpf", ARGS(7, fake_put(&memory, &attr, sizeof(attr)), 24));
	expect_path(TARGET_PATH, 9, "/sys/fs/bpf/x");

	decode("fsconfig", ARGS(3, 3, x, x, 9));
	expect_path(TARGET_PATH, 9, "x");
	decode("fsconfig", ARGS(3, 4, x, fake_string(&memory, ""), 9));
	expect_path(TARGET_FD, 9, NULL);
	decode("fsconfig", ARGS(3, 1, x, abs, 0));
	expect_path(TARGET_PATH, AT_FDCWD, "/x");
	decode("fsconfig", ARGS(3, 1, x, x, 0));
	assert_int_equal(call.n_targets, 0);
	decode("fsconfig", ARGS(3, 1, x, 1, 0));
	expect_error(-EFAULT);
	decode("fsconfig", ARGS(3, 6, 0, 0, 0));
	assert_int_equal(call.n_targets, 0);
}

static void test_addresses(void **state)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	uint64_t at = fake_put(&memory, &in, sizeof(in));
	uint64_t end = fake_page(&memory, 20, true);

	(void)state;
	decode("connect", ARGS(3, at, UPPER | 16));
	assert_int_equal(only_target()->kind, TARGET_ADDRESS);
	assert_int_equal(call.targets[0].error, 0);
	assert_int_equal(call.targets[0].address_len, 16);
	assert_int_equal(call.targets[0].address.ss_family, AF_INET);
	decode("connect", ARGS(3, at, 128));
	assert_int_equal(call.targets[0].address_len, 128);
	decode("connect", ARGS(3, at, 129));
	expect_error(-EINVAL);
	decode("connect", ARGS(3, at, 0xffffffff));
	expect_error(-EINVAL);
	decode("connect", ARGS(3, at, 0x80000000));
	expect_error(-EINVAL);
	decode("connect", ARGS(3, 0, 16));
	expect_error(-EFAULT);
	decode("connect", ARGS(3, 0, 0));
	expect_error(0);
	/* Exactly so many bytes, and no more. */
	fake_put_at(&memory, end - 16, &in, 16);
	decode("connect", ARGS(3, end - 16, 16));
	assert_int_equal(call.targets[0].error, 0);
	decode("connect", ARGS(3, end - 16, 17));
	expect_error(-EFAULT);
	/* connect with AF_UNSPEC disconnects. */
	in.sin_family = AF_UNSPEC;
	at = fake_put(&memory, &in, sizeof(in));
	decode("connect", ARGS(3, at, 16));
	assert_int_equal(call.targets[0].address.ss_family, AF_UNSPEC);
	/* sendto with AF_UNSPEC goes to IPv4. */
	decode("sendto", ARGS(3, at, 1, 0, at, 16));
	assert_int_equal(call.targets[0].address.ss_family, AF_INET);
	decode("sendto", ARGS(3, at, 1, 0, at, 15));
	assert_int_equal(call.targets[0].address.ss_family, AF_UNSPEC);
	decode("sendto", ARGS(3, at, 1, 0, at, 0xffffffff));
	expect_error(-EINVAL);
	decode("sendto", ARGS(3, at, 1, 0, 0, 16));
	assert_int_equal(call.n_targets, 0);
}

static void test_unix_addresses(void **state)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "/run/x" };
	uint64_t at = fake_put(&memory, &un, sizeof(un));

	(void)state;
	decode("connect", ARGS(3, at, sizeof(un)));
	assert_string_equal(only_target()->asked, "/run/x");
	assert_int_equal(call.targets[0].dirfd, AT_FDCWD);
	assert_int_equal(call.targets[0].implied, 0);
	decode("connect", ARGS(3, at, 5));
	assert_string_equal(only_target()->asked, "/ru");
	decode("bind", ARGS(3, at, sizeof(un)));
	assert_int_equal(only_target()->implied, CLASS_BIT(CLASS_FILE_CREATE));
	decode("bind", ARGS(3, at, 2));
	assert_null(only_target()->asked);
	assert_int_equal(only_target()->implied, 0);
	memset(un.sun_path, 'x', sizeof(un.sun_path));
	at = fake_put(&memory, &un, sizeof(un));
	decode("bind", ARGS(3, at, sizeof(un)));
	assert_int_equal(strlen(only_target()->asked), 108);
	decode("bind", ARGS(3, at, 128));
	assert_int_equal(strlen(only_target()->asked), 108);
	un.sun_path[0] = '\0';
	decode("bind", ARGS(3, fake_put(&memory, &un, sizeof(un)), 20));
	assert_null(only_target()->asked);
	assert_int_equal(only_target()->implied, 0);
}

static uint64_t put_in(uint16_t port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = port };

	return fake_put(&memory, &in, sizeof(in));
}

static void test_sendmsg(void **state)
{
	struct msghdr msg = { .msg_name = (void *)(uintptr_t)put_in(1),
			      .msg_namelen = 16 };

	(void)state;
	decode("sendmsg", ARGS(3, fake_put(&memory, &msg, sizeof(msg)), 0));
	assert_int_equal(only_target()->kind, TARGET_ADDRESS);
	assert_int_equal(call.targets[0].address_len, 16);
	/* sendmsg cuts a length that connect refuses ... */
	msg.msg_namelen = 4096;
	decode("sendmsg", ARGS(3, fake_put(&memory, &msg, sizeof(msg)), 0));
	assert_int_equal(only_target()->address_len, 128);
	/* ... but not this one. */
	msg.msg_namelen = 0x80000000;
	decode("sendmsg", ARGS(3, fake_put(&memory, &msg, sizeof(msg)), 0));
	expect_error(-EINVAL);
	msg.msg_name = NULL;
	decode("sendmsg", ARGS(3, fake_put(&memory, &msg, sizeof(msg)), 0));
	assert_int_equal(call.n_targets, 0);
	msg.msg_name = (void *)1;
	msg.msg_namelen = 16;
	decode("sendmsg", ARGS(3, fake_put(&memory, &msg, sizeof(msg)), 0));
	expect_error(-EFAULT);
	decode("sendmsg", ARGS(3, 0, 0));
	expect_error(-EFAULT);
	assert_true((int64_t)call.soft_value == -EFAULT);
}

static void test_sendmmsg(void **state)
{
	struct mmsghdr messages[3] = { 0 };
	uint64_t at, end = fake_page(&memory, 20, true);

	(void)state;
	messages[1].msg_hdr.msg_name = (void *)(uintptr_t)put_in(7);
	messages[1].msg_hdr.msg_namelen = 16;
	messages[2].msg_hdr.msg_name = (void *)(uintptr_t)put_in(8);
	messages[2].msg_hdr.msg_namelen = 16;
	at = fake_put(&memory, messages, sizeof(messages));
	decode("sendmmsg", ARGS(3, at, 3, 0));
	assert_int_equal(call.n_targets, 2);
	assert_int_equal(
		((struct sockaddr_in *)&call.targets[0].address)->sin_port, 7);
	assert_int_equal(
		((struct sockaddr_in *)&call.targets[1].address)->sin_port, 8);
	assert_int_equal(call.soft_value, 3);
	decode("sendmmsg", ARGS(3, at, 1, 0));
	assert_int_equal(call.n_targets, 0);
	decode("sendmmsg", ARGS(3, at, 0, 0));
	assert_int_equal(call.n_targets, 0);
	/* Where reading ends, the unknown begins. */
	fake_put_at(&memory, end - 128, messages + 1, 128);
	decode("sendmmsg", ARGS(3, end - 128, 3, 0));
	assert_int_equal(call.n_targets, 3);
	assert_int_equal(call.targets[1].error, 0);
	assert_int_equal(call.targets[2].error, -EFAULT);
	/* A huge count is cut as by the kernel. */
	memory.reads = 0;
	memory.hole[20] = false;
	decode("sendmmsg", ARGS(3, FAKE_BASE + 4 * FAKE_PAGE, 0xffffffff, 0));
	assert_in_range(memory.reads, 1024, 1100);
	assert_int_equal(call.soft_value, 1024);
}

static void test_processes(void **state)
{
	struct {
		int type, pid;
	} owner = { F_OWNER_PGRP, 44 };
	int group = -45;

	(void)state;
	decode("kill", ARGS(UPPER | 1234, 9));
	expect_pid(1234);
	decode("kill", ARGS(0xffffffff, 9));
	expect_pid(-1);
	decode("kill", ARGS((uint64_t)-77, 9));
	expect_pid(-77);
	decode("tgkill", ARGS(5, 6, 9));
	expect_pid(5);
	decode("setpriority", ARGS(0, 5, 1));
	expect_pid(5);
	decode("setpriority", ARGS(1, 5, 1));
	expect_pid(-5);
	decode("setpriority", ARGS(2, 1000, 1));
	expect_pid(-1);
	decode("ioprio_set", ARGS(2, 5, 1));
	expect_pid(-5);
	decode("ioprio_set", ARGS(1, 5, 1));
	expect_pid(5);
	decode("setpriority", ARGS(1, 0x80000000, 1));
	expect_pid(INT_MIN);
	decode("fcntl", ARGS(3, F_SETOWN, (uint64_t)-44));
	expect_pid(-44);
	decode("fcntl", ARGS(3, F_SETOWN_EX, fake_put(&memory, &owner, 8)));
	expect_pid(-44);
	owner.type = F_OWNER_PID;
	decode("fcntl", ARGS(3, F_SETOWN_EX, fake_put(&memory, &owner, 8)));
	expect_pid(44);
	owner.type = 9;
	decode("fcntl", ARGS(3, F_SETOWN_EX, fake_put(&memory, &owner, 8)));
	expect_error(-EINVAL);
	decode("fcntl", ARGS(3, F_SETOWN_EX, 1));
	expect_error(-EFAULT);
	decode("fcntl", ARGS(3, F_GETFL, 1));
	assert_int_equal(call.n_targets, 0);
	decode("ioctl", ARGS(3, UPPER | 0x8901, fake_put(&memory, &group, 4)));
	assert_int_equal(call.n_targets, 2);
	assert_int_equal(call.targets[0].kind, TARGET_FD);
	assert_int_equal(call.targets[1].pid, -45);
	decode("ioctl", ARGS(3, 0x8902, 1));
	assert_int_equal(call.targets[1].error, -EFAULT);
	decode("pidfd_send_signal", ARGS(8, 9));
	assert_int_equal(only_target()->kind, TARGET_PIDFD);
	assert_int_equal(only_target()->dirfd, 8);
}

static void test_soft_values(void **state)
{
	struct iovec iov[3] = { { NULL, 5 }, { NULL, 0 }, { NULL, 7 } };
	struct msghdr msg = { .msg_iovlen = 3 };
	uint64_t at = fake_put(&memory, iov, sizeof(iov));

	(void)state;
	decode("read", ARGS(0, at, 100));
	assert_int_equal(call.soft, SOFT_ZERO);
	assert_int_equal(call.soft_value, 0);
	decode("write", ARGS(1, at, 100));
	assert_int_equal(call.soft_value, 100);
	decode("write", ARGS(1, at, ~UINT64_C(0) - 512));
	assert_int_equal(call.soft_value, 0x7ffff000);
	decode("sendfile", ARGS(1, 2, 0, 9));
	assert_int_equal(call.soft_value, 9);
	decode("writev", ARGS(1, at, 3));
	assert_int_equal(call.soft_value, 12);
	decode("writev", ARGS(1, at, 0));
	assert_int_equal(call.soft_value, 0);
	decode("writev", ARGS(1, at, 1025));
	assert_true((int64_t)call.soft_value == -EINVAL);
	decode("writev", ARGS(1, 1, 1));
	assert_true((int64_t)call.soft_value == -EFAULT);
	msg.msg_iov = (void *)(uintptr_t)at;
	decode("sendmsg", ARGS(1, fake_put(&memory, &msg, sizeof(msg)), 0));
	assert_int_equal(call.soft_value, 12);
	iov[0].iov_len = iov[2].iov_len = INT64_MAX;
	at = fake_put(&memory, iov, sizeof(iov));
	decode("writev", ARGS(1, at, 3));
	assert_int_equal(call.soft_value, 0x7ffff000);
	iov[0].iov_len = SIZE_MAX;
	at = fake_put(&memory, iov, sizeof(iov));
	decode("writev", ARGS(1, at, 3));
	assert_true((int64_t)call.soft_value == -EINVAL);
	decode("openat", ARGS(0, at, 0));
	assert_int_equal(call.soft, SOFT_OPEN);
	decode("fork", ARGS(0));
	assert_int_equal(call.soft, SOFT_NONE);
}

/* Every row can be taken apart with nothing readable, and with all bits set. */
static void test_any_row_with_any_junk(void **state)
{
	static const uint64_t junk[] = {
		0,	   1,	       FAKE_BASE,
		INT32_MAX, 0x80000000, UINT32_MAX,
		INT64_MAX, UINT64_MAX, FAKE_BASE + FAKE_PAGES * FAKE_PAGE - 1
	};

	(void)state;
	memset(memory.bytes, 0xff, sizeof(memory.bytes));
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const char *name = syscall_def((enum syscall_id)id)->name;

		for (size_t j = 0; j < sizeof(junk) / sizeof(junk[0]); j++) {
			struct facet facet;
			size_t facets = 0;

			decode(name, ARGS(junk[j], junk[j], junk[j], junk[j],
					  junk[j], junk[j]));
			assert_int_not_equal(call.classes, 0);
			while (call_facet(&call, facets, &facet))
				facets++;
			assert_true(facets > 0);
			assert_true((int64_t)call.soft_value >= -EFAULT - 10);
		}
	}
}

int main(void)
{
#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_names_and_truncation),
		TEST(test_string_limits),
		TEST(test_follow_or_not),
		TEST(test_two_paths),
		TEST(test_empty_path),
		TEST(test_open),
		TEST(test_openat2),
		TEST(test_odd_paths),
		TEST(test_addresses),
		TEST(test_unix_addresses),
		TEST(test_sendmsg),
		TEST(test_sendmmsg),
		TEST(test_processes),
		TEST(test_soft_values),
		TEST(test_any_row_with_any_junk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
