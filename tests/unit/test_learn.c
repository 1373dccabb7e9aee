/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a run did, and the rules that come of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fake_memory.h"
#include "policy/learn.h"

static const struct subject subject = { .pid = 4127, .tid = 4127 };

/* A run in the making. */
struct run {
	struct policy *policy;
	struct learn *learn;
	struct fake_memory memory;
};

static void begin(struct run *run, const char *rules)
{
	struct err err;

	memset(run, 0, sizeof(*run));
	run->policy = policy_new();
	if (*rules) {
		assert_true(file_write_atomic("learn.json", rules,
					      strlen(rules), &err));
		if (!policy_load_file(run->policy, "learn.json", &err))
			fail_msg("%s", err.text);
	}
	policy_set_learning(run->policy);
	run->learn = learn_new();
}

/* The rules as they are saved, without the space between things. */
static void end(struct run *run, size_t new_things, struct buf *text)
{
	BUF_AUTO(saved);
	struct err err;

	assert_int_equal(learn_finish(run->learn, run->policy), new_things);
	assert_true(policy_save(run->policy, "learn.json", &err));
	assert_true(file_read("learn.json", POLICY_FILE_MAX, &saved, &err));
	for (size_t i = 0; i < saved.len; i++)
		if (saved.data[i] != ' ' && saved.data[i] != '\n')
			buf_char(text, saved.data[i]);
	learn_free(run->learn);
	policy_free(run->policy);
}

/* @path stands where the call takes one, and is resolved as such. */
static void call(struct run *run, const char *name, const char *path,
		 const uint64_t raw[SYSCALL_ARGS_MAX], const char *resolved,
		 bool library)
{
	const struct mem_reader reader = fake_reader(&run->memory);
	const struct syscall_def *def = syscall_by_name(name);
	uint64_t args[SYSCALL_ARGS_MAX] = { 0 };
	struct decision decision;
	struct call made;

	assert_non_null(def);
	memcpy(args, raw, sizeof(args));
	if (path) {
		memset(&run->memory, 0, sizeof(run->memory));
		for (size_t i = 0; i < syscall_arg_count(def); i++)
			if (arg_kind_def(def->args[i].kind)->target ==
				    TARGET_PATH ||
			    arg_kind_def(def->args[i].kind)->target ==
				    TARGET_NEW ||
			    arg_kind_def(def->args[i].kind)->target ==
				    TARGET_LINK)
				args[i] = fake_string(&run->memory, path);
	}
	call_decode(&made, def, 0, args, &reader);
	for (size_t i = 0; path && i < made.n_targets; i++)
		made.targets[i].resolved = strdup(resolved ?: path);
	policy_decide(run->policy, &made, &subject, &decision);
	if (decision.verdict == VERDICT_ASK)
		learn_call(run->learn, run->policy, &made, &subject, library);
	call_free(&made);
}

#define RAW(...) ((const uint64_t[SYSCALL_ARGS_MAX]){ __VA_ARGS__ })

static void open_file(struct run *run, const char *path, uint64_t flags)
{
	call(run, "openat", path, RAW((uint64_t)AT_FDCWD, 0, flags, 0600), NULL,
	     false);
}

static void reach(struct run *run, const char *host, unsigned int port)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)port) };

	inet_pton(AF_INET, host, &in.sin_addr);
	memset(&run->memory, 0, sizeof(run->memory));
	call(run, "connect", NULL,
	     RAW(3, fake_put(&run->memory, &in, sizeof(in)), sizeof(in)), NULL,
	     false);
}

static void has(const struct buf *text, const char *part)
{
	if (!strstr(buf_text(text), part))
		fail_msg("no %s in %s", part, buf_text(text));
}

static void has_not(const struct buf *text, const char *part)
{
	if (strstr(buf_text(text), part))
		fail_msg("%s in %s", part, buf_text(text));
}

