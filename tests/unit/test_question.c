/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* question and intent: what a person reads, and what a program cannot put
 * there. The line with the call itself is tested with syscall/print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>

#include "prompt/intent.h"
#include "prompt/question.h"

/* A call of the catalogue, without anything behind its pointers. */
static struct call make_call(const char *name)
{
	struct call call = { .def = syscall_by_name(name) };

	assert_non_null(call.def);
	snprintf(call.name, sizeof(call.name), "%s", name);
	call.n_args = syscall_arg_count(call.def);
	call.classes = call.def->classes;
	return call;
}

static const struct subject cat = {
	.pid = 4127,
	.tid = 4127,
	.parent = 4100,
	.comm = "cat",
	.exe = "/usr/bin/cat",
	.cwd = "/home/u",
	.parent_comm = "sh",
};

static void show(struct buf *out, const struct call *call,
		 const struct subject *subject)
{
	const struct question_style style = { .limit = 40 };
	const struct question question = {
		.call = call,
		.subject = subject,
	};

	question_text(out, &question, &style);
}

/* The lines above the call must be exactly @lines. */
static void check_lines(const struct call *call, const struct subject *subject,
			const char *lines)
{
	BUF_AUTO(out);
	char *last;

	show(&out, call, subject);
	assert_int_equal(out.data[out.len - 1], '\n');
	out.data[out.len - 1] = '\0';
	last = strrchr(out.data, '\n');
	assert_non_null(last);
	last[1] = '\0';
	assert_string_equal(out.data, lines);
}

static struct target path_target(int arg, char *asked, char *resolved)
{
	return (struct target){
		.kind = TARGET_PATH,
		.arg = arg,
		.dirfd = AT_FDCWD,
		.asked = asked,
		.resolved = resolved,
	};
}

static char passwd[] = "/etc/passwd";
static char passwd_asked[] = "../../etc/passwd";

static void test_read(void **state)
{
	struct target target = path_target(1, passwd_asked, passwd);
	struct call call = make_call("openat");

	(void)state;
	call.classes = CLASS_BIT(CLASS_FILE_READ);
	call.targets = &target;
	call.n_targets = 1;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to READ a file\n"
		    "    /etc/passwd                      asked for as "
		    "../../etc/passwd\n");
	target.asked = passwd;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to READ a file\n"
		    "    /etc/passwd\n");
	target.asked = passwd_asked;
	target.resolved = NULL;
	target.error = -ELOOP;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to READ a file\n"
		    "    ../../etc/passwd                 cannot be resolved: "
		    "Too many levels of symbolic links\n");
}

static void check_subject(const struct subject *subject, const char *shown)
{
	struct call call = make_call("mkdir");
	BUF_AUTO(line);

	buf_printf(&line, "  %s wants to CREATE a directory\n", shown);
	check_lines(&call, subject, line.data);
}

static void test_subject(void **state)
{
	struct subject subject = { .pid = 7, .tid = 7 };

	(void)state;
	check_subject(NULL, "a program");
	check_subject(&subject, "a program (pid 7)");
	subject.exe = "/usr/bin/dash";
	check_subject(&subject, "dash (pid 7)");
	subject.comm = "sh";
	check_subject(&subject, "sh (pid 7, running /usr/bin/dash)");
	subject.comm = "dash";
	subject.tid = 9;
	check_subject(&subject, "dash (pid 7, thread 9)");
	subject.tid = 7;
	subject.comm = "a-very-long-nam";
	subject.exe = "/bin/a-very-long-name-indeed";
	check_subject(&subject, "a-very-long-nam (pid 7)");
	/* names that try to speak for us */
	subject.exe = "";
	subject.comm = "x) wants to";
	check_subject(&subject, "\"x) wants to\" (pid 7)");
	subject.comm = "\x1b]0;evil\a";
	subject.parent_comm = "a b";
	check_subject(&subject, "\"\\x1b]0;evil\\x07\" (pid 7, from \"a b\")");
}

