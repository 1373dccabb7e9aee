/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Names of constants, signals and errors, both ways. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "syscall/consts.h"
#include "syscall/names.h"

static void test_flag_words(void **state)
{
	static const struct {
		const struct const_table *table;
		uint64_t value;
		const char *text;
	} rows[] = {
		{ &consts_open_flags, O_CREAT | O_CLOEXEC,
		  "O_CREAT|O_CLOEXEC" },
		{ &consts_open_flags, O_SYNC, "O_SYNC" },
		{ &consts_open_flags, O_DSYNC, "O_DSYNC" },
		{ &consts_open_flags, __O_TMPFILE, "O_TMPFILE" },
		{ &consts_open_flags, 0, "0" },
		{ &consts_at_flags, 0x180, "AT_SYMLINK_NOFOLLOW|0x80" },
		{ &consts_at_flags, 0x80, "0x80 /* AT_??? */" },
		{ &consts_access_modes, 0, "F_OK" },
		{ &consts_access_modes, 8, "0x8 /* ?_OK */" },
		{ &consts_mmap_prot, 0, "PROT_NONE" },
		{ &consts_mmap_prot, UINT64_C(0x100000001),
		  "PROT_READ|0x100000000" },
		{ &consts_none, 5, "0x5 /* ??? */" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		BUF_AUTO(text);

		const_add_flags(&text, rows[i].table, rows[i].value);
		assert_string_equal(buf_text(&text), rows[i].text);
	}
}

static void test_constants(void **state)
{
	static const struct {
		const struct const_table *table;
		uint64_t value;
		const char *text;
	} rows[] = {
		{ &consts_address_families, AF_UNIX, "AF_UNIX" },
		{ &consts_address_families, AF_NETLINK, "AF_NETLINK" },
		{ &consts_address_families, 77, "0x4d /* AF_??? */" },
		{ &consts_madvise, MADV_DONTNEED, "MADV_DONTNEED" },
		{ &consts_ip_protocols, 0, "IPPROTO_IP" },
		{ &consts_errnos, EAGAIN, "EAGAIN" },
		{ &consts_errnos, EOPNOTSUPP, "EOPNOTSUPP" },
		{ &consts_sockopt_levels, 77, "0x4d /* SOL_?? */" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		BUF_AUTO(text);

		const_add(&text, rows[i].table, rows[i].value);
		assert_string_equal(buf_text(&text), rows[i].text);
	}
}

static void test_by_name(void **state)
{
	static const struct {
		enum arg_kind kind;
		const char *name;
		bool known;
		uint64_t value;
	} rows[] = {
		{ ARG_ADDRESS_FAMILY, "AF_UNIX", true, AF_UNIX },
		{ ARG_ADDRESS_FAMILY, "AF_LOCAL", true, AF_UNIX },
		{ ARG_ADDRESS_FAMILY, "SOCK_STREAM", false, 0 },
		{ ARG_OPEN_FLAGS, "O_RDONLY", true, 0 },
		{ ARG_OPEN_FLAGS, "O_RDWR", true, O_RDWR },
		{ ARG_OPEN_FLAGS, "O_CREAT", true, O_CREAT },
		{ ARG_OPEN_FLAGS, "O_LARGEFILE", true, 0100000 },
		{ ARG_OPEN_FLAGS, "o_creat", false, 0 },
		{ ARG_OPEN_FLAGS, "", false, 0 },
		{ ARG_SOCKET_TYPE, "SOCK_STREAM", true, SOCK_STREAM },
		{ ARG_SOCKET_TYPE, "SOCK_CLOEXEC", true, SOCK_CLOEXEC },
		{ ARG_MMAP_FLAGS, "MAP_PRIVATE", true, MAP_PRIVATE },
		{ ARG_MMAP_FLAGS, "MAP_ANONYMOUS", true, MAP_ANONYMOUS },
		{ ARG_SOCKOPT_NAME, "TCP_NODELAY", true, 1 },
		{ ARG_SIGNAL, "SIGKILL", true, 9 },
		{ ARG_SIGNAL, "SIGNOT", false, 0 },
		{ ARG_DIRFD, "AT_FDCWD", true, (uint64_t)AT_FDCWD },
		{ ARG_PATH, "O_CREAT", false, 0 },
		{ ARG_FUTEX_OP, "FUTEX_WAIT_PRIVATE", true, 128 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint64_t value = 0;
		bool known =
			constant_by_name(rows[i].kind, rows[i].name, &value);

		assert_int_equal(known, rows[i].known);
		if (known)
			assert_true(value == rows[i].value);
	}
}

static void test_every_table(void **state)
{
	uint64_t value;

	(void)state;
	assert_true(const_by_name("O_CREAT", &value));
	assert_true(value == O_CREAT);
	assert_true(const_by_name("TCGETS", &value));
	assert_true(value == 0x5401);
	assert_false(const_by_name("O_???", &value));
}

/* What a table says of a name is what it says of the value. */
static void test_names_and_values_agree(void **state)
{
	(void)state;
	for (int kind = ARG_END; kind < ARG_KIND_COUNT; kind++) {
		const struct const_table *table =
			consts_of_kind((enum arg_kind)kind);

		for (size_t i = 0; i < table->count; i++) {
			uint64_t value;

			assert_true(const_value(table, table->items[i].name,
						&value));
			assert_true(value == table->items[i].value);
			assert_non_null(const_name(table, value));
		}
	}
}

static void test_signals(void **state)
{
	static const struct {
		int number;
		const char *name;
	} rows[] = {
		{ 1, "SIGHUP" },   { 6, "SIGABRT" },   { 29, "SIGIO" },
		{ 31, "SIGSYS" },  { 32, "SIGRTMIN" }, { 33, "SIGRT_1" },
		{ 35, "SIGRT_3" }, { 64, "SIGRT_32" }, { 0, "0" },
		{ 65, "65" },	   { -3, "-3" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int number = rows[i].number;

		assert_string_equal(signal_name(number), rows[i].name);
		assert_int_equal(signal_by_name(rows[i].name),
				 number > 0 && number < 65 ? number : 0);
	}
	assert_int_equal(signal_by_name("SIGIOT"), 6);
	assert_int_equal(signal_by_name("SIGPOLL"), 29);
	assert_int_equal(signal_by_name("SIGRTMIN+1"), 35);
	assert_int_equal(signal_by_name("SIGRT_33"), 0);
	assert_int_equal(signal_by_name("SIGRT_-1"), 0);
	assert_int_equal(signal_by_name("SIGRT_99999999999999999999"), 0);
	assert_int_equal(signal_by_name("SIGRT_"), 0);
	assert_int_equal(signal_by_name("KILL"), 0);
}

static void test_errors(void **state)
{
	(void)state;
	assert_string_equal(errno_name(ENOENT), "ENOENT");
	assert_string_equal(errno_name(EAGAIN), "EAGAIN");
	assert_null(errno_name(0));
	assert_null(errno_name(-2));
	assert_null(errno_name(9999));
	assert_int_equal(errno_by_name("EACCES"), EACCES);
	assert_int_equal(errno_by_name("EWOULDBLOCK"), EAGAIN);
	assert_int_equal(errno_by_name("EDEADLOCK"), EDEADLK);
	assert_int_equal(errno_by_name("ENOTSUP"), EOPNOTSUPP);
	assert_int_equal(errno_by_name("ENOSUCH"), 0);
	/* Every errno that the C library knows has a name. */
	for (int error = 1; error <= EHWPOISON; error++)
		if (strerrorname_np(error))
			assert_non_null(errno_name(error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flag_words),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_every_table),
		cmocka_unit_test(test_names_and_values_agree),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
