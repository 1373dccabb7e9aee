/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Scopes: which rule a lasting answer becomes, that it matches the call it was
 * given for, and that it matches nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "fake_memory.h"
#include "policy/scope.h"
#include "rules_text.h"

/* ---- calls ---- */

static struct fake_memory memory;

/* "10.0.0.1:80", "[::1]:80", "unix:/run/x", "unix:@x", "unix:", "" */
static uint64_t put_address(const char *text, uint64_t *len)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	char host[64];
	unsigned int port;

	if (!*text) {
		*len = 0;
		return 0;
	}
	if (strncmp(text, "unix:", 5) == 0) {
		size_t n = strlen(text + 5);

		memcpy(un.sun_path, text + 5, n);
		if (un.sun_path[0] == '@')
			un.sun_path[0] = '\0';
		*len = offsetof(struct sockaddr_un, sun_path) + n;
		return fake_put(&memory, &un, *len);
	}
	if (sscanf(text, "[%63[^]]]:%u", host, &port) == 2) {
		inet_pton(AF_INET6, host, &in6.sin6_addr);
		in6.sin6_port = htons((uint16_t)port);
		*len = sizeof(in6);
		return fake_put(&memory, &in6, sizeof(in6));
	}
	if (sscanf(text, "%63[^:]:%u", host, &port) == 2) {
		inet_pton(AF_INET, host, &in.sin_addr);
		in.sin_port = htons((uint16_t)port);
	} else {
		in.sin_family = 16; /* AF_NETLINK */
	}
	*len = sizeof(in);
	return fake_put(&memory, &in, sizeof(in));
}

/* @what: the path or address; "OLD>NEW" for two. */
static void make_call(struct call *call, const char *name, const char *what,
		      int flags)
{
	const struct mem_reader reader = fake_reader(&memory);
	const struct syscall_def *def = syscall_by_name(name);
	uint64_t raw[SYSCALL_ARGS_MAX] = { 0 };
	char copy[256], *rest = copy;

	assert_non_null(def);
	memset(&memory, 0, sizeof(memory));
	snprintf(copy, sizeof(copy), "%s", what);
	for (size_t i = 0; i < syscall_arg_count(def); i++) {
		switch (arg_kind_def(def->args[i].kind)->target) {
		case TARGET_PATH:
		case TARGET_LINK:
		case TARGET_NEW:
			raw[i] = fake_string(&memory, strsep(&rest, ">"));
			break;
		case TARGET_ADDRESS:
			raw[i] = put_address(what, &raw[i + 1]);
			break;
		default:
			if (def->args[i].kind == ARG_OPEN_FLAGS)
				raw[i] = (uint64_t)flags;
			else if (def->args[i].kind == ARG_DIRFD)
				raw[i] = (uint64_t)AT_FDCWD;
			else if (!raw[i])
				raw[i] = 3;
		}
	}
	call_decode(call, def, 0, raw, &reader);
	for (size_t i = 0; i < call->n_targets; i++) {
		struct target *target = &call->targets[i];

		if (target->kind == TARGET_FD)
			target->resolved = strdup(what);
		else if (target->asked && target->asked[0] == '/')
			target->resolved = strdup(target->asked);
	}
}

static const struct subject subject = { .pid = 4127, .tid = 4128 };

static struct policy *no_rules(void)
{
	return load_rules(RULES());
}

static enum verdict decide(const struct policy *policy, const char *name,
			   const char *what, int flags)
{
	struct decision decision;
	struct call call;

	make_call(&call, name, what, flags);
	policy_decide(policy, &call, &subject, &decision);
	call_free(&call);
	return decision.verdict;
}

/* "tree", "glob PATTERN" */
static bool make_rule(const struct policy *policy, const struct call *call,
		      enum verdict verdict, const char *scope,
		      struct rule *rule, struct buf *why)
{
	struct scope_request request = {
		.call = call,
		.subject = &subject,
		.verdict = verdict,
		.pattern = strchr(scope, ' ') ? strchr(scope, ' ') + 1 : NULL,
	};

	assert_true(scope_by_word(scope, strcspn(scope, " "), &request.scope));
	return policy_rule_for_scope(policy, &request, rule, why);
}

/* Answer, and return the rule as text. "" and @why when it is refused. */
static void answer(struct policy *policy, const char *name, const char *what,
		   int flags, enum verdict verdict, const char *scope,
		   struct buf *text, struct buf *why)
{
	struct call call;
	struct rule rule;
	const struct rule *added;

	make_call(&call, name, what, flags);
	if (make_rule(policy, &call, verdict, scope, &rule, why)) {
		policy_rule_text(text, &rule);
		added = policy_add_answer(policy, &rule);
		assert_non_null(added);
		assert_true(policy_rule_matches(added, &call, &subject));
	}
	call_free(&call);
}

/* ---- which rule ---- */

enum { CREATE = O_WRONLY | O_CREAT | O_TRUNC };

#define READ(rest)    "\"class\": \"file-read\", " rest
#define PATH(path)    "\"path\": \"" path "\""
#define CONNECT(rest) "\"class\": \"net-connect\"" rest

