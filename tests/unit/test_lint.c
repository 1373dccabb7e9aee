/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What --check warns about, and what it must not warn about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "policy/lint.h"
#include "policy/profile.h"

/* A machine where /bin and /run/sock are links. */
static bool read_link(const char *path, struct buf *target)
{
	if (strcmp(path, "/bin") == 0)
		buf_str(target, "usr/bin");
	else if (strcmp(path, "/usr/bin/vi") == 0)
		buf_str(target, "nvim");
	else if (strcmp(path, "/var/run") == 0)
		buf_str(target, "/run");
	else
		return false;
	return true;
}

static const struct lint_world world = { .read_link = read_link };

#define HARD  "{\"action\":\"block-hard\","
#define ALLOW "{\"action\":\"allow\","
#define SOFT  "{\"action\":\"block-soft\","
#define SHADOW                                                                 \
	"never decides: rule 1 in line 2 comes first and matches all "         \
	"that it matches"

/* Rules, one a line from line 2 on; the warnings, "LINE:text", ';' between. */
static const struct {
	const char *rules, *warnings;
} rows[] = {
	/* shadowed */
	{ HARD "\"class\":\"exec\"},\n" ALLOW "\"syscall\":\"execve\"}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"class\":\"exec\",\"path\":\"/usr/**\"},\n" ALLOW
	       "\"class\":\"exec\",\"path\":[\"/usr/bin/*\",\"/usr/x\"]}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"class\":\"exec\",\"path\":\"/usr/**\"},\n" ALLOW
	       "\"class\":\"exec\",\"path\":[\"/usr/bin/*\",\"/opt/x\"]}",
	  "" },
	{ HARD "\"class\":\"exec\",\"path\":\"/usr/**\"},\n" ALLOW
	       "\"class\":\"exec\"}",
	  "" },
	{ HARD "\"class\":\"exec\",\"program\":\"/usr/bin/a\"},\n" ALLOW
	       "\"class\":\"exec\"}",
	  "" },
	{ HARD "\"class\":\"exec\"},\n" ALLOW
	       "\"class\":\"exec\",\"program\":\"/usr/bin/a\"}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"class\":[\"exec\",\"signal\"]},\n" ALLOW
	       "\"class\":[\"exec\",\"process\"]}",
	  "" },
	{ HARD "\"class\":\"net-connect\",\"address\":\"10.0.0.0/8\"},\n" ALLOW
	       "\"class\":\"net-connect\",\"address\":\"10.1.0.0/16\","
	       "\"port\":80}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"class\":\"net-connect\",\"port\":\"1-1023\"},\n" ALLOW
	       "\"class\":\"net-connect\",\"port\":[22,8080]}",
	  "" },
	{ HARD
	  "\"syscall\":\"socket\",\"args\":{\"domain\":\"AF_UNIX\"}},\n" ALLOW
	  "\"syscall\":\"socket\"}",
	  "" },
	{ HARD "\"syscall\":\"socket\"},\n" ALLOW
	       "\"syscall\":\"socket\",\"args\":{\"domain\":\"AF_UNIX\"}}",
	  "3:rule 2 " SHADOW },
	{ HARD
	  "\"syscall\":\"socket\",\"args\":{\"domain\":\"AF_UNIX\"}},\n" ALLOW
	  "\"syscall\":\"socket\",\"args\":{\"domain\":\"AF_UNIX\","
	  "\"protocol\":0}}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"syscall\":\"open\",\"args\":{\"flags\":{\"has\":"
	       "\"O_CREAT\"}}},\n" ALLOW
	       "\"syscall\":\"open\",\"args\":{\"flags\":{\"has\":["
	       "\"O_EXCL\",\"O_CREAT\"]}}}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"syscall\":\"open\",\"args\":{\"flags\":{\"has\":["
	       "\"O_EXCL\",\"O_CREAT\"]}}},\n" ALLOW
	       "\"syscall\":\"open\",\"args\":{\"flags\":{\"has\":"
	       "\"O_CREAT\"}}}",
	  "" },
	{ HARD "\"syscall\":\"kill\",\"args\":{\"sig\":[9,15]}},\n" ALLOW
	       "\"syscall\":\"kill\",\"args\":{\"sig\":15}}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"syscall\":\"kill\",\"args\":{\"sig\":9}},\n" ALLOW
	       "\"syscall\":\"kill\",\"args\":{\"sig\":[9,15]}}",
	  "" },
	/* of several, the first is named */
	{ HARD "\"class\":\"exec\",\"path\":\"**/b/*\"},\n" HARD
	       "\"class\":\"exec\",\"path\":\"/a/**\"},\n" ALLOW
	       "\"class\":\"exec\",\"path\":\"/a/b/[a-z]?\"}",
	  "4:rule 3 " SHADOW },
	/* a rule without names speaks of nothing quiet, and of nothing on the
	 * side: here, what is opened by a rename */
	{ "{\"action\":\"ask\"},\n" HARD "\"class\":\"io\"}", "" },
	{ "{\"action\":\"ask\"},\n" HARD "\"class\":\"signal\"}",
	  "3:rule 2 " SHADOW },
	{ "{\"action\":\"ask\"},\n" HARD "\"class\":\"file-delete\"}", "" },
	{ HARD "\"syscall\":\"rename\"},\n" HARD
	       "\"syscall\":\"rename\",\"class\":\"file-delete\"}",
	  "" },
	{ HARD "\"syscall\":\"syscall_999\"},\n" ALLOW
	       "\"syscall\":\"syscall_999\"}",
	  "3:rule 2 " SHADOW },
	{ HARD "\"syscall\":\"syscall_999\"},\n" ALLOW
	       "\"syscall\":\"syscall_998\"}",
	  "" },
	/* never matching */
	{ HARD "\"syscall\":\"unlink\",\"class\":\"exec\"}",
	  "2:rule 1 never matches: no call that it names is in its classes" },
	{ HARD "\"syscall\":[\"unlink\",\"execve\"],\"class\":\"exec\"}",
	  "2:rule 1 names unlink in vain: it is in no such class" },
	{ HARD "\"syscall\":\"execve\",\"class\":[\"file-read\",\"exec\"]}",
	  "2:rule 1 names file-read in vain: no call that it names is in "
	  "this class" },
	{ HARD "\"syscall\":\"rename\",\"class\":\"file-delete\","
	       "\"path\":\"/x\"}",
	  "" },
	{ HARD "\"class\":\"io\",\"path\":\"/x\"}",
	  "2:rule 1 never matches: such a call never has a path" },
	{ HARD "\"class\":[\"io\",\"file-read\"],\"path\":\"/x\"}",
	  "2:rule 1 names io in vain: such a call never has a path" },
	{ HARD "\"syscall\":[\"fork\",\"unlink\"],\"path\":\"/x\"}",
	  "2:rule 1 names fork in vain: it never has a path" },
	{ HARD "\"class\":\"exec\",\"port\":80}",
	  "2:rule 1 never matches: such a call never has an address" },
	{ HARD "\"syscall\":\"socket\",\"address\":\"10.0.0.0/8\"}",
	  "2:rule 1 never matches: such a call never has an address" },
	{ HARD "\"path\":\"/x\",\"address\":\"10.0.0.0/8\"}",
	  "2:rule 1 never matches: such a call never has both a path and an "
	  "address" },
	{ HARD "\"class\":\"net-connect\",\"address\":\"unix:/x\",\"port\":1}",
	  "2:rule 1 never matches: a unix address has no port" },
	{ HARD "\"class\":\"net-connect\",\"address\":[\"unix:/x\",\"::1\"],"
	       "\"port\":1}",
	  "" },
	{ HARD "\"syscall\":[\"sendto\",\"sendmsg\",\"sendmmsg\"],"
	       "\"class\":\"net-connect\",\"port\":1}",
	  "" },
	/* links */
	{ HARD "\"path\":\"/bin/**\"}",
	  "2:rule 1 names \"/bin/**\" in vain: /bin is a symbolic link to "
	  "usr/bin, and rules see where links lead" },
	{ HARD "\"path\":[\"/usr/**\",\"/bin/sh\"]}",
	  "2:rule 1 names \"/bin/sh\" in vain: /bin is a symbolic link to "
	  "usr/bin, and rules see where links lead" },
	{ HARD "\"path\":\"/bin*/**\"}", "" },
	{ HARD "\"path\":\"/bin\",\"class\":\"file-delete\"}", "" },
	{ HARD "\"path\":\"/usr/bin/vi\",\"class\":\"exec\"}",
	  "2:rule 1 names \"/usr/bin/vi\" in vain: /usr/bin/vi is a symbolic "
	  "link to nvim, and rules see where links lead" },
	{ HARD "\"path\":\"/usr/bin/vi*\",\"class\":\"exec\"}", "" },
	{ HARD "\"path\":\"/usr/bin/vi\",\"class\":\"file-delete\"}", "" },
	{ HARD "\"program\":\"/usr/bin/vi\"}",
	  "2:rule 1 names \"/usr/bin/vi\" in vain: /usr/bin/vi is a symbolic "
	  "link to nvim, and rules see where links lead" },
	{ HARD "\"address\":\"unix:/var/run/x\"}",
	  "2:rule 1 names \"/var/run/x\" in vain: /var/run is a symbolic "
	  "link to /run, and rules see where links lead" },
	{ HARD "\"address\":\"unix:@/bin/x\"}", "" },
	/* what always runs */
	{ HARD "\"syscall\":[\"exit_group\",\"getpid\"]}",
	  "2:rule 1 names exit_group in vain: it always runs, or no program "
	  "could end or go on" },
	{ HARD "\"syscall\":\"restart_syscall\"}",
	  "2:rule 1 names restart_syscall in vain: it always runs, or no "
	  "program could end or go on" },
	{ ALLOW "\"syscall\":[\"exit\",\"rt_sigreturn\"]}", "" },
	{ HARD "\"class\":\"self\"}", "" },
	/* soft */
	{ SOFT "\"class\":\"file-delete\"}", "" },
	{ SOFT "\"class\":\"exec\"}",
	  "2:rule 1 blocks hard what has no honest imitation: uselib" },
	/* secrets */
	{ ALLOW "\"class\":\"file-read\",\"path\":\"${HOME}/**\"}",
	  "2:rule 1 allows file-read of the secrets in \"${HOME}/.ssh/**\": "
	  "block them in an earlier rule (see profiles/secrets.json)" },
	{ ALLOW "\"syscall\":\"openat\"}",
	  "2:rule 1 allows file-read of the secrets in \"${HOME}/.ssh/**\": "
	  "block them in an earlier rule (see profiles/secrets.json)" },
	{ ALLOW "\"class\":\"file-write\",\"path\":\"/home/**\"}",
	  "2:rule 1 allows file-write of the secrets in \"${HOME}/.ssh/**\": "
	  "block them in an earlier rule (see profiles/secrets.json)" },
	{ ALLOW "\"class\":\"file-read\",\"path\":\"**/*.json\"}",
	  "2:rule 1 allows file-read of the secrets in "
	  "\"${HOME}/.docker/config.json\": block them in an earlier rule "
	  "(see profiles/secrets.json)" },
	{ ALLOW "\"class\":\"net-connect\",\"address\":\"unix:/run/**\"}",
	  "2:rule 1 allows net-connect of the secrets in "
	  "\"/run/user/*/gnupg/**\": block them in an earlier rule (see "
	  "profiles/secrets.json)" },
	{ ALLOW "\"class\":\"file-read\",\"path\":\"${HOME}/.ssh/*\"}",
	  "2:rule 1 allows file-read of the secrets in \"${HOME}/.ssh/**\": "
	  "block them in an earlier rule (see profiles/secrets.json)" },
	{ HARD "\"class\":\"file-read\",\"path\":\"${HOME}/.ssh/**\"},\n" ALLOW
	       "\"class\":\"file-read\",\"path\":\"${HOME}/.ssh*/*\"}",
	  "" },
	{ ALLOW "\"class\":\"file-read\",\"path\":\"${HOME}/here/**\"}", "" },
	{ ALLOW "\"class\":\"file-read\",\"path\":\"${HOME}/.ssh/config\"}",
	  "" },
	{ ALLOW "\"class\":\"file-stat\",\"path\":\"${HOME}/**\"}", "" },
	{ ALLOW "\"class\":\"net-connect\",\"address\":\"0.0.0.0/0\"}", "" },
	{ HARD
	  "\"class\":\"file-read\",\"path\":[\"${HOME}/.*/**\","
	  "\"/etc/?shadow*\",\"/etc/shadow*\",\"${HOME}/snap/**\"]},\n" ALLOW
	  "\"class\":\"file-read\"}",
	  "" },
	{ HARD "\"class\":\"file-read\",\"path\":[\"${HOME}/.*/**\","
	       "\"/etc/*shadow*\",\"${HOME}/snap/**\"],"
	       "\"program\":\"/usr/bin/x\"},\n" ALLOW
	       "\"class\":\"file-read\"}",
	  "3:rule 2 allows file-read of the secrets in "
	  "\"${HOME}/.ssh/**\": block them in an earlier rule (see "
	  "profiles/secrets.json)" },
};

