/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

#include "policy/severity.h"
#include "report/tree.h"
#include "report/usual.h"

enum { PARTS_MAX = 4 };

static const struct summary_def {
	const char *label, *nothing;
	struct {
		enum section section;
		const char *verb;
	} parts[PARTS_MAX]; /* ends with SECTION_BLOCKED */
} lines[SUMMARY_COUNT] = {
	[SUMMARY_READ] = { "read",
			   "nothing outside the usual places",
			   { { SECTION_READ, "" } } },
	[SUMMARY_WROTE] = { "wrote",
			    "nothing",
			    { { SECTION_WRITTEN, "" },
			      { SECTION_CREATED, "" },
			      { SECTION_DELETED, "deleted " },
			      { SECTION_RENAMED, "" } } },
	[SUMMARY_TALKED] = { "talked to",
			     "nobody",
			     { { SECTION_CONNECTED, "" },
			       { SECTION_BOUND, "offered " } } },
};

/* ---- what is left out ---- */

/* nscd and the like: a socket of this machine that nobody listened on. */
static bool is_silent(const struct fact *fact)
{
	return fact->section == SECTION_CONNECTED && !fact->count &&
	       strncmp(fact->name, "unix:", 5) == 0;
}

/* The names that files got which this run had made, by strcmp(). */
struct own_names {
	VEC_OF(const char *) names;
};

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void find_own_names(struct own_names *own, const struct record *record)
{
	const struct fact_store *facts = &record->facts;
	size_t i;

	for (i = 0; i < facts->lists[SECTION_CREATED].count; i++)
		if (facts->lists[SECTION_CREATED].items[i]->made)
			VEC_PUSH(&own->names,
				 facts->lists[SECTION_CREATED].items[i]->name);
	for (i = 0; i < facts->lists[SECTION_RENAMED].count; i++)
		if (facts->lists[SECTION_RENAMED].items[i]->made)
			VEC_PUSH(&own->names,
				 facts->lists[SECTION_RENAMED].items[i]->other);
	if (own->names.count)
		qsort(own->names.items, own->names.count, sizeof(char *),
		      compare_names);
}

static bool is_own(const struct own_names *own, const char *name)
{
	return own->names.count &&
	       bsearch(&name, own->names.items, own->names.count,
		       sizeof(char *), compare_names);
}

/* Made by the run, and gone when it ended. */
static bool is_temporary(const struct record *record, const char *name)
{
	const struct fact *created =
		fact_of_file(&record->facts, SECTION_CREATED, name);

	return created && created->made && created->gone;
}

static bool is_told(const struct record *record, const struct own_names *own,
		    const struct fact *fact)
{
	if (is_silent(fact) || usual_fact(record, fact))
		return false;
	if (!fact->resolved)
		return true;
	if (fact->section == SECTION_READ)
		return !is_own(own, fact->name);
	if (fact->section == SECTION_RENAMED)
		return !is_temporary(record, fact->other);
	return !is_temporary(record, fact->name);
}

/* Nothing grave is folded away. */
static bool is_grave(const struct record *record, const struct fact *fact,
		     const char *name)
{
	return severity_of_name(record->places, fact->class_id, name) >=
	       SEVERITY_GRAVE;
}

/* ---- the items ---- */

/* @name becomes the summary's. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void add_item(struct summary *summary, const char *verb, char *name,
		     size_t folded, const struct fact *fact)
{
	const struct summary_item item = {
		.verb = verb,
		.name = name,
		.safe = fact && fact->safe,
		.folded = folded,
		.fact = fact,
	};

	VEC_PUSH(&summary->items, item);
	summary->n_things += folded ?: 1;
}

/* "/srv/" for a directory with more below. */
static void add_row(struct summary *summary, const char *verb,
		    const struct tree_row *row)
{
	const struct tree_node *node = row->node;
	bool folded = row->kind == TREE_FOLDED;
	struct buf name = BUF_EMPTY;

	if (row->kind == TREE_MORE) {
		summary->n_things += row->n;
		return;
	}
	buf_add(&name, node->path, node->path_len);
	if (folded || !node->path_len)
		buf_char(&name, '/');
	add_item(summary, verb, buf_steal(&name), folded ? row->n : 0,
		 folded ? NULL : node->entries->fact);
}

/* The paths of one verb together, so that they fold; anything else as it
 * stands. */
static void add_parts(struct summary *summary, const struct record *record,
		      const struct summary_def *def, const char *verb,
		      size_t limit)
{
	struct own_names own = { 0 };
	struct tree tree = { 0 };
	struct tree_rows rows;
	size_t i, j;

	find_own_names(&own, record);
	for (i = 0; i < PARTS_MAX && def->parts[i].section; i++) {
		struct fact **facts =
			fact_sorted(&record->facts, def->parts[i].section);

		for (j = 0; facts[j] && !strcmp(def->parts[i].verb, verb);
		     j++) {
			const char *name =
				facts[j]->section == SECTION_RENAMED ?
					facts[j]->other :
					facts[j]->name;

			/* One address, reached by two calls. */
			if (j && !strcmp(facts[j]->name, facts[j - 1]->name) &&
			    facts[j]->section != SECTION_RENAMED)
				continue;
			if (!is_told(record, &own, facts[j]))
				continue;
			if (facts[j]->resolved && *name == '/' &&
			    !is_grave(record, facts[j], name))
				tree_add(&tree, name, facts[j], false);
			else
				add_item(summary, verb, xstrdup(name), 0,
					 facts[j]);
		}
		free(facts);
	}
	tree_build(&tree);
	tree_fold(&tree, limit, true, &rows);
	for (i = 0; i < rows.rows.count; i++)
		add_row(summary, verb, &rows.rows.items[i]);
	VEC_FREE(&rows.rows);
	tree_free(&tree);
	VEC_FREE(&own.names);
}

void summary_make(struct summary *summary, const struct record *record,
		  enum summary_id id, size_t limit)
{
	const struct summary_def *def = &lines[id];
	size_t i, j;

	*summary = (struct summary){ .label = def->label,
				     .nothing = def->nothing };
	for (i = 0; i < PARTS_MAX && def->parts[i].section; i++) {
		for (j = 0; j < i; j++)
			if (!strcmp(def->parts[j].verb, def->parts[i].verb))
				break;
		if (j == i)
			add_parts(summary, record, def, def->parts[i].verb,
				  limit);
	}
}

void summary_free(struct summary *summary)
{
	size_t i;

	for (i = 0; i < summary->items.count; i++)
		free(summary->items.items[i].name);
	VEC_FREE(&summary->items);
}
