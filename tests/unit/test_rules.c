/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Rules files: what is refused and where, what is read, and that what is
 * saved says the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "policy/policy.h"
#include "scratch.h"

/* A made-up numbering: 0 read, 1 write, 41 socket, 57 fork. */
static enum syscall_id id_of(int number)
{
	switch (number) {
	case 0:
		return SYSCALL_read;
	case 1:
		return SYSCALL_write;
	case 41:
		return SYSCALL_socket;
	case 57:
		return SYSCALL_fork;
	default:
		return SYSCALL_UNKNOWN;
	}
}

static struct policy *load(const char *text, struct err *err)
{
	struct policy *policy = policy_new();

	policy_set_numbering(policy, id_of);
	if (policy_load_text(policy, "r.json", text, strlen(text), err))
		return policy;
	policy_free(policy);
	return NULL;
}

#define RULE(text) "{\"version\":1,\"rules\":[\n" text "]}"
#define BAD_RANGE                                                              \
	"a port is a number from 0 to 65535 or a range like \"1-1023\""
#define SOFT	 " cannot be blocked softly: no honest result could be made up"
#define NO_EMPTY "an empty list matches nothing"

static const struct {
	const char *text, *message;
} refused[] = {
	{ "", "1:1: unexpected end of the text" },
	{ "[]", "1:1: a rules file holds one object" },
	{ "{}", "1:1: no rules file: \"version\": 1 is missing" },
	{ "{\"rules\":[]}", "1:1: no rules file: \"version\": 1 is missing" },
	{ "{\"version\":2}", "1:2: \"version\" must be 1" },
	{ "{\"version\":\"1\"}", "1:2: \"version\" must be 1" },
	{ "{\"version\":1,\n \"rule\":[]}", "2:2: unknown key \"rule\"" },
	{ "{\"version\":1,\"version\":1}", "1:14: duplicate key \"version\"" },
	{ "{\"version\":1} x", "1:15: text after the end of the value" },
	{ "{\"version\":1,\"rules\":{}}", "1:14: \"rules\" must be a list" },
	{ "{\"version\":1,\"comment\":1}", "1:14: \"comment\" must be a text" },
	{ "{\"version\":1,\"default\":\"deny\"}",
	  "1:14: \"default\" must be allow, block-hard, block-soft, ask or "
	  "kill" },
	{ "{\"version\":1,\"default\":true}",
	  "1:14: \"default\" must be allow, block-hard, block-soft, ask or "
	  "kill" },
	{ RULE("7"), "2:1: a rule must be an object" },
	{ RULE("{}"), "2:1: a rule needs an \"action\"" },
	{ RULE("{\"class\":\"exec\"}"), "2:1: a rule needs an \"action\"" },
	{ RULE("{\"action\":1}"), "2:2: \"action\" must be a text" },
	{ RULE("{\"action\":\"Allow\"}"),
	  "2:2: unknown action \"Allow\"; known are allow, block-hard, "
	  "block-soft, ask and kill" },
	{ RULE("{\"action\":\"allow\",\"pth\":\"/x\"}"),
	  "2:19: unknown key \"pth\" in a rule" },
	{ RULE("{\"action\":\"allow\",\"Path\":\"/x\"}"),
	  "2:19: unknown key \"Path\" in a rule" },
	{ RULE("{\"action\":\"allow\",\"a\\u001b\":1}"),
	  "2:19: unknown key \"a\\x1b\" in a rule" },
	{ RULE("{\"action\":\"allow\",\"comment\":[]}"),
	  "2:19: \"comment\" must be a text" },
	/* calls and classes */
	{ RULE("{\"action\":\"allow\",\"syscall\":\"opn\"}"),
	  "2:19: unknown system call \"opn\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":[\"open\",\n \"x\"]}"),
	  "3:2: unknown system call \"x\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"syscall_\"}"),
	  "2:19: unknown system call \"syscall_\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"syscall_-1\"}"),
	  "2:19: unknown system call \"syscall_-1\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"syscall_007\"}"),
	  "2:19: unknown system call \"syscall_007\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"syscall_4294967297\"}"),
	  "2:19: unknown system call \"syscall_4294967297\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":0}"),
	  "2:19: \"syscall\" must be a text or a list of texts" },
	{ RULE("{\"action\":\"allow\",\"syscall\":[]}"), "2:19: " NO_EMPTY },
	{ RULE("{\"action\":\"allow\",\"syscall\":[\"read\", 1]}"),
	  "2:38: expected a text" },
	{ RULE("{\"action\":\"allow\",\"class\":\"files\"}"),
	  "2:19: unknown class \"files\"" },
	{ RULE("{\"action\":\"allow\",\"class\":[\"exec\",\"\"]}"),
	  "2:35: unknown class \"\"" },
	{ RULE("{\"action\":\"allow\",\"class\":null}"),
	  "2:19: \"class\" must be a text or a list of texts" },
	/* paths and programs */
	{ RULE("{\"action\":\"allow\",\"path\":\"tmp/x\"}"),
	  "2:19: a path pattern begins with /, ** or a variable" },
	{ RULE("{\"action\":\"allow\",\"path\":\"~/x\"}"),
	  "2:19: a path pattern begins with /, ** or a variable" },
	{ RULE("{\"action\":\"allow\",\"path\":\"\"}"),
	  "2:19: a path pattern begins with /, ** or a variable" },
	{ RULE("{\"action\":\"allow\",\"path\":\"/tmp/\"}"),
	  "2:19: a path pattern must not end in /: write /** for all that is "
	  "below" },
	{ RULE("{\"action\":\"allow\",\"path\":\"/a/../b\"}"),
	  "2:19: //, /./ and /../ never stand in a resolved path" },
	{ RULE("{\"action\":\"allow\",\"path\":\"/a//b\"}"),
	  "2:19: //, /./ and /../ never stand in a resolved path" },
	{ RULE("{\"action\":\"allow\",\"path\":\"/a/.\"}"),
	  "2:19: //, /./ and /../ never stand in a resolved path" },
	{ RULE("{\"action\":\"allow\",\"path\":\"${HOMES}/x\"}"),
	  "2:19: an unknown variable; known are ${HOME}, ${CWD} and ${TMP}" },
	{ RULE("{\"action\":\"allow\",\"path\":[\"/a\",\n\"/b\\\\\"]}"),
	  "3:1: a pattern ends in a backslash" },
	{ RULE("{\"action\":\"allow\",\"path\":\"/[z-a]\"}"),
	  "2:19: a [range] in a pattern runs backwards" },
	{ RULE("{\"action\":\"allow\",\"program\":\"git\"}"),
	  "2:19: a path pattern begins with /, ** or a variable" },
	/* addresses and ports */
	{ RULE("{\"action\":\"allow\",\"address\":\"localhost\"}"),
	  "2:19: no IPv4 or IPv6 address, prefix, unix:PATTERN, netlink or "
	  "unspec" },
	{ RULE("{\"action\":\"allow\",\"address\":\"10.0.0.1/33\"}"),
	  "2:19: the length of the prefix is no number in its range" },
	{ RULE("{\"action\":\"allow\",\"address\":\"10.0.0.0/\"}"),
	  "2:19: the length of the prefix is no number in its range" },
	{ RULE("{\"action\":\"allow\",\"address\":\"10.0.0.1/8\"}"),
	  "2:19: the address has bits beyond its prefix" },
	{ RULE("{\"action\":\"allow\",\"address\":\"1.2.3.4:80\"}"),
	  "2:19: no IPv4 or IPv6 address, prefix, unix:PATTERN, netlink or "
	  "unspec" },
	{ RULE("{\"action\":\"allow\",\"address\":\"unix:/a\\\\\"}"),
	  "2:19: a pattern ends in a backslash" },
	{ RULE("{\"action\":\"allow\",\"port\":65536}"), "2:19: " BAD_RANGE },
	{ RULE("{\"action\":\"allow\",\"port\":-1}"), "2:19: " BAD_RANGE },
	{ RULE("{\"action\":\"allow\",\"port\":1.5}"), "2:19: " BAD_RANGE },
	{ RULE("{\"action\":\"allow\",\"port\":\"http\"}"),
	  "2:19: " BAD_RANGE },
	{ RULE("{\"action\":\"allow\",\"port\":[1,\"9-2\"]}"),
	  "2:29: " BAD_RANGE },
	{ RULE("{\"action\":\"allow\",\"port\":[]}"), "2:19: " NO_EMPTY },
	/* errno and soft */
	{ RULE("{\"action\":\"block-hard\",\"errno\":\"ENOPE\"}"),
	  "2:24: unknown errno \"ENOPE\"" },
	{ RULE("{\"action\":\"block-hard\",\"errno\":13}"),
	  "2:24: \"errno\" must be a text" },
	{ RULE("{\"action\":\"kill\",\"errno\":\"EPERM\"}"),
	  "2:18: \"errno\" goes with \"block-hard\" only" },
	{ RULE("{\"errno\":\"EPERM\",\"action\":\"allow\"}"),
	  "2:2: \"errno\" goes with \"block-hard\" only" },
	{ RULE("{\"action\":\"block-soft\",\"syscall\":\"fork\"}"),
	  "2:24: \"fork\"" SOFT },
	{ RULE("{\"syscall\":[\"unlink\", \"mmap\"],\n"
	       "\"action\":\"block-soft\"}"),
	  "2:23: \"mmap\"" SOFT },
	{ RULE("{\"action\":\"block-soft\",\"syscall\":\"syscall_999\"}"),
	  "2:24: \"syscall_999\"" SOFT },
	/* arguments */
	{ RULE("{\"action\":\"allow\",\"args\":[]}"),
	  "2:19: \"args\" must be an object with the names of arguments" },
	{ RULE("{\"action\":\"allow\",\"args\":{}}"),
	  "2:19: \"args\" must be an object with the names of arguments" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"kill\","
	       "\"args\":{\"sgi\":9}}"),
	  "2:44: kill has no argument \"sgi\"" },
	{ RULE("{\"action\":\"allow\",\"class\":\"signal\","
	       "\"args\":{\"domain\":1}}"),
	  "2:44: no such call has an argument \"domain\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"socket\","
	       "\"args\":{\"domain\":\"AF_NOPE\"}}"),
	  "2:46: \"AF_NOPE\" is no value of argument \"domain\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"socket\","
	       "\"args\":{\"domain\":[]}}"),
	  "2:46: an empty list" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"socket\","
	       "\"args\":{\"domain\":null}}"),
	  "2:46: expected a whole number, a text or { \"has\": [FLAG...] }" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"socket\","
	       "\"args\":{\"domain\":{\"is\":1}}}"),
	  "2:46: an object here is { \"has\": [FLAG...] }" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"socket\","
	       "\"args\":{\"type\":{\"has\":[]}}}"),
	  "2:54: an empty list" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"openat\","
	       "\"args\":{\"flags\":{\"has\":\"0\"}}}"),
	  "2:46: \"0\" is no flag of argument \"flags\"" },
	{ RULE("{\"action\":\"allow\",\"syscall\":\"openat\","
	       "\"args\":{\"pathname\":7}}"),
	  "2:46: text is compared with a string" },
	/* the original's form */
	{ "{\"syscalls\":[]}", "1:2: \"syscalls\" must be an object" },
	{ "{\"syscalls\":{},\"x\":1}", "1:16: unknown key \"x\"" },
	{ "{\"syscalls\":{\"read\":\"Allowed\"}}",
	  "1:14: \"read\" is no number of a system call" },
	{ "{\"syscalls\":{\"-1\":\"Allowed\"}}",
	  "1:14: \"-1\" is no number of a system call" },
	{ "{\"syscalls\":{\"0\":\"allowed\"}}",
	  "1:14: expected \"Allowed\", \"HardBlocked\" or \"SoftBlocked\"" },
	{ "{\"syscalls\":{\"0\":1}}",
	  "1:14: expected \"Allowed\", \"HardBlocked\" or \"SoftBlocked\"" },
	{ "{\"syscalls\":{\"0\":\"Allowed\",\"57\":\"SoftBlocked\"}}",
	  "1:28: system call \"57\"" SOFT },
	{ "{\"version\":1,\"syscalls\":{}}", "1:14: unknown key \"syscalls\"" },
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct err err = { "" };
		char wanted[300];

		snprintf(wanted, sizeof(wanted), "r.json:%s",
			 refused[i].message);
		if (load(refused[i].text, &err))
			fail_msg("accepted: %s", refused[i].text);
		assert_string_equal(err.text, wanted);
	}
}

