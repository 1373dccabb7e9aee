/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * tree_fold - which directories of a tree to unfold when rows are few: those
 * first whose contents are unusual, then those that cost the fewest rows.
 */
#include <stdlib.h>
#include <string.h>

#include "report/tree.h"

static struct tree_row row_of(const struct tree_node *node)
{
	bool folder = node->n_children;

	return (struct tree_row){
		.kind = folder ? TREE_FOLDED : TREE_NAME,
		.node = node,
		.n = node->n_below,
	};
}

/* A directory that the run made. */
static bool is_made(const struct tree_node *node)
{
	for (size_t i = 0; i < node->n_entries; i++)
		if (node->entries[i].fact->made)
			return true;
	return false;
}

/* How many rows @node takes when it is unfolded. */
static size_t cost(const struct tree_node *node)
{
	return node->n_children + (node->n_entries > 0);
}

/* Put at @at, in the place of the folder there, itself and its children:
 * @most of these rows, and a last one for what is left. */
static void unfold(struct tree_rows *rows, size_t at, size_t most)
{
	const struct tree_node *node = rows->rows.items[at].node, *child;
	size_t behind = rows->rows.count - at - 1, n = 0, left = node->n_below;
	struct tree_row *tail = xcalloc(behind + 1, sizeof(*tail));
	struct tree_row row;

	memcpy(tail, rows->rows.items + at + 1, behind * sizeof(*tail));
	rows->rows.count = at;
	if (node->n_entries && n < most) {
		row = row_of(node);
		row.kind = TREE_NAME;
		row.n = 1;
		VEC_PUSH(&rows->rows, row);
		left--;
		n++;
	}
	for (child = node->first_child; child && n < most;
	     child = child->next, n++) {
		row = row_of(child);
		row.closed = most < cost(node);
		VEC_PUSH(&rows->rows, row);
		left -= child->n_below;
	}
	if (left) {
		row = (struct tree_row){ TREE_MORE, node, left, true };
		VEC_PUSH(&rows->rows, row);
	}
	for (n = 0; n < behind; n++)
		VEC_PUSH(&rows->rows, tail[n]);
	free(tail);
}

/* The folder to unfold next, or -1. */
static ssize_t best(const struct tree_rows *rows, bool whole)
{
	ssize_t found = -1;
	size_t i;

	for (i = 0; i < rows->rows.count; i++) {
		const struct tree_row *row = &rows->rows.items[i];
		const struct tree_node *other;

		if (row->kind != TREE_FOLDED || row->closed ||
		    (whole && is_made(row->node)))
			continue;
		if (found < 0) {
			found = (ssize_t)i;
			continue;
		}
		other = rows->rows.items[found].node;
		if (row->node->usual != other->usual ?
			    other->usual :
			    cost(row->node) < cost(other))
			found = (ssize_t)i;
	}
	return found;
}

/* Where one folder is all too long, some of its names say more than none. */
static void show_some(struct tree_rows *rows, size_t limit, bool whole)
{
	size_t i;

	for (i = 0; i < rows->rows.count && rows->rows.count <= limit / 2;
	     i++) {
		const struct tree_row *row = &rows->rows.items[i];

		if (row->kind == TREE_FOLDED && !row->node->usual &&
		    !(whole && is_made(row->node))) {
			unfold(rows, i, limit - rows->rows.count + 1);
			return;
		}
	}
}

void tree_fold(const struct tree *tree, size_t limit, bool whole,
	       struct tree_rows *rows)
{
	ssize_t at;

	memset(rows, 0, sizeof(*rows));
	if (!tree->root)
		return;
	VEC_PUSH(&rows->rows, row_of(tree->root));
	while ((at = best(rows, whole)) >= 0) {
		struct tree_row *row = &rows->rows.items[at];

		if (rows->rows.count - 1 + cost(row->node) <= limit)
			unfold(rows, (size_t)at, SIZE_MAX);
		else
			row->closed = true;
	}
	show_some(rows, limit, whole);
}
