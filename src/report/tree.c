/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/tree.h"

#include <stdlib.h>
#include <string.h>

void tree_add(struct tree *tree, const char *path, const struct fact *fact,
	      bool usual)
{
	const struct tree_entry entry = { path, fact, usual };

	VEC_PUSH(&tree->entries, entry);
}

/* A slash sorts before all else, so that what is in a directory follows it. */
static int compare(const void *left, const void *right)
{
	const struct tree_entry *a = left, *b = right;
	const unsigned char *x = (const unsigned char *)a->path;
	const unsigned char *y = (const unsigned char *)b->path;

	while (*x && *x == *y) {
		x++;
		y++;
	}
	if (*x != *y) {
		if (!*x || !*y)
			return *x ? 1 : -1;
		if (*x == '/' || *y == '/')
			return *x == '/' ? -1 : 1;
		return *x < *y ? -1 : 1;
	}
	if (a->fact->section != b->fact->section)
		return a->fact->section < b->fact->section ? -1 : 1;
	return strcmp(a->fact->other, b->fact->other);
}

static struct tree_node *add_node(struct tree *tree, struct tree_node *parent,
				  const char *path, size_t len)
{
	struct tree_node *node = xcalloc(1, sizeof(*node));

	node->path = path;
	node->path_len = len;
	node->parent = parent;
	node->usual = true;
	VEC_PUSH(&tree->nodes, node);
	if (!parent)
		return node;
	node->name_at = parent->path_len;
	if (parent->last_child)
		parent->last_child->next = node;
	else
		parent->first_child = node;
	parent->last_child = node;
	parent->n_children++;
	return node;
}

/* The end of the path's next component, or of all the rest. */
static size_t next_end(const char *path, size_t at, unsigned int depth)
{
	if (depth >= TREE_DEPTH_MAX)
		return strlen(path);
	while (path[at] == '/')
		at++;
	return at + strcspn(path + at, "/");
}

/* The node of @path, made with what leads to it. @last is the one before. */
static struct tree_node *place(struct tree *tree, struct tree_node *last,
			       const char *path)
{
	struct tree_node *node = last, *up;
	unsigned int depth = 0;
	size_t len = strlen(path);

	while (node->parent &&
	       (strncmp(node->path, path, node->path_len) != 0 ||
		(path[node->path_len] != '/' && path[node->path_len] != '\0')))
		node = node->parent;
	for (up = node; up->parent; up = up->parent)
		depth++;
	while (node->path_len < len) {
		size_t end = next_end(path, node->path_len, depth++);

		if (end == node->path_len || path[end - 1] == '/')
			break;
		node = add_node(tree, node, path, end);
	}
	return node;
}

static void count_up(struct tree_node *node, bool usual, bool new_path)
{
	for (; node; node = node->parent) {
		node->n_below += new_path;
		node->usual &= usual;
	}
}

/* A directory that holds nothing but one other is part of its name. */
static void join_chains(struct tree *tree)
{
	size_t i;

	for (i = 0; i < tree->nodes.count; i++) {
		struct tree_node *node = tree->nodes.items[i], *child;

		while (node->parent && node->n_children == 1 &&
		       !node->n_entries && (child = node->first_child) &&
		       child->n_children) {
			node->path = child->path;
			node->path_len = child->path_len;
			node->entries = child->entries;
			node->n_entries = child->n_entries;
			node->n_children = child->n_children;
			node->first_child = child->first_child;
			node->last_child = child->last_child;
			child->n_children = 0; /* it is no more */
			for (child = node->first_child; child;
			     child = child->next)
				child->parent = node;
		}
	}
}

void tree_build(struct tree *tree)
{
	struct tree_node *node;
	size_t i;

	if (!tree->entries.count)
		return;
	qsort(tree->entries.items, tree->entries.count,
	      sizeof(struct tree_entry), compare);
	tree->root = node = add_node(tree, NULL, "/", 0);
	for (i = 0; i < tree->entries.count; i++) {
		const struct tree_entry *entry = &tree->entries.items[i];

		node = place(tree, node, entry->path);
		if (!node->n_entries)
			node->entries = entry;
		count_up(node, entry->usual, !node->n_entries);
		node->n_entries++;
	}
	join_chains(tree);
}

void tree_free(struct tree *tree)
{
	size_t i;

	for (i = 0; i < tree->nodes.count; i++)
		free(tree->nodes.items[i]);
	VEC_FREE(&tree->nodes);
	VEC_FREE(&tree->entries);
	tree->root = NULL;
}