static void test_hostile_path(void **state)
{
	char path[] = "/tmp/x\x1b[2J\x1b[1;1Hallow?\n  a \xe2\x80\xae";
	struct target target = path_target(0, path, path);
	struct call call = make_call("unlink");

	(void)state;
	call.targets = &target;
	call.n_targets = 1;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to DELETE a file\n"
		    "    /tmp/x\\x1b[2J\\x1b[1;1Hallow?\\n"
		    "\\x20\\x20a \\u{202e}\n");
}

static void test_long_path(void **state)
{
	char path[101];
	struct target target = path_target(0, path, path);
	struct call call = make_call("unlink");

	(void)state;
	memset(path, 'p', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	call.targets = &target;
	call.n_targets = 1;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to DELETE a file\n"
		    "    pppppppppppppppppppp...[60 bytes]..."
		    "pppppppppppppppppppp\n");
}

static void test_two_paths(void **state)
{
	char from[] = "/a", to[] = "/b", asked[] = "b";
	struct target targets[] = {
		path_target(0, from, from),
		path_target(1, asked, to),
	};
	struct call call = make_call("rename");

	(void)state;
	call.targets = targets;
	call.n_targets = 2;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to RENAME a file\n"
		    "    from  /a\n"
		    "    to    /b                         asked for as b\n");
	call = make_call("link");
	call.targets = targets;
	call.n_targets = 2;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to CREATE a hard link\n"
		    "    from  /a\n"
		    "    to    /b                         asked for as b\n");
	call = make_call("pivot_root");
	call.targets = targets;
	call.n_targets = 2;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to CHANGE the root of all "
		    "files\n"
		    "    new_root  /a\n"
		    "    put_old   /b                     asked for as b\n");
}

static void test_descriptor(void **state)
{
	struct target target = path_target(0, NULL, passwd);
	struct call call = make_call("fchmod");

	(void)state;
	target.kind = TARGET_FD;
	call.args[0] = 5;
	call.targets = &target;
	call.n_targets = 1;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to CHANGE the mode of a "
		    "file\n"
		    "    /etc/passwd                      open as descriptor "
		    "5\n");
}

static void test_address(void **state)
{
	struct target target = { .kind = TARGET_ADDRESS, .arg = 1 };
	struct sockaddr_in *in = (struct sockaddr_in *)&target.address;
	struct call call = make_call("connect");

	(void)state;
	in->sin_family = AF_INET;
	in->sin_port = htons(80);
	inet_pton(AF_INET, "1.2.3.4", &in->sin_addr);
	target.address_len = sizeof(*in);
	call.targets = &target;
	call.n_targets = 1;
	call.classes = CLASS_BIT(CLASS_NET_CONNECT);
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to CONNECT to an address\n"
		    "    1.2.3.4:80\n");
	target.address_len = 0;
	check_lines(
		&call, &cat,
		"  cat (pid 4127, from sh) wants to CONNECT to an address\n");
	target.error = -EFAULT;
	check_lines(&call, &cat,
		    "  cat (pid 4127, from sh) wants to CONNECT to an address\n"
		    "    an address that cannot be read: Bad address\n");
}

static void test_many_addresses(void **state)
{
	struct target targets[12];
	struct call call = make_call("sendmmsg");
	BUF_AUTO(out);
	size_t i;

	(void)state;
	for (i = 0; i < 12; i++)
		targets[i] = (struct target){ .kind = TARGET_MMSG,
					      .arg = 1,
					      .error = -EFAULT };
	call.targets = targets;
	call.n_targets = 12;
	show(&out, &call, &cat);
	assert_non_null(strstr(out.data, "    and 4 more, which i shows\n"));
}

static void check_intent(const struct call *call, const char *words)
{
	BUF_AUTO(out);

	intent_text(&out, call, 4127);
	assert_string_equal(buf_text(&out), words);
}

static void test_classes(void **state)
{
	static const struct {
		uint32_t classes;
		const char *words;
	} rows[] = {
		{ CLASS_BIT(CLASS_FILE_READ), "READ a file" },
		{ CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_WRITE),
		  "WRITE and READ a file" },
		{ CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_WRITE) |
			  CLASS_BIT(CLASS_FILE_CREATE),
		  "CREATE, WRITE and READ a file" },
		{ CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_IO),
		  "READ a file" },
		{ CLASS_BIT(CLASS_IO), "USE an open descriptor" },
		{ CLASS_BIT(CLASS_NET_CONNECT) | CLASS_BIT(CLASS_TTY),
		  "CONNECT to an address, and CONTROL a terminal" },
		{ 0, "CALL openat" },
	};
	struct call call = make_call("openat");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		call.classes = rows[i].classes;
		check_intent(&call, rows[i].words);
	}
}

