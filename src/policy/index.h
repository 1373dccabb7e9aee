/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * index - the rules that could match, found without looking at the others.
 *
 * Rules are kept by the call they name, else by each class they name, else
 * together; within these by their paths (path_index.h).
 */
#ifndef POLICY_INDEX_H
#define POLICY_INDEX_H

#include <stdbool.h>

#include "matcher.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

/* In order of consultation. */
struct matchers {
	struct matcher **items;
	size_t count, size;
};

struct rule_index;

struct rule_index *rule_index_new(void);
void rule_index_free(struct rule_index *index);

/* The index keeps a pointer. */
void rule_index_add(struct rule_index *index, struct matcher *matcher);

/* Which rules count for a facet. */
enum scope {
	SCOPE_ALL,   /* all that match */
	SCOPE_NAMED, /* a quiet class: those that name the call or a class */
	SCOPE_CLASS, /* touched on the side: those that name the class */
};

/* The first rule that matches, or NULL. *@unknown: something that it names
 * could not be read; this is never an allow rule, which is passed over. */
struct matcher *rule_index_find(const struct rule_index *index,
				const struct call *call,
				const struct facet *facet, enum scope scope,
				const struct subject *subject, bool *unknown);

/* Collect, in order, all rules that could match a call @id in @class_id. */
void rule_index_collect(const struct rule_index *index, enum syscall_id id,
			enum call_class class_id, enum scope scope,
			struct matchers *out);

#endif
