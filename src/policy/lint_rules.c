/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lint_rules - the look at all rules; the checks are in the other lint_*.c. */
#include "policy/lint.h"

#include <stdlib.h>

#include "lint_parts.h"
#include "path_index.h"
#include "policy/profile.h"

static void add(struct lint *lint, unsigned int line, unsigned int column,
		struct buf *text)
{
	struct lint_finding finding = { line, column, buf_steal(text) };

	VEC_PUSH(&lint->report->findings, finding);
}

void lint_warn(struct lint *lint, const struct rule *rule, const char *format,
	       ...)
{
	struct buf text = BUF_EMPTY;
	va_list args;

	buf_printf(&text, "rule %u ", rule->origin.index);
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	add(lint, rule->origin.line, rule->origin.column, &text);
}

/* Rules that only allow what is allowed anyway. */
static void lint_default(struct lint *lint)
{
	const struct policy *policy = lint->policy;
	struct buf text = BUF_EMPTY;

	if (!policy->has_default || policy->default_verdict != VERDICT_ALLOW ||
	    !policy->loaded.count)
		return;
	for (size_t i = 0; i < policy->loaded.count; i++)
		if (policy->loaded.items[i]->rule.verdict != VERDICT_ALLOW)
			return;
	buf_str(&text, "the default is allow and so is every rule: nothing "
		       "is asked or blocked");
	add(lint, policy->default_line, policy->default_column, &text);
}

/* In the order of the file: the checks go rule by rule, the default comes
 * first though it may stand last. */
static int compare(const void *a, const void *b)
{
	const struct lint_finding *left = a, *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return left->column < right->column ? -1 : left->column > right->column;
}

void policy_lint(const struct policy *policy, const struct lint_world *world,
		 struct lint_report *report)
{
	struct policy *secrets = policy_new();
	struct lint lint = {
		.policy = policy,
		.world = world,
		.secrets = secrets,
		.report = report,
		.earlier = path_index_new(),
	};

	*report = (struct lint_report){ 0 };
	lint_find_spots(&lint);
	/* Without a home directory there is nothing to compare with. */
	if (!policy_load_profile(secrets, profile_name(PROFILE_SECRETS), NULL))
		lint.secrets = NULL;
	lint_default(&lint);
	for (size_t i = 0; i < policy->loaded.count; i++) {
		struct matcher *matcher = policy->loaded.items[i];

		if (lint_reach(&lint, matcher))
			continue;
		lint_links(&lint, matcher);
		lint_soft(&lint, matcher);
		lint_unstoppable(&lint, matcher);
		lint_shadow(&lint, matcher);
		lint_secrets(&lint, i);
	}
	if (report->findings.count)
		qsort(report->findings.items, report->findings.count,
		      sizeof(*report->findings.items), compare);
	VEC_FREE(&lint.spots);
	path_index_free(lint.earlier);
	policy_free(secrets);
}

void lint_report_free(struct lint_report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		free(report->findings.items[i].text);
	VEC_FREE(&report->findings);
}
