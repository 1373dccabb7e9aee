/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * ruleset - the rules of a run, in their order, and its settings.
 *
 * Deciding is in decide.c, reading in load.c and load_rule.c, writing in
 * save.c.
 */
#include "policy/policy.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "policy_data.h"

struct policy *policy_new(void)
{
	struct policy *policy = xcalloc(1, sizeof(*policy));

	variables_init(&policy->variables);
	policy->index = rule_index_new();
	return policy;
}

static void free_matchers(struct matchers *matchers)
{
	for (size_t i = 0; i < matchers->count; i++)
		matcher_free(matchers->items[i]);
	VEC_FREE(matchers);
}

void policy_free(struct policy *policy)
{
	if (!policy)
		return;
	rule_index_free(policy->index);
	free_matchers(&policy->answers);
	free_matchers(&policy->loaded);
	for (size_t i = 0; i < policy->names.count; i++)
		free(policy->names.items[i]);
	VEC_FREE(&policy->names);
	VEC_FREE(&policy->ask_numbers);
	variables_free(&policy->variables);
	free(policy->comment);
	free(policy);
}

void policy_set_numbering(struct policy *policy,
			  enum syscall_id (*id_of)(int number))
{
	policy->id_of = id_of;
}

void policy_set_unmatched(struct policy *policy, enum verdict verdict)
{
	policy->has_unmatched = true;
	policy->unmatched = verdict;
}

void policy_set_no_prompt(struct policy *policy)
{
	policy->no_prompt = true;
}

void policy_set_learning(struct policy *policy)
{
	policy->learning = true;
}

/* ---- names of calls ---- */

static bool parse_call_number(const char *text, int *number)
{
	static const char prefix[] = "syscall_";
	char *end;
	long value;

	if (strncmp(text, prefix, strlen(prefix)) != 0)
		return false;
	text += strlen(prefix);
	/* No sign, no space, no second spelling. */
	if (*text < '0' || *text > '9' || (*text == '0' && text[1]))
		return false;
	errno = 0;
	value = strtol(text, &end, 10);
	*number = (int)value;
	return !errno && !*end && value <= INT_MAX;
}

bool policy_call_by_name(const struct policy *policy, const char *name,
			 struct rule_call *call)
{
	const struct syscall_def *def = syscall_by_name(name);

	*call = (struct rule_call){ .id = SYSCALL_UNKNOWN, .number = -1 };
	if (def)
		call->id = def->id;
	else if (!parse_call_number(name, &call->number))
		return false;
	else if (policy->id_of)
		call->id = policy->id_of(call->number);
	return true;
}

/* ---- --ask ---- */

static bool ask_one(struct policy *policy, const char *name, struct err *err)
{
	enum call_class class_id;
	struct rule_call call;
	BUF_AUTO(shown);

	if (strcmp(name, "all") == 0) {
		policy->ask_all = true;
	} else if (class_by_name(name, &class_id)) {
		policy->ask_classes |= CLASS_BIT(class_id);
	} else if (!policy_call_by_name(policy, name, &call)) {
		escape_quoted(&shown, name, strlen(name));
		return err_set(err, "--ask: %s: no system call and no class",
			       buf_text(&shown));
	} else if (call.id != SYSCALL_UNKNOWN) {
		policy->ask_calls[call.id] = 1;
	} else {
		VEC_PUSH(&policy->ask_numbers, call.number);
	}
	return true;
}

bool policy_set_ask(struct policy *policy, const char *set, struct err *err)
{
	char *copy = xstrdup(set), *rest = copy, *name;
	bool ok = true;

	while (ok && (name = strsep(&rest, ",")))
		ok = ask_one(policy, name, err);
	free(copy);
	return ok;
}

bool policy_asks(const struct policy *policy, enum syscall_id id, int number,
		 enum call_class class_id)
{
	if (policy->ask_all)
		return true;
	if (class_id < CLASS_COUNT &&
	    (policy->ask_classes & CLASS_BIT(class_id)))
		return true;
	if (id != SYSCALL_UNKNOWN)
		return policy->ask_calls[id];
	for (size_t i = 0; i < policy->ask_numbers.count; i++)
		if (policy->ask_numbers.items[i] == number)
			return true;
	return false;
}

/* ---- rules ---- */

struct matcher *policy_append(struct policy *policy, const struct rule *rule,
			      bool saved, struct buf *why)
{
	struct matcher *matcher = matcher_new(rule, &policy->variables, why);

	if (!matcher)
		return NULL;
	matcher->saved = saved;
	matcher->order = (int64_t)policy->loaded.count;
	VEC_PUSH(&policy->loaded, matcher);
	rule_index_add(policy->index, matcher);
	return matcher;
}

const struct rule *policy_add_answer(struct policy *policy,
				     const struct rule *rule)
{
	BUF_AUTO(why);
	struct matcher *matcher = matcher_new(rule, &policy->variables, &why);

	if (!matcher)
		return NULL;
	matcher->saved = true;
	matcher->order = -1 - (int64_t)policy->answers.count;
	VEC_PUSH(&policy->answers, matcher);
	matcher->rule.origin = (struct rule_origin){
		.file = "answer",
		.index = (unsigned int)policy->answers.count,
	};
	rule_index_add(policy->index, matcher);
	policy_cover_answers(policy, matcher);
	return &matcher->rule;
}

const struct rule *policy_rule_at(const struct policy *policy, size_t i)
{
	size_t answers = policy->answers.count;

	if (i < answers)
		return &policy->answers.items[answers - 1 - i]->rule;
	i -= answers;
	return i < policy->loaded.count ? &policy->loaded.items[i]->rule : NULL;
}

void policy_count_hit(struct policy *policy, const struct decision *decision)
{
	(void)policy;
	/* The rule is one of @policy's, and @policy may be changed. */
	if (decision->rule)
		((struct rule *)(uintptr_t)decision->rule)->hits++;
}

static uint32_t implied_classes(const struct call *call)
{
	struct facet facet;
	uint32_t classes = 0;

	for (size_t i = 0; call_facet(call, i, &facet); i++)
		if (facet.implied && facet.class_id < CLASS_COUNT)
			classes |= CLASS_BIT(facet.class_id);
	return classes;
}

void policy_rule_for_call(struct rule *rule, const struct call *call,
			  enum verdict verdict)
{
	struct rule_call named = {
		.id = call->def ? call->def->id : SYSCALL_UNKNOWN,
		.number = call->number,
	};
	uint32_t implied = verdict == VERDICT_ALLOW ? implied_classes(call) : 0;

	*rule = (struct rule){
		.verdict = verdict,
		.error = verdict == VERDICT_BLOCK_HARD ? EACCES : 0,
	};
	VEC_PUSH(&rule->calls, named);
	if (call->def && (call->def->classify != CLASSIFY_FIXED || implied))
		rule->classes = call->classes | implied;
}
