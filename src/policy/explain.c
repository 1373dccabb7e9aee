/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "policy/explain.h"

#include <stdlib.h>
#include <string.h>

#include "policy_data.h"
#include "syscall/names.h"

/* As the index finds them. */
static bool is_in_scope(const struct rule *rule, enum scope scope)
{
	if (scope == SCOPE_CLASS)
		return rule->classes != 0;
	return scope == SCOPE_ALL || rule->classes || rule->calls.count;
}

static bool is_asked(const struct policy *policy, const struct call *call,
		     const struct facet *facet)
{
	return policy_asks(policy, call->def ? call->def->id : SYSCALL_UNKNOWN,
			   call->number, facet->class_id);
}

/* Sort all rules that match into those before and behind the one that decided.
 * An answer is not among them: there are none without a run. */
static void collect(const struct policy *policy, const struct call *call,
		    const struct subject *subject, enum scope scope,
		    struct explanation *explanation)
{
	const struct decision *decision = &explanation->decision;

	for (size_t i = 0; i < policy->loaded.count; i++) {
		const struct matcher *matcher = policy->loaded.items[i];
		const struct rule *rule = &matcher->rule;
		enum match match;

		if (rule == decision->rule || !is_in_scope(rule, scope))
			continue;
		match = matcher_match(matcher, call, &decision->facet, subject);
		if (match == MATCH_YES)
			VEC_PUSH(&explanation->beaten, rule);
		else if (match == MATCH_UNKNOWN)
			VEC_PUSH(&explanation->unsure, rule);
	}
}

bool policy_explain(const struct policy *policy, const struct call *call,
		    const struct subject *subject, size_t i,
		    struct explanation *explanation, bool *counts)
{
	struct facet facet;
	enum scope scope;

	*explanation = (struct explanation){ 0 };
	if (!call_facet(call, i, &facet))
		return false;
	scope = policy_scope(facet.class_id, facet.implied,
			     is_asked(policy, call, &facet));
	*counts = policy_decide_facet(policy, call, subject, &facet,
				      &explanation->decision);
	collect(policy, call, subject, scope, explanation);
	return true;
}

void explanation_free(struct explanation *explanation)
{
	VEC_FREE(&explanation->beaten);
	VEC_FREE(&explanation->unsure);
}

/* ---- reasons ---- */

static void say_default(const struct policy *policy, const struct call *call,
			const struct facet *facet, struct buf *out)
{
	bool asked = is_asked(policy, call, facet);

	buf_str(out, "no rule matches");
	if (asked)
		buf_str(out, ", and --ask names it");
	else if (policy->has_unmatched)
		buf_printf(out, ", and --on-unmatched is %s",
			   verdict_name(policy->unmatched));
	else if (policy->has_default)
		buf_printf(out, ", and the default is %s",
			   verdict_name(policy->default_verdict));
	else
		buf_str(out, ", and no file states a default: ask");
}

static void say_error(const struct facet *facet, struct buf *out)
{
	int error = facet->target ? -facet->target->error : 0;

	buf_str(out, "what it names is not known");
	if (error > 0)
		buf_printf(out, " (%s)", strerror(error));
	buf_str(out, ", and a rule would have to know it");
}

/* What the rule or the default says, before it is made possible. */
static enum verdict said(const struct policy *policy, const struct call *call,
			 const struct decision *decision)
{
	if (decision->rule)
		return decision->rule->verdict;
	return policy_unmatched(policy,
				is_asked(policy, call, &decision->facet));
}

void policy_explain_reason(const struct policy *policy, const struct call *call,
			   const struct decision *decision, struct buf *out)
{
	enum verdict verdict;

	switch (decision->by) {
	case DECIDED_BY_RULE:
		buf_printf(out, "rule %u is the first that matches",
			   decision->rule->origin.index);
		break;
	case DECIDED_BY_QUIET:
		if (call->def && syscall_is_unstoppable(call->def)) {
			buf_str(out, "it always runs: a program that is kept "
				     "from it cannot go on");
			return;
		}
		buf_printf(out, "no rule names it, and %s is allowed unasked",
			   class_name(decision->facet.class_id));
		return;
	case DECIDED_BY_DEFAULT:
		say_default(policy, call, &decision->facet, out);
		break;
	case DECIDED_BY_ERROR:
		say_error(&decision->facet, out);
		return;
	case DECIDED_BY_GUARD: /* decided where there is a run */
		return;
	}
	verdict = said(policy, call, decision);
	if (verdict == VERDICT_ASK && decision->verdict != VERDICT_ASK)
		buf_str(out, "; nobody may be asked (--no-prompt)");
	else if (verdict == VERDICT_BLOCK_SOFT &&
		 decision->verdict == VERDICT_BLOCK_HARD)
		buf_str(out, "; there is no honest imitation of this call");
}
