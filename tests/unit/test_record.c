/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The record: calls made by hand go in, text and JSON come out. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "report/fact.h"
#include "report/process.h"
#include "report/record.h"
#include "report/state.h"

/* ---- calls by hand ---- */

/* Nobody writes to it, whatever its type says. */
#define STRING(text) ((char *)(text))

static const struct subject somebody = {
	.pid = 10,
	.tid = 10,
	.comm = "cat",
	.exe = "/bin/cat",
	.cwd = "/",
	.parent_comm = "sh",
};

static const struct decision no_rule = { .by = DECIDED_BY_DEFAULT,
					 .facet.class_id = CLASS_COUNT };

static const struct syscall_def socket_def = {
	.name = "socket",
	.args = { { ARG_ADDRESS_FAMILY, "family" },
		  { ARG_SOCKET_TYPE, "type" },
		  { ARG_SOCKET_PROTOCOL, "protocol" } },
};

static const struct syscall_def kill_def = {
	.name = "kill",
	.args = { { ARG_PID_TARGET, "pid" }, { ARG_SIGNAL, "sig" } },
};

static struct call make_call(const char *name, uint32_t classes,
			     struct target *targets, size_t n)
{
	struct call call = {
		.classes = classes,
		.targets = targets,
		.n_targets = n,
	};

	snprintf(call.name, sizeof(call.name), "%s", name);
	return call;
}

static void feed_path(struct record *record, uint32_t classes, const char *path,
		      struct outcome outcome)
{
	struct target target = {
		.kind = TARGET_PATH,
		.asked = STRING(path),
		.resolved = STRING(path),
	};
	struct call call = make_call("openat", classes, &target, 1);
	struct decision decision = no_rule;

	decision.facet.class_id = (enum call_class)__builtin_ctz(classes ?: 1);
	decision.facet.target = &target;
	decision.verdict = outcome.verdict;
	record_call(record, &somebody, &call, &decision, &outcome);
}

static struct outcome ran(int64_t result)
{
	return (struct outcome){ .verdict = VERDICT_ALLOW,
				 .ran = true,
				 .has_result = true,
				 .result = result };
}

static struct outcome blocked(int64_t result)
{
	return (struct outcome){ .verdict = VERDICT_BLOCK_HARD,
				 .has_result = true,
				 .result = result };
}

#define READ   CLASS_BIT(CLASS_FILE_READ)
#define WRITE  CLASS_BIT(CLASS_FILE_WRITE)
#define CREATE CLASS_BIT(CLASS_FILE_CREATE)
#define DELETE CLASS_BIT(CLASS_FILE_DELETE)

static struct record *new_record(void)
{
	char *argv[] = { STRING("cat"), STRING("/etc/passwd"), NULL };
	struct record *record = record_new(argv);

	record_start(record, 10, 1);
	record_exec(record, 10, "/usr/bin/cat", "cat\0/etc/passwd", 16);
	return record;
}

/* ---- what comes out ---- */

static char *text_of(struct record *record, const struct policy *policy,
		     bool colour, unsigned int width)
{
	const struct layout layout = { colour, width };
	struct buf text = BUF_EMPTY;

	if (policy && !record->rules.count)
		record_set_rules(record, policy);
	record_render(record, FORMAT_TEXT, &layout, &text);
	return buf_steal(&text);
}

static void assert_text(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void assert_no_text(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" in:\n%s", part, text);
}

static char directory[] = "/tmp/syswall-test-XXXXXX";

static int make_directory(void **state)
{
	(void)state;
	return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
	(void)state;
	return rmdir(directory);
}

