/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* glob_set - the [...] of a pattern. */
#ifndef POLICY_GLOB_SET_H
#define POLICY_GLOB_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct glob_range {
	unsigned int first, last;
};

struct glob_set {
	bool negated;
	VEC_OF(struct glob_range) ranges;
	unsigned int classes; /* bits of the table in glob_set.c */
};

/* Read the set whose '[' stands at @at. Returns what follows its ']'; NULL
 * when it has none, or, with @why set, when it cannot be read. */
const char *glob_set_compile(struct glob_set *set, const char *at,
			     const char **why);
bool glob_set_has(const struct glob_set *set, unsigned int code);
void glob_set_free(struct glob_set *set);

/* The character at @text (@len > 0 bytes): returns its length. A byte that is
 * no UTF-8 counts as the character 0xdc00 + byte, which UTF-8 has not. */
size_t glob_next(const char *text, size_t len, unsigned int *code);

#endif