static void assert_text(const struct policy *policy, size_t i,
			const char *wanted)
{
	const struct rule *rule = policy_rule_at(policy, i);
	BUF_AUTO(text);

	assert_non_null(rule);
	policy_rule_text(&text, rule);
	assert_string_equal(buf_text(&text), wanted);
}

/* One line in, the same line out. */
static const char *const lines[] = {
	"{\"action\": \"allow\"}",
	"{\"action\": \"kill\", \"syscall\": \"ptrace\"}",
	"{\"action\": \"ask\", \"syscall\": [\"read\", \"syscall_467\"]}",
	"{\"action\": \"block-soft\", \"class\": [\"file-read\", \"exec\"]}",
	"{\"action\": \"allow\", \"path\": [\"${HOME}/**\", \"/a\\\\*b\"]}",
	"{\"action\": \"allow\", \"address\": [\"10.0.0.0/8\", \"::1\", "
	"\"2001:db8::/32\", \"1.2.3.4\", \"unix:/run/*\"]}",
	"{\"action\": \"allow\", \"port\": [80, \"1000-2000\"]}",
	"{\"action\": \"allow\", \"program\": \"/usr/bin/*\"}",
	"{\"action\": \"allow\", \"syscall\": \"kill\", \"args\": {\"pid\": "
	"[0, -1], \"sig\": \"15\"}}",
	"{\"action\": \"allow\", \"syscall\": \"openat\", \"args\": "
	"{\"flags\": {\"has\": [\"0x40\"]}}}",
	"{\"action\": \"block-hard\", \"errno\": \"ENOENT\", \"comment\": "
	"\"not there\"}",
	"{\"action\": \"block-hard\"}",
	"{\"action\": \"allow\", \"path\": \"/\\udcff\\n\xc3\xa9\"}",
};