static struct json_doc *json_of(struct record *record,
				const struct policy *policy)
{
	char path[sizeof(directory) + sizeof("/record.json")];
	struct json_doc *doc;
	struct err err;
	BUF_AUTO(text);

	if (policy && !record->rules.count)
		record_set_rules(record, policy);
	snprintf(path, sizeof(path), "%s/record.json", directory);
	if (!record_save(record, FORMAT_JSON, path, &err) ||
	    !file_read(path, 256 << 20, &text, &err))
		fail_msg("%s", err.text);
	unlink(path);
	doc = json_parse(path, text.data, text.len, &err);
	if (!doc)
		fail_msg("%s", err.text);
	return doc;
}

/* The node at the end of a way such as "files.read.0.path". */
static const struct json *node_at(const struct json_doc *doc, const char *way)
{
	const struct json *node = json_root(doc);
	char copy[128], *save = NULL, *step;

	snprintf(copy, sizeof(copy), "%s", way);
	for (step = strtok_r(copy, ".", &save); step && node;
	     step = strtok_r(NULL, ".", &save)) {
		if (json_is_array(node)) {
			int i = atoi(step);

			node = json_first(node);
			while (node && i-- > 0)
				node = json_next(node);
		} else {
			node = json_member(node, step);
		}
	}
	return node;
}

static void assert_string(const struct json_doc *doc, const char *way,
			  const char *expected)
{
	const struct json *node = node_at(doc, way);

	if (!node || !json_is_string(node))
		fail_msg("no string at %s", way);
	assert_string_equal(json_string(node), expected);
}

static void assert_number(const struct json_doc *doc, const char *way,
			  int64_t expected)
{
	const struct json *node = node_at(doc, way);
	int64_t value;

	if (!node || !json_is_integer(node, &value))
		fail_msg("no integer at %s", way);
	assert_int_equal(value, expected);
}

/* ---- files ---- */

static void test_only_success_counts(void **state)
{
	struct record *record = new_record();
	struct outcome unknown = { .verdict = VERDICT_ALLOW, .ran = true };
	struct outcome never_ran = { .verdict = VERDICT_ALLOW };
	struct json_doc *doc;

	(void)state;
	feed_path(record, READ, "/etc/b", ran(3));
	feed_path(record, READ, "/etc/a", ran(4));
	feed_path(record, READ, "/etc/b", ran(5));
	feed_path(record, READ, "/etc/missing", ran(-ENOENT));
	feed_path(record, READ, "/etc/edge", ran(-4095));
	feed_path(record, READ, "/etc/high", ran(-4096));
	feed_path(record, READ, "/etc/unknown", unknown);
	feed_path(record, READ, "/etc/not-run", never_ran);
	doc = json_of(record, NULL);
	assert_string(doc, "files.read.0.path", "/etc/a");
	assert_number(doc, "files.read.0.count", 1);
	assert_string(doc, "files.read.1.path", "/etc/b");
	assert_number(doc, "files.read.1.count", 2);
	assert_string(doc, "files.read.2.path", "/etc/high");
	assert_string(doc, "files.read.3.path", "/etc/unknown");
	assert_null(node_at(doc, "files.read.4"));
	assert_number(doc, "decisions.file-read.allow", 8);
	json_doc_free(doc);
	record_free(record);
}

static void test_created_only_when_new(void **state)
{
	struct record *record = new_record();
	struct target target = { .kind = TARGET_PATH,
				 .resolved = STRING("/tmp/new") };
	struct target both[] = {
		{ .kind = TARGET_LINK, .resolved = STRING("/tmp/old") },
		{ .kind = TARGET_NEW, .resolved = STRING("/tmp/link") },
	};
	struct call open = make_call("open", CREATE | WRITE, &target, 1);
	struct call link = make_call("link", CREATE, both, 2);
	struct outcome ok = ran(3);
	struct json_doc *doc;

	(void)state;
	record_call(record, &somebody, &open, &no_rule, &ok);
	target.resolved = STRING("/tmp/there");
	target.exists = true;
	record_call(record, &somebody, &open, &no_rule, &ok);
	record_call(record, &somebody, &link, &no_rule, &ok);
	doc = json_of(record, NULL);
	assert_string(doc, "files.created.0.path", "/tmp/link");
	assert_string(doc, "files.created.1.path", "/tmp/new");
	assert_null(node_at(doc, "files.created.2"));
	assert_string(doc, "files.written.0.path", "/tmp/new");
	assert_string(doc, "files.written.1.path", "/tmp/there");
	json_doc_free(doc);
	record_free(record);
}