static const struct {
	const char *call, *what;
	int flags;
	const char *scope, *rule; /* behind "action" */
	const char *misses[6];	  /* "call what", which stay as they were */
} made[] = {
	/* this */
	{ "open",
	  "/srv/a",
	  O_RDONLY,
	  "this",
	  READ(PATH("/srv/a")),
	  { "open /srv/b", "open /srv", "open /srv/a/b", "unlink /srv/a",
	    "creat /srv/a", "execve /srv/a" } },
	{ "openat",
	  "/srv/a*b",
	  O_RDONLY,
	  "this",
	  READ(PATH("/srv/a\\\\*b")),
	  { "open /srv/axb", "open /srv/ab" } },
	{ "open",
	  "/srv/[a]?\\${HOME}",
	  O_RDONLY,
	  "this",
	  READ(PATH("/srv/\\\\[a\\\\]\\\\?\\\\\\\\\\\\${HOME}")),
	  { "open /srv/a" } },
	/* what cannot be written is still this file alone */
	{ "open",
	  "/srv/\xff\xc3",
	  O_RDONLY,
	  "this",
	  READ(PATH("/srv/[[:0xff:]][[:0xc3:]]")),
	  { "open /srv/ab", "open /srv/\xff\xff" } },
	{ "creat",
	  "/srv/new",
	  0,
	  "this",
	  "\"class\": [\"file-write\", \"file-create\"], " PATH("/srv/new"),
	  { "open /srv/new", "unlink /srv/new" } },
	{ "unlinkat",
	  "/srv/a",
	  0,
	  "this",
	  "\"class\": \"file-delete\", " PATH("/srv/a"),
	  { "rename /srv/a>/srv/b" } },
	{ "execve",
	  "/opt/x/run",
	  0,
	  "this",
	  "\"class\": \"exec\", " PATH("/opt/x/run"),
	  { "open /opt/x/run" } },
	/* variables */
	{ "open",
	  "/home/u/x/y",
	  O_RDONLY,
	  "this",
	  READ(PATH("${HOME}/x/y")),
	  { "open /home/v/x/y" } },
	{ "open", "/home/u", O_RDONLY, "this", READ(PATH("${HOME}")), { 0 } },
	{ "open",
	  "/home/user",
	  O_RDONLY,
	  "this",
	  READ(PATH("/home/user")),
	  { 0 } },
	{ "open", "/tmp/x", O_RDONLY, "this", READ(PATH("${TMP}/x")), { 0 } },
	/* processes */
	{ "open",
	  "/proc/4127/maps",
	  O_RDONLY,
	  "this",
	  READ(PATH("/proc/*/maps")),
	  { "open /proc/1/environ" } },
	{ "open",
	  "/proc/4127/task/4128/stat",
	  O_RDONLY,
	  "this",
	  READ(PATH("/proc/*/task/*/stat")),
	  { "open /proc/1/stat" } },
	{ "open",
	  "/proc/sys/kernel/7",
	  O_RDONLY,
	  "this",
	  READ(PATH("/proc/sys/kernel/7")),
	  { 0 } },
	{ "open",
	  "/proc/4127/fd/3",
	  O_RDONLY,
	  "this",
	  READ(PATH("/proc/*/fd/3")),
	  { "open /proc/1/fd/4" } },
	/* temporary names */
	{ "creat",
	  "/tmp/ccXa81Zk.s",
	  0,
	  "this",
	  "\"class\": [\"file-write\", \"file-create\"], " PATH("${TMP}/cc?????"
								"?.s"),
	  { "creat /tmp/ccXa81Zk.o", "creat /tmp/ddXa81Zk.s" } },
	{ "open",
	  "/tmp/tmp.aB3dE5gH7j",
	  O_RDONLY,
	  "this",
	  READ(PATH("${TMP}/tmp.??????????")),
	  { "open /tmp/tmp.short" } },
	{ "open",
	  "/tmp/tmp.aB3dE5gH7j/f",
	  O_RDONLY,
	  "dir",
	  READ(PATH("${TMP}/tmp.?????????"
		    "?/*")),
	  { "open /tmp/x/f" } },
	{ "open",
	  "/srv/.hosts.x9Qz3B",
	  O_RDONLY,
	  "this",
	  READ(PATH("/srv/.hosts.??????")),
	  { "open /srv/.hosts" } },
	{ "open",
	  "/tmp/go-build3180391437",
	  O_RDONLY,
	  "this",
	  READ(PATH("${TMP}/go-build*")),
	  { 0 } },
	{ "open",
	  "/tmp/app-4127.log",
	  O_RDONLY,
	  "this",
	  READ(PATH("${TMP}/app-*.log")),
	  { "open /tmp/app.log" } },
	{ "open",
	  "/tmp/app-99.log",
	  O_RDONLY,
	  "this",
	  READ(PATH("${TMP}/app-99.log")),
	  { 0 } },
	/* dir, tree, ext */
	{ "open",
	  "/srv/d/a",
	  O_RDONLY,
	  "dir",
	  READ(PATH("/srv/d/*")),
	  { "open /srv/d", "open /srv/d/e/a", "open /srv/a" } },
	{ "open",
	  "/srv/d",
	  O_RDONLY | O_DIRECTORY,
	  "dir",
	  "\"class\": \"file-read\", \"path\": [\"/srv/d\", \"/srv/d/*\"]",
	  { "open /srv", "open /srv/d/e/a" } },
	{ "open", "/a", O_RDONLY, "dir", READ(PATH("/*")), { "open /a/b" } },
	{ "open",
	  "/srv/d/a",
	  O_RDONLY,
	  "tree",
	  READ(PATH("/srv/d/**")),
	  { "open /srv/da", "open /srv" } },
	{ "open", "/", O_RDONLY, "tree", READ(PATH("/**")), { 0 } },
	{ "mkdir",
	  "/srv/d/a",
	  0,
	  "tree",
	  "\"class\": \"file-create\", " PATH("/srv/d/**"),
	  { "rmdir /srv/d/a" } },
	{ "open",
	  "/srv/d*/a.tar.gz",
	  O_RDONLY,
	  "ext",
	  READ(PATH("/srv/d\\\\*/*.gz")),
	  { "open /srv/d/a.gz", "open /srv/d*/a.txt" } },
	/* two paths */
	{ "rename",
	  "/srv/a>/srv/b",
	  0,
	  "this",
	  "\"class\": \"file-rename\", \"path\": [\"/srv/a\", \"/srv/b\"]",
	  { "unlink /srv/a", "creat /srv/b", "rename /srv/a>/srv/c",
	    "rename /srv/c>/srv/b" } },
	{ "renameat2",
	  "/srv/d/a>/srv/d/b",
	  0,
	  "dir",
	  "\"class\": \"file-rename\", \"path\": \"/srv/d/*\"",
	  { "rename /srv/d/a>/srv/b", "unlink /srv/d/a" } },
	{ "link",
	  "/srv/a>/srv/b",
	  0,
	  "this",
	  "\"syscall\": [\"link\", \"linkat\"], \"class\": \"file-create\", "
	  "\"path\": [\"/srv/a\", \"/srv/b\"]",
	  { "creat /srv/a", "mkdir /srv/b", "open /srv/a" } },
	{ "rename",
	  "/srv/a>/srv/b",
	  0,
	  "glob /srv/?",
	  "\"class\": \"file-rename\", \"path\": \"/srv/?\"",
	  { "rename /srv/a>/srv/bb" } },
	/* addresses */
	{ "connect",
	  "10.1.2.3:80",
	  0,
	  "this",
	  CONNECT(", \"address\": \"10.1.2.3\", \"port\": 80"),
	  { "connect 10.1.2.3:81", "connect 10.1.2.4:80",
	    "bind 10.1.2.3:80" } },
	{ "connect",
	  "10.1.2.3:80",
	  0,
	  "host",
	  CONNECT(", \"address\": \"10.1.2.3\""),
	  { "connect 10.1.2.4:80" } },
	{ "sendto",
	  "10.1.2.3:80",
	  0,
	  "port",
	  CONNECT(", \"port\": 80"),
	  { "connect 10.1.2.3:81", "connect unix:/run/x" } },
	{ "connect",
	  "10.1.2.3:80",
	  0,
	  "net",
	  CONNECT(", \"address\": \"10.1.2.0/24\""),
	  { "connect 10.1.3.3:80" } },
	{ "connect",
	  "[2001:db8::5:1]:80",
	  0,
	  "net",
	  CONNECT(", \"address\": \"2001:db8::/64\""),
	  { "connect [2001:db8:0:1::1]:80" } },
	{ "connect",
	  "127.0.0.1:80",
	  0,
	  "net",
	  CONNECT(", \"address\": [\"127.0.0.0/8\", \"::1\"]"),
	  { "connect 10.0.0.1:80" } },
	{ "connect",
	  "[::ffff:10.1.2.3]:80",
	  0,
	  "host",
	  CONNECT(", \"address\": \"10.1.2.3\""),
	  { 0 } },
	{ "connect",
	  "0.0.0.0:80",
	  0,
	  "host",
	  CONNECT(", \"address\": \"127.0.0.1\""),
	  { "connect 127.0.0.2:80" } },
	{ "bind",
	  "0.0.0.0:80",
	  0,
	  "this",
	  "\"class\": \"net-bind\", \"address\": \"0.0.0.0\", \"port\": 80",
	  { "bind 127.0.0.1:80" } },
	{ "connect",
	  "unix:/run/a*/s",
	  0,
	  "this",
	  CONNECT(", \"address\": \"unix:/run/a\\\\*/s\""),
	  { "connect unix:/run/ab/s" } },
	{ "connect",
	  "unix:/run/a/s",
	  0,
	  "dir",
	  CONNECT(", \"address\": \"unix:/run/a/*\""),
	  { "connect unix:/run/b/s", "connect unix:/run/a/b/s" } },
	{ "connect",
	  "unix:/run/a/s",
	  0,
	  "tree",
	  CONNECT(", \"address\": \"unix:/run/a/**\""),
	  { "connect unix:/run/s" } },
	{ "connect",
	  "unix:@x[1]",
	  0,
	  "this",
	  CONNECT(", \"address\": \"unix:@x\\\\[1\\\\]\""),
	  { "connect unix:@x1" } },
	{ "connect",
	  "unix:@bus-1",
	  0,
	  "glob @bus-*",
	  CONNECT(", \"address\": \"unix:@bus-*\""),
	  { "connect unix:@x" } },
	{ "connect",
	  "unix:/run/a",
	  0,
	  "glob unix:/run/?",
	  CONNECT(", \"address\": \"unix:/run/?\""),
	  { 0 } },
	/* class, plain, glob */
	{ "connect",
	  "10.1.2.3:80",
	  0,
	  "class",
	  CONNECT(""),
	  { "bind 10.1.2.3:80", "socket " } },
	{ "open",
	  "/srv/a",
	  O_RDWR,
	  "class",
	  "\"class\": [\"file-read\", \"file-write\"]",
	  { "unlink /srv/a" } },
	{ "fork", "", 0, "class", "\"class\": \"process\"", { 0 } },
	{ "open",
	  "/srv/a b/c",
	  O_RDONLY,
	  "glob /srv/a */[a-d]",
	  READ(PATH("/srv/a */[a-d]")),
	  { "open /srv/a b/e" } },
	{ "open",
	  "/home/u/x",
	  O_RDONLY,
	  "glob ${HOME}/**",
	  READ(PATH("${HOME}/**")),
	  { 0 } },
	{ "fchmod",
	  "/srv/open",
	  0,
	  "this",
	  "\"class\": \"file-attr\", " PATH("/srv/open"),
	  { "chmod /srv/other" } },
};