static void test_files(void **state)
{
	struct run run;
	BUF_AUTO(text);

	(void)state;
	begin(&run, "");
	open_file(&run, "/srv/b", O_RDWR);
	open_file(&run, "/srv/a*", O_RDONLY);
	open_file(&run, "/srv/b", O_RDONLY);
	open_file(&run, "/proc/4127/maps", O_RDONLY);
	open_file(&run, "/dev/pts/7", O_RDONLY);
	call(&run, "newfstatat", "/srv/c", RAW((uint64_t)AT_FDCWD), NULL,
	     false);
	end(&run, 5, &text);
	has(&text, "\"class\":\"file-read\",\"path\":[\"/dev/pts/*\","
		   "\"/proc/*/maps\",\"/srv/a\\\\*\",\"/srv/b\"]");
	has(&text, "\"class\":\"file-write\",\"path\":\"/srv/b\"");
	has_not(&text, "/srv/c");
}

static void test_temporary_names(void **state)
{
	const uint64_t flags = O_RDWR | O_CREAT | O_EXCL;
	struct run run;
	BUF_AUTO(text);

	(void)state;
	begin(&run, "");
	/* Words by chance, and an extension of two parts. */
	open_file(&run, "/tmp/ccabcdef.s", flags);
	open_file(&run, "/tmp/ccViAkhc.cdtor.c", flags);
	open_file(&run, "/srv/tmp_obj_abcdef", flags);
	call(&run, "mkdir", "/tmp/tmpabcdefgh", RAW(0, 0700), NULL, false);
	open_file(&run, "/tmp/tmpabcdefgh/x", O_RDONLY);
	open_file(&run, "/srv/tmp/direct_url.jsonabcdefgh.tmp", flags);
	open_file(&run, "/srv/tmp/direct_url.jsonabc_efgh.tmp", flags);
	/* Written under a name of its own, then renamed. */
	open_file(&run, "/srv/x.pyc.140103824413360",
		  O_WRONLY | O_CREAT | O_EXCL);
	open_file(&run, "/srv/y.140103824413360", O_WRONLY | O_CREAT);
	/* Nobody says that these are random. */
	open_file(&run, "/srv/config.lock", flags);
	open_file(&run, "/tmp/listing", O_RDONLY);
	end(&run, 22, &text);
	has(&text, "/direct_url.json??????"
		   "??.tmp\"");
	has(&text, "\"/srv/x.pyc.[0-9]*\"");
	has(&text, "\"/srv/y.140103824413360\"");
	has(&text, "??????.cdtor.c\"");
	has(&text, "????????.s\"");
	has_not(&text, "abcdef");
	has(&text, "/tmp???????"
		   "?/x\"");
	has(&text, "\"/srv/config.lock\"");
	has(&text, "/listing\"");
}

static void test_libraries(void **state)
{
	struct run run;
	BUF_AUTO(text);

	(void)state;
	begin(&run, "");
	call(&run, "openat", "/usr/lib/libx.so",
	     RAW((uint64_t)AT_FDCWD, 0, O_RDONLY), NULL, true);
	open_file(&run, "/usr/share/zoneinfo/UTC", O_RDONLY);
	open_file(&run, "/srv/x.so", O_RDONLY);
	open_file(&run, "/srv/x.so", O_WRONLY);
	end(&run, 4, &text);
	has(&text, "\"path\":\"/srv/x.so\"},{\"action\":\"allow\",\"class\":"
		   "\"file-write\"");
	has(&text, "\"path\":[\"/usr/lib/libx.so\",\"/usr/share/zoneinfo/UTC\"]"
		   ",\"comment\":");
}

/* Nothing is allowed that was not seen together. */
static void test_addresses(void **state)
{
	struct run run;
	BUF_AUTO(text);

	(void)state;
	begin(&run, "");
	reach(&run, "10.0.0.1", 80);
	reach(&run, "10.0.0.2", 80);
	reach(&run, "10.0.0.1", 443);
	reach(&run, "127.0.0.1", 40001);
	reach(&run, "127.0.0.1", 40002);
	reach(&run, "10.0.0.9", 40002);
	end(&run, 5, &text);
	has(&text, "\"address\":\"10.0.0.1\",\"port\":[80,443]}");
	has(&text, "\"address\":\"10.0.0.2\",\"port\":80}");
	has(&text, "\"address\":\"127.0.0.1\",\"port\":\"32768-60999\"}");
	has(&text, "\"address\":\"10.0.0.9\",\"port\":40002}");
}

