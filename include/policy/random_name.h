/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * random_name - which part of a file's name is random, and so another one the
 * next time. Two ways to know: how it looks, and how the file was made.
 */
#ifndef POLICY_RANDOM_NAME_H
#define POLICY_RANDOM_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/variables.h"
#include "syscall/call.h"

/* Where in @name does the random part that ends at @end begin? @end when there
 * is none. @strict: it has to look quite random, as away from the places for
 * temporary files. */
size_t random_name_start(const char *name, size_t end, bool strict);

enum random_kind {
	RANDOM_NOTHING,
	RANDOM_LETTERS, /* as many the next time */
	RANDOM_NUMBER,	/* perhaps of another length */
};

/* Is @path, which @call names, made as mkstemp(3) and mkdtemp(3) do, or under
 * a number of its own? Then the @*len bytes from @*start on are random, however
 * much like a word they look. */
enum random_kind random_name_made(const struct variables *variables,
				  const struct call *call, const char *path,
				  size_t *start, size_t *len);

#endif
