/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Two rules that allow become one where they differ in a single list: the sum
 * of both is then what that rule says, and no combination that nobody saw.
 */
#include <stdlib.h>
#include <string.h>

#include "arg_test.h"
#include "learn_parts.h"

/* Which lists a rule can differ in. */
enum list {
	LIST_CALLS,
	LIST_PATHS,
	LIST_ADDRESSES,
	LIST_PORTS,
	LIST_ARGS, /* the values of the last one */
	LIST_COUNT,
};

/* The rule with nothing but @list, as text. */
static void list_text(struct buf *out, const struct rule *rule, enum list list)
{
	struct rule part = { .verdict = VERDICT_ALLOW };

	if (list == LIST_CALLS)
		memcpy(&part.calls, &rule->calls, sizeof(part.calls));
	else if (list == LIST_PATHS)
		memcpy(&part.paths, &rule->paths, sizeof(part.paths));
	else if (list == LIST_ADDRESSES)
		memcpy(&part.addresses, &rule->addresses,
		       sizeof(part.addresses));
	else if (list == LIST_PORTS)
		memcpy(&part.ports, &rule->ports, sizeof(part.ports));
	else
		memcpy(&part.args, &rule->args, sizeof(part.args));
	policy_rule_text(out, &part);
}

static bool is_same_list(const struct rule *a, const struct rule *b,
			 enum list list)
{
	BUF_AUTO(one);
	BUF_AUTO(other);

	list_text(&one, a, list);
	list_text(&other, b, list);
	return strcmp(buf_text(&one), buf_text(&other)) == 0;
}

static size_t list_count(const struct rule *rule, enum list list)
{
	const size_t counts[LIST_COUNT] = {
		[LIST_CALLS] = rule->calls.count,
		[LIST_PATHS] = rule->paths.count,
		[LIST_ADDRESSES] = rule->addresses.count,
		[LIST_PORTS] = rule->ports.count,
		[LIST_ARGS] = rule->args.count,
	};

	return counts[list];
}

/* Are the args the same but for the values of the last one? */
static bool args_differ_in_last(const struct rule *a, const struct rule *b)
{
	struct rule one = { .verdict = VERDICT_ALLOW };
	struct rule other = one;
	size_t last = a->args.count - 1;

	if (b->args.count != a->args.count ||
	    strcmp(a->args.items[last]->name, b->args.items[last]->name) != 0)
		return false;
	memcpy(&one.args, &a->args, sizeof(one.args));
	memcpy(&other.args, &b->args, sizeof(other.args));
	one.args.count = other.args.count = last;
	return is_same_list(&one, &other, LIST_ARGS);
}

static bool is_same_comment(const struct rule *a, const struct rule *b)
{
	return strcmp(a->comment ?: "", b->comment ?: "") == 0;
}

/* The one list in which they differ; LIST_COUNT when there is none such. */
static enum list differing_list(const struct rule *a, const struct rule *b)
{
	enum list found = LIST_COUNT;

	if (a->verdict != VERDICT_ALLOW || b->verdict != VERDICT_ALLOW ||
	    a->classes != b->classes || a->programs.count ||
	    b->programs.count || !is_same_comment(a, b))
		return LIST_COUNT;
	for (int list = 0; list < LIST_COUNT; list++) {
		/* An empty list means any: that is another kind of rule. */
		if (!list_count(a, list) != !list_count(b, list))
			return LIST_COUNT;
		if (list_count(a, list) == list_count(b, list) &&
		    is_same_list(a, b, list))
			continue;
		if (found != LIST_COUNT)
			return LIST_COUNT;
		found = list;
	}
	if (found == LIST_ARGS && !args_differ_in_last(a, b))
		return LIST_COUNT;
	return found;
}

#define MOVE_ALL(to, from)                                                     \
	do {                                                                   \
		for (size_t i_ = 0; i_ < (from)->count; i_++)                  \
			VEC_PUSH(to, (from)->items[i_]);                       \
		(from)->count = 0;                                             \
	} while (0)

bool rule_join(struct rule *into, struct rule *one)
{
	struct arg_test *to, *from;

	switch (differing_list(into, one)) {
	case LIST_CALLS:
		MOVE_ALL(&into->calls, &one->calls);
		return true;
	case LIST_PATHS:
		MOVE_ALL(&into->paths, &one->paths);
		return true;
	case LIST_ADDRESSES:
		MOVE_ALL(&into->addresses, &one->addresses);
		return true;
	case LIST_PORTS:
		MOVE_ALL(&into->ports, &one->ports);
		return true;
	case LIST_ARGS:
		to = into->args.items[into->args.count - 1];
		from = one->args.items[one->args.count - 1];
		MOVE_ALL(&to->values, &from->values);
		return true;
	case LIST_COUNT:
		break;
	}
	return false;
}

