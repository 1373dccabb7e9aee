/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * answers - the lasting answers of this run among the rules.
 *
 * An answer that was taken back stays where it is, for log and report still
 * speak of it; it only matches nothing any more.
 */
#include "policy_data.h"

void policy_cover_answers(struct policy *policy, struct matcher *latest)
{
	for (size_t i = 0; i < policy->answers.count; i++) {
		struct matcher *matcher = policy->answers.items[i];

		if (matcher != latest && !matcher->undone &&
		    !matcher->covered_by && matcher_covers(latest, matcher))
			matcher->covered_by = latest;
	}
}

const struct rule *policy_undo_answer(struct policy *policy)
{
	struct matcher *latest = NULL;

	for (size_t i = policy->answers.count; i-- > 0 && !latest;)
		if (!policy->answers.items[i]->undone)
			latest = policy->answers.items[i];
	if (!latest)
		return NULL;
	latest->undone = true;
	for (size_t i = 0; i < policy->answers.count; i++)
		if (policy->answers.items[i]->covered_by == latest)
			policy->answers.items[i]->covered_by = NULL;
	return &latest->rule;
}

size_t policy_replaced_count(const struct policy *policy,
			     const struct rule *rule)
{
	const struct matcher *matcher = matcher_of(rule);
	size_t count = 0;

	for (size_t i = 0; i < policy->answers.count; i++)
		count += policy->answers.items[i]->covered_by == matcher;
	return count;
}

bool policy_rule_matches(const struct rule *rule, const struct call *call,
			 const struct subject *subject)
{
	const struct matcher *matcher = matcher_of(rule);
	struct facet facet;

	for (size_t i = 0; call_facet(call, i, &facet); i++)
		if (!facet.implied &&
		    matcher_match(matcher, call, &facet, subject) == MATCH_YES)
			return true;
	return false;
}

/* ---- rules that nearly matched ---- */

static const char *const part_names[PART_COUNT] = {
	[PART_PATH] = "path", [PART_ADDRESS] = "address",
	[PART_PORT] = "port", [PART_PROGRAM] = "program",
	[PART_ARGS] = "args",
};

/* The one part that fails for this facet, or NULL. */
static const char *failing_part(const struct matcher *matcher,
				const struct call *call,
				const struct facet *facet,
				const struct subject *subject)
{
	enum match parts[PART_COUNT];
	const char *failing = NULL;

	if (!matcher_parts(matcher, call, facet, subject, parts))
		return NULL;
	for (size_t i = 0; i < PART_COUNT; i++) {
		if (parts[i] == MATCH_YES)
			continue;
		if (failing)
			return NULL;
		failing = part_names[i];
	}
	return failing;
}

static const char *near_miss(const struct matcher *matcher,
			     const struct call *call,
			     const struct subject *subject)
{
	const char *failing = NULL;
	struct facet facet;

	/* What names no call and no class is about everything. */
	if (matcher->undone ||
	    (!matcher->rule.calls.count && !matcher->rule.classes) ||
	    policy_rule_matches(&matcher->rule, call, subject))
		return NULL;
	for (size_t i = 0; !failing && call_facet(call, i, &facet); i++)
		if (!facet.implied)
			failing = failing_part(matcher, call, &facet, subject);
	return failing;
}

size_t policy_near_misses(const struct policy *policy, const struct call *call,
			  const struct subject *subject,
			  struct near_miss *misses, size_t max)
{
	const struct rule *rule;
	size_t count = 0;

	for (size_t i = 0; count < max && (rule = policy_rule_at(policy, i));
	     i++) {
		const char *part = near_miss(matcher_of(rule), call, subject);

		if (part)
			misses[count++] = (struct near_miss){ rule, part };
	}
	return count;
}
