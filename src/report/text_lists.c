/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* text_lists - the lists of the report: facts by section, and rules. */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "report/tree.h"
#include "report/usual.h"
#include "policy/severity.h"

enum {
	ROWS_MAX = 20,
	FOLDED_MIN = 10, /* rows for what is not grave */
	BLOCKED_ROWS_MAX = 50,
	RULE_MAX = 400, /* bytes: a learned one may have thousands of paths */
	/* What a row needs beside the name: indentation and remarks. */
	ROW_USED = 4 + 16,
	BLOCKED_ROW_USED = 4 + 12 + 13 + 40,
};

/* ---- rows of facts ---- */

/* Remarks stand in one pair of brackets at the end of a row. */
static void remark(struct text *text, bool *any, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void remark(struct text *text, bool *any, const char *format, ...)
{
	va_list args;

	buf_str(text->out, *any ? ", " : " (");
	*any = true;
	va_start(args, format);
	buf_vprintf(text->out, format, args);
	va_end(args);
}

static void remark_call(struct text *text, bool *any, const char *call)
{
	if (!*call)
		return;
	remark(text, any, "%s", "");
	escape_str(text->out, call);
}

static void remark_count(struct text *text, bool *any, uint64_t count)
{
	if (count > 1)
		remark(text, any, "%llu times", (unsigned long long)count);
}

static void row_end(struct text *text, bool any)
{
	buf_str(text->out, any ? ")\n" : "\n");
}

static void remark_decider(struct text *text, bool *any,
			   const struct fact *fact)
{
	switch (fact->by) {
	case FACT_BY_NOBODY:
		return;
	case FACT_BY_RULE:
		remark(text, any, "by ");
		escape_str(text->out, fact->file);
		buf_printf(text->out, " rule %u", fact->index);
		return;
	case FACT_BY_ANSWER:
		remark(text, any, "by an answer");
		return;
	case FACT_BY_DEFAULT:
		remark(text, any, "no rule");
		return;
	case FACT_BY_GUARD:
		remark(text, any, "by syswall itself");
		return;
	case FACT_BY_ERROR:
		remark(text, any, "cannot be checked");
		return;
	}
}

/* " = example.org" */
static void host(struct text *text, const struct fact *fact, size_t used)
{
	if (!fact->host)
		return;
	buf_str(text->out, " = ");
	text_name(text, fact->host, false, used);
}

static void row_blocked(struct text *text, const struct fact *fact)
{
	bool any = false;
	BUF_AUTO(verdict);

	buf_str(&verdict, verdict_name(fact->verdict));
	buf_pad(&verdict, 12, ' ');
	buf_str(text->out, "    ");
	text_words(text, TEXT_RED, buf_text(&verdict));
	buf_printf(text->out, "%-13s",
		   fact->class_id < CLASS_COUNT ? class_name(fact->class_id) :
						  "");
	text_name(text, fact->name, fact->safe, BLOCKED_ROW_USED);
	host(text, fact, BLOCKED_ROW_USED);
	remark_call(text, &any, fact->call);
	if (fact->error > 0 && strerrorname_np(fact->error))
		remark(text, &any, "%s", strerrorname_np(fact->error));
	remark_decider(text, &any, fact);
	remark_count(text, &any, fact_count(fact));
	row_end(text, any);
}

/* Grave things have a mark in the margin. */
static void row_start(struct text *text, unsigned int severity)
{
	if (severity >= SEVERITY_GRAVE)
		text_words(text, TEXT_RED, "  ! ");
	else
		buf_str(text->out, "    ");
}

static void row_plain(struct text *text, const struct fact *fact,
		      unsigned int severity)
{
	bool any = false;

	row_start(text, severity);
	text_name(text, fact->name, fact->safe, ROW_USED);
	if (*fact->other) {
		buf_str(text->out, " -> ");
		text_name(text, fact->other, fact->safe, ROW_USED);
	}
	host(text, fact, ROW_USED);
	remark_call(text, &any, fact->call);
	remark_count(text, &any, fact_count(fact));
	if (fact->failed)
		remark(text, &any, "failed%s",
		       fact->count || fact->failed > 1 ? " " : "");
	if (fact->failed && (fact->count || fact->failed > 1))
		buf_printf(text->out, "%llu times",
			   (unsigned long long)fact->failed);
	row_end(text, any);
}

/* The gravest first; else in the order that they have. */
struct ranked {
	const struct fact *fact;
	unsigned int severity;
	size_t order;
};

static int compare_ranked(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static unsigned int severity_of_fact(const struct record *record,
				     const struct fact *fact)
{
	unsigned int severity, other = 0;

	if (fact->section == SECTION_NOTES)
		return SEVERITY_NONE;
	if (fact->section == SECTION_OTHER)
		return severity_of_call_name(fact->name);
	severity = severity_of_name(record->places, fact->class_id, fact->name);
	if (fact->section == SECTION_RENAMED)
		other = severity_of_name(record->places, fact->class_id,
					 fact->other);
	return severity > other ? severity : other;
}

/* The caller frees it. */
static struct ranked *rank(const struct record *record, enum section section,
			   size_t count)
{
	struct ranked *ranked = xcalloc(count, sizeof(*ranked));
	struct fact **facts = fact_sorted(&record->facts, section);
	size_t i;

	for (i = 0; i < count; i++)
		ranked[i] = (struct ranked){ facts[i],
					     severity_of_fact(record, facts[i]),
					     i };
	qsort(ranked, count, sizeof(*ranked), compare_ranked);
	free(facts);
	return ranked;
}

/* "/srv/ (57 files)" */
static void row_folded(struct text *text, const struct tree_row *row)
{
	BUF_AUTO(path);
	BUF_AUTO(count);

	buf_add(&path, row->node->path, row->node->path_len);
	buf_char(&path, '/');
	buf_str(text->out, "    ");
	if (row->kind == TREE_MORE)
		buf_printf(text->out, "… and %zu more in ", row->n);
	text_name(text, buf_text(&path), false, ROW_USED);
	buf_printf(&count, " (%zu files)", row->n);
	if (row->kind == TREE_FOLDED)
		text_words(text, TEXT_DIM, buf_text(&count));
	buf_char(text->out, '\n');
}

/* What is grave by itself, then the files as a folded tree; what is none, or
 * has two names, does not fold. */
static void rows_of(struct text *text, const struct record *record,
		    const struct ranked *ranked, size_t count)
{
	struct tree_rows rows;
	struct tree tree = { 0 };
	size_t i, n = 0, left;

	for (i = 0; i < count; i++) {
		const struct fact *fact = ranked[i].fact;

		if (ranked[i].severity < SEVERITY_NOTABLE && fact->resolved &&
		    *fact->name == '/' && !*fact->other)
			tree_add(&tree, fact->name, fact,
				 usual_fact(record, fact));
		else if (n++ < ROWS_MAX)
			row_plain(text, fact, ranked[i].severity);
	}
	if (n > ROWS_MAX)
		text_more(text, n - ROWS_MAX);
	left = n < ROWS_MAX - FOLDED_MIN ? ROWS_MAX - n : FOLDED_MIN;
	tree_build(&tree);
	tree_fold(&tree, left, false, &rows);
	for (i = 0; i < rows.rows.count; i++) {
		const struct tree_node *node = rows.rows.items[i].node;

		if (rows.rows.items[i].kind == TREE_NAME)
			row_plain(text, node->entries->fact, SEVERITY_NONE);
		else
			row_folded(text, &rows.rows.items[i]);
	}
	VEC_FREE(&rows.rows);
	tree_free(&tree);
}

static void blocked_rows(struct text *text, const struct ranked *ranked,
			 size_t count)
{
	size_t i;

	for (i = 0; i < count && i < BLOCKED_ROWS_MAX; i++)
		row_blocked(text, ranked[i].fact);
	if (i < count)
		text_more(text, count - i);
}

static void list(struct text *text, const struct record *record,
		 enum section section)
{
	size_t count = record->facts.lists[section].count;
	struct ranked *ranked;
	BUF_AUTO(heading);

	if (!section_heading(section) || !count)
		return;
	ranked = rank(record, section, count);
	buf_printf(&heading, "%s (%zu)", section_heading(section), count);
	text_heading(text, buf_text(&heading));
	if (section == SECTION_BLOCKED)
		blocked_rows(text, ranked, count);
	else
		rows_of(text, record, ranked, count);
	free(ranked);
}

void text_lists(struct text *text, const struct record *record)
{
	int section;

	for (section = 0; section < SECTION_COUNT; section++)
		list(text, record, (enum section)section);
}

/* ---- rules ---- */

static void row_rule(struct text *text, const struct record_rule *rule)
{
	size_t limit = !text->width	? RULE_MAX :
		       text->width > 60 ? text->width - 30 :
					  30;
	const char *shown = rule->text;
	size_t len = strlen(shown);

	buf_printf(text->out, "    %llu  ", (unsigned long long)rule->hits);
	escape_str(text->out, rule->file);
	buf_printf(text->out, " rule %u: ", rule->index);
	if (len <= limit) {
		escape_again(text->out, shown, len);
	} else {
		/* Cut on a whole character. */
		while (limit && (shown[limit] & 0xc0) == 0x80)
			limit--;
		escape_again(text->out, shown, limit);
		buf_str(text->out, "…");
	}
	buf_char(text->out, '\n');
}

static void rules(struct text *text, const struct record *record, bool matched,
		  const char *heading)
{
	size_t i, n = 0;

	for (i = 0; i < record->rules.count; i++) {
		const struct record_rule *rule = &record->rules.items[i];

		if (matched != (rule->hits > 0))
			continue;
		if (n++ == 0)
			text_heading(text, heading);
		if (n <= ROWS_MAX)
			row_rule(text, rule);
	}
	if (n > ROWS_MAX)
		text_more(text, n - ROWS_MAX);
}

void text_rules(struct text *text, const struct record *record)
{
	rules(text, record, true, "rules that decided");
	rules(text, record, false, "rules that never matched");
}
