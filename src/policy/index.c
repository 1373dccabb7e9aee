/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* index - see index.h. */
#include "index.h"

#include <stdlib.h>
#include <string.h>

/* One byte of a literal beginning; node 0 is the root. */
struct node {
	unsigned int child, sibling; /* 0: none */
	unsigned int list;	     /* index in .lists, 0: none */
	unsigned char byte;
};

struct trie {
	struct matchers all; /* every rule, for when no path is known */
	VEC_OF(struct node) nodes;
	VEC_OF(struct matchers) lists;
};

struct rule_index {
	struct trie *by_call[SYSCALL_COUNT + 1]; /* last: calls without a row */
	struct trie *by_class[CLASS_COUNT];
	struct trie *rest;
};

/* ---- filling ---- */

/* Answers go to the front, rules of files to the end. */
static void insert(struct matchers *list, struct matcher *matcher)
{
	size_t at = list->count;

	while (at && list->items[at - 1]->order > matcher->order)
		at--;
	/* A rule with two paths that begin alike comes twice. */
	if (at && list->items[at - 1] == matcher)
		return;
	VEC_PUSH(list, matcher);
	memmove(&list->items[at + 1], &list->items[at],
		(list->count - 1 - at) * sizeof(*list->items));
	list->items[at] = matcher;
}

static struct trie *trie_new(void)
{
	struct trie *trie = xcalloc(1, sizeof(*trie));
	struct node root = { 0 };
	struct matchers none = { 0 };

	VEC_PUSH(&trie->nodes, root);
	VEC_PUSH(&trie->lists, none);
	return trie;
}

static void trie_free(struct trie *trie)
{
	if (!trie)
		return;
	for (size_t i = 0; i < trie->lists.count; i++)
		VEC_FREE(&trie->lists.items[i]);
	VEC_FREE(&trie->lists);
	VEC_FREE(&trie->nodes);
	VEC_FREE(&trie->all);
	free(trie);
}

/* 0 when there is none: the root is nobody's child. */
static unsigned int find_child(const struct trie *trie, unsigned int node,
			       unsigned char byte)
{
	unsigned int child = trie->nodes.items[node].child;

	while (child && trie->nodes.items[child].byte != byte)
		child = trie->nodes.items[child].sibling;
	return child;
}

static unsigned int make_child(struct trie *trie, unsigned int node,
			       unsigned char byte)
{
	unsigned int child = find_child(trie, node, byte);
	struct node fresh = {
		.sibling = trie->nodes.items[node].child,
		.byte = byte,
	};

	if (child)
		return child;
	child = (unsigned int)trie->nodes.count;
	VEC_PUSH(&trie->nodes, fresh);
	trie->nodes.items[node].child = child;
	return child;
}

static void hang(struct trie *trie, struct matcher *matcher, const char *prefix,
		 size_t len)
{
	unsigned int node = 0;
	struct matchers none = { 0 };

	for (size_t i = 0; i < len; i++)
		node = make_child(trie, node, (unsigned char)prefix[i]);
	if (!trie->nodes.items[node].list) {
		trie->nodes.items[node].list = (unsigned int)trie->lists.count;
		VEC_PUSH(&trie->lists, none);
	}
	insert(&trie->lists.items[trie->nodes.items[node].list], matcher);
}

static void trie_add(struct trie **trie, struct matcher *matcher)
{
	if (!*trie)
		*trie = trie_new();
	insert(&(*trie)->all, matcher);
	if (!matcher->paths.count)
		hang(*trie, matcher, "", 0);
	for (size_t i = 0; i < matcher->paths.count; i++) {
		size_t len;
		const char *prefix = glob_prefix(matcher->paths.items[i], &len);

		hang(*trie, matcher, prefix, len);
	}
}

struct rule_index *rule_index_new(void)
{
	return xcalloc(1, sizeof(struct rule_index));
}

void rule_index_free(struct rule_index *index)
{
	for (size_t i = 0; i <= SYSCALL_COUNT; i++)
		trie_free(index->by_call[i]);
	for (size_t i = 0; i < CLASS_COUNT; i++)
		trie_free(index->by_class[i]);
	trie_free(index->rest);
	free(index);
}

