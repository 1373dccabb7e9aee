/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* learn - what was learned, for the files of this folder. */
#ifndef POLICY_LEARN_PARTS_H
#define POLICY_LEARN_PARTS_H

#include "base/hash.h"
#include "policy_data.h"

/* The order of the rules that are made, within a class. */
enum learned_kind {
	LEARNED_PATH,
	LEARNED_ASKED, /* something open, by the name that the program used */
	LEARNED_SOCKET,
	LEARNED_ADDRESS,
	LEARNED_CALL,
	LEARNED_MISSING, /* a program that was not there */
	LEARNED_LIBRARY,
};

/* Of the rule for libraries. */
#define LEARNED_COMMENT                                                        \
	"libraries, and data of the locale, time zone and terminal"

/* Of the rule for programs that were not there. */
#define LEARNED_MISSING_COMMENT "looked for along $PATH or so, and not there"

/* One thing: a rule with one of each. */
struct learned {
	char *key; /* what tells it from others; sorts them, too */
	struct rule rule;
	UT_hash_handle hh;
};

/* Add to @rule: the call; an argument with a text or a pattern; the constant
 * that argument @arg is under @mask. */
void rule_name_call(struct rule *rule, const struct call *call);
void rule_name_arg(struct rule *rule, const char *name, const char *word);
void rule_name_constant(struct rule *rule, const struct call *call, int arg,
			uint64_t mask);

/* Put what @rule allows into the rules that are saved. It may be emptied. */
void policy_add_learned(struct policy *policy, struct rule *rule);

/* After the last: put all lists that became longer into order. */
void policy_sort_learned(struct policy *policy);

/* Do not save what another saved rule says in the same words before. */
void policy_drop_doubles(struct policy *policy);

/* Make @into allow what @one allows as well, and nothing else. False when a
 * rule cannot say that. What is taken over is gone from @one. */
bool rule_join(struct rule *into, struct rule *one);

/* Put the lists of @rule into order, each thing once. */
void rule_sort(struct rule *rule);

#endif
