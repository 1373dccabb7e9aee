/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* severity and places: credentials first, then the network, programs, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "policy/severity.h"
#include "report/normal_text.h"

static char home[] = "/home/u", cwd[] = "/home/u/w", tmp[] = "/tmp";

static void test_order(void **state)
{
	static const struct {
		enum call_class class_id;
		const char *name;
		unsigned int severity;
	} rows[] = {
		{ CLASS_FILE_WRITE, "/home/u/.ssh/id_rsa", 10 },
		{ CLASS_FILE_READ, "/home/u/.ssh/id_rsa", 9 },
		{ CLASS_FILE_READ, "/etc/shadow", 9 },
		{ CLASS_FILE_WRITE, "/home/u/.bashrc", 9 },
		{ CLASS_NET_CONNECT, "unix:/run/docker.sock", 9 },
		{ CLASS_NET_CONNECT, "169.254.169.254:80", 9 },
		{ CLASS_NET_CONNECT, "192.0.2.1:443", 8 },
		{ CLASS_NET_CONNECT, "[2001:db8::1]:443", 8 },
		{ CLASS_NET_CONNECT, "[fe80::1%2]:80", 7 },
		{ CLASS_NET_CONNECT, "10.1.2.3:80", 7 },
		{ CLASS_NET_CONNECT, "127.0.0.1:80", 5 },
		{ CLASS_NET_CONNECT, "unix:/run/x", 3 },
		{ CLASS_EXEC, "/tmp/x", 8 },
		{ CLASS_EXEC, "/usr/bin/cat", 5 },
		{ CLASS_FILE_WRITE, "/home/u/w/x", 3 },
		{ CLASS_FILE_READ, "/home/u/x", 3 },
		{ CLASS_FILE_READ, "/home/u/w/x", 1 },
		{ CLASS_FILE_READ, "/usr/lib/x", 0 },
		{ CLASS_FILE_READ, "/usr/../etc/x", 2 },
		{ CLASS_FILE_READ, "/usrx", 2 },
		{ CLASS_FILE_WRITE, "/dev/null", 0 },
		{ CLASS_FILE_WRITE, "/usr/lib/x", 7 },
		{ CLASS_NET_SOCKET, "AF_INET, SOCK_RAW, IPPROTO_ICMP", 8 },
	};
	struct places *places =
		places_new(&(struct variables){ home, cwd, tmp });

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (severity_of_name(places, rows[i].class_id, rows[i].name) !=
		    rows[i].severity)
			fail_msg("%s: %u", rows[i].name,
				 severity_of_name(places, rows[i].class_id,
						  rows[i].name));
	assert_int_equal(severity_of_call_name("ptrace"), 9);
	assert_int_equal(severity_of_call_name("fork"), 1);
	assert_int_equal(severity_of_call_name("syscall_999"), SEVERITY_MAX);
	places_free(places);
}

/* Without a home there is no ~/.ssh, but still an /etc/shadow. */
static void test_unknown_home(void **state)
{
	struct places *places = places_new(&(struct variables){ NULL });

	(void)state;
	assert_int_equal(place_of_path(places, "/etc/shadow"), PLACE_SECRET);
	assert_int_equal(place_of_path(places, "/.ssh/x"), PLACE_ELSEWHERE);
	places_free(places);
}

static void test_names(void **state)
{
	static const struct {
		const char *name, *normal;
		bool temporary;
	} rows[] = {
		{ "config", "config", true },
		{ "Makefile", "Makefile", true },
		{ "python3.11", "python3.11", true },
		{ "ccAb1Cd2.s", "<random>.s", true },
		{ "2026-01-31T12_00_00_1Z-debug-0.log", "<date>-debug-0.log",
		  false },
		{ "a-f81d4fae-7dec-11d0-a765-00a0c91e6bf6.x", "a-<uuid>.x",
		  false },
		{ "7a7a7a7a7a7a7a7a7a7a", "<hash>", false },
		{ "x.pyc.140103824413360", "x.pyc.<number>", false },
		{ "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct normal_part part = { .text = rows[i].name,
						  .len = strlen(rows[i].name),
						  .temporary =
							  rows[i].temporary };
		BUF_AUTO(out);

		normal_part(&part, &out);
		assert_string_equal(buf_text(&out), rows[i].normal);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_unknown_home),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
