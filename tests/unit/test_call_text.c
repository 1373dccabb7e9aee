/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Calls from words: what is read, what is refused, what is made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "syscall/call_text.h"

static int open_path(const char *path)
{
	return strcmp(path, "/dir") == 0 ? 77 : -ENOENT;
}

static const struct call_text text = { .open_path = open_path };

/* "open /x O_RDONLY" */
static bool read_line(struct call *call, const char *line, struct err *err)
{
	static char copy[200];
	char *words[16] = { 0 }, *rest = copy;
	const struct syscall_def *def;

	strcpy(copy, line);
	for (size_t i = 0; i < 15 && rest; i++)
		words[i] = strsep(&rest, " ");
	def = syscall_by_name(words[0]);
	return call_from_text(call, &text, def, def ? 0 : 999, words + 1, err);
}

static void test_arguments(void **state)
{
	static const struct {
		const char *line;
		int arg;
		int64_t value;
	} rows[] = {
		{ "open /x O_RDWR|O_CREAT 0644", 1, O_RDWR | O_CREAT },
		{ "open /x O_RDWR|O_CREAT 0644", 2, 0644 },
		{ "open /x 0x40", 1, 0x40 },
		{ "open NULL 0", 0, 0 },
		{ "openat AT_FDCWD x 0", 0, AT_FDCWD },
		{ "openat -100 x 0", 0, AT_FDCWD },
		{ "openat /dir x 0", 0, 77 },
		{ "fchmod /dir 0700", 0, 77 },
		{ "connect 3 10.0.0.1:80", 2, 16 },
		{ "connect 3 10.0.0.1:80 *", 2, 16 },
		{ "connect 3 10.0.0.1:80 8", 2, 8 },
		{ "connect 3 [::1]:80", 2, 28 },
		{ "connect 3 unix:/x", 2, 5 },
		{ "connect 3 unix:@x", 2, 4 },
		{ "sendmmsg 3 10.0.0.1:80", 2, 1 },
		{ "openat2 3 /x O_RDONLY", 3, 24 },
		{ "read 3 buf 10", 2, 10 },
		{ "kill 5 SIGTERM", 1, 15 },
		{ "kill -1 9", 0, -1 },
		{ "nosuch 1 0x20", 1, 0x20 },
	};
	struct err err;
	struct call call;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!read_line(&call, rows[i].line, &err))
			fail_msg("%s: %s", rows[i].line, err.text);
		if ((int64_t)call.args[rows[i].arg] != rows[i].value)
			fail_msg("%s: %lld", rows[i].line,
				 (long long)call.args[rows[i].arg]);
		call_free(&call);
	}
}

static void test_targets(void **state)
{
	static const struct {
		const char *line, *asked;
		uint32_t classes;
	} rows[] = {
		{ "open ../x O_RDWR", "../x",
		  CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_WRITE) },
		{ "openat2 AT_FDCWD y O_WRONLY|O_CREAT", "y",
		  CLASS_BIT(CLASS_FILE_CREATE) | CLASS_BIT(CLASS_FILE_WRITE) },
		{ "connect 3 unix:/run/s", "/run/s",
		  CLASS_BIT(CLASS_NET_CONNECT) },
		{ "sendmsg 3 unix:/run/s", "/run/s",
		  CLASS_BIT(CLASS_NET_CONNECT) | CLASS_BIT(CLASS_IO) },
		{ "clone3 CLONE_THREAD", NULL, CLASS_BIT(CLASS_SELF) },
		{ "clone3 0", NULL, CLASS_BIT(CLASS_PROCESS) },
	};
	struct call call;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(read_line(&call, rows[i].line, NULL));
		assert_int_equal(call.classes, rows[i].classes);
		assert_int_equal(call.n_targets, rows[i].asked ? 1 : 0);
		if (rows[i].asked) {
			assert_int_equal(call.targets[0].error, 0);
			assert_string_equal(call.targets[0].asked,
					    rows[i].asked);
		}
		call_free(&call);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{ "open /x O_RDNLY", "open: argument 2: \"O_RDNLY\": no number "
				     "and no constant known here" },
		{ "open /x 0 0 0", "open takes 3 arguments, not more" },
		{ "open /x 0x", "open: argument 2: \"0x\": no number and no "
				"constant known here" },
		{ "open /x 1|", "open: argument 2: \"1|\": no number and no "
				"constant known here" },
		{ "fchmod /y 0", "fchmod: argument 1: \"/y\": No such file or "
				 "directory" },
		{ "connect 3 localhost:80",
		  "connect: argument 2: \"localhost:80\": no address: "
		  "1.2.3.4:80, [::1]:80, unix:/path or unix:@name" },
	};
	struct call call;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_false(read_line(&call, rows[i].line, &err));
		assert_string_equal(err.text, rows[i].message);
	}
}

static void test_addresses(void **state)
{
	static const char *const good[] = {
		"1.2.3.4:80", "0.0.0.0:0",   "[::1]:65535",
		"unix:/x",    "unix:@a b:1", "[2001:db8::1]:1",
	};
	static const char *const bad[] = {
		"",
		":",
		"1.2.3.4",
		"1.2.3:80",
		"1.2.3.4:",
		"1.2.3.4:-1",
		"::1:80",
		"[::1]",
		"[::1]80",
		"[]:80",
		"unix:",
		"1.2.3.4:65536",
		"[1.2.3.4]:1",
		"1.2.3.4:8 ",
		"[::1:80",
		"]:1",
	};
	struct sockaddr_storage address;
	char path[200] = "unix:/";

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		BUF_AUTO(back);
		socklen_t len = address_from_text(good[i], &address);

		address_text(&back, &address, len);
		assert_string_equal(buf_text(&back), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (address_from_text(bad[i], &address))
			fail_msg("%s", bad[i]);
	memset(path + 6, 'x', 107);
	assert_int_equal(address_from_text(path, &address), 0);
	path[112] = '\0';
	assert_int_equal(address_from_text(path, &address), 110);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