static void test_rename_has_both_names(void **state)
{
	struct record *record = new_record();
	struct target both[] = {
		{ .kind = TARGET_LINK, .resolved = STRING("/tmp/a") },
		{ .kind = TARGET_NEW, .resolved = STRING("/tmp/b") },
	};
	struct call call =
		make_call("rename", CLASS_BIT(CLASS_FILE_RENAME), both, 2);
	struct outcome ok = ran(0);
	struct json_doc *doc;
	char *text;

	(void)state;
	record_call(record, &somebody, &call, &no_rule, &ok);
	text = text_of(record, NULL, false, 80);
	assert_text(text, "\n    /tmp/a -> /tmp/b\n");
	doc = json_of(record, NULL);
	assert_string(doc, "files.renamed.0.from", "/tmp/a");
	assert_string(doc, "files.renamed.0.to", "/tmp/b");
	assert_number(doc, "files.renamed.0.count", 1);
	json_doc_free(doc);
	free(text);
	record_free(record);
}

/* ---- sockets and signals ---- */

static struct target inet_target(const char *address, uint16_t port)
{
	struct target target = { .kind = TARGET_ADDRESS };
	struct sockaddr_in inet = { .sin_family = AF_INET,
				    .sin_port = htons(port) };

	inet_pton(AF_INET, address, &inet.sin_addr);
	memcpy(&target.address, &inet, sizeof(inet));
	target.address_len = sizeof(inet);
	return target;
}

static void test_sockets(void **state)
{
	struct record *record = new_record();
	struct target peer = inet_target("10.0.0.1", 80);
	struct target own = inet_target("0.0.0.0", 8080);
	struct call socket =
		make_call("socket", CLASS_BIT(CLASS_NET_SOCKET), NULL, 0);
	struct call connect =
		make_call("connect", CLASS_BIT(CLASS_NET_CONNECT), &peer, 1);
	struct call bind =
		make_call("bind", CLASS_BIT(CLASS_NET_BIND), &own, 1);
	struct outcome ok = ran(0), under_way = ran(-EINPROGRESS),
		       refused = ran(-ECONNREFUSED);
	struct json_doc *doc;
	char *text;

	(void)state;
	socket.def = &socket_def;
	socket.n_args = 3;
	socket.args[0] = AF_INET;
	socket.args[1] = SOCK_STREAM | SOCK_CLOEXEC;
	record_call(record, &somebody, &socket, &no_rule, &ok);
	record_call(record, &somebody, &connect, &no_rule, &under_way);
	record_call(record, &somebody, &connect, &no_rule, &refused);
	record_call(record, &somebody, &bind, &no_rule, &ok);
	record_call(record, &somebody, &bind, &no_rule, &refused);
	text = text_of(record, NULL, false, 80);
	assert_text(text, "\n  talked to: 10.0.0.1:80, offered 0.0.0.0:8080\n");
	doc = json_of(record, NULL);
	assert_string(doc, "sockets.out.0.address", "10.0.0.1:80");
	assert_number(doc, "sockets.out.0.port", 80);
	assert_string(doc, "sockets.out.0.direction", "out");
	assert_string(doc, "sockets.out.0.call", "connect");
	assert_number(doc, "sockets.out.0.count", 1);
	assert_number(doc, "sockets.out.0.failed", 1);
	assert_string(doc, "sockets.in.0.address", "0.0.0.0:8080");
	assert_string(doc, "sockets.in.0.direction", "in");
	assert_number(doc, "sockets.in.0.count", 1);
	assert_string(doc, "sockets.opened.0.family", "AF_INET");
	assert_string(doc, "sockets.opened.0.type", "SOCK_STREAM");
	assert_non_null(node_at(doc, "sockets.opened.0.protocol"));
	json_doc_free(doc);
	free(text);
	record_free(record);
}