static void test_calls(void **state)
{
	struct run run;
	BUF_AUTO(text);
	BUF_AUTO(remarks);

	(void)state;
	begin(&run, "");
	call(&run, "fork", NULL, RAW(0), NULL, false);
	call(&run, "vfork", NULL, RAW(0), NULL, false);
	call(&run, "kill", NULL, RAW(77, 15), NULL, false);
	call(&run, "socket", NULL, RAW(AF_INET, SOCK_STREAM), NULL, false);
	call(&run, "socket", NULL, RAW(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC),
	     NULL, false);
	call(&run, "socket", NULL, RAW(AF_UNIX, SOCK_DGRAM), NULL, false);
	call(&run, "openat", "/dev/stdin", RAW((uint64_t)AT_FDCWD, 0, O_RDONLY),
	     "pipe:[7]", false);
	call(&run, "openat", "fd/0", RAW((uint64_t)AT_FDCWD, 0, O_RDONLY),
	     "pipe:[7]", false);
	learn_remarks(run.learn, &remarks);
	end(&run, 7, &text);
	has(&text, "\"syscall\":[\"fork\",\"vfork\"],\"class\":\"process\"");
	has(&text, "\"syscall\":\"kill\",\"class\":\"signal\"");
	has(&text, "\"args\":{\"domain\":\"AF_INET\",\"type\":[");
	has(&text, "\"args\":{\"domain\":\"AF_UNIX\",\"type\":\"SOCK_DGRAM\"}");
	has(&text, "\"args\":{\"pathname\":\"/dev/stdin\"}");
	has(&remarks, "openat pipe:[7]\n");
}

/* Blocks stand in front, lists grow, and nothing is learned twice. */
static void test_merge(void **state)
{
	static const char rules[] =
		"{\"version\":1,\"default\":\"block-hard\",\"rules\":["
		"{\"action\":\"allow\",\"class\":\"file-read\",\"path\":\"/a\"},"
		"{\"action\":\"kill\",\"class\":\"file-read\",\"path\":\"/k\"},"
		"{\"action\":\"allow\",\"class\":\"file-read\",\"path\":\"/m\"},"
		"{\"action\":\"kill\",\"class\":\"file-read\",\"path\":\"/k\"}]}";
	static const char grown[] =
		"{\"version\":1,\"default\":\"block-hard\",\"rules\":["
		"{\"action\":\"allow\",\"class\":\"file-read\",\"path\":\"/a\"},"
		"{\"action\":\"kill\",\"class\":\"file-read\",\"path\":\"/k\"},"
		"{\"action\":\"allow\",\"class\":\"file-read\",\"path\":"
		"[\"/b\",\"/m\",\"/z\"]},"
		"{\"action\":\"allow\",\"class\":\"file-write\",\"path\":"
		"\"/b\"}]}";
	struct run run;
	BUF_AUTO(first);
	BUF_AUTO(second);

	(void)state;
	begin(&run, rules);
	open_file(&run, "/z", O_RDONLY);
	open_file(&run, "/b", O_RDWR);
	open_file(&run, "/a", O_RDONLY);
	open_file(&run, "/k", O_RDONLY);
	end(&run, 3, &first);
	assert_string_equal(buf_text(&first), grown);
	begin(&run, grown);
	open_file(&run, "/z", O_RDONLY);
	open_file(&run, "/b", O_RDWR);
	end(&run, 0, &second);
	assert_string_equal(buf_text(&second), grown);
}

int main(void)
{
	char dir[] = "/tmp/syswall-learn.XXXXXX";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_temporary_names),
		cmocka_unit_test(test_libraries),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_merge),
	};
	int failed;

	/* No directory of ours has a name that stands in a pattern. */
	if (!mkdtemp(dir) || chdir(dir))
		return 1;
	setenv("HOME", "/home/u", 1);
	unsetenv("TMPDIR");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink("learn.json");
	if (chdir("/") || rmdir(dir))
		return 1;
	return failed;
}
