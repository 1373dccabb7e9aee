/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* html_timeline - what happened when: the moments of the record and what its
 * processes did, in one order. */
#include <stdlib.h>
#include <string.h>

#include "report/html.h"

enum { ROWS_MAX = 3000 };

enum row_kind {
	ROW_MOMENT,
	ROW_START,
	ROW_RUN,
	ROW_END,
};

struct row {
	uint64_t us;
	size_t order; /* among what happened in one microsecond */
	enum row_kind kind;
	const struct process *process;
	const struct moment *moment;
	const char *path;
};

struct rows {
	VEC_OF(struct row) all;
};

static void add_row(struct rows *rows, struct row row)
{
	row.order = rows->all.count;
	VEC_PUSH(&rows->all, row);
}

static void add_process(struct rows *rows, const struct process *process)
{
	size_t i;

	add_row(rows, (struct row){ .us = process->started_us,
				    .kind = ROW_START,
				    .process = process });
	for (i = 0; i < process->programs.count; i++)
		add_row(rows,
			(struct row){
				.us = process->programs.items[i].at_us,
				.kind = ROW_RUN,
				.process = process,
				.path = process->programs.items[i].path });
	if (process->ended)
		add_row(rows, (struct row){ .us = process->ended_us,
					    .kind = ROW_END,
					    .process = process });
}

static int compare(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static void moment_cells(struct buf *out, const struct moment *moment)
{
	const char *key = section_key(moment->section);

	html_verb(out, key,
		  moment->section == SECTION_BLOCKED	? "blocked" :
		  moment->section == SECTION_CONNECTED	? "connected" :
		  moment->section == SECTION_BOUND	? "offered" :
		  moment->section == SECTION_SOCKETS	? "socket" :
		  moment->section == SECTION_PROGRAMS	? "execute" :
		  moment->section == SECTION_ATTRIBUTES ? "chmod" :
		  moment->section == SECTION_SIGNALS	? "signal" :
							  key);
	buf_str(out, "<span class=name>");
	html_name(out, moment->name, moment->safe);
	if (moment->host) {
		buf_str(out, " = ");
		html_name(out, moment->host, false);
	}
	if (*moment->other) {
		buf_str(out, moment->section == SECTION_BLOCKED ?
				     " <span class=dim>" :
				     " → ");
		html_name(out, moment->other, moment->safe);
		if (moment->section == SECTION_BLOCKED)
			buf_str(out, "</span>");
	}
	buf_str(out, "</span>");
}

static void process_cells(struct buf *out, const struct row *row)
{
	const struct process *process = row->process;
	BUF_AUTO(ending);

	if (!process)
		return;
	if (row->kind == ROW_START) {
		html_verb(out, "start", "starts");
		buf_str(out, "<span class=dim>");
		if (process->parent)
			buf_printf(out, "child of %d",
				   (int)process->parent->pid);
		buf_str(out, "</span>");
	} else if (row->kind == ROW_RUN) {
		html_verb(out, "programs", "runs");
		buf_str(out, "<span class=name>");
		html_name(out, row->path, false);
		buf_str(out, "</span>");
	} else {
		html_verb(out, process->status ? "bad" : "end", "ends");
		ending_text(&ending, process->status);
		buf_str(out, "<span class=dim>");
		html_escape(out, buf_text(&ending));
		buf_str(out, "</span>");
	}
}

static void write_row(struct buf *out, const struct row *row)
{
	buf_printf(out,
		   "<li class=row><span class=t>%.3f ms</span>"
		   "<span class=dim>",
		   (double)row->us / 1000);
	if (row->process)
		buf_printf(out, "%d", (int)row->process->pid);
	buf_str(out, "</span>");
	if (row->kind == ROW_MOMENT)
		moment_cells(out, row->moment);
	else
		process_cells(out, row);
	buf_str(out, "</li>\n");
}

void html_timeline(struct buf *out, const struct record *record)
{
	const struct process_table *processes = &record->processes;
	uint64_t left = record->timeline.beyond;
	struct rows rows = { 0 };
	size_t i;

	for (i = 0; i < processes->all.count; i++)
		add_process(&rows, processes->all.items[i]);
	for (i = 0; i < record->timeline.moments.count; i++) {
		const struct moment *moment =
			&record->timeline.moments.items[i];
		bool known = moment->process &&
			     moment->process <= processes->all.count;

		add_row(&rows,
			(struct row){
				.us = moment->us,
				.kind = ROW_MOMENT,
				.moment = moment,
				.process =
					known ? processes->all
							.items[moment->process -
							       1] :
						NULL });
	}
	if (rows.all.count)
		qsort(rows.all.items, rows.all.count, sizeof(struct row),
		      compare);
	html_section(out, "timeline", "Timeline", rows.all.count);
	buf_str(out, "<p class=dim>The first time of each thing outside the "
		     "usual places, and what the processes did.</p>"
		     "<ol class=time>\n");
	for (i = 0; i < rows.all.count && i < ROWS_MAX; i++)
		write_row(out, &rows.all.items[i]);
	left += rows.all.count - i;
	buf_str(out, "</ol>");
	if (left)
		buf_printf(out, "<p class=dim>… and %llu more</p>",
			   (unsigned long long)left);
	buf_str(out, "</section>\n");
	VEC_FREE(&rows.all);
}