static void test_signals(void **state)
{
	struct record *record = new_record();
	struct target target = { .kind = TARGET_PID, .pid = -1 };
	struct call kill =
		make_call("kill", CLASS_BIT(CLASS_SIGNAL), &target, 1);
	struct outcome ok = ran(0);
	struct json_doc *doc;

	(void)state;
	kill.def = &kill_def;
	kill.n_args = 2;
	kill.args[1] = SIGTERM;
	record_call(record, &somebody, &kill, &no_rule, &ok);
	target.pid = 77;
	record_call(record, &somebody, &kill, &no_rule, &ok);
	doc = json_of(record, NULL);
	assert_string(doc, "signals.0.signal", "SIGTERM");
	assert_string(doc, "signals.0.to", "every process");
	assert_string(doc, "signals.1.to", "pid 77");
	json_doc_free(doc);
	record_free(record);
}

/* ---- blocked ---- */

static const char two_rules[] =
	"{ \"version\": 1, \"rules\": ["
	"{ \"action\": \"block-hard\", \"syscall\": \"openat\" },"
	"{ \"action\": \"block-soft\", \"syscall\": \"unlink\" } ] }";

static void test_blocked_and_rules(void **state)
{
	struct record *record = new_record();
	struct policy *policy = policy_new();
	struct target target = { .kind = TARGET_PATH,
				 .resolved = STRING("/etc/shadow") };
	struct call call = make_call("openat", READ, &target, 1);
	struct decision decision = {
		.verdict = VERDICT_BLOCK_HARD,
		.error = EPERM,
		.by = DECIDED_BY_RULE,
		.facet = { CLASS_FILE_READ, &target, false },
	};
	struct outcome hard = { .verdict = VERDICT_BLOCK_HARD };
	struct outcome soft = { .verdict = VERDICT_BLOCK_SOFT,
				.answered = true };
	struct json_doc *doc;
	struct err err;
	char *text;

	(void)state;
	assert_true(policy_load_text(policy, "my.json", two_rules,
				     sizeof(two_rules) - 1, &err));
	decision.rule = policy_rule_at(policy, 0);
	policy_count_hit(policy, &decision);
	record_call(record, &somebody, &call, &decision, &hard);
	record_call(record, &somebody, &call, &no_rule, &soft);
	text = text_of(record, policy, false, 0);
	assert_text(text, "\n  blocked (2)\n");
	assert_text(text, "    block-hard  file-read    /etc/shadow "
			  "(openat, EPERM, by my.json rule 1)\n");
	assert_text(text, "\n  rules that decided\n    1  my.json rule 1: {");
	assert_text(text, "\n  rules that never matched\n"
			  "    0  my.json rule 2: {");
	assert_no_text(text, "files read");
	doc = json_of(record, policy);
	assert_string(doc, "blocked.0.target", "/etc/shadow");
	assert_number(doc, "decisions.file-read.block-hard", 1);
	assert_number(doc, "decisions.file-read.block-soft", 1);
	assert_number(doc, "n_answers", 1);
	assert_string(doc, "rules.0.file", "my.json");
	assert_number(doc, "rules.0.index", 1);
	assert_number(doc, "rules.0.hits", 1);
	assert_number(doc, "rules.1.hits", 0);
	assert_non_null(node_at(doc, "rules.1.rule.action"));
	json_doc_free(doc);
	free(text);
	policy_free(policy);
	record_free(record);
}

