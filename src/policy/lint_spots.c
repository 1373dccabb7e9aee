/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lint_spots - where rules can match at all, and which of them never do. */
#include "lint_parts.h"
#include "syscall/classify.h"

/* ---- all spots ---- */

static unsigned int names_of(enum target_kind kind)
{
	switch (kind) {
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
	case TARGET_FD:
		return NAMES_FILE;
	case TARGET_ADDRESS:
	case TARGET_MSG:
	case TARGET_MMSG:
		return NAMES_ADDRESS;
	case TARGET_NONE:
	case TARGET_PID:
	case TARGET_PIDFD:
		break;
	}
	return 0;
}

/* An address in a message is decided like one that stands alone. */
static enum target_kind kind_of(const struct arg_kind_def *kind)
{
	if (kind->target == TARGET_MSG || kind->target == TARGET_MMSG)
		return TARGET_ADDRESS;
	return kind->target;
}

static void add_class(struct lint *lint, const struct syscall_def *def,
		      enum call_class class_id, bool implied)
{
	struct spot spot = { def->id, -1, class_id, implied, 0 };
	size_t count = syscall_arg_count(def);
	bool found = !implied;

	for (size_t i = 0; i < count; i++) {
		const struct arg_kind_def *kind =
			arg_kind_def(def->args[i].kind);

		if (implied ? (kind->implied & CLASS_BIT(class_id)) != 0 :
			      class_speaks_of(class_id, kind_of(kind))) {
			spot.names |= names_of(kind->target);
			found = true;
		}
	}
	if (found)
		VEC_PUSH(&lint->spots, spot);
}

/* Numbers without a row: each that a rule names, and one for all others. */
static void add_unknown(struct lint *lint)
{
	struct spot any = { SYSCALL_UNKNOWN, -1, CLASS_COUNT, false, 0 };

	VEC_PUSH(&lint->spots, any);
	for (size_t i = 0; i < lint->policy->loaded.count; i++) {
		const struct rule *rule = &lint->policy->loaded.items[i]->rule;

		for (size_t k = 0; k < rule->calls.count; k++) {
			any.number = rule->calls.items[k].number;
			if (rule->calls.items[k].id == SYSCALL_UNKNOWN)
				VEC_PUSH(&lint->spots, any);
		}
	}
}

void lint_find_spots(struct lint *lint)
{
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def = syscall_def(id);
		uint32_t possible = syscall_possible_classes(def);

		for (int c = 0; c < CLASS_COUNT; c++) {
			if (possible & CLASS_BIT(c))
				add_class(lint, def, c, false);
			else
				add_class(lint, def, c, true);
		}
	}
	add_unknown(lint);
}

static bool has_call(const struct spot *spot, const struct rule *rule)
{
	for (size_t i = 0; i < rule->calls.count; i++)
		if (rule->calls.items[i].id == spot->id &&
		    (spot->id != SYSCALL_UNKNOWN ||
		     rule->calls.items[i].number == spot->number))
			return true;
	return rule->calls.count == 0;
}

static bool has_class(const struct spot *spot, const struct rule *rule)
{
	return !rule->classes || (spot->class_id < CLASS_COUNT &&
				  (rule->classes & CLASS_BIT(spot->class_id)));
}

bool spot_counts(const struct spot *spot, const struct rule *rule, bool asked)
{
	enum scope scope = policy_scope(spot->class_id, spot->implied, asked);

	if (!has_call(spot, rule) || !has_class(spot, rule))
		return false;
	if (scope == SCOPE_CLASS)
		return rule->classes != 0;
	return scope == SCOPE_ALL || rule->classes || rule->calls.count;
}

bool spot_can_match(const struct spot *spot, const struct rule *rule)
{
	unsigned int wanted = 0;

	if (rule->paths.count)
		wanted |= NAMES_FILE;
	if (rule->addresses.count || rule->ports.count)
		wanted |= NAMES_ADDRESS;
	/* A spot that names both names one at a time. */
	return !wanted || ((spot->names & wanted) &&
			   wanted != (NAMES_FILE | NAMES_ADDRESS));
}

/* ---- rules that never match ---- */

/* How far does a rule with these calls and classes get? */
enum reach {
	REACH_NOTHING,	/* no call is in such a class */
	REACH_NO_NAMES, /* but such calls do not have what it names */
	REACH_MATCH,
};

static enum reach reach_of(const struct lint *lint, const struct rule *rule)
{
	enum reach reach = REACH_NOTHING;

	for (size_t i = 0; i < lint->spots.count; i++) {
		const struct spot *spot = &lint->spots.items[i];

		if (!spot_counts(spot, rule, true))
			continue;
		if (spot_can_match(spot, rule))
			return REACH_MATCH;
		reach = REACH_NO_NAMES;
	}
	return reach;
}

static const char *names_missing(const struct rule *rule)
{
	if (rule->paths.count && (rule->addresses.count || rule->ports.count))
		return "both a path and an address";
	return rule->paths.count ? "a path" : "an address";
}

/* The rule matches somewhere: do all the words in its lists? */
static void check_calls(struct lint *lint, const struct rule *rule)
{
	for (size_t i = 0; i < rule->calls.count; i++) {
		struct rule one = *rule;
		enum reach reach;

		one.calls.items = &rule->calls.items[i];
		one.calls.count = 1;
		reach = reach_of(lint, &one);
		if (reach == REACH_MATCH ||
		    one.calls.items->id == SYSCALL_UNKNOWN)
			continue;
		lint_warn(lint, rule, "names %s in vain: it %s%s",
			  syscall_def(one.calls.items->id)->name,
			  reach == REACH_NOTHING ? "is in no such class" :
						   "never has ",
			  reach == REACH_NOTHING ? "" : names_missing(rule));
	}
}

static void check_classes(struct lint *lint, const struct rule *rule)
{
	for (int c = 0; c < CLASS_COUNT; c++) {
		struct rule one = *rule;
		enum reach reach;

		if (!(rule->classes & CLASS_BIT(c)))
			continue;
		one.classes = CLASS_BIT(c);
		reach = reach_of(lint, &one);
		if (reach == REACH_NOTHING)
			lint_warn(lint, rule,
				  "names %s in vain: no call that it names is "
				  "in this class",
				  class_name(c));
		else if (reach == REACH_NO_NAMES)
			lint_warn(lint, rule,
				  "names %s in vain: such a call never has %s",
				  class_name(c), names_missing(rule));
	}
}

static bool has_port_of_none(const struct rule *rule)
{
	for (size_t i = 0; i < rule->addresses.count; i++)
		if (rule->addresses.items[i].family != AF_UNIX)
			return false;
	return rule->addresses.count && rule->ports.count;
}

bool lint_reach(struct lint *lint, const struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;
	enum reach reach = reach_of(lint, rule);

	if (reach == REACH_NOTHING) {
		lint_warn(lint, rule,
			  "never matches: no call that it names is in its "
			  "classes");
	} else if (reach == REACH_NO_NAMES) {
		lint_warn(lint, rule, "never matches: such a call never has %s",
			  names_missing(rule));
	} else if (has_port_of_none(rule)) {
		lint_warn(lint, rule,
			  "never matches: a unix address has no port");
	} else {
		check_calls(lint, rule);
		check_classes(lint, rule);
		return false;
	}
	return true;
}
