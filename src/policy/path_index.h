/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * path_index - the path patterns that could match a path, found without
 * looking at the others.
 *
 * Every pattern hangs in a trie by some literal bytes that each match must
 * have: those that it begins with, or a run of them further on. One walk along
 * a path, and a short one from each of its bytes, passes all patterns that
 * could match it: 2,000 cost hardly more than 20, whether they begin alike
 * ("/srv/a/x") or end alike (the suffixes of "**").
 */
#ifndef POLICY_PATH_INDEX_H
#define POLICY_PATH_INDEX_H

#include "matcher.h"

/* A rule by one of its path patterns. */
struct path_entry {
	struct matcher *matcher;
	const struct glob *path; /* NULL: the rule names no path */
};

/* In order of consultation. */
struct path_entries {
	struct path_entry *items;
	size_t count, size;
};

struct path_index;

struct path_index *path_index_new(void);
void path_index_free(struct path_index *index);

/* The index keeps a pointer. */
void path_index_add(struct path_index *index, struct matcher *matcher);

/* Each rule once, by no path. */
const struct path_entries *path_index_all(const struct path_index *index);

/* Call @look with lists in which all that could match @path stand; an entry
 * may come twice. NULL: with the rules that name no path, and some more. */
void path_index_find(const struct path_index *index, const char *path,
		     void (*look)(const struct path_entries *entries,
				  void *owner),
		     void *owner);

#endif