static void test_unreadable_is_named(void **state)
{
	struct record *record = new_record();
	struct target target = { .kind = TARGET_PATH, .error = -EFAULT };
	struct call call = make_call("openat", READ, &target, 1);
	struct outcome outcome = blocked(-EACCES);
	struct call unknown = make_call("syscall_467", 0, NULL, 0);
	struct json_doc *doc;

	(void)state;
	record_call(record, &somebody, &call, &no_rule, &outcome);
	record_call(record, &somebody, &unknown, NULL, &outcome);
	doc = json_of(record, NULL);
	assert_string(doc, "blocked.0.call", "syscall_467");
	assert_null(node_at(doc, "blocked.0.target"));
	assert_string(doc, "blocked.1.target", "(unknown: EFAULT)");
	assert_string(doc, "blocked.1.errno", "EACCES");
	assert_number(doc, "decisions.no-class.block-hard", 1);
	json_doc_free(doc);
	record_free(record);
}

/* Nothing was kept from the program where there was nothing. */
static void test_dead_paths_are_not_blocked(void **state)
{
	struct record *record = new_record();
	struct target target = { .kind = TARGET_PATH,
				 .asked = STRING("/nowhere/at/all"),
				 .error = -ENOENT };
	struct call call = make_call("openat", READ, &target, 1);
	struct outcome outcome = blocked(-ENOENT);
	struct json_doc *doc;

	(void)state;
	record_call(record, &somebody, &call, &no_rule, &outcome);
	outcome.answered = true; /* but an answer is an answer */
	record_call(record, &somebody, &call, &no_rule, &outcome);
	doc = json_of(record, NULL);
	assert_number(doc, "blocked.0.count", 1);
	/* Nobody has allowed the first one either. */
	assert_null(node_at(doc, "decisions.file-read.allow"));
	assert_number(doc, "decisions.file-read.block-hard", 1);
	json_doc_free(doc);
	record_free(record);
}

/* ---- text ---- */

static void test_hostile_names(void **state)
{
	struct record *record = new_record();
	struct json_doc *doc;
	char *text;

	(void)state;
	feed_path(record, READ, "/tmp/\033[2Jx\nsyswall: report: ok", ran(3));
	feed_path(record, READ,
		  "/tmp/\xe2\x80\xae"
		  "evil\xff",
		  ran(3));
	feed_path(record, READ, "/tmp/a (3 times)", ran(3));
	feed_path(record, READ, "/tmp/a (3 times)", ran(3));
	feed_path(record, WRITE, "/tmp/\033]0;w\a", blocked(-EACCES));
	record_exec(record, 10, "/tmp/\033[31mprogram", "", 0);
	record_note(record, "odd: %s", "\033[0m");
	text = text_of(record, NULL, false, 80);
	assert_null(strchr(text, '\033'));
	assert_no_text(text, "\xe2\x80\xae");
	assert_no_text(text, "\xff");
	assert_text(text, "    \"/tmp/\\x1b[2Jx\\nsyswall: report: ok\"\n");
	assert_text(text, "    \"/tmp/a (3 times)\" (2 times)\n");
	for (size_t i = 0; text[i]; i++)
		if (text[i] == '\n' && text[i + 1])
			assert_memory_equal(text + i + 1, "  ", 2);
	doc = json_of(record, NULL);
	assert_string(doc, "files.read.0.path",
		      "/tmp/\033[2Jx\nsyswall: report: ok");
	assert_string(doc, "files.read.2.path",
		      "/tmp/\xe2\x80\xae"
		      "evil\xff");
	json_doc_free(doc);
	free(text);
	record_free(record);
}