void rule_index_add(struct rule_index *index, struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;

	for (size_t i = 0; i < rule->calls.count; i++)
		trie_add(&index->by_call[rule->calls.items[i].id], matcher);
	if (rule->calls.count)
		return;
	for (size_t i = 0; i < CLASS_COUNT; i++)
		if (rule->classes & CLASS_BIT(i))
			trie_add(&index->by_class[i], matcher);
	if (!rule->classes)
		trie_add(&index->rest, matcher);
}

/* ---- finding ---- */

struct search {
	const struct call *call;
	const struct facet *facet;
	const struct subject *subject;
	enum scope scope;
	struct matcher *best;
	bool unknown;
};

/* The first of one list, when it comes before the best so far. */
static void search_list(struct search *search, const struct matchers *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct matcher *matcher = list->items[i];
		enum match match;

		if (search->best && matcher->order >= search->best->order)
			return;
		if (matcher->undone ||
		    (search->scope == SCOPE_CLASS && !matcher->rule.classes))
			continue;
		match = matcher_match(matcher, search->call, search->facet,
				      search->subject);
		if (match == MATCH_NO ||
		    (match == MATCH_UNKNOWN &&
		     matcher->rule.verdict == VERDICT_ALLOW))
			continue;
		search->best = matcher;
		search->unknown = match == MATCH_UNKNOWN;
		return;
	}
}

static void search_path(struct search *search, const struct trie *trie,
			const char *path)
{
	unsigned int node = 0;

	for (;;) {
		unsigned int list = trie->nodes.items[node].list;

		if (list)
			search_list(search, &trie->lists.items[list]);
		node = *path ? find_child(trie, node, (unsigned char)*path) : 0;
		if (!node)
			return;
		path++;
	}
}

static void search_trie(struct search *search, const struct trie *trie)
{
	const struct target *target = search->facet->target;

	if (!trie)
		return;
	if (!target || !target_is_file(target))
		search_path(search, trie, "");
	else if (target->error || !target->resolved)
		search_list(search, &trie->all);
	else
		search_path(search, trie, target->resolved);
}

struct matcher *rule_index_find(const struct rule_index *index,
				const struct call *call,
				const struct facet *facet, enum scope scope,
				const struct subject *subject, bool *unknown)
{
	struct search search = {
		.call = call,
		.facet = facet,
		.subject = subject,
		.scope = scope,
	};

	search_trie(&search,
		    index->by_call[call->def ? call->def->id : SYSCALL_COUNT]);
	if (facet->class_id < CLASS_COUNT)
		search_trie(&search, index->by_class[facet->class_id]);
	if (scope == SCOPE_ALL)
		search_trie(&search, index->rest);
	*unknown = search.unknown;
	return search.best;
}

static int compare_order(const void *a, const void *b)
{
	const struct matcher *left = *(struct matcher *const *)a;
	const struct matcher *right = *(struct matcher *const *)b;

	return left->order < right->order ? -1 : left->order > right->order;
}

static void collect(const struct trie *trie, enum call_class class_id,
		    enum scope scope, struct matchers *out)
{
	for (size_t i = 0; trie && i < trie->all.count; i++) {
		struct matcher *matcher = trie->all.items[i];
		uint32_t classes = matcher->rule.classes;

		if (matcher->undone)
			continue;
		if (classes ? classes & CLASS_BIT(class_id) :
			      scope != SCOPE_CLASS)
			VEC_PUSH(out, matcher);
	}
}

void rule_index_collect(const struct rule_index *index, enum syscall_id id,
			enum call_class class_id, enum scope scope,
			struct matchers *out)
{
	out->count = 0;
	collect(index->by_call[id], class_id, scope, out);
	collect(index->by_class[class_id], class_id, scope, out);
	if (scope == SCOPE_ALL)
		collect(index->rest, class_id, scope, out);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items),
		      compare_order);
}
