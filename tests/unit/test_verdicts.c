/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Run the tables in tests/verdicts through the pure policy: rules, a call, its
 * arguments, and what must come out. The format stands in
 * tests/verdicts/README.md. The examples of docs/rules.md are such tables, too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "base/file.h"
#include "policy/policy.h"
#include "syscall/names.h"

/* ---- the program's memory: one array at a made-up address ---- */

#define MEMORY_AT UINT64_C(0x10000)

static unsigned char memory[16384];
static size_t memory_used;

static size_t memory_read(void *owner, uint64_t addr, void *out, size_t len)
{
	(void)owner;
	if (addr < MEMORY_AT || addr - MEMORY_AT >= memory_used)
		return 0;
	addr -= MEMORY_AT;
	if (len > memory_used - addr)
		len = memory_used - addr;
	memcpy(out, memory + addr, len);
	return len;
}

static uint64_t memory_put(const void *data, size_t len)
{
	uint64_t at = MEMORY_AT + memory_used;

	assert_true(memory_used + len + 16 < sizeof(memory));
	memcpy(memory + memory_used, data, len);
	memory_used += (len + 15) & ~(size_t)15;
	return at;
}

/* ---- one row ---- */

struct row {
	const char *file;
	unsigned int line;
	char *rules, *call, *args, *verdict, *rule;
};

static void bad(const struct row *row, const char *why, const char *what)
{
	fail_msg("%s:%u: %s %s", row->file, row->line, why, what);
}

static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	len = strlen(text);
	while (len && strchr(" \t\n", text[len - 1]))
		text[--len] = '\0';
	return text;
}

/* What the last pointer argument was given as, after decoding. */
struct given {
	uint64_t raw[SYSCALL_ARGS_MAX];
	int errors[SYSCALL_ARGS_MAX];
	socklen_t last_len;
};

/* "inet:10.0.0.1:80", "inet6:::1:80", "unix:/run/x", "unix:@x",
 * "family:16" */
static socklen_t parse_address(const struct row *row, char *text,
			       struct sockaddr_storage *out)
{
	struct sockaddr_in *in = (void *)out;
	struct sockaddr_in6 *in6 = (void *)out;
	struct sockaddr_un *un = (void *)out;
	char *host = strchr(text, ':') + 1;
	char *colon = strrchr(host, ':');

	memset(out, 0, sizeof(*out));
	if (strncmp(text, "unix:", 5) == 0) {
		out->ss_family = AF_UNIX;
		memcpy(un->sun_path, host, strlen(host));
		if (host[0] == '@')
			un->sun_path[0] = '\0';
		return (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				   strlen(host) + (host[0] != '@'));
	}
	if (strncmp(text, "family:", 7) == 0) {
		out->ss_family = (sa_family_t)atoi(host);
		return 16;
	}
	*colon = '\0';
	if (strncmp(text, "inet:", 5) == 0) {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)atoi(colon + 1));
		if (inet_pton(AF_INET, host, &in->sin_addr) == 1)
			return sizeof(*in);
	} else {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons((uint16_t)atoi(colon + 1));
		if (inet_pton(AF_INET6, host, &in6->sin6_addr) == 1)
			return sizeof(*in6);
	}
	bad(row, "bad address", text);
	return 0;
}

/* Numbers and constants, joined by "|". */
static uint64_t parse_number(const struct row *row, enum arg_kind kind,
			     char *text)
{
	uint64_t sum = 0, value;
	char *word, *end;

	while ((word = strsep(&text, "|"))) {
		value = strtoull(word, &end, 0);
		if (*end && strcmp(word, "AT_FDCWD") == 0)
			value = (uint64_t)AT_FDCWD;
		else if (*end && !constant_by_name(kind, word, &value))
			bad(row, "unknown constant", word);
		sum |= value;
	}
	return sum;
}

static uint64_t put_message(const struct row *row, char *text)
{
	struct sockaddr_storage address;
	struct msghdr msg = { 0 };

	msg.msg_namelen = parse_address(row, text, &address);
	msg.msg_name = (void *)(uintptr_t)memory_put(&address, sizeof(address));
	return memory_put(&msg, sizeof(msg));
}