/* What a page and a CI summary could take for more than text. */
static void test_hostile_names_in_markup(void **state)
{
	struct record *record = new_record();
	const struct layout layout = { false, 0 };
	BUF_AUTO(html);
	BUF_AUTO(markdown);

	(void)state;
	feed_path(record, READ, "/srv/<script>'\"&", ran(3));
	feed_path(record, WRITE, "/srv/`|<b>[a](b)", blocked(-EACCES));
	feed_path(record, READ, "/srv/\033[2J", ran(3));
	record_render(record, FORMAT_HTML, &layout, &html);
	assert_text(html.data, "/srv/");
	assert_text(html.data, "&lt;script&gt;&#39;&quot;&amp;");
	assert_no_text(html.data, "<script>'");
	assert_no_text(html.data, "<b>[a]");
	assert_null(strchr(html.data, '\033'));
	record_render(record, FORMAT_MARKDOWN, &layout, &markdown);
	assert_text(markdown.data, "| `/srv/\\x60\\x7c<b>[a](b)` |");
	assert_text(markdown.data, "`/srv/<script>'\"&`");
	assert_null(strchr(markdown.data, '\033'));
	record_free(record);
}

static void test_summary_leaves_out_the_usual(void **state)
{
	struct record *record = new_record();
	struct target twisted = { .kind = TARGET_PATH,
				  .asked = STRING("/usr/../etc/group") };
	struct call call = make_call("open", READ, &twisted, 1);
	struct outcome ok = ran(3);
	char *text;

	(void)state;
	feed_path(record, READ, "/usr/lib/libc.so.6", ran(3));
	feed_path(record, READ, "/etc/ld.so.cache", ran(3));
	feed_path(record, READ, "/proc/10/maps", ran(3));
	feed_path(record, READ, "/proc/1/environ", ran(3));
	feed_path(record, READ, "/etc/passwd", ran(3));
	feed_path(record, WRITE, "/dev/null", ran(3));
	record_call(record, &somebody, &call, &no_rule, &ok);
	text = text_of(record, NULL, false, 80);
	assert_text(text, "\n  read:      /usr/../etc/group, /etc/passwd, "
			  "/proc/1/environ\n");
	assert_text(text, "\n  wrote:     nothing\n");
	assert_text(text, "\n  talked to: nobody\n");
	free(text);
	record_free(record);
}

static void test_long_lists_fold(void **state)
{
	struct record *record = new_record();
	char path[32];
	char *text;
	int i;

	(void)state;
	for (i = 0; i < 57; i++) {
		snprintf(path, sizeof(path), "/srv/file%02d", i);
		feed_path(record, READ, path, ran(3));
	}
	text = text_of(record, NULL, true, 80);
	assert_text(text, "files read (57)");
	assert_text(text, "    /srv/file19\n    … and 37 more in /srv/\n");
	assert_no_text(text, "/srv/file20\n");
	assert_text(text, "\033[1msyswall: report:\033[0m cat /etc/passwd\n");
	free(text);
	record_free(record);
}

static void test_long_names_are_elided(void **state)
{
	struct record *record = new_record();
	char path[4000];
	const char *line;
	char *text;

	(void)state;
	memset(path, 'x', sizeof(path));
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	feed_path(record, READ, path, ran(3));
	text = text_of(record, NULL, false, 80);
	for (line = text; *line; line = strchr(line, '\n') + 1)
		assert_true(strchr(line, '\n') - line <= 110);
	free(text);
	text = text_of(record, NULL, false, 0);
	assert_text(text, path);
	free(text);
	record_free(record);
}

/* ---- processes ---- */