static void check_kill(pid_t pid, int number, const char *words)
{
	struct target target = { .kind = TARGET_PID, .pid = pid };
	struct call call = make_call("kill");

	call.args[0] = (uint64_t)(int64_t)pid;
	call.args[1] = (uint64_t)number;
	call.targets = &target;
	call.n_targets = 1;
	check_intent(&call, words);
}

static void test_signals(void **state)
{
	(void)state;
	check_kill(12, SIGTERM, "SEND SIGTERM to process 12");
	check_kill(12, 0, "LOOK whether it may signal process 12");
	check_kill(12, 40, "SEND signal 40 to process 12");
	check_kill(4127, SIGABRT, "SEND SIGABRT to itself");
	check_kill(0, SIGINT, "SEND SIGINT to its own process group");
	check_kill(-1, SIGKILL,
		   "SEND SIGKILL to EVERY process that it may signal");
	check_kill(-77, SIGHUP, "SEND SIGHUP to process group 77");
}

static void test_special_calls(void **state)
{
	struct call call = make_call("unlinkat");
	struct call unknown = { .number = 467, .name = "syscall_467" };

	(void)state;
	check_intent(&call, "DELETE a file");
	call.args[2] = AT_REMOVEDIR;
	check_intent(&call, "DELETE a directory");
	check_intent(&unknown,
		     "make system call 467, which syswall does not know");
	call = make_call("fork");
	check_intent(&call, "START a process");
}

static void test_colour(void **state)
{
	struct question_style style = { .colour = true, .limit = 400 };
	struct target target = path_target(1, passwd_asked, passwd);
	struct call call = make_call("openat");
	const struct question question = { .call = &call, .subject = &cat };
	struct places *places = places_new(&(struct variables){ NULL });
	BUF_AUTO(out);

	(void)state;
	call.classes = CLASS_BIT(CLASS_FILE_READ);
	call.targets = &target;
	call.n_targets = 1;
	question_text(&out, &question, &style);
	assert_non_null(strstr(out.data, "wants to \033[1mREAD\033[0m a file"));
	assert_non_null(strstr(
		out.data, "\033[2masked for as ../../etc/passwd\033[0m\n"));
	/* The graver, the louder. */
	target.resolved = (char *)"/etc/shadow";
	style.places = places;
	buf_clear(&out);
	question_text(&out, &question, &style);
	assert_non_null(
		strstr(out.data, "wants to \033[1;31mREAD\033[0m a file"));
	places_free(places);
}

static void add_more(struct buf *out, void *owner)
{
	buf_printf(out, "    opened %s\n", (const char *)owner);
}

static void test_more(void **state)
{
	static char owner[] = "files";
	struct decision decision = {
		.verdict = VERDICT_ASK,
		.by = DECIDED_BY_DEFAULT,
		.facet = { .class_id = CLASS_FILE_CREATE },
	};
	struct call call = make_call("mkdir");
	const struct question question = {
		.call = &call,
		.subject = &cat,
		.decision = &decision,
		.more = add_more,
		.owner = owner,
	};
	BUF_AUTO(out);

	(void)state;
	call.args[1] = 0755;
	question_more(&out, &question);
	assert_non_null(strstr(out.data, "    program    /usr/bin/cat\n"));
	assert_non_null(strstr(out.data, "    in         /home/u\n"));
	assert_non_null(
		strstr(out.data, "    process    4127, child of 4100 (sh)\n"));
	assert_non_null(strstr(out.data, "mode = 0x1ed\n"));
	assert_non_null(strstr(out.data, "no rule decides it, as file-create"));
	assert_non_null(strstr(out.data, "    opened files\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_subject),
		cmocka_unit_test(test_hostile_path),
		cmocka_unit_test(test_long_path),
		cmocka_unit_test(test_two_paths),
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_many_addresses),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_special_calls),
		cmocka_unit_test(test_colour),
		cmocka_unit_test(test_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