/* ---- order ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_call(const void *a, const void *b)
{
	const struct rule_call *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static int by_address(const void *a, const void *b)
{
	const struct net_prefix *x = a, *y = b;
	int order;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	if (x->family == AF_UNIX)
		return strcmp(x->glob, y->glob);
	order = memcmp(x->bytes, y->bytes, sizeof(x->bytes));
	return order ? order : (x->bits > y->bits) - (x->bits < y->bits);
}

static int by_port(const void *a, const void *b)
{
	const struct port_range *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->last > y->last) - (x->last < y->last);
}

#define SORT(vec, compare)                                                     \
	do {                                                                   \
		if ((vec)->count)                                              \
			qsort((vec)->items, (vec)->count,                      \
			      sizeof(*(vec)->items), compare);                 \
	} while (0)

void rule_sort(struct rule *rule)
{
	SORT(&rule->calls, by_call);
	SORT(&rule->paths, by_text);
	SORT(&rule->addresses, by_address);
	SORT(&rule->ports, by_port);
	for (size_t i = 1; i < rule->paths.count; i++) {
		if (strcmp(rule->paths.items[i - 1], rule->paths.items[i]) != 0)
			continue;
		free(rule->paths.items[i]);
		VEC_REMOVE(&rule->paths, i);
		i--;
	}
}

/* ---- into the rules of a policy ---- */

/* New rules are allowed to join those behind the last one that does not
 * allow: a pattern in front of it would take from what it decides. Profiles
 * are not in the file. */
static size_t first_open(const struct policy *policy)
{
	size_t first = policy->loaded.count;

	while (first) {
		const struct matcher *matcher = policy->loaded.items[first - 1];

		if (matcher->saved && matcher->rule.verdict != VERDICT_ALLOW)
			break;
		first--;
	}
	return first;
}

static bool join_one(struct policy *policy, struct rule *rule)
{
	for (size_t i = first_open(policy); i < policy->loaded.count; i++) {
		struct matcher *matcher = policy->loaded.items[i];

		if (matcher->saved && rule_join(&matcher->rule, rule)) {
			matcher->learned = true;
			return true;
		}
	}
	return false;
}

void policy_add_learned(struct policy *policy, struct rule *rule)
{
	struct matcher *matcher;
	BUF_AUTO(why);

	/* One that could not be read again would spoil the file. */
	rule->origin.file = "learned";
	matcher = matcher_new(rule, &policy->variables, &why);
	if (!matcher)
		return;
	*rule = matcher->rule;
	matcher->rule = (struct rule){ 0 };
	matcher_free(matcher);
	if (join_one(policy, rule))
		return;
	matcher = policy_append(policy, rule, true, &why);
	if (!matcher)
		return;
	*rule = (struct rule){ 0 };
	matcher->learned = true;
}

/* The block of the libraries stands behind what is new. */
static void move_libraries(struct policy *policy)
{
	for (size_t i = first_open(policy); i < policy->loaded.count; i++) {
		struct matcher *matcher = policy->loaded.items[i];

		if (matcher->saved && matcher->rule.comment &&
		    strcmp(matcher->rule.comment, LEARNED_COMMENT) == 0) {
			VEC_REMOVE(&policy->loaded, i);
			VEC_PUSH(&policy->loaded, matcher);
			return;
		}
	}
}

void policy_sort_learned(struct policy *policy)
{
	for (size_t i = 0; i < policy->loaded.count; i++)
		if (policy->loaded.items[i]->learned)
			rule_sort(&policy->loaded.items[i]->rule);
	move_libraries(policy);
}

void policy_drop_doubles(struct policy *policy)
{
	VEC_OF(char *) texts = { 0 };

	for (size_t i = 0; i < policy->loaded.count; i++) {
		struct matcher *matcher = policy->loaded.items[i];
		struct buf text = BUF_EMPTY;

		policy_rule_text(&text, &matcher->rule);
		for (size_t k = 0; matcher->saved && k < i; k++)
			if (policy->loaded.items[k]->saved &&
			    strcmp(texts.items[k], text.data) == 0)
				matcher->saved = false;
		VEC_PUSH(&texts, buf_steal(&text));
	}
	for (size_t i = 0; i < texts.count; i++)
		free(texts.items[i]);
	VEC_FREE(&texts);
}
