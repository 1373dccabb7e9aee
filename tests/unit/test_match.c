/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What the verdict tables cannot say: answers, the calls to stop at, and that
 * the index finds what a plain walk over all rules would find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"
#include "rules_text.h"

/* A program whose memory is two strings. */
static const char *strings[2];

static size_t read_memory(void *owner, uint64_t addr, void *out, size_t len)
{
	const char *text = addr ? strings[(addr >> 16) - 1] : "";
	size_t at = addr & 0xffff, size = strlen(text) + 1;

	(void)owner;
	if (!addr || at >= size)
		return 0;
	if (len > size - at)
		len = size - at;
	memcpy(out, text + at, len);
	return len;
}

static void make_call(struct call *call, enum syscall_id id, uint64_t arg0,
		      uint64_t arg1, uint64_t arg2)
{
	const struct mem_reader mem = { .read = read_memory };
	const uint64_t raw[SYSCALL_ARGS_MAX] = { arg0, arg1, arg2 };

	call_decode(call, syscall_def(id), 0, raw, &mem);
	for (size_t i = 0; i < call->n_targets; i++)
		if (call->targets[i].asked)
			call->targets[i].resolved =
				strdup(call->targets[i].asked);
}

static void make_open(struct call *call, const char *path, int flags)
{
	strings[0] = path;
	make_call(call, SYSCALL_open, 0x10000, (uint64_t)flags, 0600);
}

static void make_rename(struct call *call, const char *from, const char *to)
{
	strings[0] = from;
	strings[1] = to;
	make_call(call, SYSCALL_rename, 0x10000, 0x20000, 0);
}

static enum verdict decide(const struct policy *policy, const struct call *call)
{
	struct decision decision;

	policy_decide(policy, call, NULL, &decision);
	return decision.verdict;
}

static enum verdict decide_open(const struct policy *policy, const char *path,
				int flags)
{
	struct call call;
	enum verdict verdict;

	make_open(&call, path, flags);
	verdict = decide(policy, &call);
	call_free(&call);
	return verdict;
}

static void answer(struct policy *policy, const struct call *call,
		   enum verdict verdict, const char *text)
{
	struct rule rule;
	BUF_AUTO(line);

	policy_rule_for_call(&rule, call, verdict);
	policy_rule_text(&line, &rule);
	assert_string_equal(buf_text(&line), text);
	assert_non_null(policy_add_answer(policy, &rule));
}

static void test_answers_come_first(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"kill\",\"class\":\"file-read\"}"));
	struct call call;

	(void)state;
	make_open(&call, "/x", O_RDONLY);
	assert_int_equal(decide(policy, &call), VERDICT_KILL);
	answer(policy, &call, VERDICT_ALLOW,
	       "{\"action\": \"allow\", \"syscall\": \"open\", "
	       "\"class\": \"file-read\"}");
	assert_int_equal(decide(policy, &call), VERDICT_ALLOW);
	/* Allowing a read allows no write. */
	assert_int_equal(decide_open(policy, "/x", O_WRONLY), VERDICT_ASK);
	assert_int_equal(decide_open(policy, "/y", O_RDONLY), VERDICT_ALLOW);
	answer(policy, &call, VERDICT_BLOCK_HARD,
	       "{\"action\": \"block-hard\", \"syscall\": \"open\", "
	       "\"class\": \"file-read\"}");
	assert_int_equal(decide(policy, &call), VERDICT_BLOCK_HARD);
	call_free(&call);
	policy_free(policy);
}

static void test_answer_for_unknown_call(void **state)
{
	struct policy *policy = policy_new();
	const uint64_t raw[SYSCALL_ARGS_MAX] = { 0 };
	const struct mem_reader mem = { .read = read_memory };
	struct call call;

	(void)state;
	call_decode(&call, NULL, 9467, raw, &mem);
	assert_int_equal(decide(policy, &call), VERDICT_ASK);
	answer(policy, &call, VERDICT_ALLOW,
	       "{\"action\": \"allow\", \"syscall\": \"syscall_9467\"}");
	assert_int_equal(decide(policy, &call), VERDICT_ALLOW);
	call_free(&call);
	call_decode(&call, NULL, 9468, raw, &mem);
	assert_int_equal(decide(policy, &call), VERDICT_ASK);
	call_free(&call);
	policy_free(policy);
}