static uint64_t put_string(char *text)
{
	size_t len = strlen(text);

	if (len && text[len - 1] == '"')
		text[len - 1] = '\0';
	return memory_put(text, strlen(text) + 1);
}

static uint64_t parse_arg(const struct row *row, struct given *given, int arg,
			  enum arg_kind kind, char *text)
{
	struct sockaddr_storage address;
	struct open_how how = { 0 };

	if (text[0] == '"')
		return put_string(text + 1);
	if (strncmp(text, "fail:", 5) == 0) {
		given->errors[arg] = errno_by_name(text + 5);
		if (!given->errors[arg])
			bad(row, "unknown errno", text);
		return memory_put("/fail", 6);
	}
	if (strncmp(text, "how:", 4) == 0) {
		how.flags = parse_number(row, ARG_OPEN_FLAGS, text + 4);
		given->last_len = sizeof(how);
		return memory_put(&how, sizeof(how));
	}
	if (strncmp(text, "msg:", 4) == 0)
		return put_message(row, text + 4);
	if (strcmp(text, "*") == 0)
		return given->last_len;
	if (strcmp(text, "NULL") == 0)
		return 0;
	if (strncmp(text, "inet", 4) == 0 || strncmp(text, "unix:", 5) == 0 ||
	    strncmp(text, "family:", 7) == 0) {
		given->last_len = parse_address(row, text, &address);
		return memory_put(&address, given->last_len);
	}
	return parse_number(row, kind, text);
}

/* What the resolver would say: everything is where it was asked for. */
static void resolve(struct call *call, const struct given *given)
{
	static const char *const open_files[] = {
		[3] = "/open/file",
		[4] = "socket:[9]",
		[5] = "/home/u/.ssh/id",
	};

	for (size_t i = 0; i < call->n_targets; i++) {
		struct target *target = &call->targets[i];
		BUF_AUTO(path);

		if (given->errors[target->arg])
			target->error = -given->errors[target->arg];
		if (target->error)
			continue;
		if (target->kind == TARGET_FD) {
			if (target->dirfd < 3 || target->dirfd > 5)
				target->error = -EBADF;
			else
				target->resolved =
					strdup(open_files[target->dirfd]);
		} else if (target->asked && !target->resolved) {
			if (target->asked[0] != '/')
				buf_str(&path, "/here/");
			buf_str(&path, target->asked);
			target->resolved = buf_steal(&path);
		}
	}
}

static void decode(const struct row *row, struct call *call, char *name)
{
	const struct syscall_def *def = syscall_by_name(name);
	struct mem_reader mem = { .read = memory_read };
	struct given given = { .last_len = 0 };
	char *rest = row->args, *text;
	int number = 0;

	memory_used = 0;
	if (!def && sscanf(name, "syscall_%d", &number) != 1)
		bad(row, "unknown call", name);
	for (int i = 0; *rest && i < SYSCALL_ARGS_MAX; i++) {
		enum arg_kind kind = def ? def->args[i].kind : ARG_ULONG;

		text = strsep(&rest, ",");
		given.raw[i] = parse_arg(row, &given, i, kind, trim(text));
		if (!rest)
			break;
	}
	call_decode(call, def, number, given.raw, &mem);
	resolve(call, &given);
}

static void describe(struct buf *out, const struct decision *decision)
{
	static const char *const by[] = {
		[DECIDED_BY_QUIET] = "quiet",
		[DECIDED_BY_DEFAULT] = "default",
		[DECIDED_BY_ERROR] = "error",
	};

	buf_str(out, verdict_name(decision->verdict));
	if (decision->verdict == VERDICT_BLOCK_HARD)
		buf_printf(out, " %s", errno_name(decision->error));
	if (decision->rule)
		buf_printf(out, " | %u", decision->rule->origin.index);
	else
		buf_printf(out, " | %s", by[decision->by]);
}

/* What registers alone decide is what all of the call does. */
static void check_sieve(const struct policy *policy, const struct row *row,
			const struct call *call,
			const struct decision *decision)
{
	const struct call_set none = { 0 };
	struct sieve sieve;
	int end;

	if (!call->def)
		return;
	policy_sift(policy, &none, false, &sieve);
	end = sieve_find(&sieve, call->def->id, call->raw);
	if (end == SIEVE_ALLOW && decision->verdict != VERDICT_ALLOW)
		bad(row, "let pass unseen:", row->call);
	if (sieve_error(end) && (decision->verdict != VERDICT_BLOCK_HARD ||
				 decision->error != sieve_error(end)))
		bad(row, "fails unseen:", row->call);
	sieve_free(&sieve);
}

