/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/check.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arch/arch.h"
#include "base/die.h"
#include "base/escape.h"
#include "base/file.h"
#include "policy/lint.h"

static bool read_link(const char *path, struct buf *target)
{
	char text[PATH_MAX];
	ssize_t len = readlink(path, text, sizeof(text));

	if (len < 0)
		return false;
	buf_add(target, text, (size_t)len);
	return true;
}

/* "FILE:LINE:COLUMN: why" becomes "FILE:LINE:COLUMN: error: why". */
static void print_error(const char *shown, const char *text)
{
	size_t len = strlen(shown);

	if (strncmp(text, shown, len) == 0)
		len += strspn(text + len, ":0123456789");
	else
		len = 0;
	printf("%.*s%serror: %s\n", (int)len, text, len ? " " : "",
	       text + len + (text[len] == ' '));
}

/* True when there is nothing to say. */
static bool print_warnings(const char *shown, const struct policy *policy)
{
	static const struct lint_world world = { .read_link = read_link };
	struct lint_report report;
	bool clean;

	policy_lint(policy, &world, &report);
	clean = report.findings.count == 0;
	for (size_t i = 0; i < report.findings.count; i++) {
		const struct lint_finding *finding = &report.findings.items[i];

		printf("%s:%u:%u: warning: %s\n", shown, finding->line,
		       finding->column, finding->text);
	}
	lint_report_free(&report);
	return clean;
}

static int check_file(const char *path, bool strict)
{
	struct policy *policy;
	struct err err;
	BUF_AUTO(text);
	BUF_AUTO(shown);
	int status = EXIT_NO;

	if (!file_read(path, POLICY_FILE_MAX, &text, &err)) {
		fflush(stdout); /* what was found before comes before */
		warn_line("%s", err.text);
		return EXIT_TROUBLE;
	}
	escape_str(&shown, path);
	policy = policy_new();
	policy_set_numbering(policy, arch_syscall_id);
	if (!policy_load_text(policy, path, buf_text(&text), text.len, &err))
		print_error(buf_text(&shown), err.text);
	else if (print_warnings(buf_text(&shown), policy) || !strict)
		status = EXIT_YES;
	policy_free(policy);
	return status;
}

int check_files(const struct options *options)
{
	int worst = EXIT_YES;

	if (!options->argv[0]) {
		warn_line("--check: no rules file to look at (try --help)");
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; options->argv[i]; i++) {
		int status = check_file(options->argv[i], options->strict);

		if (status > worst)
			worst = status;
	}
	if (!fflush(stdout) && !ferror(stdout))
		return worst;
	warn_line("cannot write to standard output");
	return EXIT_TROUBLE;
}
