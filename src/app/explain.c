/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/explain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/session.h"
#include "arch/arch.h"
#include "base/die.h"
#include "base/escape.h"
#include "policy/explain.h"
#include "syscall/call_text.h"
#include "syscall/names.h"
#include "syscall/print.h"
#include "trace/resolve.h"

/* ---- the call ---- */

/* Stays open: the call names it, and we end soon. */
static int open_path(const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return fd;
}

/* Leave out the last component of @path. Returns it, or NULL. */
static char *cut_last(char *path)
{
	char *slash;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	slash = strrchr(path, '/');
	if (!slash || !slash[1])
		return NULL;
	*slash = '\0';
	return slash + 1;
}

static void step(struct buf *path, const char *name)
{
	if (strcmp(name, ".") == 0)
		return;
	if (strcmp(name, "..") == 0) {
		while (path->len && path->data[--path->len] != '/')
			;
		path->data[path->len] = '\0';
		return;
	}
	if (path->len != 1 || path->data[0] != '/')
		buf_char(path, '/');
	buf_str(path, name);
}

/* A directory on the way is not there: a program would fail, but the question
 * may be about what comes when it is. From the deepest one that is there on,
 * the text counts. */
static void resolve_by_text(struct target *target)
{
	VEC_OF(const char *) names = { 0 };
	char *whole, *name, *directory = NULL;
	BUF_AUTO(path);

	if (target->asked[0] != '/' && target->dirfd == AT_FDCWD)
		buf_str(&path, "./");
	else if (target->asked[0] != '/')
		buf_printf(&path, "/proc/self/fd/%d/", target->dirfd);
	buf_str(&path, target->asked);
	whole = buf_steal(&path);
	while (!directory && (name = cut_last(whole))) {
		VEC_PUSH(&names, name);
		directory = realpath(*whole ? whole : "/", NULL);
	}
	if (directory) {
		buf_str(&path, directory);
		while (names.count)
			step(&path, names.items[--names.count]);
		target->resolved = xstrdup(path.len ? path.data : "/");
		target->error = 0;
	}
	free(directory);
	VEC_FREE(&names);
	free(whole);
}

static void resolve(struct call *call)
{
	resolve_targets(getpid(), call);
	for (size_t i = 0; i < call->n_targets; i++)
		if (call->targets[i].error == -ENOENT &&
		    call->targets[i].asked && *call->targets[i].asked)
			resolve_by_text(&call->targets[i]);
}

/* "openat" or "syscall_467", perhaps with "@/usr/bin/git" behind it. */
static bool read_call(const struct policy *policy, struct call *call,
		      char *const *words, char **program, struct err *err)
{
	static const struct call_text text = { .open_path = open_path };
	char *name = xstrdup(words[0]), *at = strchr(name, '@');
	struct rule_call named;
	BUF_AUTO(shown);
	bool ok;

	*program = at ? xstrdup(at + 1) : NULL;
	if (at)
		*at = '\0';
	ok = policy_call_by_name(policy, name, &named);
	escape_quoted(&shown, name, strnlen(name, 100));
	free(name);
	if (!ok)
		return err_set(err, "--explain: no system call %s",
			       buf_text(&shown));
	if (named.id == SYSCALL_UNKNOWN)
		return call_from_text(call, &text, NULL, named.number,
				      words + 1, err);
	return call_from_text(call, &text, syscall_def(named.id),
			      arch_syscall_number(named.id), words + 1, err);
}

/* ---- what is printed ---- */

static void print_rules(const char *title, const struct rule *const *rules,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct rule_origin *origin = &rules[i]->origin;
		BUF_AUTO(file);
		BUF_AUTO(text);

		if (i == 0)
			printf("  %s\n", title);
		escape_str(&file, origin->file);
		policy_rule_text(&text, rules[i]);
		printf("    %s:%u:%u: rule %u: %s\n", buf_text(&file),
		       origin->line, origin->column, origin->index,
		       buf_text(&text));
	}
}

static void print_verdict(const struct decision *decision)
{
	const char *error = errno_name(decision->error);

	printf("%s%s%s\n", verdict_name(decision->verdict),
	       decision->verdict == VERDICT_BLOCK_HARD && error ? " " : "",
	       decision->verdict == VERDICT_BLOCK_HARD && error ? error : "");
}

static void print_target(const struct target *target)
{
	BUF_AUTO(text);

	if (!target)
		return;
	if (target->kind == TARGET_ADDRESS)
		address_text(&text, &target->address, target->address_len);
	else if (target->resolved)
		escape_str(&text, target->resolved);
	else if (target->asked)
		escape_str(&text, target->asked);
	else
		return;
	printf(" %s", buf_text(&text));
}

static void print_facet(const struct policy *policy, const struct call *call,
			const struct explanation *explanation)
{
	const struct decision *decision = &explanation->decision;
	BUF_AUTO(reason);

	printf("%s", class_name(decision->facet.class_id));
	print_target(decision->facet.target);
	printf("%s: ", decision->facet.implied ? " (on the side)" : "");
	print_verdict(decision);
	policy_explain_reason(policy, call, decision, &reason);
	if (decision->rule)
		print_rules(buf_text(&reason), &decision->rule, 1);
	else
		printf("  %s\n", buf_text(&reason));
	print_rules("these match too, but come later:",
		    explanation->beaten.items, explanation->beaten.count);
	print_rules("these would have to know more:", explanation->unsure.items,
		    explanation->unsure.count);
}

/* Returns how many there were. */
static size_t print_facets(const struct policy *policy, const struct call *call,
			   const struct subject *subject)
{
	struct explanation explanation;
	size_t told = 0;
	bool counts;

	for (size_t i = 0;
	     policy_explain(policy, call, subject, i, &explanation, &counts);
	     i++) {
		/* What is done on the side is told where a rule stops it. */
		if (counts) {
			print_facet(policy, call, &explanation);
			told++;
		}
		explanation_free(&explanation);
	}
	return told;
}

static int explain(const struct policy *policy, const struct call *call,
		   const char *program)
{
	struct subject subject = {
		.comm = "",
		.exe = program ? program : "",
		.cwd = "",
		.parent_comm = "",
	};
	struct decision decision;
	BUF_AUTO(text);

	print_call(&text, call);
	puts(buf_text(&text));
	policy_decide(policy, call, &subject, &decision);
	if (print_facets(policy, call, &subject) > 1) {
		printf("the strictest counts: ");
		print_verdict(&decision);
	}
	if (fflush(stdout) || ferror(stdout)) {
		warn_line("cannot write to standard output");
		return EXIT_TROUBLE;
	}
	return decision.verdict == VERDICT_ALLOW ? EXIT_YES : EXIT_NO;
}

int explain_call(const struct options *options)
{
	struct policy *policy;
	struct call call;
	char *program = NULL;
	struct err err;
	int status = EXIT_TROUBLE;

	if (!options->argv[0]) {
		warn_line("--explain: no system call to explain (try --help)");
		return EXIT_TROUBLE;
	}
	policy = session_policy(options, &err);
	if (policy && read_call(policy, &call, options->argv, &program, &err)) {
		resolve(&call);
		status = explain(policy, &call, program);
		call_free(&call);
	} else {
		warn_line("%s", err.text);
	}
	free(program);
	policy_free(policy);
	return status;
}