static void check_misses(const struct policy *policy, const char *const *misses,
			 int flags, enum verdict verdict)
{
	for (size_t i = 0; i < 6 && misses[i]; i++) {
		char name[64];
		const char *what = strchr(misses[i], ' ') + 1;

		snprintf(name, sizeof(name), "%.*s",
			 (int)(what - misses[i] - 1), misses[i]);
		if (decide(policy, name, what, flags & O_ACCMODE) == verdict)
			fail_msg("also matches: %s", misses[i]);
	}
}

static void test_made(void **state)
{
	static const enum verdict verdicts[] = { VERDICT_ALLOW,
						 VERDICT_BLOCK_HARD };

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(made) / sizeof(*made); i++) {
		enum verdict verdict = verdicts[i % 2];
		struct policy *policy = no_rules();
		BUF_AUTO(expected);
		BUF_AUTO(text);
		BUF_AUTO(why);

		buf_printf(&expected, "{\"action\": \"%s\", %s}",
			   verdict_name(verdict), made[i / 2].rule);
		answer(policy, made[i / 2].call, made[i / 2].what,
		       made[i / 2].flags, verdict, made[i / 2].scope, &text,
		       &why);
		if (why.len)
			fail_msg("%s %s: %s", made[i / 2].call,
				 made[i / 2].what, buf_text(&why));
		assert_string_equal(buf_text(&text), buf_text(&expected));
		assert_int_equal(decide(policy, made[i / 2].call,
					made[i / 2].what, made[i / 2].flags),
				 verdict);
		/* One of two paths is enough to block. */
		if (verdict == VERDICT_ALLOW)
			check_misses(policy, made[i / 2].misses,
				     made[i / 2].flags, verdict);
		policy_free(policy);
	}
}