static char *all_lines(void)
{
	BUF_AUTO(text);

	buf_str(&text, "{\"version\":1,\"rules\":[\n");
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		buf_printf(&text, "%s%s\n", i ? "," : "", lines[i]);
	buf_str(&text, "]}");
	return buf_steal(&text);
}

static void test_text_of_rules(void **state)
{
	char *text = all_lines();
	struct err err = { "" };
	struct policy *policy = load(text, &err);
	const struct rule *rule;

	(void)state;
	assert_string_equal(err.text, "");
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		assert_text(policy, i, lines[i]);
	assert_null(policy_rule_at(policy, sizeof(lines) / sizeof(*lines)));
	rule = policy_rule_at(policy, 2);
	assert_string_equal(rule->origin.file, "r.json");
	assert_int_equal(rule->origin.index, 3);
	assert_int_equal(rule->origin.line, 4);
	assert_int_equal(rule->origin.column, 2);
	policy_free(policy);
	free(text);
}

static void test_original(void **state)
{
	static const char text[] =
		"{\"syscalls\":{\"0\":\"Allowed\",\"1\":\"HardBlocked\","
		"\"41\":\"SoftBlocked\",\"999\":\"HardBlocked\"}}";
	struct err err = { "" };
	struct policy *policy = load(text, &err);

	(void)state;
	assert_string_equal(err.text, "");
	assert_text(policy, 0,
		    "{\"action\": \"allow\", \"syscall\": \"read\"}");
	assert_text(policy, 1,
		    "{\"action\": \"block-hard\", \"syscall\": \"write\"}");
	assert_text(policy, 2,
		    "{\"action\": \"block-soft\", \"syscall\": \"socket\"}");
	assert_text(policy, 3,
		    "{\"action\": \"block-hard\", \"syscall\": "
		    "\"syscall_999\"}");
	assert_int_equal(policy_rule_at(policy, 3)->origin.index, 4);
	policy_free(policy);

	policy = policy_new();
	assert_false(policy_load_text(policy, "f", text, strlen(text), &err));
	assert_string_equal(err.text,
			    "f:1:2: numbers of system calls are not known "
			    "here");
	policy_free(policy);
}