/* Asked because of what it does on the side; "always" must end that. */
static void test_always_covers_the_side(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"allow\",\"class\":\"file-rename\"},"
		      "{\"action\":\"ask\",\"class\":\"file-delete\"}"));
	struct call call;

	(void)state;
	make_rename(&call, "/a", "/b");
	assert_int_equal(decide(policy, &call), VERDICT_ASK);
	answer(policy, &call, VERDICT_ALLOW,
	       "{\"action\": \"allow\", \"syscall\": \"rename\", \"class\": "
	       "[\"file-write\", \"file-create\", \"file-delete\", "
	       "\"file-rename\"]}");
	assert_int_equal(decide(policy, &call), VERDICT_ALLOW);
	answer(policy, &call, VERDICT_BLOCK_SOFT,
	       "{\"action\": \"block-soft\", \"syscall\": \"rename\"}");
	assert_int_equal(decide(policy, &call), VERDICT_BLOCK_SOFT);
	call_free(&call);
	policy_free(policy);
}

static void test_hits(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"allow\",\"class\":\"file-read\"}"));
	struct decision decision;
	struct call call;

	(void)state;
	make_open(&call, "/x", O_RDONLY);
	policy_decide(policy, &call, NULL, &decision);
	assert_int_equal(policy_rule_at(policy, 0)->hits, 0);
	policy_count_hit(policy, &decision);
	policy_count_hit(policy, &decision);
	assert_int_equal(policy_rule_at(policy, 0)->hits, 2);
	call_free(&call);
	make_open(&call, "/x", O_WRONLY);
	policy_decide(policy, &call, NULL, &decision);
	policy_count_hit(policy, &decision);
	call_free(&call);
	policy_free(policy);
}

static void test_files_are_consulted_in_order(void **state)
{
	struct policy *policy = load_rules(
		"{\"version\":1,\"default\":\"block-soft\",\"rules\":["
		"{\"action\":\"allow\",\"class\":\"file-read\"}]}");
	static const char second[] =
		"{\"version\":1,\"default\":\"allow\",\"rules\":["
		"{\"action\":\"kill\",\"class\":[\"file-read\",\"exec\"]}]}";
	struct call call;

	(void)state;
	assert_true(
		policy_load_text(policy, "s", second, strlen(second), NULL));
	assert_int_equal(decide_open(policy, "/x", O_RDONLY), VERDICT_ALLOW);
	strings[0] = "/x";
	make_call(&call, SYSCALL_execve, 0x10000, 0, 0);
	assert_int_equal(decide(policy, &call), VERDICT_KILL);
	call_free(&call);
	assert_int_equal(decide_open(policy, "/x", O_WRONLY),
			 VERDICT_BLOCK_SOFT);
	policy_free(policy);
}

static bool watches(const struct policy *policy, enum syscall_id id)
{
	const struct call_set none = { 0 };
	struct sieve sieve;
	bool watched;

	policy_sift(policy, &none, false, &sieve);
	watched = sieve.start[id] != SIEVE_ALLOW;
	sieve_free(&sieve);
	return watched;
}