/* ---- what is no random name ---- */

static void test_names_that_stay(void **state)
{
	static const char *const names[] = {
		"/tmp/config",
		"/tmp/my-config.json",
		"/tmp/python3.11",
		"/tmp/sha256sum",
		"/tmp/Makefile",
		"/tmp/LibFooBar",
		"/tmp/x86_64",
		"/tmp/README2",
		"/tmp/2026-11-23.log",
		"/tmp/tmpfiles.d",
		"/tmp/package-lock",
		"/tmp/20261123",
		"/tmp/tmpdirectory",
		"/srv/chunk-3fa9c1.js",
		"/srv/go-build3180391437",
		"/srv/id_Rsa4096",
		"/home/u/.ssh/Xa81Zk",
		"/home/u/.ssh/id_Xa81Zk9",
		"/home/u/.ssh/aB3dEtmp4x",
		"/home/u/.Xa81Zk",
		"/home/u/Xa81Zk/x",
		"/etc/Xa81Zk",
		"/etc/passwd",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct policy *policy = no_rules();
		BUF_AUTO(text);
		BUF_AUTO(why);

		answer(policy, "open", names[i], O_RDONLY, VERDICT_ALLOW,
		       "this", &text, &why);
		if (strpbrk(buf_text(&text), "*?"))
			fail_msg("%s became %s", names[i], buf_text(&text));
		policy_free(policy);
	}
}

/* ---- what does not fit ---- */

