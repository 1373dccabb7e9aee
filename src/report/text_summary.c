/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * text_summary - the three lines that answer most questions: what it read
 * outside the usual places, what it wrote, whom it talked to.
 */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "report/usual.h"

enum {
	NAMES_MAX = 10, /* on a line that may be as long as it likes */
	LABEL_WIDTH = 13,
	MORE_WIDTH = 16, /* room for " … and 1234 more" */
};

/* nscd and the like: a socket of this machine that nobody listened on. */
static bool is_silent(const struct fact *fact)
{
	return !fact->count && strncmp(fact->name, "unix:", 5) == 0;
}

/* ---- the lines ---- */

enum { LINE_SECTIONS_MAX = 4 };

static const struct summary_line {
	const char *label;
	const char *nothing;
	struct {
		enum section section;
		const char *verb;
	} parts[LINE_SECTIONS_MAX]; /* ends with SECTION_BLOCKED */
} summary_lines[] = {
	{ "  read:      ",
	  "nothing outside the usual places",
	  { { SECTION_READ, "" } } },
	{ "  wrote:     ",
	  "nothing",
	  { { SECTION_WRITTEN, "" },
	    { SECTION_CREATED, "" },
	    { SECTION_DELETED, "deleted " },
	    { SECTION_RENAMED, "renamed " } } },
	{ "  talked to: ",
	  "nobody",
	  { { SECTION_CONNECTED, "" }, { SECTION_BOUND, "offered " } } },
};

/* A file that was written and created stands in the line once. */
static bool is_repeated(const struct record *record, const struct fact *fact)
{
	struct fact like = *fact;

	if (fact->section != SECTION_CREATED)
		return false;
	like.section = SECTION_WRITTEN;
	like.class_id = CLASS_FILE_WRITE;
	return fact_look(&record->facts, &like) != NULL;
}

static bool is_shown(const struct record *record, const struct fact *fact)
{
	if (fact->section == SECTION_CONNECTED)
		return !is_silent(fact);
	return !usual_fact(record, fact) && !is_repeated(record, fact);
}

struct line {
	struct text *text;
	size_t start; /* where in the text it begins */
	size_t shown, hidden;
};

/* The first name has the line for itself, the next come while they fit. */
static void add_name(struct line *line, const char *verb,
		     const struct fact *fact)
{
	struct text *text = line->text;
	BUF_AUTO(name);
	struct text part = { &name, false, text->width };

	text_name(&part, fact->name, fact->safe, LABEL_WIDTH + MORE_WIDTH);
	if (line->shown &&
	    (line->hidden || line->shown == NAMES_MAX ||
	     (text->width && text->out->len - line->start + name.len +
					     strlen(verb) + MORE_WIDTH >
				     text->width))) {
		line->hidden++;
		return;
	}
	buf_printf(text->out, "%s%s%s", line->shown++ ? ", " : "", verb,
		   buf_text(&name));
}

static void write_line(struct text *text, const struct record *record,
		       const struct summary_line *what)
{
	struct line line = { text, text->out->len, 0, 0 };
	struct fact **facts;
	size_t i, j;

	buf_str(text->out, what->label);
	for (i = 0; i < LINE_SECTIONS_MAX; i++) {
		if (what->parts[i].section == SECTION_BLOCKED)
			break;
		facts = fact_sorted(&record->facts, what->parts[i].section);
		for (j = 0; facts[j]; j++) {
			/* One address, reached by two calls. */
			if (j && !strcmp(facts[j]->name, facts[j - 1]->name))
				continue;
			if (is_shown(record, facts[j]))
				add_name(&line, what->parts[i].verb, facts[j]);
		}
		free(facts);
	}
	if (!line.shown)
		buf_str(text->out, what->nothing);
	if (line.hidden)
		buf_printf(text->out, " … and %zu more", line.hidden);
	buf_char(text->out, '\n');
}

void text_summary(struct text *text, const struct record *record)
{
	size_t i;

	for (i = 0; i < sizeof(summary_lines) / sizeof(*summary_lines); i++)
		write_line(text, record, &summary_lines[i]);
}
