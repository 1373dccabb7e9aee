/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * learn - from what a run did to the narrow rules that allow it. Pure.
 *
 * The policy has to be one that learns: policy_set_learning().
 */
#ifndef POLICY_LEARN_H
#define POLICY_LEARN_H

#include <stdbool.h>

#include "base/buf.h"
#include "policy/policy.h"

struct learn;

struct learn *learn_new(void);
void learn_free(struct learn *learn);

/* Take note of what @call, which is let pass, does beyond what the rules
 * allow. @library: the dynamic loader opens it for itself. */
void learn_call(struct learn *learn, const struct policy *policy,
		const struct call *call, const struct subject *subject,
		bool library);

/* Put what was learned into the rules that policy_save() writes: into those
 * that stand there for the like, else into new ones at the end. @policy decides
 * nothing after that. Returns how many things are new. */
size_t learn_finish(struct learn *learn, struct policy *policy);

/* Append, escaped and one a line, what will be asked about again. */
void learn_remarks(const struct learn *learn, struct buf *out);

#endif
