/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* matcher - a rule with all that matching needs; see policy/match.h. */
#ifndef POLICY_MATCHER_H
#define POLICY_MATCHER_H

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
	struct globs paths, programs;
	struct globs names; /* one for each address; NULL but for AF_UNIX */
};

/* Does @target name a file, by path or by descriptor? */
static inline bool target_is_file(const struct target *target)
{
	return target->kind == TARGET_PATH || target->kind == TARGET_LINK ||
	       target->kind == TARGET_NEW || target->kind == TARGET_FD;
}

/* Take over the contents of @rule. NULL and @why (escaped text) when a part
 * of it cannot be read; @rule is then as it was. */
struct matcher *matcher_new(const struct rule *rule,
			    const struct variables *variables, struct buf *why);
void matcher_free(struct matcher *matcher);

#endif