static void test_watched_without_rules(void **state)
{
	struct policy *policy = policy_new();

	(void)state;
	assert_true(watches(policy, SYSCALL_openat));
	assert_true(watches(policy, SYSCALL_fork));
	assert_false(watches(policy, SYSCALL_read));
	assert_false(watches(policy, SYSCALL_stat));
	policy_set_unmatched(policy, VERDICT_ALLOW);
	for (int id = 0; id < SYSCALL_COUNT; id++)
		assert_false(watches(policy, id));
	assert_true(policy_set_ask(policy, "io,stat", NULL));
	assert_true(watches(policy, SYSCALL_read));
	assert_true(watches(policy, SYSCALL_stat));
	/* The answer may be about all that look at files. */
	assert_true(watches(policy, SYSCALL_lstat));
	assert_false(watches(policy, SYSCALL_getpid));
	policy_free(policy);
}

static void test_watched_with_rules(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"allow\",\"class\":\"process\"},"
		      "{\"action\":\"kill\",\"syscall\":\"fork\"},"
		      "{\"action\":\"allow\",\"class\":\"signal\","
		      "\"program\":\"/x\"},"
		      "{\"action\":\"block-hard\",\"class\":\"file-stat\","
		      "\"path\":\"/secret/**\"},"
		      "{\"action\":\"allow\",\"path\":\"/x\"},"
		      "{\"action\":\"block-hard\",\"syscall\":\"getpid\"},"
		      "{\"action\":\"allow\",\"syscall\":\"getpid\"}"));

	(void)state;
	/* Who is asked about a clone into new namespaces may answer about
	 * all of the class process. */
	assert_true(watches(policy, SYSCALL_fork));
	assert_true(watches(policy, SYSCALL_kill));
	assert_true(watches(policy, SYSCALL_stat));
	assert_true(watches(policy, SYSCALL_getpid));
	assert_false(watches(policy, SYSCALL_getppid));
	assert_false(watches(policy, SYSCALL_read));
	assert_true(watches(policy, SYSCALL_unlink));
	policy_set_unmatched(policy, VERDICT_ALLOW);
	assert_false(watches(policy, SYSCALL_fork));
	assert_false(watches(policy, SYSCALL_kill));
	assert_false(watches(policy, SYSCALL_unlink));
	assert_true(watches(policy, SYSCALL_stat));
	policy_free(policy);
}

/* A rule about deleting makes renames stop. */
static void test_watched_on_the_side(void **state)
{
	struct policy *policy =
		load_rules("{\"version\":1,\"default\":\"allow\",\"rules\":["
			   "{\"action\":\"ask\",\"class\":\"file-delete\"}]}");

	(void)state;
	assert_true(watches(policy, SYSCALL_rename));
	assert_true(watches(policy, SYSCALL_unlink));
	assert_false(watches(policy, SYSCALL_link));
	policy_set_no_prompt(policy);
	policy_set_unmatched(policy, VERDICT_ALLOW);
	assert_false(watches(policy, SYSCALL_rename));
	policy_free(policy);
}

/* ---- the index against a plain walk ---- */

static void random_path(struct buf *out, const char *letters)
{
	int parts = 1 + (int)(random() % 3);

	for (int i = 0; i < parts; i++) {
		int len = 1 + (int)(random() % 2);

		buf_char(out, '/');
		while (len--)
			buf_char(out,
				 letters[(size_t)random() % strlen(letters)]);
	}
}

static void random_rule(struct buf *out)
{
	static const char *const names[] = {
		"",
		"\"syscall\":\"open\",",
		"\"syscall\":[\"open\",\"unlink\"],",
		"\"class\":\"file-read\",",
		"\"class\":[\"file-write\",\"file-read\"],",
		"\"syscall\":\"open\",\"class\":\"file-read\",",
		"\"syscall\":\"unlink\",",
	};
	int paths = (int)(random() % 3);

	buf_printf(out, "{\"action\":\"kill\",%s\"path\":[",
		   names[(size_t)random() % 7]);
	for (int i = 0; i <= paths; i++) {
		buf_str(out, i ? ",\"" : "\"");
		if (random() % 8 == 0)
			buf_str(out, "**");
		random_path(out, "aab*?");
		if (random() % 8 == 0) {
			buf_str(out, "/**");
			random_path(out, "aab*");
		}
		buf_str(out, random() % 4 ? "\"" : "/**\"");
	}
	buf_str(out, "]}");
}