static void test_refused(void **state)
{
	static const struct {
		const char *call, *what, *scope, *why;
	} rows[] = {
		{ "open", "/a/b", "host",
		  "host does not fit: the call names a file, and no address" },
		{ "open", "/a/b", "ext", "the name has no extension" },
		{ "open", "/a.d/b", "ext", "the name has no extension" },
		{ "open", "/a/.profile", "ext", "the name has no extension" },
		{ "open", "/a/b.", "ext", "the name has no extension" },
		{ "open", "/a/b.x9Qz3B", "ext", "another one next time" },
		{ "open", "/a/b", "glob", "no pattern is there" },
		{ "open", "/a/b", "glob /a/c", "does not match what" },
		{ "open", "/a/b", "glob a/b", "a path pattern begins with" },
		{ "open", "/a/b", "glob /a/", "must not end in /" },
		{ "open", "/a/b", "glob ${X}/b", "an unknown variable" },
		{ "rename", "/a/b>/c/d", "glob /a/*", "does not match what" },
		{ "connect", "10.0.0.1:80", "dir",
		  "the call names an address, and no file" },
		{ "connect", "10.0.0.1:80", "glob *",
		  "the call names an address, and no file" },
		{ "connect", "unix:/run/x", "port",
		  "a unix socket has a name, and no host or port" },
		{ "connect", "unix:@x", "dir", "stands in no directory" },
		{ "bind", "0.0.0.0:80", "net", "in many networks" },
		{ "bind", "unix:", "this", "has no name" },
		{ "connect", "netlink", "this", "of this family" },
		{ "fork", "", "this", "names no file and no address" },
		{ "kill", "", "this", "rules cannot name processes" },
		{ "fchmod", "socket:[12]", "this", "it has no path" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct policy *policy = no_rules();
		BUF_AUTO(text);
		BUF_AUTO(why);

		answer(policy, rows[i].call, rows[i].what, O_RDONLY,
		       VERDICT_ALLOW, rows[i].scope, &text, &why);
		assert_string_equal(buf_text(&text), "");
		if (!strstr(buf_text(&why), rows[i].why))
			fail_msg("%s %s: %s", rows[i].call, rows[i].scope,
				 buf_text(&why));
		policy_free(policy);
	}
}

static void check_fits(const char *name, const char *what, const char *words)
{
	struct policy *policy = no_rules();
	struct call call;
	BUF_AUTO(fitting);

	make_call(&call, name, what, O_RDONLY);
	for (int scope = 0; scope < RULE_SCOPE_COUNT; scope++) {
		struct scope_request request = {
			.call = &call,
			.scope = (enum rule_scope)scope,
			.verdict = VERDICT_ALLOW,
		};

		if (policy_scope_fits(policy, &request))
			buf_printf(&fitting, " %s", scope_word(request.scope));
	}
	assert_string_equal(buf_text(&fitting), words);
	call_free(&call);
	policy_free(policy);
}

static void test_fits(void **state)
{
	(void)state;
	check_fits("open", "/a/b.c", "  this dir tree ext class glob");
	check_fits("open", "/a/b", "  this dir tree class glob");
	check_fits("rename", "/a/b>/c/d", "  this dir tree class glob");
	check_fits("connect", "10.0.0.1:80", "  this host port net class");
	check_fits("connect", "unix:/a/b", "  this dir tree class glob");
	check_fits("connect", "unix:@a", "  this class glob");
	check_fits("fork", "", "  class");
}

static void check_pattern(const char *name, const char *what,
			  const char *pattern)
{
	struct policy *policy = no_rules();
	struct scope_request request = { .scope = RULE_SCOPE_GLOB };
	struct call call;
	BUF_AUTO(shown);

	make_call(&call, name, what, O_RDONLY);
	request.call = &call;
	policy_scope_pattern(policy, &request, &shown);
	assert_string_equal(buf_text(&shown), pattern);
	call_free(&call);
	policy_free(policy);
}

static void test_first_pattern(void **state)
{
	(void)state;
	check_pattern("open", "/srv/a*b", "/srv/a\\*b");
	check_pattern("open", "/home/u/a", "${HOME}/a");
	check_pattern("rename", "/srv/x/a>/srv/y/b", "/srv/**");
	check_pattern("rename", "/srv/x/a>/srv/x/b", "/srv/x/**");
	check_pattern("rename", "/srv/ab/a>/srv/a/b", "/srv/**");
	check_pattern("rename", "/a>/b/c", "/**");
	check_pattern("connect", "unix:@a*", "@a\\*");
	check_pattern("connect", "10.0.0.1:80", "");
	check_pattern("fork", "", "");
}

/* ---- what is done on the side ---- */

static void test_on_the_side(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"ask\",\"class\":\"file-delete\","
		      "\"path\":\"/srv/keep/**\"},"
		      "{\"action\":\"allow\",\"class\":\"file-rename\"}"));
	BUF_AUTO(text);
	BUF_AUTO(why);

	(void)state;
	assert_int_equal(decide(policy, "rename", "/srv/keep/a>/srv/b", 0),
			 VERDICT_ASK);
	answer(policy, "rename", "/srv/keep/a>/srv/b", 0, VERDICT_ALLOW, "this",
	       &text, &why);
	assert_string_equal(
		buf_text(&text),
		"{\"action\": \"allow\", \"syscall\": [\"rename\", "
		"\"renameat\", \"renameat2\"], \"class\": [\"file-delete\", "
		"\"file-rename\"], \"path\": [\"/srv/keep/a\", \"/srv/b\"]}");
	assert_int_equal(decide(policy, "rename", "/srv/keep/a>/srv/b", 0),
			 VERDICT_ALLOW);
	assert_int_equal(decide(policy, "renameat", "/srv/keep/a>/srv/b", 0),
			 VERDICT_ALLOW);
	assert_int_equal(decide(policy, "unlink", "/srv/keep/a", 0),
			 VERDICT_ASK);
	assert_int_equal(decide(policy, "rename", "/srv/keep/c>/srv/b", 0),
			 VERDICT_ASK);
	policy_free(policy);
}

