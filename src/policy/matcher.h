/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* matcher - a rule with all that matching needs; see policy/match.h. */
#ifndef POLICY_MATCHER_H
#define POLICY_MATCHER_H

#include <stddef.h>
#include <stdint.h>

#include "pattern.h"
#include "policy/match.h"

struct globs {
	struct glob **items;
	size_t count, size;
};

struct matcher {
	struct rule rule;
	int64_t order; /* of consultation: lower first */
	bool saved;    /* policy_save() writes it */
	bool learned;  /* --learn added to it */
	bool undone;   /* an answer that was taken back: matches nothing */
	struct matcher *covered_by; /* a wider answer that is saved instead */
	struct globs paths, programs;
	struct globs names; /* one for each address; NULL but for AF_UNIX */
};

/* Does @target name a file, by path or by descriptor? */
static inline bool target_is_file(const struct target *target)
{
	return target->kind == TARGET_PATH || target->kind == TARGET_LINK ||
	       target->kind == TARGET_NEW || target->kind == TARGET_FD;
}

/* Does the facet's path decide? A unix socket that is bound becomes a file. */
static inline bool facet_is_of_file(const struct facet *facet)
{
	const struct target *target = facet->target;

	return target && (target_is_file(target) ||
			  (target->kind == TARGET_ADDRESS &&
			   facet->class_id == CLASS_FILE_CREATE));
}

/* What a rule can name beyond calls and classes. */
enum rule_part {
	PART_PATH,
	PART_ADDRESS,
	PART_PORT,
	PART_PROGRAM,
	PART_ARGS,
	PART_COUNT,
};

/* Does each part match? False when the call or the class does not. */
bool matcher_parts(const struct matcher *matcher, const struct call *call,
		   const struct facet *facet, const struct subject *subject,
		   enum match parts[PART_COUNT]);

/* matcher_match() where of all paths only @path counts, one of the matcher's
 * own; NULL: all of them. */
enum match matcher_match_path(const struct matcher *matcher,
			      const struct glob *path, const struct call *call,
			      const struct facet *facet,
			      const struct subject *subject);

/* The matcher of a rule that a policy holds. */
static inline struct matcher *matcher_of(const struct rule *rule)
{
	return (struct matcher *)((char *)rule -
				  offsetof(struct matcher, rule));
}

/* Take over the contents of @rule. NULL and @why (escaped text) when a part
 * of it cannot be read; @rule is then as it was. */
struct matcher *matcher_new(const struct rule *rule,
			    const struct variables *variables, struct buf *why);
void matcher_free(struct matcher *matcher);

#endif
