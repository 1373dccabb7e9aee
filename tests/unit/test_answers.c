/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* answers: every word, and everything that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prompt/answers.h"

/* A file at hand: whatever fits it. */
static const struct answer_offer all = {
	.soft = true,
	.scopes = 1u << RULE_SCOPE_THIS | 1u << RULE_SCOPE_TREE |
		  1u << RULE_SCOPE_CLASS | 1u << RULE_SCOPE_GLOB,
};

static const struct answer_offer little = { .soft = false };

static void test_verdicts(void **state)
{
	static const struct {
		const char *text;
		enum verdict verdict;
		bool lasting;
		enum rule_scope scope;
		const char *pattern;
	} rows[] = {
		{ "a", VERDICT_ALLOW, false, RULE_SCOPE_CALL, "" },
		{ "aa", VERDICT_ALLOW, true, RULE_SCOPE_CALL, "" },
		{ "bh", VERDICT_BLOCK_HARD, false, RULE_SCOPE_CALL, "" },
		{ "bah", VERDICT_BLOCK_HARD, true, RULE_SCOPE_CALL, "" },
		{ "bs", VERDICT_BLOCK_SOFT, false, RULE_SCOPE_CALL, "" },
		{ "bas", VERDICT_BLOCK_SOFT, true, RULE_SCOPE_CALL, "" },
		{ "k", VERDICT_KILL, false, RULE_SCOPE_CALL, "" },
		{ "  a  ", VERDICT_ALLOW, false, RULE_SCOPE_CALL, "" },
		{ "\taa \t", VERDICT_ALLOW, true, RULE_SCOPE_CALL, "" },
		{ "aa this", VERDICT_ALLOW, true, RULE_SCOPE_THIS, "" },
		{ "  aa   tree\t", VERDICT_ALLOW, true, RULE_SCOPE_TREE, "" },
		{ "bah host", VERDICT_BLOCK_HARD, true, RULE_SCOPE_HOST, "" },
		{ "bas glob", VERDICT_BLOCK_SOFT, true, RULE_SCOPE_GLOB, "" },
		{ "aa glob  /a b/*  ", VERDICT_ALLOW, true, RULE_SCOPE_GLOB,
		  "/a b/*" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct answer_choice choice;
		BUF_AUTO(message);

		assert_true(
			answer_parse(rows[i].text, &all, &choice, &message));
		assert_int_equal(choice.action, ANSWER_ACTION_VERDICT);
		assert_int_equal(choice.verdict, rows[i].verdict);
		assert_int_equal(choice.lasting, rows[i].lasting);
		assert_int_equal(choice.scope, rows[i].scope);
		assert_int_equal(choice.pattern_len, strlen(rows[i].pattern));
		assert_memory_equal(choice.pattern, rows[i].pattern,
				    choice.pattern_len);
		assert_string_equal(buf_text(&message), "");
	}
}

static void test_questions_back(void **state)
{
	struct answer_choice choice;
	BUF_AUTO(message);

	(void)state;
	assert_true(answer_parse("i", &little, &choice, &message));
	assert_int_equal(choice.action, ANSWER_ACTION_MORE);
	assert_true(answer_parse("?", &little, &choice, &message));
	assert_int_equal(choice.action, ANSWER_ACTION_HELP);
	assert_true(answer_parse("u", &little, &choice, &message));
	assert_int_equal(choice.action, ANSWER_ACTION_UNDO);
}

static void check_refused(const char *text, const char *said)
{
	struct answer_choice choice;
	BUF_AUTO(message);

	assert_false(answer_parse(text, &little, &choice, &message));
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
	check_refused("aa here",
		      "\"here\" is no scope; what may follow aa: nothing");
	check_refused("bah x y", "\"x\" is no scope");
	check_refused("bah tree y", "nothing may follow tree: \"y\"");
	check_refused("a tree", "a stands alone, without \"tree\"");
	check_refused("u tree", "u stands alone");
	check_refused("aa Tree", "\"Tree\" is no scope");
	check_refused("bs", "cannot be faked");
	check_refused("bas", "cannot be faked");
	check_refused("\x1b[6n", "\"\\x1b[6n\" is no answer");
}

static void test_help(void **state)
{
	BUF_AUTO(with);
	BUF_AUTO(without);

	(void)state;
	answer_help(&with, &all);
	assert_non_null(strstr(buf_text(&with), "    aa   allow always\n"));
	assert_non_null(strstr(buf_text(&with), "    ?    show this help\n"));
	assert_non_null(strstr(buf_text(&with), "    tree     this directory"));
	assert_null(strstr(buf_text(&with), "    host "));
	assert_null(strstr(buf_text(&with), "not possible"));
	answer_help(&without, &little);
	assert_non_null(strstr(buf_text(&without), "(not possible"));
}

static void check_pattern(const char *pattern, const char *line)
{
	BUF_AUTO(out);

	answer_pattern_line(&out, VERDICT_ALLOW, pattern, strlen(pattern));
	assert_string_equal(buf_text(&out), line);
}

/* What is there to be edited is shown as it is: nothing may be a command to
 * the terminal, and a blank at the end would get lost. */
static void test_pattern_line(void **state)
{
	BUF_AUTO(out);

	(void)state;
	check_pattern("/a b/\\*c", "aa glob /a b/\\*c");
	check_pattern("/a\x1b[2J\n\t", "aa glob /a?[2J??");
	check_pattern("/\u202e\u200b\u00e9 ", "aa glob /??\u00e9?");
	check_pattern("/\xff\x9b", "aa glob /??");
	answer_pattern_line(&out, VERDICT_BLOCK_SOFT, "/a", 2);
	assert_string_equal(buf_text(&out), "bas glob /a");
}

static size_t count_candidates(const char *before,
			       const struct answer_offer *offer)
{
	size_t i = 0;

	while (answer_candidate(before, offer, i))
		i++;
	return i;
}

static void test_candidates(void **state)
{
	(void)state;
	assert_string_equal(answer_candidate("", &all, 0), "a");
	assert_int_equal(count_candidates("", &all), 10);
	assert_int_equal(count_candidates("  ", &little), 8);
	assert_int_equal(count_candidates("a ", &all), 0);
	assert_int_equal(count_candidates("zz ", &all), 0);
	assert_int_equal(count_candidates("aa x ", &all), 0);
	assert_int_equal(count_candidates("aa ", &all), 4);
	assert_string_equal(answer_candidate("bah ", &all, 1), "tree");
	assert_int_equal(count_candidates("aa ", &little), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_questions_back),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_pattern_line),
		cmocka_unit_test(test_candidates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
