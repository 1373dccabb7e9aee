/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* path_index - see path_index.h. */
#include "path_index.h"

#include <stdlib.h>
#include <string.h>

/* One byte of a literal. */
struct node {
	unsigned int child, sibling; /* 0: none */
	unsigned int list;	     /* index in .lists, 0: none */
	unsigned char byte;
};

enum {
	BEGINNINGS, /* the root of what stands at the beginning of a path */
	RUNS,	    /* the root of what may stand anywhere */
	ROOTS,
};

struct path_index {
	struct path_entries all;
	VEC_OF(struct node) nodes;
	VEC_OF(struct path_entries) lists;
	unsigned int runs[256]; /* the children of RUNS by their byte */
};

struct path_index *path_index_new(void)
{
	struct path_index *index = xcalloc(1, sizeof(*index));
	struct node root = { 0 };
	struct path_entries none = { 0 };

	for (int i = 0; i < ROOTS; i++)
		VEC_PUSH(&index->nodes, root);
	VEC_PUSH(&index->lists, none);
	return index;
}

void path_index_free(struct path_index *index)
{
	if (!index)
		return;
	for (size_t i = 0; i < index->lists.count; i++)
		VEC_FREE(&index->lists.items[i]);
	VEC_FREE(&index->lists);
	VEC_FREE(&index->nodes);
	VEC_FREE(&index->all);
	free(index);
}

/* ---- the trie ---- */

/* 0 when there is none: the roots are nobody's children. */
static unsigned int find_child(const struct path_index *index,
			       unsigned int node, unsigned char byte)
{
	unsigned int child;

	if (node == RUNS)
		return index->runs[byte];
	child = index->nodes.items[node].child;
	while (child && index->nodes.items[child].byte != byte)
		child = index->nodes.items[child].sibling;
	return child;
}

static unsigned int make_child(struct path_index *index, unsigned int node,
			       unsigned char byte)
{
	unsigned int child = find_child(index, node, byte);
	struct node fresh = {
		.sibling = index->nodes.items[node].child,
		.byte = byte,
	};

	if (child)
		return child;
	child = (unsigned int)index->nodes.count;
	VEC_PUSH(&index->nodes, fresh);
	if (node == RUNS)
		index->runs[byte] = child;
	else
		index->nodes.items[node].child = child;
	return child;
}

/* How many hang at the end of these bytes already? */
static size_t count_at(const struct path_index *index, unsigned int root,
		       const struct buf *bytes)
{
	unsigned int node = root;

	for (size_t i = 0; i < bytes->len; i++) {
		node = find_child(index, node, (unsigned char)bytes->data[i]);
		if (!node)
			return 0;
	}
	return index->lists.items[index->nodes.items[node].list].count;
}

/* ---- filling ---- */

/* Answers go to the front, rules of files to the end. */
static void insert(struct path_entries *list, struct path_entry entry)
{
	size_t at = list->count;

	while (at && list->items[at - 1].matcher->order > entry.matcher->order)
		at--;
	VEC_PUSH(list, entry);
	memmove(&list->items[at + 1], &list->items[at],
		(list->count - 1 - at) * sizeof(*list->items));
	list->items[at] = entry;
}

static void hang(struct path_index *index, struct path_entry entry,
		 unsigned int root, const struct buf *bytes)
{
	unsigned int node = root;
	struct path_entries none = { 0 };

	for (size_t i = 0; i < bytes->len; i++)
		node = make_child(index, node, (unsigned char)bytes->data[i]);
	if (!index->nodes.items[node].list) {
		index->nodes.items[node].list =
			(unsigned int)index->lists.count;
		VEC_PUSH(&index->lists, none);
	}
	insert(&index->lists.items[index->nodes.items[node].list], entry);
}

/* Where a pattern could hang. */
struct place {
	unsigned int root;
	struct buf bytes;
	size_t count; /* of those that hang there */
};

/* Long literals are rare in paths, and those with nobody are best. */
static bool is_better(const struct place *a, const struct place *b)
{
	return (a->count + 1) * b->bytes.len * b->bytes.len <
	       (b->count + 1) * a->bytes.len * a->bytes.len;
}

static void hang_path(struct path_index *index, struct path_entry entry)
{
	struct place best = { .root = BEGINNINGS };
	struct place place = { .root = RUNS };
	size_t at = 0, len;
	const char *prefix = glob_prefix(entry.path, &len);

	buf_add(&best.bytes, prefix, len);
	best.count = count_at(index, best.root, &best.bytes);
	while (glob_next_run(entry.path, &at, &place.bytes)) {
		place.count = count_at(index, place.root, &place.bytes);
		if (is_better(&place, &best)) {
			struct place worse = best;

			best = place;
			place.bytes = worse.bytes;
		}
	}
	hang(index, entry, best.root, &best.bytes);
	buf_free(&best.bytes);
	buf_free(&place.bytes);
}

void path_index_add(struct path_index *index, struct matcher *matcher)
{
	struct path_entry entry = { matcher, NULL };
	const struct buf nothing = BUF_EMPTY;

	insert(&index->all, entry);
	if (!matcher->paths.count)
		hang(index, entry, BEGINNINGS, &nothing);
	for (size_t i = 0; i < matcher->paths.count; i++) {
		entry.path = matcher->paths.items[i];
		hang_path(index, entry);
	}
}

/* ---- finding ---- */

const struct path_entries *path_index_all(const struct path_index *index)
{
	return &index->all;
}

void path_index_find(const struct path_index *index, const char *path,
		     void (*look)(const struct path_entries *entries,
				  void *owner),
		     void *owner)
{
	const char *start = path ?: "";
	unsigned int node = BEGINNINGS;

	for (const char *at = start;;) {
		unsigned int list = index->nodes.items[node].list;

		if (list)
			look(&index->lists.items[list], owner);
		node = *at ? find_child(index, node, (unsigned char)*at) : 0;
		if (node) {
			at++;
			continue;
		}
		if (!*start)
			return;
		/* The next beginning: a run may stand at any byte. */
		at = start++;
		node = RUNS;
	}
}
