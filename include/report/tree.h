/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * tree - paths as the tree that they are, and a long list of them folded to
 * the few rows that say most.
 */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "report/fact.h"

enum { TREE_DEPTH_MAX = 100 }; /* what is deeper stays one name */

/* One thing that was done to a path. */
struct tree_entry {
	const char *path; /* resolved; not owned */
	const struct fact *fact;
	bool usual; /* an everyday thing: folded first */
};

struct tree_node {
	const char *path; /* the first .path_len bytes: up to this node */
	size_t path_len;
	size_t name_at; /* where its name begins in them; chains of directories
			 * that hold nothing else are one name */
	struct tree_node *parent, *first_child, *last_child, *next;
	size_t n_children;
	size_t n_below; /* paths: itself, if named, and all below */
	bool usual;	/* all of them are */

	/* What was done to the path itself, if anything. */
	const struct tree_entry *entries;
	size_t n_entries;
};

struct tree {
	VEC_OF(struct tree_entry) entries;
	VEC_OF(struct tree_node *) nodes;
	struct tree_node *root; /* NULL: empty */
};

/* Add first, then build once. */
void tree_add(struct tree *tree, const char *path, const struct fact *fact,
	      bool usual);
void tree_build(struct tree *tree);
void tree_free(struct tree *tree);

enum tree_row_kind {
	TREE_NAME,   /* the path of .node itself */
	TREE_FOLDED, /* .n paths in the directory .node */
	TREE_MORE,   /* .n further ones in .node, of which some stand above */
};

struct tree_row {
	enum tree_row_kind kind;
	const struct tree_node *node;
	size_t n;
	bool closed; /* cannot be unfolded: too many */
};

struct tree_rows {
	VEC_OF(struct tree_row) rows;
};

/* At most about @limit rows that stand for all paths of @tree, the unusual
 * ones unfolded first. @whole: a directory that the run made is one row, since
 * all in it is its own too. Free with VEC_FREE(&rows->rows). */
void tree_fold(const struct tree *tree, size_t limit, bool whole,
	       struct tree_rows *rows);

#endif
