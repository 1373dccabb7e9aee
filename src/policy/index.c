/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* index - see index.h. */
#include "index.h"

#include <stdlib.h>

#include "path_index.h"

struct rule_index {
	struct path_index
		*by_call[SYSCALL_COUNT + 1]; /* last: calls without a row */
	struct path_index *by_class[CLASS_COUNT];
	struct path_index *rest;
};

/* ---- filling ---- */

static void add_to(struct path_index **paths, struct matcher *matcher)
{
	if (!*paths)
		*paths = path_index_new();
	path_index_add(*paths, matcher);
}

struct rule_index *rule_index_new(void)
{
	return xcalloc(1, sizeof(struct rule_index));
}

void rule_index_free(struct rule_index *index)
{
	for (size_t i = 0; i <= SYSCALL_COUNT; i++)
		path_index_free(index->by_call[i]);
	for (size_t i = 0; i < CLASS_COUNT; i++)
		path_index_free(index->by_class[i]);
	path_index_free(index->rest);
	free(index);
}

void rule_index_add(struct rule_index *index, struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;

	for (size_t i = 0; i < rule->calls.count; i++)
		add_to(&index->by_call[rule->calls.items[i].id], matcher);
	if (rule->calls.count)
		return;
	for (size_t i = 0; i < CLASS_COUNT; i++)
		if (rule->classes & CLASS_BIT(i))
			add_to(&index->by_class[i], matcher);
	if (!rule->classes)
		add_to(&index->rest, matcher);
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
static void search_list(const struct path_entries *list, void *owner)
{
	struct search *search = owner;

	for (size_t i = 0; i < list->count; i++) {
		struct matcher *matcher = list->items[i].matcher;
		enum match match;

		if (search->best && matcher->order >= search->best->order)
			return;
		if (matcher->undone ||
		    (search->scope == SCOPE_CLASS && !matcher->rule.classes))
			continue;
		match = matcher_match_path(matcher, list->items[i].path,
					   search->call, search->facet,
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

static void search_paths(struct search *search, const struct path_index *paths)
{
	const struct target *target = search->facet->target;

	if (!paths)
		return;
	if (!facet_is_of_file(search->facet))
		path_index_find(paths, NULL, search_list, search);
	else if (target->error || !target->resolved)
		search_list(path_index_all(paths), search);
	else
		path_index_find(paths, target->resolved, search_list, search);
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

	search_paths(&search,
		     index->by_call[call->def ? call->def->id : SYSCALL_COUNT]);
	if (facet->class_id < CLASS_COUNT)
		search_paths(&search, index->by_class[facet->class_id]);
	if (scope == SCOPE_ALL)
		search_paths(&search, index->rest);
	*unknown = search.unknown;
	return search.best;
}

static int compare_order(const void *a, const void *b)
{
	const struct matcher *left = *(struct matcher *const *)a;
	const struct matcher *right = *(struct matcher *const *)b;

	return left->order < right->order ? -1 : left->order > right->order;
}

static void collect(const struct path_index *paths, enum call_class class_id,
		    enum scope scope, struct matchers *out)
{
	const struct path_entries none = { 0 };
	const struct path_entries *all = paths ? path_index_all(paths) : &none;

	for (size_t i = 0; i < all->count; i++) {
		struct matcher *matcher = all->items[i].matcher;
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
