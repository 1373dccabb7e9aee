/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * decide - what the rules say about one call.
 *
 * Each facet is decided for itself: first rule, then quiet, then default. Of
 * all facets the strictest verdict stands.
 */
#include <errno.h>

#include "policy_data.h"

enum scope policy_scope(enum call_class class_id, bool implied, bool asked)
{
	if (implied)
		return SCOPE_CLASS;
	if (!asked && class_id < CLASS_COUNT &&
	    (class_quiet_set() & CLASS_BIT(class_id)))
		return SCOPE_NAMED;
	return SCOPE_ALL;
}

enum verdict policy_effective(const struct policy *policy, enum verdict verdict)
{
	if (verdict != VERDICT_ASK || !policy->no_prompt)
		return verdict;
	if (policy->has_unmatched && policy->unmatched != VERDICT_ASK)
		return policy->unmatched;
	return VERDICT_BLOCK_HARD;
}

enum verdict policy_unmatched(const struct policy *policy, bool asked)
{
	if (asked || policy->learning)
		return VERDICT_ASK;
	if (policy->has_unmatched)
		return policy->unmatched;
	return policy->has_default ? policy->default_verdict : VERDICT_ASK;
}

/* Turn the words of a rule or default into what can be done to this call. */
static void settle(const struct policy *policy, const struct call *call,
		   enum verdict verdict, int error, struct decision *decision)
{
	verdict = policy_effective(policy, verdict);
	if (verdict == VERDICT_BLOCK_SOFT && call->soft == SOFT_NONE)
		verdict = VERDICT_BLOCK_HARD;
	decision->verdict = verdict;
	decision->error = 0;
	if (verdict == VERDICT_BLOCK_HARD)
		decision->error = error ? error : EACCES;
}

/* Blocked because nobody knows what it names. Where the kernel would have
 * failed for the same reason, the program sees what it would have seen. */
static void decide_error(const struct facet *facet, struct decision *decision)
{
	static const int native[] = {
		EFAULT, ENAMETOOLONG, ENOENT, ENOTDIR, ELOOP,
	};
	int error = facet->target ? -facet->target->error : 0;

	decision->by = DECIDED_BY_ERROR;
	decision->verdict = VERDICT_BLOCK_HARD;
	decision->error = EACCES;
	for (size_t i = 0; i < sizeof(native) / sizeof(*native); i++)
		if (error == native[i])
			decision->error = error;
}

static bool is_unreadable(const struct target *target)
{
	if (!target)
		return false;
	return target->error || (target_is_file(target) && !target->resolved);
}

static void decide_unmatched(const struct policy *policy,
			     const struct call *call, bool asked,
			     struct decision *decision)
{
	enum verdict verdict = policy_unmatched(policy, asked);

	decision->by = DECIDED_BY_DEFAULT;
	settle(policy, call, verdict, 0, decision);
	/* Where everything would be allowed, not knowing what is no harm: no
	 * rule that speaks of paths or addresses could have said no. */
	if (decision->verdict != VERDICT_ALLOW && !policy->learning &&
	    is_unreadable(decision->facet.target))
		decide_error(&decision->facet, decision);
}

/* False when the facet has no say. */
bool policy_decide_facet(const struct policy *policy, const struct call *call,
			 const struct subject *subject,
			 const struct facet *facet, struct decision *decision)
{
	bool asked =
		policy_asks(policy, call->def ? call->def->id : SYSCALL_UNKNOWN,
			    call->number, facet->class_id);
	enum scope scope = policy_scope(facet->class_id, facet->implied, asked);
	struct matcher *matcher;
	bool unknown;

	*decision = (struct decision){ .facet = *facet };
	if (call->def && syscall_is_unstoppable(call->def)) {
		decision->by = DECIDED_BY_QUIET;
		return true;
	}
	matcher = rule_index_find(policy->index, call, facet, scope, subject,
				  &unknown);
	if (matcher && unknown) {
		decide_error(facet, decision);
	} else if (matcher) {
		decision->by = DECIDED_BY_RULE;
		decision->rule = &matcher->rule;
		settle(policy, call, matcher->rule.verdict, matcher->rule.error,
		       decision);
	} else if (scope == SCOPE_ALL) {
		decide_unmatched(policy, call, asked, decision);
	} else {
		decision->by = DECIDED_BY_QUIET;
	}
	return scope != SCOPE_CLASS || decision->verdict != VERDICT_ALLOW;
}

/* Of two equal verdicts the one that a rule gave says more. */
static bool beats(const struct decision *a, const struct decision *b)
{
	if (a->verdict != b->verdict)
		return a->verdict > b->verdict;
	return a->rule && !b->rule;
}

void policy_decide(const struct policy *policy, const struct call *call,
		   const struct subject *subject, struct decision *decision)
{
	struct decision one;
	struct facet facet;
	bool decided = false;

	for (size_t i = 0; call_facet(call, i, &facet); i++) {
		if (!policy_decide_facet(policy, call, subject, &facet, &one))
			continue;
		if (!decided || beats(&one, decision))
			*decision = one;
		decided = true;
	}
	if (decided)
		return;
	/* A call in no class: as if it were unknown. */
	facet = (struct facet){ .class_id = CLASS_COUNT };
	policy_decide_facet(policy, call, subject, &facet, decision);
}