static void test_process_tree(void **state)
{
	struct record *record = new_record();
	struct json_doc *doc;
	char *text;

	(void)state;
	record_exec(record, 12, "/usr/bin/early", "", 0); /* before its start */
	record_start(record, 11, 10);
	record_start(record, 12, 11);
	record_exec(record, 11, "/usr/bin/sh", "", 0);
	record_exec(record, 11, "/usr/bin/ls", "", 0);
	record_exit(record, 11, 1 << 8);
	record_exit(record, 12, SIGKILL);
	record_start(record, 11, 10); /* the same pid again */
	record_exit(record, 11, 0);
	record_exit(record, 10, SIGSEGV | 0x80);
	text = text_of(record, NULL, false, 80);
	assert_text(text, "\n  ended: killed by SIGSEGV (core dumped), after ");
	assert_text(text, "; 4 processes, 0 calls seen, 0 answers given\n");
	assert_text(text, "\n    10 /usr/bin/cat /etc/passwd: "
			  "killed by SIGSEGV");
	assert_text(text, "\n      11 /usr/bin/sh, then /usr/bin/ls: "
			  "exit status 1\n");
	assert_text(text, "\n      11: exit status 0\n");
	doc = json_of(record, NULL);
	assert_string(doc, "ended.signal", "SIGSEGV");
	assert_number(doc, "processes.0.pid", 10);
	assert_null(node_at(doc, "processes.0.parent"));
	assert_number(doc, "processes.1.pid", 11);
	assert_number(doc, "processes.1.parent", 1);
	assert_string(doc, "processes.1.programs.1.path", "/usr/bin/ls");
	assert_number(doc, "processes.1.ended.exit", 1);
	assert_string(doc, "programs.0.path", "/usr/bin/cat");
	json_doc_free(doc);
	free(text);
	record_free(record);
}

static void test_program_counted_once(void **state)
{
	struct record *record = new_record();
	struct json_doc *doc;

	(void)state;
	feed_path(record, CLASS_BIT(CLASS_EXEC), "/srv/script", ran(0));
	record_exec(record, 10, "/usr/bin/sh", "", 0);
	feed_path(record, CLASS_BIT(CLASS_EXEC), "/usr/bin/true", ran(0));
	record_exec(record, 10, "/usr/bin/true", "", 0);
	doc = json_of(record, NULL);
	assert_string(doc, "programs.0.path", "/srv/script");
	assert_string(doc, "programs.3.path", "/usr/bin/true");
	assert_number(doc, "programs.3.count", 1);
	assert_null(node_at(doc, "programs.4"));
	json_doc_free(doc);
	record_free(record);
}

/* ---- bounds and failures ---- */

static void test_bounds(void **state)
{
	struct record *record = new_record();
	char path[32];
	char *text;
	int i;

	(void)state;
	for (i = 0; i < FACTS_MAX + 10; i++) {
		snprintf(path, sizeof(path), "/srv/%d", i);
		feed_path(record, READ, path, ran(3));
	}
	feed_path(record, READ, "/srv/0", ran(3)); /* known: still counts */
	for (i = 0; i < PROCESSES_MAX + 5; i++) {
		record_start(record, 100 + i, 10);
		record_exec(record, 100 + i, "/usr/bin/true", "", 0);
		record_exit(record, 100 + i, 0);
	}
	text = text_of(record, NULL, false, 80);
	assert_text(text, "\n  limits of this report\n");
	assert_text(text, "only the first 10000 of 10006 processes");
	assert_text(text, "the list \"read\" is not complete");
	assert_text(text, "    /srv/0 (2 times)\n");
	assert_text(text, "file-read    50011 allow\n");
	free(text);
	record_free(record);
}

/* A flood of one thing hides no other, and costs no memory beyond its room. */
static void test_a_million_events(void **state)
{
	struct record *record = new_record();
	size_t before = mallinfo2().uordblks, grown;
	char path[200];
	char *text;
	int i;

	(void)state;
	record_keep_stats(record);
	for (i = 0; i < 300000; i++) {
		snprintf(path, sizeof(path), "/srv/%0*d", i % 150, i);
		feed_path(record, READ, path, ran(3));
		feed_path(record, DELETE, path, ran(0));
		record_start(record, 100 + i, 10);
		record_exec(record, 100 + i, path, path, strlen(path) + 1);
		record_note(record, "%s refused", path);
		record_exit(record, 100 + i, 0);
	}
	grown = mallinfo2().uordblks - before;
	/* A sanitizer's memory is told nowhere: 0. */
	assert_true(mallinfo2().uordblks == 0 || grown < 100 << 20);
	feed_path(record, WRITE, "/srv/late", ran(3));
	text = text_of(record, NULL, false, 80);
	assert_text(text, "the list \"read\" is not complete");
	assert_text(text, "the list \"deleted\" is not complete");
	assert_text(text, "    /srv/late\n");
	free(text);
	record_free(record);
}

