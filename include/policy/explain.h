/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* explain - why the rules decide a call as they do. Pure. */
#ifndef POLICY_EXPLAIN_H
#define POLICY_EXPLAIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "policy/policy.h"

/* One thing that a call does, and what the rules say of it. */
struct explanation {
	struct decision decision;
	VEC_OF(const struct rule *) beaten; /* match too, but come later */
	VEC_OF(const struct rule *)
	unsure; /* came first, but something that
					     * they name is not known */
};

/* Facet @i of @call, from 0; see call_facet(). False when there are no more.
 * *@counts: has it a say? Free with explanation_free() when this returns true.
 */
bool policy_explain(const struct policy *policy, const struct call *call,
		    const struct subject *subject, size_t i,
		    struct explanation *explanation, bool *counts);
void explanation_free(struct explanation *explanation);

/* Append, as a sentence without its end, how @decision came about: which rule
 * or default, and what became of its words. */
void policy_explain_reason(const struct policy *policy, const struct call *call,
			   const struct decision *decision, struct buf *out);

#endif
