/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* When it pays to look for a stop before sleeping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trace/poll.h"

enum { QUICK = 10000, SLOW = 1000000 };

static void note(struct poll *poll, int times, pid_t tid, long long waited)
{
	for (int i = 0; i < times; i++)
		poll_note(poll, tid, waited);
}

static void test_one_busy_task(void **state)
{
	struct poll poll = { .on = true };

	(void)state;
	assert_false(poll_pays(&poll));
	note(&poll, 3, 7, QUICK);
	assert_true(poll_pays(&poll));
}

static void test_long_waits(void **state)
{
	struct poll poll = { .on = true };

	(void)state;
	note(&poll, 100, 7, QUICK);
	note(&poll, 2, 7, SLOW);
	assert_false(poll_pays(&poll));
	note(&poll, 100, 7, SLOW);
	note(&poll, 3, 7, QUICK);
	assert_true(poll_pays(&poll));
}

/* Two tasks need both cores. */
static void test_tasks_that_take_turns(void **state)
{
	struct poll poll = { .on = true };

	(void)state;
	note(&poll, 100, 7, QUICK);
	note(&poll, 1, 8, QUICK);
	assert_false(poll_pays(&poll));
	note(&poll, 1, 7, QUICK);
	assert_false(poll_pays(&poll));
	note(&poll, 1, 7, QUICK);
	assert_true(poll_pays(&poll));
}

static void test_switched_off(void **state)
{
	struct poll poll = { .on = false };

	(void)state;
	note(&poll, 100, 7, QUICK);
	assert_false(poll_pays(&poll));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_busy_task),
		cmocka_unit_test(test_long_waits),
		cmocka_unit_test(test_tasks_that_take_turns),
		cmocka_unit_test(test_switched_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
