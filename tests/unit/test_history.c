/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* history: what a new rule would have matched, and no more than there is room
 * for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/history.h"
#include "policy/policy.h"

static void add(struct history *history, const char *name, char *path)
{
	struct target target = { .kind = TARGET_PATH, .resolved = path };
	struct call call = {
		.def = syscall_by_name(name),
		.number = (int)syscall_by_name(name)->id,
		.classes = CLASS_BIT(CLASS_FILE_READ),
		.targets = &target,
		.n_targets = 1,
	};

	history_add(history, &call);
}

static unsigned long count(const struct history *history, const char *rule)
{
	struct policy *policy = policy_new();
	unsigned long matches;
	struct err err;
	BUF_AUTO(text);

	buf_printf(&text, "{\"version\":1,\"rules\":[%s]}", rule);
	assert_true(policy_load_text(policy, "r", text.data, text.len, &err));
	matches = history_matches(history, policy_rule_at(policy, 0));
	policy_free(policy);
	return matches;
}

static void test_counts(void **state)
{
	struct history history = { 0 };
	char a[] = "/srv/a", b[] = "/srv/d/b";

	(void)state;
	add(&history, "open", a);
	add(&history, "open", a);
	add(&history, "openat", a);
	add(&history, "open", b);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"path\":\"/srv/*\"}"),
			 3);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"path\":\"/srv/**\"}"),
			 4);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"syscall\":\"openat\"}"),
			 1);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"class\":\"exec\"}"),
			 0);
	history_free(&history);
}

static void test_forgets_the_oldest(void **state)
{
	struct history history = { 0 };
	char path[32];

	(void)state;
	for (int i = 0; i < HISTORY_MAX + 100; i++) {
		snprintf(path, sizeof(path), "/srv/%d", i);
		add(&history, "open", path);
	}
	assert_int_equal(count(&history, "{\"action\":\"allow\"}"),
			 HISTORY_MAX);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"path\":\"/srv/99\"}"),
			 0);
	assert_int_equal(count(&history, "{\"action\":\"allow\","
					 "\"path\":\"/srv/100\"}"),
			 1);
	history_free(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_forgets_the_oldest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