static void check(const char *text, const char *wanted)
{
	struct policy *policy = policy_new();
	struct lint_report report;
	struct err err;
	BUF_AUTO(got);

	if (!policy_load_text(policy, "r.json", text, strlen(text), &err))
		fail_msg("%s", err.text);
	policy_lint(policy, &world, &report);
	for (size_t i = 0; i < report.findings.count; i++)
		buf_printf(&got, "%s%u:%s", i ? ";" : "",
			   report.findings.items[i].line,
			   report.findings.items[i].text);
	if (strcmp(buf_text(&got), wanted) != 0)
		fail_msg("%s\n got %s\nnot %s", text, buf_text(&got), wanted);
	lint_report_free(&report);
	policy_free(policy);
}

static void test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		BUF_AUTO(text);

		buf_printf(&text, "{\"version\":1,\"rules\":[\n%s]}",
			   rows[i].rules);
		check(buf_text(&text), rows[i].warnings);
	}
}

static void test_default(void **state)
{
	(void)state;
	check("{\"version\":1,\"rules\":[\n" ALLOW "\"class\":\"exec\"}],\n"
	      "\"default\":\"allow\"}",
	      "3:the default is allow and so is every rule: nothing is asked "
	      "or blocked");
	check("{\"version\":1,\"default\":\"allow\",\"rules\":[]}", "");
	check("{\"version\":1,\"default\":\"ask\",\"rules\":[\n" ALLOW
	      "\"class\":\"exec\"}]}",
	      "");
}