static void run_row(const struct policy *policy, const struct row *row)
{
	char *program = strchr(row->call, '@');
	struct subject subject = {
		.comm = "",
		.exe = program ? program + 1 : "/usr/bin/prog",
		.cwd = "/here",
		.parent_comm = "",
	};
	struct decision decision;
	struct call call;
	BUF_AUTO(got);
	BUF_AUTO(wanted);

	if (program)
		*program = '\0';
	decode(row, &call, trim(row->call));
	policy_decide(policy, &call, &subject, &decision);
	describe(&got, &decision);
	buf_printf(&wanted, "%s | %s", row->verdict, row->rule);
	check_sieve(policy, row, &call, &decision);
	call_free(&call);
	if (strcmp(buf_text(&got), buf_text(&wanted)) != 0)
		fail_msg("%s:%u: %s: got %s, wanted %s", row->file, row->line,
			 row->call, buf_text(&got), buf_text(&wanted));
}

/* ---- one file ---- */

struct rule_set {
	char *name, *options;
	struct buf text;
};

struct table {
	const char *file;
	VEC_OF(struct rule_set) sets;
	unsigned int rows;
};

/* Every word after the name of the rules is an option of syswall. */
static void set_options(struct policy *policy, const struct row *row,
			const char *options)
{
	char *copy = strdup(options), *rest = copy, *word;
	enum verdict verdict;

	while ((word = strsep(&rest, " "))) {
		if (strcmp(word, "--no-prompt") == 0)
			policy_set_no_prompt(policy);
		else if (strncmp(word, "--ask=", 6) == 0)
			assert_true(policy_set_ask(policy, word + 6, NULL));
		else if (strncmp(word, "--on-unmatched=", 15) == 0 &&
			 verdict_by_name(word + 15, &verdict))
			policy_set_unmatched(policy, verdict);
		else if (*word)
			bad(row, "unknown option", word);
	}
	free(copy);
}

/* The numbers that the tables use. */
static enum syscall_id id_of(int number)
{
	static const enum syscall_id ids[] = {
		[0] = SYSCALL_read,
		[1] = SYSCALL_write,
		[41] = SYSCALL_socket,
	};

	return number == 0 || number == 1 || number == 41 ? ids[number] :
							    SYSCALL_UNKNOWN;
}

static struct policy *load(const struct table *table, const struct row *row)
{
	const struct rule_set *set = NULL;
	struct policy *policy = policy_new();
	struct err err;

	policy_set_numbering(policy, id_of);

	/* The last of that name: in Markdown all have the same. */
	for (size_t i = 0; i < table->sets.count; i++)
		if (strcmp(table->sets.items[i].name, row->rules) == 0)
			set = &table->sets.items[i];
	if (!set)
		bad(row, "no such rules:", row->rules);
	if (!policy_load_text(policy, set->name, buf_text(&set->text),
			      set->text.len, &err))
		bad(row, "rules:", err.text);
	set_options(policy, row, set->options);
	return policy;
}

static void run_line(struct table *table, unsigned int line, char *text)
{
	struct row row = { .file = table->file, .line = line };
	char **columns[] = { &row.rules, &row.call, &row.args, &row.verdict,
			     &row.rule };
	struct policy *policy;

	for (size_t i = 0; i < 5; i++) {
		char *bar = strstr(text, i < 4 ? " | " : "\n");

		if (!bar)
			bad(&row, "a column is missing:", text);
		*bar = '\0';
		*columns[i] = trim(text);
		text = bar + (i < 4 ? 2 : 1);
	}
	policy = load(table, &row);
	run_row(policy, &row);
	policy_free(policy);
	table->rows++;
}

