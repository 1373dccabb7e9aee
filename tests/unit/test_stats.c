/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/stats.h"

static void fill(struct stats *stats)
{
	stats_add(stats, "read", false, 3000000, 0);
	stats_add(stats, "read", true, 1000000, 0);
	stats_add(stats, "openat", true, 1000000, 2500000000);
	stats_add(stats, "close", false, 0, 0);
}

static void test_table(void **state)
{
	struct stats stats = { NULL };
	BUF_AUTO(text);

	(void)state;
	fill(&stats);
	stats_text(&stats, STATS_BY_TIME, &text);
	assert_string_equal(
		buf_text(&text),
		"% time     seconds  usecs/call     calls    errors      "
		"waited syscall\n"
		"------ ----------- ----------- --------- --------- "
		"----------- ----------------\n"
		" 80.00    0.004000        2000         2         1    "
		"0.000000 read\n"
		" 20.00    0.001000        1000         1         1    "
		"2.500000 openat\n"
		"  0.00    0.000000           0         1              "
		"0.000000 close\n"
		"------ ----------- ----------- --------- --------- "
		"----------- ----------------\n"
		"100.00    0.005000        1250         4         2    "
		"2.500000 total\n");
	stats_free(&stats);
}

static void assert_first(const struct stats *stats, const char *order_name,
			 const char *first)
{
	enum stats_order order;
	struct stats_row **rows;

	assert_true(stats_order_by_name(order_name, &order));
	rows = stats_sorted(stats, order);
	assert_string_equal(rows[0]->name, first);
	free(rows);
}

static void test_orders(void **state)
{
	struct stats stats = { NULL };
	enum stats_order order;

	(void)state;
	fill(&stats);
	assert_first(&stats, "time", "read");
	assert_first(&stats, "waited", "openat");
	assert_first(&stats, "calls", "read");
	assert_first(&stats, "errors", "openat"); /* as many: by name */
	assert_first(&stats, "name", "close");
	assert_false(stats_order_by_name("size", &order));
	stats_free(&stats);
}

static void test_bounded(void **state)
{
	struct stats stats = { NULL };
	struct stats_row **rows;
	char name[32];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 3 * STATS_MAX; i++) {
		snprintf(name, sizeof(name), "syscall_%d", i);
		stats_add(&stats, name, true, 1, 0);
	}
	rows = stats_sorted(&stats, STATS_BY_CALLS);
	assert_string_equal(rows[0]->name, "(others)");
	assert_int_equal(rows[0]->calls, 2 * STATS_MAX);
	while (rows[n])
		n++;
	assert_int_equal(n, STATS_MAX + 1);
	free(rows);
	stats_free(&stats);
}

static void test_empty(void **state)
{
	struct stats stats = { NULL };
	BUF_AUTO(text);

	(void)state;
	stats_text(&stats, STATS_BY_NAME, &text);
	assert_non_null(strstr(buf_text(&text), " total\n"));
	stats_free(&stats);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