/* Quiet classes are not blocked along with what was asked about. */
static void test_asked_by_rule(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"ask\",\"class\":\"file-stat\"}"));
	BUF_AUTO(text);
	BUF_AUTO(why);

	(void)state;
	answer(policy, "stat", "/srv/a", 0, VERDICT_BLOCK_HARD, "this", &text,
	       &why);
	assert_string_equal(buf_text(&text),
			    "{\"action\": \"block-hard\", \"class\": "
			    "\"file-stat\", \"path\": \"/srv/a\"}");
	assert_int_equal(decide(policy, "lstat", "/srv/a", 0),
			 VERDICT_BLOCK_HARD);
	policy_free(policy);
}

/* ---- undo, and what is covered ---- */

static void save_text(const struct policy *policy, struct buf *out)
{
	char path[] = "/tmp/test_scope-XXXXXX", line[512];
	int fd = mkstemp(path);
	struct err err;
	FILE *file;

	assert_true(fd >= 0);
	assert_true(policy_save(policy, path, &err));
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (strstr(line, "action"))
			buf_str(out, line + strspn(line, " \t"));
	fclose(file);
	remove(path);
	close(fd);
}

static void give(struct policy *policy, const char *name, const char *what,
		 enum verdict verdict, const char *scope)
{
	BUF_AUTO(text);
	BUF_AUTO(why);

	answer(policy, name, what, O_RDONLY, verdict, scope, &text, &why);
	assert_string_equal(buf_text(&why), "");
}

static void test_undo(void **state)
{
	struct policy *policy = no_rules();
	const struct rule *first, *second;
	BUF_AUTO(saved);
	BUF_AUTO(after);

	(void)state;
	assert_null(policy_undo_answer(policy));
	give(policy, "open", "/srv/d/a", VERDICT_ALLOW, "this");
	first = policy_rule_at(policy, 0);
	save_text(policy, &saved);
	give(policy, "open", "/srv/d/b", VERDICT_ALLOW, "dir");
	second = policy_rule_at(policy, 0);
	assert_int_equal(policy_replaced_count(policy, second), 1);
	assert_int_equal(decide(policy, "open", "/srv/d/c", 0), VERDICT_ALLOW);
	assert_ptr_equal(policy_undo_answer(policy), second);
	assert_int_equal(decide(policy, "open", "/srv/d/c", 0), VERDICT_ASK);
	assert_int_equal(decide(policy, "open", "/srv/d/a", 0), VERDICT_ALLOW);
	/* What it had replaced is saved again. */
	save_text(policy, &after);
	assert_string_equal(buf_text(&saved), buf_text(&after));
	assert_ptr_equal(policy_undo_answer(policy), first);
	assert_int_equal(decide(policy, "open", "/srv/d/a", 0), VERDICT_ASK);
	assert_null(policy_undo_answer(policy));
	policy_free(policy);
}

