/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * markdown - the record for the summary of a CI run: the three lines, what was
 * blocked, and the details folded away.
 *
 * Whatever came from the program stands in a code span, where markdown
 * interprets nothing: no link, no HTML, no @mention. What could end the span
 * or a cell of its table, a backtick or a pipe, is escaped as a byte, \x60.
 */
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "report/render.h"
#include "report/state.h"
#include "report/summary.h"
#include "report/tree.h"
#include "report/usual.h"

enum {
	ITEMS_MAX = 8,
	ROWS_MAX = 50,
	DEPTH_MAX = 8,
};

static void name(struct buf *out, const char *text, bool safe)
{
	const char *at;
	BUF_AUTO(shown);

	if (safe)
		escape_again(&shown, text, strlen(text));
	else
		escape_str(&shown, text);
	if (!shown.len)
		return;
	buf_char(out, '`');
	for (at = shown.data; *at; at++) {
		if (*at == '`' || *at == '|')
			buf_printf(out, "\\x%02x", (unsigned char)*at);
		else
			buf_char(out, *at);
	}
	buf_char(out, '`');
}

static void times(struct buf *out, uint64_t count)
{
	if (count > 1)
		buf_printf(out, " (%llu times)", (unsigned long long)count);
}

static void more(struct buf *out, size_t n)
{
	if (n)
		buf_printf(out, "- … and %zu more\n", n);
}

/* ---- the top ---- */

static void head(struct buf *out, const struct record *record)
{
	const struct process *first = record->processes.all.count ?
					      record->processes.all.items[0] :
					      NULL;
	uint64_t ms = record_duration_ms(record);
	BUF_AUTO(command);
	size_t i;

	for (i = 0; i < record->command.count; i++) {
		const char *word = record->command.items[i];

		if (command.len)
			buf_char(&command, ' ');
		escape_elided(&command, word, strlen(word), 200);
	}
	buf_str(out, "### syswall: ");
	name(out, buf_text(&command), true);
	buf_str(out, "\n\n");
	if (first && first->ended)
		ending_text(out, first->status);
	else
		buf_str(out, "end not seen");
	buf_printf(out,
		   " after %llu.%03llu s; processes: %llu, calls: %llu, "
		   "answers: %llu\n\n",
		   (unsigned long long)ms / 1000, (unsigned long long)ms % 1000,
		   (unsigned long long)record->processes.started,
		   (unsigned long long)record->calls,
		   (unsigned long long)record->answered);
}

static void summary_line(struct buf *out, const struct record *record,
			 enum summary_id id)
{
	struct summary summary;
	size_t i, told = 0;

	summary_make(&summary, record, id, ITEMS_MAX);
	buf_printf(out, "- **%s:** ", summary.label);
	for (i = 0; i < summary.items.count && i < ITEMS_MAX; i++) {
		const struct summary_item *item = &summary.items.items[i];

		buf_printf(out, "%s%s", i ? ", " : "", item->verb);
		name(out, item->name, item->safe);
		if (item->fact && item->fact->host) {
			buf_str(out, " = ");
			name(out, item->fact->host, false);
		}
		if (item->folded)
			buf_printf(out, " (%zu)", item->folded);
		told += item->folded ?: 1;
	}
	if (!i)
		buf_str(out, summary.nothing);
	if (summary.n_things > told)
		buf_printf(out, " … and %zu more", summary.n_things - told);
	buf_char(out, '\n');
	summary_free(&summary);
}

/* "`192.0.2.1:443` = `example.org`" */
static void fact_name(struct buf *out, const struct fact *fact)
{
	name(out, fact->name, fact->safe);
	if (*fact->other) {
		buf_str(out, " → ");
		name(out, fact->other, fact->safe);
	}
	if (fact->host) {
		buf_str(out, " = ");
		name(out, fact->host, false);
	}
}

/* ---- sections ---- */

static void blocked_row(struct buf *out, const struct fact *fact)
{
	const char *error = fact->error ? strerrorname_np(fact->error) : NULL;

	buf_printf(out, "| %s | %s | ", verdict_name(fact->verdict),
		   fact->class_id < CLASS_COUNT ? class_name(fact->class_id) :
						  "");
	fact_name(out, fact);
	buf_str(out, " | ");
	name(out, fact->call, true);
	buf_printf(out, " | %s | ", error ?: "");
	if (fact->by == FACT_BY_RULE) {
		name(out, fact->file, false);
		buf_printf(out, " rule %u", fact->index);
	} else {
		buf_str(out, fact->by == FACT_BY_ANSWER ? "an answer" :
			     fact->by == FACT_BY_ERROR	? "cannot be checked" :
			     fact->by == FACT_BY_GUARD	? "syswall itself" :
							  "no rule");
	}
	buf_printf(out, " | %llu |\n", (unsigned long long)fact_count(fact));
}