/* The first of @rules that matches by itself, counted from 1; 0: none. */
static unsigned int plain_walk(struct policy **rules, size_t count,
			       const struct call *call)
{
	for (size_t i = 0; i < count; i++)
		if (decide(rules[i], call) == VERDICT_KILL)
			return (unsigned int)i + 1;
	return 0;
}

static void test_index(void **state)
{
	enum { N = 40 };
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR };

	(void)state;
	srandom(11);
	for (int round = 0; round < 20; round++) {
		struct policy *each[N], *together;
		unsigned int found = 0;
		BUF_AUTO(all);

		buf_str(&all, "{\"version\":1,\"rules\":[");
		for (size_t i = 0; i < N; i++) {
			BUF_AUTO(one);
			BUF_AUTO(file);

			random_rule(&one);
			buf_printf(&file, RULES("%s"), buf_text(&one));
			buf_printf(&all, "%s%s", i ? "," : "", buf_text(&one));
			each[i] = load_rules(buf_text(&file));
		}
		buf_str(&all, "]}");
		together = load_rules(buf_text(&all));
		for (int i = 0; i < 100; i++) {
			struct decision decision;
			struct call call;
			unsigned int got;
			BUF_AUTO(path);

			random_path(&path, "aab");
			make_open(&call, buf_text(&path), modes[random() % 3]);
			policy_decide(together, &call, NULL, &decision);
			got = decision.rule ? decision.rule->origin.index : 0;
			/* Of two facets either rule may stand: both kill. */
			if (call.classes & (call.classes - 1))
				assert_int_equal(got != 0,
						 plain_walk(each, N, &call) !=
							 0);
			else
				assert_int_equal(got,
						 plain_walk(each, N, &call));
			found += got != 0;
			call_free(&call);
		}
		assert_true(found > 0);
		for (size_t i = 0; i < N; i++)
			policy_free(each[i]);
		policy_free(together);
	}
}

/* Metacharacters in $HOME are characters. */
static void test_variables_are_literal(void **state)
{
	struct policy *policy;

	(void)state;
	setenv("HOME", "/h*me/[u]", 1);
	setenv("TMPDIR", "/", 1);
	policy =
		load_rules(RULES("{\"action\":\"kill\",\"path\":\"${HOME}/x\"},"
				 "{\"action\":\"block-soft\","
				 "\"path\":\"${TMP}/y\"},"
				 "{\"action\":\"block-soft\","
				 "\"path\":\"/a\\\\${HOME}\"}"));
	assert_int_equal(decide_open(policy, "/h*me/[u]/x", O_RDONLY),
			 VERDICT_KILL);
	assert_int_equal(decide_open(policy, "/home/u/x", O_RDONLY),
			 VERDICT_ASK);
	assert_int_equal(decide_open(policy, "/y", O_RDONLY),
			 VERDICT_BLOCK_SOFT);
	assert_int_equal(decide_open(policy, "/a${HOME}", O_RDONLY),
			 VERDICT_BLOCK_SOFT);
	policy_free(policy);
	setenv("HOME", "relative", 1);
	policy = policy_new();
	assert_false(policy_load_text(
		policy, "r",
		RULES("{\"action\":\"kill\",\"path\":\"${HOME}/x\"}"),
		strlen(RULES("{\"action\":\"kill\",\"path\":\"${HOME}/x\"}")),
		NULL));
	policy_free(policy);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers_come_first),
		cmocka_unit_test(test_answer_for_unknown_call),
		cmocka_unit_test(test_always_covers_the_side),
		cmocka_unit_test(test_hits),
		cmocka_unit_test(test_files_are_consulted_in_order),
		cmocka_unit_test(test_watched_without_rules),
		cmocka_unit_test(test_watched_with_rules),
		cmocka_unit_test(test_watched_on_the_side),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_variables_are_literal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
