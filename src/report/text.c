/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * text - the report for a person: how it ended, three lines of summary, then
 * the lists, blocked things first. Every byte that came from the program is
 * escaped.
 */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "report/render.h"

enum {
	NAME_MIN = 24, /* bytes of a name that are shown however narrow */
	GAP_MIN = 24,  /* bytes that a gap in a name hides at least */
	COMMAND_MAX = 400,
	PROCESS_ROWS = 20,
	DEPTH_MAX = 12,
	ARGUMENT_MAX = 80,
	PROCESS_USED = 40, /* pid, and how it ended */
};

void text_words(struct text *text, enum text_colour colour, const char *words)
{
	static const char *const codes[] = {
		[TEXT_PLAIN] = "",
		[TEXT_BOLD] = "\033[1m",
		[TEXT_RED] = "\033[1;31m",
		[TEXT_DIM] = "\033[2m",
	};
	bool coloured = text->colour && colour != TEXT_PLAIN;

	if (coloured)
		buf_str(text->out, codes[colour]);
	buf_str(text->out, words);
	if (coloured)
		buf_str(text->out, "\033[0m");
}

/* A name with a space could pass for a name and a remark of ours. */
static void quoted(struct buf *out, const char *name, size_t limit)
{
	const char *at;
	BUF_AUTO(shown);

	escape_elided(&shown, name, strlen(name), limit);
	buf_char(out, '"');
	for (at = buf_text(&shown); *at; at++) {
		if (*at == '"')
			buf_char(out, '\\');
		buf_char(out, *at);
	}
	buf_char(out, '"');
}

void text_name(struct text *text, const char *name, bool safe, size_t used)
{
	size_t limit = SIZE_MAX;

	if (text->width)
		limit = text->width > used + NAME_MIN ? text->width - used :
							NAME_MIN;
	/* The mark of a gap is long itself: no gap that hides less. */
	if (text->width && strlen(name) <= limit + GAP_MIN)
		limit = SIZE_MAX;
	/* A record that was read may say anything. */
	if (safe)
		escape_again(text->out, name, strlen(name));
	else if (strpbrk(name, " \""))
		quoted(text->out, name, limit);
	else
		escape_elided(text->out, name, strlen(name), limit);
}

void text_heading(struct text *text, const char *heading)
{
	buf_str(text->out, "  ");
	text_words(text, TEXT_BOLD, heading);
	buf_char(text->out, '\n');
}

void text_more(struct text *text, size_t n)
{
	buf_printf(text->out, "    … and %zu more\n", n);
}

/* As one would type it, near enough to recognise it. */
static void command_line(struct text *text, const struct record *record)
{
	size_t i, start = text->out->len;

	for (i = 0; i < record->command.count; i++) {
		const char *word = record->command.items[i];
		size_t len = strlen(word);

		if (text->out->len - start > COMMAND_MAX) {
			buf_str(text->out, " …");
			break;
		}
		buf_char(text->out, ' ');
		if (len && strpbrk(word, " \t\n'\"\\$&;|<>()*?[]#~`"))
			quoted(text->out, word, COMMAND_MAX);
		else if (len)
			escape_elided(text->out, word, len, COMMAND_MAX);
		else
			buf_str(text->out, "\"\"");
	}
	buf_char(text->out, '\n');
}