static void blocked(struct buf *out, const struct record *record)
{
	size_t i, n = record->facts.lists[SECTION_BLOCKED].count;
	struct fact **facts = fact_sorted(&record->facts, SECTION_BLOCKED);

	if (n)
		buf_printf(out,
			   "\n#### Blocked (%zu)\n\n"
			   "| how | class | what | call | error | by | times "
			   "|\n|---|---|---|---|---|---|---:|\n",
			   n);
	for (i = 0; i < n && i < ROWS_MAX; i++)
		blocked_row(out, facts[i]);
	if (i < n)
		buf_printf(out, "\n… and %zu more\n", n - i);
	free(facts);
}

static void fact_row(struct buf *out, const struct fact *fact)
{
	buf_str(out, "- ");
	fact_name(out, fact);
	if (*fact->call) {
		buf_char(out, ' ');
		name(out, fact->call, true);
	}
	times(out, fact_count(fact));
	if (fact->failed)
		buf_printf(out, " (failed %llu times)",
			   (unsigned long long)fact->failed);
	buf_char(out, '\n');
}

static void tree_row(struct buf *out, const struct tree_row *row)
{
	BUF_AUTO(path);

	if (row->kind == TREE_NAME) {
		fact_row(out, row->node->entries->fact);
		return;
	}
	buf_add(&path, row->node->path, row->node->path_len);
	buf_char(&path, '/');
	buf_str(out, "- ");
	if (row->kind == TREE_MORE)
		buf_printf(out, "… and %zu more in ", row->n);
	name(out, buf_text(&path), false);
	if (row->kind == TREE_FOLDED)
		buf_printf(out, " (%zu)", row->n);
	buf_char(out, '\n');
}

static void section(struct buf *out, const struct record *record,
		    enum section id)
{
	struct fact **facts = fact_sorted(&record->facts, id);
	struct tree_rows rows;
	struct tree tree = { 0 };
	size_t i, n = 0;

	buf_printf(out, "\n<details><summary>%s (%zu)</summary>\n\n",
		   section_heading(id), record->facts.lists[id].count);
	for (i = 0; facts[i]; i++) {
		/* Two names to a row do not fold. */
		if (facts[i]->resolved && *facts[i]->name == '/' &&
		    id != SECTION_RENAMED)
			tree_add(&tree, facts[i]->name, facts[i],
				 usual_fact(record, facts[i]));
		else if (n++ < ROWS_MAX)
			fact_row(out, facts[i]);
	}
	more(out, n > ROWS_MAX ? n - ROWS_MAX : 0);
	tree_build(&tree);
	tree_fold(&tree, ROWS_MAX, false, &rows);
	for (i = 0; i < rows.rows.count; i++)
		tree_row(out, &rows.rows.items[i]);
	buf_str(out, "\n</details>\n");
	VEC_FREE(&rows.rows);
	tree_free(&tree);
	free(facts);
}

static void processes(struct buf *out, const struct record *record)
{
	struct process **order = process_order(&record->processes);
	size_t i, j;

	buf_printf(out, "\n<details><summary>processes (%llu)</summary>\n\n",
		   (unsigned long long)record->processes.started);
	for (i = 0; i < ROWS_MAX && order[i]; i++) {
		const struct process *process = order[i];

		buf_printf(out, "%*s- %d",
			   process->depth < DEPTH_MAX ?
				   2 * (int)process->depth :
				   2 * DEPTH_MAX,
			   "", (int)process->pid);
		for (j = 0; j < process->programs.count; j++) {
			buf_str(out, j ? ", then " : " ");
			name(out, process->programs.items[j].path, false);
		}
		buf_str(out, ": ");
		if (process->ended)
			ending_text(out, process->status);
		else
			buf_str(out, "end not seen");
		buf_char(out, '\n');
	}
	more(out, record->processes.started - i);
	buf_str(out, "\n</details>\n");
	free(order);
}

static void remarks(struct buf *out, const struct record *record)
{
	size_t i;

	for (i = 0;; i++) {
		BUF_AUTO(limit);

		if (!record_limit(record, i, &limit))
			return;
		buf_str(out, i ? "- " : "\n#### Limits of this report\n\n- ");
		name(out, buf_text(&limit), false);
		buf_char(out, '\n');
	}
}

void markdown_render(struct buf *out, const struct record *record,
		     const struct layout *layout)
{
	(void)layout;
	head(out, record);
	for (int i = 0; i < SUMMARY_COUNT; i++)
		summary_line(out, record, (enum summary_id)i);
	blocked(out, record);
	for (int i = 0; i < SECTION_COUNT; i++)
		if (i != SECTION_BLOCKED && section_heading((enum section)i) &&
		    record->facts.lists[i].count)
			section(out, record, (enum section)i);
	processes(out, record);
	remarks(out, record);
}
