/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * lint_parts - the checks of policy_lint(), and what they share.
 *
 * A spot is all that a rule can be asked about but for names: a call, one of
 * the classes that it can be in, and the sorts of things it names there.
 */
#ifndef POLICY_LINT_PARTS_H
#define POLICY_LINT_PARTS_H

#include "policy/lint.h"
#include "policy_data.h"

/* What a spot may name. */
enum {
	NAMES_FILE = 1 << 0,
	NAMES_ADDRESS = 1 << 1,
};

struct spot {
	enum syscall_id id;	  /* SYSCALL_UNKNOWN: see number */
	int number;		  /* of a call without a row; -1: any such */
	enum call_class class_id; /* CLASS_COUNT: in no class */
	bool implied;
	unsigned int names; /* of NAMES_* */
};

struct path_index;

struct lint {
	const struct policy *policy;
	const struct lint_world *world;
	const struct policy *secrets; /* the rules of profiles/secrets.json */
	struct lint_report *report;
	VEC_OF(struct spot) spots;  /* all there are */
	struct path_index *earlier; /* the rules that were looked at */
};

/* lint_rules.c: tell about a rule; "rule N: " goes in front. */
void lint_warn(struct lint *lint, const struct rule *rule, const char *format,
	       ...) __attribute__((format(printf, 3, 4)));

/* lint_spots.c */
void lint_find_spots(struct lint *lint);

/* Does @rule speak of the spot, names aside? @asked: under --ask all. */
bool spot_counts(const struct spot *spot, const struct rule *rule, bool asked);

/* Can anything at the spot have what the names in @rule ask for? */
bool spot_can_match(const struct spot *spot, const struct rule *rule);

/* The checks, one rule each. True when the rule cannot match at all. */
bool lint_reach(struct lint *lint, const struct matcher *matcher);
void lint_shadow(struct lint *lint, struct matcher *narrow);
void lint_soft(struct lint *lint, const struct matcher *matcher);
void lint_unstoppable(struct lint *lint, const struct matcher *matcher);
void lint_links(struct lint *lint, const struct matcher *matcher);
void lint_secrets(struct lint *lint, size_t index);

#endif