static void test_covered(void **state)
{
	static const struct {
		const char *narrow, *narrow_scope, *wide, *wide_scope;
		bool covered;
	} rows[] = {
		{ "open /s/d/a", "this", "open /s/d/b", "dir", true },
		{ "open /s/d/a", "this", "open /s/d/b", "this", false },
		{ "open /s/d/a", "this", "open /s/d/a", "this", true },
		{ "open /s/d/e/a", "this", "open /s/d/b", "dir", false },
		{ "open /s/d/e/a", "this", "open /s/d/b", "tree", true },
		{ "open /s/d/e/a", "dir", "open /s/d/b", "tree", true },
		{ "open /s/d/e/a", "tree", "open /s/d/b", "tree", true },
		{ "open /s/d/e/a", "tree", "open /s/d/b", "dir", false },
		{ "open /s/de/a", "dir", "open /s/d/b", "tree", false },
		{ "open /s/d/a.c", "ext", "open /s/d/b", "dir", true },
		{ "open /s/d/a.c", "dir", "open /s/d/b.c", "ext", false },
		{ "open /s/d/a", "glob /s/d/[ab]", "open /s/d/b", "dir", true },
		{ "open /home/u/a", "this", "open /home/b", "tree", true },
		{ "open /home/u/a", "dir", "open /home/u/b", "tree", true },
		{ "open /s/d/a", "tree", "open /x", "class", true },
		{ "open /s/d/a", "class", "open /x", "tree", false },
		{ "unlink /s/a", "this", "open /x", "class", false },
		{ "unlink /s/a", "", "rmdir /x", "class", true },
		{ "creat /s/a", "this", "open /x", "class", false },
		{ "connect 10.0.0.1:80", "this", "connect 10.0.0.1:1", "host",
		  true },
		{ "connect 10.0.0.1:80", "this", "connect 10.0.0.2:1", "net",
		  true },
		{ "connect 10.0.0.1:80", "host", "connect 10.0.0.2:1", "net",
		  true },
		{ "connect 10.0.1.1:80", "host", "connect 10.0.0.2:1", "net",
		  false },
		{ "connect 10.0.0.1:80", "this", "connect 10.0.0.2:80", "port",
		  true },
		{ "connect 10.0.0.1:80", "this", "connect 10.0.0.2:81", "port",
		  false },
		{ "connect 10.0.0.1:80", "host", "connect 10.0.0.2:81", "port",
		  false },
		{ "connect unix:/r/a", "this", "connect unix:/r/b", "dir",
		  true },
		{ "connect unix:/r/a", "this", "connect 10.0.0.2:81", "port",
		  false },
		{ "connect unix:/r/a", "tree", "bind 10.0.0.2:81", "class",
		  false },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(*rows); i++) {
		struct policy *policy = no_rules();
		enum verdict verdict =
			i % 2 ? VERDICT_BLOCK_HARD : VERDICT_ALLOW;
		const char *texts[] = { rows[i / 2].narrow, rows[i / 2].wide };
		const char *scopes[] = { rows[i / 2].narrow_scope,
					 rows[i / 2].wide_scope };
		size_t covered;

		for (size_t k = 0; k < 2; k++) {
			char name[16];

			snprintf(name, sizeof(name), "%.*s",
				 (int)strcspn(texts[k], " "), texts[k]);
			/* Another verdict is never covered. */
			give(policy, name, strchr(texts[k], ' ') + 1,
			     k ? verdict : VERDICT_ALLOW, scopes[k]);
		}
		covered = policy_replaced_count(policy,
						policy_rule_at(policy, 0));
		if (covered !=
		    (rows[i / 2].covered && verdict == VERDICT_ALLOW))
			fail_msg("%s %s, %s %s: %zu", texts[0], scopes[0],
				 texts[1], scopes[1], covered);
		policy_free(policy);
	}
}

/* ---- rules that nearly matched ---- */

static void test_near_misses(void **state)
{
	struct policy *policy = load_rules(
		RULES("{\"action\":\"allow\",\"class\":\"file-read\","
		      "\"path\":\"/srv/**\"},"
		      "{\"action\":\"allow\",\"class\":\"file-write\"},"
		      "{\"action\":\"allow\",\"path\":\"/srv/**\"},"
		      "{\"action\":\"allow\",\"class\":\"file-read\","
		      "\"program\":\"/usr/bin/cat\"},"
		      "{\"action\":\"allow\",\"class\":\"file-read\","
		      "\"path\":\"/x\",\"program\":\"/usr/bin/cat\"},"
		      "{\"action\":\"allow\",\"syscall\":\"open\","
		      "\"args\":{\"flags\":{\"has\":[\"O_DIRECTORY\"]}}},"
		      "{\"action\":\"allow\",\"class\":\"net-connect\","
		      "\"address\":\"10.0.0.0/8\",\"port\":443},"
		      "{\"action\":\"ask\",\"class\":\"file-read\"}"));
	struct near_miss misses[5];
	struct call call;

	(void)state;
	make_call(&call, "open", "/etc/passwd", O_RDONLY);
	assert_int_equal(policy_near_misses(policy, &call, &subject, misses, 5),
			 3);
	assert_int_equal(misses[0].rule->origin.index, 1);
	assert_string_equal(misses[0].part, "path");
	assert_int_equal(misses[1].rule->origin.index, 4);
	assert_string_equal(misses[1].part, "program");
	assert_int_equal(misses[2].rule->origin.index, 6);
	assert_string_equal(misses[2].part, "args");
	assert_int_equal(policy_near_misses(policy, &call, &subject, misses, 1),
			 1);
	call_free(&call);
	make_call(&call, "connect", "10.0.0.1:80", 0);
	assert_int_equal(policy_near_misses(policy, &call, &subject, misses, 5),
			 1);
	assert_string_equal(misses[0].part, "port");
	call_free(&call);
	make_call(&call, "connect", "11.0.0.1:443", 0);
	assert_int_equal(policy_near_misses(policy, &call, &subject, misses, 5),
			 1);
	assert_string_equal(misses[0].part, "address");
	call_free(&call);
	policy_free(policy);
}