/* Children below children: no recursion, and no end to the right. */
static void test_deep_tree(void **state)
{
	struct record *record = new_record();
	struct json_doc *doc;
	char *text;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++)
		record_start(record, 11 + i, 10 + i);
	text = text_of(record, NULL, false, 80);
	assert_text(text, "    … and 4981 more\n");
	doc = json_of(record, NULL);
	assert_number(doc, "processes.5000.parent", 5000);
	json_doc_free(doc);
	free(text);
	record_free(record);
}

static void test_notes_are_counted(void **state)
{
	struct record *record = new_record();
	struct json_doc *doc;

	(void)state;
	record_note(record, "a call of a foreign ABI was refused");
	record_note(record, "a call of a foreign ABI was %s", "refused");
	doc = json_of(record, NULL);
	assert_string(doc, "notes.0.text",
		      "a call of a foreign ABI was refused");
	assert_number(doc, "notes.0.count", 2);
	json_doc_free(doc);
	record_free(record);
}

/* The old record stays, and nothing half written lies about. */
static void test_save_that_fails(void **state)
{
	struct rlimit before, none = { 0, 0 };
	struct record *record = new_record();
	char path[sizeof(directory) + sizeof("/kept")];
	struct err err = { "" };
	BUF_AUTO(kept);

	(void)state;
	assert_false(record_save(record, FORMAT_JSON, "/nowhere/record", &err));
	assert_text(err.text, "/nowhere/record: ");
	assert_false(record_save(record, FORMAT_JSON, "/dev/full", &err));
	snprintf(path, sizeof(path), "%s/kept", directory);
	assert_true(file_write_atomic(path, "old", 3, &err));
	getrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_IGN);
	none.rlim_max = before.rlim_max;
	setrlimit(RLIMIT_FSIZE, &none);
	assert_false(record_save(record, FORMAT_JSON, path, &err));
	setrlimit(RLIMIT_FSIZE, &before);
	assert_true(file_read(path, 100, &kept, &err));
	assert_string_equal(buf_text(&kept), "old");
	unlink(path); /* the directory's rmdir(2) tells of leftovers */
	record_free(record);
}

static void test_same_events_same_record(void **state)
{
	const char *paths[] = { "/srv/b", "/srv/a", "/srv/c" };
	char *text[2];
	size_t i, j;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct record *record = new_record();

		for (j = 0; j < 3; j++)
			feed_path(record, READ, paths[i ? j : 2 - j], ran(3));
		text[i] = text_of(record, NULL, false, 80);
		record_free(record);
	}
	assert_string_equal(text[0], text[1]);
	free(text[0]);
	free(text[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_success_counts),
		cmocka_unit_test(test_created_only_when_new),
		cmocka_unit_test(test_rename_has_both_names),
		cmocka_unit_test(test_sockets),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_blocked_and_rules),
		cmocka_unit_test(test_unreadable_is_named),
		cmocka_unit_test(test_dead_paths_are_not_blocked),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_hostile_names_in_markup),
		cmocka_unit_test(test_summary_leaves_out_the_usual),
		cmocka_unit_test(test_long_lists_fold),
		cmocka_unit_test(test_long_names_are_elided),
		cmocka_unit_test(test_process_tree),
		cmocka_unit_test(test_program_counted_once),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_a_million_events),
		cmocka_unit_test(test_deep_tree),
		cmocka_unit_test(test_notes_are_counted),
		cmocka_unit_test(test_save_that_fails),
		cmocka_unit_test(test_same_events_same_record),
	};

	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
