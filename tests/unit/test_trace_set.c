/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The sets of -e: strace(1), "Filtering". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "app/trace_set.h"
#include "base/err.h"
#include "syscall/catalogue.h"

static struct call_set calls;

static bool has(const char *name)
{
	return calls.has[syscall_by_name(name)->id];
}

static size_t count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < SYSCALL_COUNT; i++)
		n += calls.has[i];
	return n;
}

static void set(const char *text)
{
	struct err err = { 0 };

	assert_true(trace_set_calls(text, &calls, &err));
}

static void test_names(void **state)
{
	(void)state;
	set("openat,close");
	assert_true(has("openat") && has("close"));
	assert_int_equal(count(), 2);
	set("!openat,close");
	assert_false(has("openat") || has("close"));
	assert_true(has("read"));
	set("all");
	assert_int_equal(count(), SYSCALL_COUNT);
	set("none");
	assert_int_equal(count(), 0);
	set("?nonsense,read");
	assert_int_equal(count(), 1);
	set("0");
	assert_true(has("read"));
}

static void test_groups(void **state)
{
	(void)state;
	set("%file");
	assert_true(has("openat") && has("unlink") && has("execve"));
	assert_false(has("read") || has("socket"));
	set("%network,read");
	assert_true(has("socket") && has("sendmsg") && has("read"));
	set("%net");
	assert_true(has("socket"));
	set("!%file");
	assert_false(has("openat"));
	assert_true(has("read"));
	set("/^(f?sync|fdatasync)$");
	assert_true(has("sync") && has("fsync") && has("fdatasync"));
	assert_int_equal(count(), 3);
}

static void test_mistakes(void **state)
{
	static const char *const wrong[] = { "nonsense", "%nonsense", "/(",
					     "99999", "read,,nonsense" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct err err = { 0 };

		assert_false(trace_set_calls(wrong[i], &calls, &err));
	}
}

static void test_signals(void **state)
{
	struct err err = { 0 };
	uint64_t signals;

	(void)state;
	assert_true(trace_set_signals("SIGINT,term,9", &signals, &err));
	assert_int_equal(signals, 1ULL << (SIGINT - 1) | 1ULL << (SIGTERM - 1) |
					  1ULL << (SIGKILL - 1));
	assert_true(trace_set_signals("!SIGINT", &signals, &err));
	assert_int_equal(signals, ~(1ULL << (SIGINT - 1)));
	assert_true(trace_set_signals("none", &signals, &err));
	assert_int_equal(signals, 0);
	assert_false(trace_set_signals("SIGNONSENSE", &signals, &err));
}

static void test_statuses(void **state)
{
	struct err err = { 0 };
	unsigned int statuses;

	(void)state;
	assert_true(trace_set_statuses("failed,unfinished", &statuses, &err));
	assert_int_equal(statuses, STATUS_FAILED | STATUS_UNFINISHED);
	assert_true(trace_set_statuses("!successful", &statuses, &err));
	assert_int_equal(statuses, STATUS_ALL & ~STATUS_SUCCESSFUL);
	assert_true(trace_set_statuses("all", &statuses, &err));
	assert_int_equal(statuses, STATUS_ALL);
	assert_false(trace_set_statuses("well", &statuses, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),	 cmocka_unit_test(test_groups),
		cmocka_unit_test(test_mistakes), cmocka_unit_test(test_signals),
		cmocka_unit_test(test_statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