static int set_up(void **state)
{
	(void)state;
	setenv("HOME", "/home/u", 1);
	unsetenv("TMPDIR");
	return 0;
}

static size_t read_nothing(void *owner, uint64_t addr, void *out, size_t len)
{
	(void)owner;
	(void)addr;
	(void)out;
	(void)len;
	return 0;
}

/* Whatever is asked about, every scope is offered or refused. */
static void test_every_call_and_scope(void **state)
{
	struct policy *policy = policy_new();

	(void)state;
	for (int id = 0; id <= SYSCALL_COUNT; id++) {
		const uint64_t raw[SYSCALL_ARGS_MAX] = { 1, 1, 1, 1, 1, 1 };
		struct mem_reader nothing = { .read = read_nothing };
		const struct syscall_def *def =
			id < SYSCALL_COUNT ? syscall_def(id) : NULL;
		struct call call;

		call_decode(&call, def, 600, raw, &nothing);
		for (size_t i = 0; i < call.n_targets; i++) {
			call.targets[i].error = 0;
			if (!call.targets[i].resolved)
				call.targets[i].resolved = strdup("/a/b.c");
		}
		for (int scope = 0; scope < RULE_SCOPE_COUNT; scope++) {
			struct scope_request request = {
				.call = &call,
				.scope = (enum rule_scope)scope,
				.verdict = VERDICT_ALLOW,
			};
			bool fits = policy_scope_fits(policy, &request);

			if (scope == RULE_SCOPE_CALL)
				assert_true(fits);
		}
		call_free(&call);
	}
	policy_free(policy);
}

/* ---- what an answer takes from the rules behind it ---- */

#define SECRETS                                                                \
	"{\"action\":\"ask\",\"class\":\"file-read\",\"path\":\"/srv/**\"},"   \
	"{\"action\":\"allow\",\"class\":\"file-read\",\"path\":\"/k/pub\"},"  \
	"{\"action\":\"block-hard\",\"class\":[\"file-read\",\"file-write\"]," \
	"\"path\":[\"/k/**\",\"/srv/*/.key\"]},"                               \
	"{\"action\":\"ask\",\"class\":\"net-connect\","                       \
	"\"address\":[\"unix:/run/agent\",\"10.0.0.0/8\"]},"                   \
	"{\"action\":\"ask\",\"class\":\"net-connect\"}"

static void test_overruled(void **state)
{
	static const struct {
		const char *call, *what, *scope, *said;
	} cases[] = {
		{ "open", "/etc/x", "this", "" },
		{ "open", "/etc/x", "tree", "" },
		{ "open", "/etc/x", "class", "1 /srv/**" },
		{ "open", "/etc/x", "", "1 /srv/**" },
		{ "open", "/x", "tree", "1 /srv/**" },
		{ "open", "/etc/x", "glob /*/x", "1 /srv/**" },
		{ "open", "/etc/x", "glob /e**", "" },
		/* the rule that asked does not count */
		{ "open", "/srv/x", "this", "" },
		{ "open", "/srv/x.c", "ext", "" },
		{ "open", "/srv/a/x", "dir", "3 /srv/*/.key" },
		{ "open", "/srv/a/x", "class", "3 /k/**" },
		{ "unlink", "/etc/x", "class", "" },
		{ "connect", "1.1.1.1:80", "this", "" },
		{ "connect", "1.1.1.1:80", "port", "4 10.0.0.0/8" },
		{ "connect", "1.1.1.1:80", "class", "4 unix:/run/agent" },
		{ "connect", "unix:/run/x", "dir", "4 unix:/run/agent" },
		{ "connect", "unix:/run/x", "this", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct policy *policy = load_rules(RULES(SECRETS));
		const struct rule *added, *overruled;
		struct decision decision;
		struct call call;
		struct rule rule;
		BUF_AUTO(why);
		BUF_AUTO(name);
		BUF_AUTO(said);

		make_call(&call, cases[i].call, cases[i].what, O_RDONLY);
		policy_decide(policy, &call, &subject, &decision);
		assert_int_equal(decision.verdict, VERDICT_ASK);
		assert_true(make_rule(policy, &call, VERDICT_ALLOW,
				      cases[i].scope, &rule, &why));
		added = policy_add_answer(policy, &rule);
		overruled =
			policy_overruled(policy, added, decision.rule, &name);
		if (overruled)
			buf_printf(&said, "%u ", overruled->origin.index);
		buf_str(&said, buf_text(&name));
		if (strcmp(buf_text(&said), cases[i].said) != 0)
			fail_msg("%s %s %s: \"%s\"", cases[i].call,
				 cases[i].what, cases[i].scope,
				 buf_text(&said));
		call_free(&call);
		policy_free(policy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_call_and_scope),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_names_that_stay),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_first_pattern),
		cmocka_unit_test(test_on_the_side),
		cmocka_unit_test(test_asked_by_rule),
		cmocka_unit_test(test_undo),
		cmocka_unit_test(test_covered),
		cmocka_unit_test(test_near_misses),
		cmocka_unit_test(test_overruled),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