/* "rules NAME [OPTION...]", then JSON up to an empty line. */
static void begin_rules(struct table *table, char *text)
{
	struct rule_set set = { .text = BUF_EMPTY };

	text = trim(text);
	set.options = strchr(text, ' ');
	if (set.options)
		*set.options++ = '\0';
	set.options = strdup(set.options ? set.options : "");
	set.name = strdup(text);
	VEC_PUSH(&table->sets, set);
}

static void free_sets(struct table *table)
{
	for (size_t i = 0; i < table->sets.count; i++) {
		free(table->sets.items[i].name);
		free(table->sets.items[i].options);
		buf_free(&table->sets.items[i].text);
	}
	VEC_FREE(&table->sets);
}

/* "rules-file NAME PATH [OPTION...]" */
static void read_rules_file(struct table *table, char *text)
{
	char *name = strsep(&text, " ");
	char *path = strsep(&text, " ");
	struct rule_set set = { .text = BUF_EMPTY };
	struct err err;

	path = trim(path);
	if (!file_read(path, 1 << 20, &set.text, &err))
		fail_msg("%s: %s", table->file, err.text);
	set.name = strdup(name);
	set.options = strdup(text ? trim(text) : "");
	VEC_PUSH(&table->sets, set);
}

enum mode { MODE_ROWS, MODE_RULES, MODE_PROSE };

static enum mode table_line(struct table *table, unsigned int line, char *text,
			    enum mode mode)
{
	struct buf *rules = NULL;

	if (table->sets.count)
		rules = &table->sets.items[table->sets.count - 1].text;
	if (text[0] == '\n')
		return MODE_ROWS;
	if (mode == MODE_RULES) {
		buf_str(rules, text);
	} else if (strncmp(text, "rules ", 6) == 0) {
		begin_rules(table, text + 6);
		return MODE_RULES;
	} else if (strncmp(text, "rules-file ", 11) == 0) {
		read_rules_file(table, text + 11);
	} else if (text[0] != '#') {
		run_line(table, line, text);
	}
	return mode;
}

/* In Markdown a block of json is the rules, one of verdicts their rows. */
static enum mode markdown_line(struct table *table, unsigned int line,
			       char *text, enum mode mode)
{
	char name[] = "example";
	BUF_AUTO(row);

	if (strcmp(text, "```json\n") == 0) {
		begin_rules(table, name);
		return MODE_RULES;
	}
	if (strcmp(text, "```verdicts\n") == 0)
		return MODE_ROWS;
	if (strncmp(text, "```", 3) == 0)
		return MODE_PROSE;
	buf_printf(&row, "example | %s", text);
	if (mode == MODE_RULES)
		buf_str(&table->sets.items[table->sets.count - 1].text, text);
	else if (mode == MODE_ROWS)
		run_line(table, line, row.data);
	return mode;
}

static void test_table(void **state)
{
	struct table table = { .file = *state };
	bool is_markdown = strstr(table.file, ".md") != NULL;
	enum mode mode = is_markdown ? MODE_PROSE : MODE_ROWS;
	FILE *in = fopen(table.file, "r");
	char text[4096];

	assert_non_null(in);
	for (unsigned int line = 1; fgets(text, sizeof(text), in); line++)
		mode = is_markdown ? markdown_line(&table, line, text, mode) :
				     table_line(&table, line, text, mode);
	fclose(in);
	free_sets(&table);
	print_message("%s: %u rows\n", table.file, table.rows);
	assert_true(table.rows > 0);
}

int main(void)
{
	VEC_OF(struct CMUnitTest) tests = { 0 };
	glob_t files;
	int failed;

	setenv("HOME", "/home/u", 1);
	setenv("TMPDIR", "/tmp", 1);
	if (glob("tests/verdicts/*.tests", 0, NULL, &files) != 0 ||
	    glob("docs/rules.md", GLOB_APPEND, NULL, &files) != 0)
		return 1;
	for (size_t i = 0; i < files.gl_pathc; i++) {
		struct CMUnitTest test = {
			.name = files.gl_pathv[i],
			.test_func = test_table,
			.initial_state = files.gl_pathv[i],
		};

		VEC_PUSH(&tests, test);
	}
	failed = _cmocka_run_group_tests("verdicts", tests.items, tests.count,
					 NULL, NULL);
	VEC_FREE(&tests);
	globfree(&files);
	return failed;
}
