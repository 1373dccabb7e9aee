/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* answers: every word, and everything that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prompt/answers.h"

static void test_verdicts(void **state)
{
	static const struct {
		const char *text;
		enum verdict verdict;
		bool lasting;
	} rows[] = {
		{ "a", VERDICT_ALLOW, false },
		{ "aa", VERDICT_ALLOW, true },
		{ "bh", VERDICT_BLOCK_HARD, false },
		{ "bah", VERDICT_BLOCK_HARD, true },
		{ "bs", VERDICT_BLOCK_SOFT, false },
		{ "bas", VERDICT_BLOCK_SOFT, true },
		{ "k", VERDICT_KILL, false },
		{ "  a  ", VERDICT_ALLOW, false },
		{ "\taa \t", VERDICT_ALLOW, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct answer_choice choice;
		BUF_AUTO(message);

		assert_true(
			answer_parse(rows[i].text, true, &choice, &message));
		assert_int_equal(choice.action, ANSWER_ACTION_VERDICT);
		assert_int_equal(choice.verdict, rows[i].verdict);
		assert_int_equal(choice.lasting, rows[i].lasting);
		assert_int_equal(choice.scope, ANSWER_SCOPE_CALL);
		assert_string_equal(buf_text(&message), "");
	}
}

static void test_questions_back(void **state)
{
	struct answer_choice choice;
	BUF_AUTO(message);

	(void)state;
	assert_true(answer_parse("i", false, &choice, &message));
	assert_int_equal(choice.action, ANSWER_ACTION_MORE);
	assert_true(answer_parse("?", false, &choice, &message));
	assert_int_equal(choice.action, ANSWER_ACTION_HELP);
}

static void check_refused(const char *text, const char *said)
{
	struct answer_choice choice;
	BUF_AUTO(message);

	assert_false(answer_parse(text, false, &choice, &message));
	if (*said)
		assert_non_null(strstr(buf_text(&message), said));
	else
		assert_string_equal(buf_text(&message), "");
}

static void test_refused(void **state)
{
	(void)state;
	check_refused("", "");
	check_refused(" \t ", "");
	check_refused("A", "\"A\" is no answer; the answers are a aa");
	check_refused("yes", "\"yes\" is no answer");
	check_refused("aaa", "\"aaa\" is no answer");
	check_refused("allow", "is no answer");
	check_refused("a a", "a stands alone, without \"a\"");
	check_refused("k now", "k stands alone");
	check_refused("aa tree",
		      "\"tree\" is no scope; what may follow aa: nothing");
	check_refused("bah x y", "\"x y\" is no scope");
	check_refused("bs", "cannot be faked");
	check_refused("bas", "cannot be faked");
	check_refused("\x1b[6n", "\"\\x1b[6n\" is no answer");
}

static void test_help(void **state)
{
	BUF_AUTO(with);
	BUF_AUTO(without);

	(void)state;
	answer_help(&with, true);
	assert_non_null(strstr(buf_text(&with), "    aa   allow always\n"));
	assert_non_null(strstr(buf_text(&with), "    ?    show this help\n"));
	assert_null(strstr(buf_text(&with), "not possible"));
	answer_help(&without, false);
	assert_non_null(strstr(buf_text(&without), "(not possible"));
}

static size_t count_candidates(const char *before, bool soft_offered)
{
	size_t i = 0;

	while (answer_candidate(before, soft_offered, i))
		i++;
	return i;
}

static void test_candidates(void **state)
{
	(void)state;
	assert_string_equal(answer_candidate("", true, 0), "a");
	assert_int_equal(count_candidates("", true), 9);
	assert_int_equal(count_candidates("  ", false), 7);
	assert_int_equal(count_candidates("a ", true), 0);
	assert_int_equal(count_candidates("zz ", true), 0);
	assert_int_equal(count_candidates("aa x ", true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_questions_back),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_candidates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