/* Consulted behind the secrets, as they are, the profiles are clean. */
static void test_profiles(void **state)
{
	(void)state;
	for (int id = 0; id < PROFILE_COUNT; id++) {
		struct policy *policy = policy_new();
		struct lint_report report;
		struct err err;

		if (!policy_load_profile(policy, profile_name(id), &err))
			fail_msg("%s", err.text);
		policy_lint(policy, &world, &report);
		for (size_t i = 0; i < report.findings.count; i++)
			/* The secrets stop mounts, too. */
			if (!strstr(report.findings.items[i].text,
				    "never decides: rule 7"))
				fail_msg("%s: %s", profile_name(id),
					 report.findings.items[i].text);
		lint_report_free(&report);
		policy_free(policy);
	}
}

static void test_profile_texts(void **state)
{
	(void)state;
	for (int id = 0; id < PROFILE_COUNT; id++) {
		size_t len;
		const char *text = profile_text(id, &len);
		BUF_AUTO(summary);

		assert_int_equal(text[0], '{');
		assert_memory_equal(text + len - 2, "}\n", 2);
		profile_summary(id, &summary);
		assert_in_range(summary.len, 10, 110);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_profile_texts),
	};

	setenv("HOME", "/home/u", 1);
	setenv("TMPDIR", "/tmp", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
