/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/lasting.h"

#include "policy/policy.h"
#include "policy/scope.h"

static struct scope_request request_for(const struct question *question,
					enum rule_scope scope,
					enum verdict verdict)
{
	return (struct scope_request){
		.call = question->call,
		.subject = question->subject,
		.scope = scope,
		.verdict = verdict,
	};
}

struct answer_offer lasting_offer(const struct question *question)
{
	struct answer_offer offer = { .soft = question->soft_offered };
	enum rule_scope scope;

	for (scope = RULE_SCOPE_CALL + 1;
	     question->policy && scope < RULE_SCOPE_COUNT; scope++) {
		struct scope_request request =
			request_for(question, scope, VERDICT_ALLOW);

		if (policy_scope_fits(question->policy, &request))
			offer.scopes |= UINT32_C(1) << scope;
	}
	return offer;
}

bool lasting_pattern(const struct question *question,
		     const struct answer_choice *choice, size_t limit,
		     struct buf *line)
{
	struct scope_request request =
		request_for(question, choice->scope, choice->verdict);
	BUF_AUTO(pattern);
	BUF_AUTO(answer);

	if (!choice->lasting || choice->scope != RULE_SCOPE_GLOB ||
	    choice->pattern_len || !question->policy)
		return false;
	policy_scope_pattern(question->policy, &request, &pattern);
	if (!pattern.len)
		return false;
	answer_pattern_line(&answer, choice->verdict, pattern.data,
			    pattern.len);
	if (answer.len > limit)
		return false;
	buf_add(line, answer.data, answer.len);
	return true;
}

bool lasting_rule(const struct question *question,
		  const struct answer_choice *choice, struct rule *rule,
		  struct buf *why)
{
	struct scope_request request =
		request_for(question, choice->scope, choice->verdict);
	BUF_AUTO(pattern);

	if (choice->scope == RULE_SCOPE_CALL) {
		policy_rule_for_call(rule, question->call, choice->verdict);
		return true;
	}
	if (!question->policy) {
		buf_str(why, "there are no scopes here");
		return false;
	}
	buf_add(&pattern, choice->pattern, choice->pattern_len);
	request.pattern = buf_text(&pattern);
	return policy_rule_for_scope(question->policy, &request, rule, why);
}