static void test_number_with_a_row(void **state)
{
	struct err err;
	struct policy *policy =
		load(RULE("{\"action\":\"allow\",\"syscall\":\"syscall_41\"}"),
		     &err);

	(void)state;
	assert_text(policy, 0,
		    "{\"action\": \"allow\", \"syscall\": \"socket\"}");
	policy_free(policy);
}

static void test_ask_set(void **state)
{
	struct policy *policy = policy_new();
	struct err err;

	(void)state;
	assert_true(policy_set_ask(policy, "openat,file-stat,all", &err));
	assert_false(policy_set_ask(policy, "openat,fil", &err));
	assert_string_equal(err.text,
			    "--ask: \"fil\": no system call and no class");
	assert_false(policy_set_ask(policy, "", &err));
	policy_free(policy);
}

static void put(const char *path, const char *text)
{
	assert_true(file_write_atomic(path, text, strlen(text), NULL));
}

/* ---- saving ---- */

static struct rule block(enum syscall_id id)
{
	struct rule rule = { .verdict = VERDICT_BLOCK_HARD, .error = EACCES };
	struct rule_call call = { .id = id };

	VEC_PUSH(&rule.calls, call);
	return rule;
}

static void test_save(void **state)
{
	struct policy *policy = policy_new();
	struct rule first = block(SYSCALL_unlink), second = block(SYSCALL_kill);
	const char profile[] = "{\"version\":1,\"default\":\"kill\",\"rules\":"
			       "[{\"action\":\"allow\"}]}";
	BUF_AUTO(text);
	struct err err;

	(void)state;
	put("a", "{\"version\":1,\"comment\":\"mine\",\"rules\":["
		 "{\"action\":\"ask\",\"class\":\"exec\",\"comment\":\"x\"}]}");
	put("b", "{\"version\":1,\"default\":\"allow\",\"rules\":["
		 "{\"action\":\"kill\",\"class\":\"tty\"}]}");
	assert_true(policy_load_file(policy, "a", &err));
	assert_true(policy_load_file(policy, "b", &err));
	assert_true(policy_load_text(policy, "profile:x", profile,
				     strlen(profile), &err));
	assert_non_null(policy_add_answer(policy, &first));
	assert_non_null(policy_add_answer(policy, &second));
	assert_int_equal(policy_rule_at(policy, 0)->calls.items[0].id,
			 SYSCALL_kill);
	assert_string_equal(policy_rule_at(policy, 0)->origin.file, "answer");
	assert_true(policy_save(policy, "c", &err));
	assert_true(file_read("c", 10000, &text, &err));
	assert_string_equal(
		buf_text(&text),
		"{\n"
		"  \"version\": 1,\n"
		"  \"comment\": \"mine\",\n"
		"  \"default\": \"allow\",\n"
		"  \"rules\": [\n"
		"    {\"action\": \"block-hard\", \"syscall\": \"kill\"},\n"
		"    {\"action\": \"block-hard\", \"syscall\": \"unlink\"},\n"
		"    {\"action\": \"ask\", \"class\": \"exec\", \"comment\": "
		"\"x\"},\n"
		"    {\"action\": \"kill\", \"class\": \"tty\"}\n"
		"  ]\n"
		"}\n");
	policy_free(policy);
	policy = policy_new();
	assert_true(policy_load_file(policy, "c", &err));
	assert_int_equal(policy_rule_at(policy, 3)->verdict, VERDICT_KILL);
	policy_free(policy);
}