static void counted(struct buf *out, uint64_t n, const char *one,
		    const char *many)
{
	buf_printf(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

static void ending(struct text *text, const struct record *record)
{
	const struct process_table *processes = &record->processes;
	const struct process *first =
		processes->all.count ? processes->all.items[0] : NULL;
	uint64_t ms = record_duration_ms(record);
	struct buf *out = text->out;

	buf_str(out, "  ended: ");
	if (first && first->ended)
		ending_text(out, first->status);
	else
		buf_str(out, first ? "not seen" : "it was not started");
	buf_printf(out, ", after %llu.%llu s; ", (unsigned long long)ms / 1000,
		   (unsigned long long)ms % 1000 / 100);
	counted(out, processes->started, "process", "processes");
	buf_str(out, ", ");
	counted(out, record->calls, "call", "calls");
	buf_str(out, " seen, ");
	counted(out, record->answered, "answer", "answers");
	buf_str(out, " given\n");
}

void text_decisions(struct text *text, const struct record *record)
{
	struct buf *out = text->out;
	int class_id, verdict;
	bool any;

	if (!record->calls)
		return;
	text_heading(text, "calls by class and verdict");
	for (class_id = 0; class_id <= CLASS_COUNT; class_id++) {
		const uint64_t *counts = record->decided[class_id];
		size_t start = out->len;

		buf_printf(out, "    %-12s",
			   class_id == CLASS_COUNT ?
				   "no class" :
				   class_name((enum call_class)class_id));
		any = false;
		for (verdict = 0; verdict < VERDICT_COUNT; verdict++) {
			if (!counts[verdict])
				continue;
			buf_printf(out, "%s %llu %s", any ? "," : "",
				   (unsigned long long)counts[verdict],
				   verdict_name((enum verdict)verdict));
			any = true;
		}
		if (any)
			buf_char(out, '\n');
		else
			out->data[out->len = start] = '\0';
	}
}

/* The words after the first, which is only what it was called. */
static void arguments(struct text *text, const struct process_program *run,
		      size_t used)
{
	size_t at, len;
	BUF_AUTO(words);

	if (!run->arguments)
		return;
	for (at = strlen(run->arguments) + 1; at < run->arguments_len;
	     at += len + 1) {
		len = strlen(run->arguments + at);
		buf_char(&words, ' ');
		if (!len || strpbrk(run->arguments + at, " \""))
			quoted(&words, run->arguments + at, ARGUMENT_MAX);
		else
			escape_elided(&words, run->arguments + at, len,
				      ARGUMENT_MAX);
		if (words.len + used > (text->width ?: COMMAND_MAX)) {
			buf_str(&words, " …");
			break;
		}
	}
	text_words(text, TEXT_DIM, buf_text(&words));
}

static void process_row(struct text *text, const struct process *process)
{
	unsigned int depth =
		process->depth < DEPTH_MAX ? process->depth : DEPTH_MAX;
	size_t i;
	BUF_AUTO(ending);

	buf_printf(text->out, "    %*s%d", (int)depth * 2, "",
		   (int)process->pid);
	for (i = 0; i < process->programs.count; i++) {
		const struct process_program *run = &process->programs.items[i];

		buf_str(text->out, i ? ", then " : " ");
		text_name(text, run->path, false, 40);
		arguments(text, run,
			  strlen(run->path) + PROCESS_USED + (size_t)depth * 2);
	}
	if (process->programs_beyond)
		buf_printf(text->out, ", then %llu more",
			   (unsigned long long)process->programs_beyond);
	buf_str(text->out, ": ");
	if (process->ended)
		ending_text(&ending, process->status);
	else
		buf_str(&ending, "end not seen");
	text_words(text,
		   process->ended && process->status ? TEXT_RED : TEXT_PLAIN,
		   buf_text(&ending));
	buf_char(text->out, '\n');
}

void text_processes(struct text *text, const struct record *record)
{
	struct process **order = process_order(&record->processes);
	size_t i;

	if (order[0])
		text_heading(text, "processes");
	for (i = 0; i < PROCESS_ROWS && order[i]; i++)
		process_row(text, order[i]);
	if (order[i])
		text_more(text, record->processes.started - i);
	free(order);
}

static void limits(struct text *text, const struct record *record)
{
	size_t i;

	for (i = 0;; i++) {
		BUF_AUTO(limit);

		if (!record_limit(record, i, &limit))
			return;
		if (i == 0)
			text_heading(text, "limits of this report");
		buf_str(text->out, "    ");
		escape_again(text->out, buf_text(&limit), limit.len);
		buf_char(text->out, '\n');
	}
}

void text_render(struct buf *out, const struct record *record,
		 const struct layout *layout)
{
	struct text text = { out, layout->colour, layout->width };

	text_words(&text, TEXT_BOLD, "syswall: report:");
	command_line(&text, record);
	ending(&text, record);
	text_summary(&text, record);
	text_lists(&text, record);
	text_processes(&text, record);
	text_decisions(&text, record);
	text_rules(&text, record);
	limits(&text, record);
}