static void test_save_is_a_fixed_point(void **state)
{
	char *text = all_lines();
	struct policy *policy = policy_new();
	BUF_AUTO(one);
	BUF_AUTO(two);
	struct err err;

	(void)state;
	put("a", text);
	free(text);
	assert_true(policy_load_file(policy, "a", &err));
	assert_true(policy_save(policy, "b", &err));
	policy_free(policy);
	policy = policy_new();
	assert_true(policy_load_file(policy, "b", &err));
	assert_true(policy_save(policy, "c", &err));
	policy_free(policy);
	file_read("b", 10000, &one, &err);
	file_read("c", 10000, &two, &err);
	assert_string_equal(buf_text(&one), buf_text(&two));
}

static void test_save_fails(void **state)
{
	struct policy *policy = policy_new();
	struct err err;

	(void)state;
	assert_false(policy_save(policy, "/dev/full", &err));
	assert_string_equal(err.text, "/dev/full: No space left on device");
	assert_false(policy_save(policy, "no/dir", &err));
	policy_free(policy);
}

static void test_unreadable(void **state)
{
	struct policy *policy = policy_new();
	struct err err;

	(void)state;
	assert_false(policy_load_file(policy, "gone", &err));
	assert_string_equal(err.text, "gone: No such file or directory");
	assert_false(policy_load_file(policy, "/", &err));
	assert_string_equal(err.text, "/: Is a directory");
	put("empty", "");
	assert_false(policy_load_file(policy, "empty", &err));
	assert_string_equal(err.text, "empty:1:1: unexpected end of the text");
	assert_int_equal(truncate("empty", 100 << 20), 0);
	assert_false(policy_load_file(policy, "empty", &err));
	assert_string_equal(err.text, "empty: too large");
	policy_free(policy);
}

static void test_bad_answer(void **state)
{
	struct policy *policy = policy_new();
	struct rule rule = { .verdict = VERDICT_ALLOW };

	(void)state;
	VEC_PUSH(&rule.paths, strdup("/a\\"));
	assert_null(policy_add_answer(policy, &rule));
	rule_free(&rule);
	policy_free(policy);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_text_of_rules),
		cmocka_unit_test(test_original),
		cmocka_unit_test(test_number_with_a_row),
		cmocka_unit_test(test_ask_set),
		cmocka_unit_test(test_bad_answer),
		IN_DIRECTORY(test_save),
		IN_DIRECTORY(test_save_is_a_fixed_point),
		IN_DIRECTORY(test_save_fails),
		IN_DIRECTORY(test_unreadable),
	};

	setenv("HOME", "/home/u", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
