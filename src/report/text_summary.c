/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* text_summary - the three lines of the summary, as far as they fit. */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "report/summary.h"

enum {
	ITEMS_MAX = 8,
	LABEL_WIDTH = 13,
	MORE_WIDTH = 16, /* room for " … and 1234 more" */
};

struct line {
	struct text *text;
	size_t columns; /* used so far */
	size_t shown, hidden;
};

/* Columns of @text, which is escaped: characters of one column, nearly all. */
static size_t columns_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

/* The first name has the line for itself, the next come while they fit. */
static void add_item(struct line *line, const struct summary_item *item)
{
	struct text *text = line->text;
	size_t columns, used = LABEL_WIDTH + MORE_WIDTH;
	BUF_AUTO(name);
	struct text part = { &name, false, text->width };

	buf_str(&name, line->shown ? ", " : "");
	buf_str(&name, item->verb);
	text_name(&part, item->name, item->safe, used);
	if (item->fact && item->fact->host) {
		buf_str(&name, " = ");
		text_name(&part, item->fact->host, false, used);
	}
	if (item->folded)
		buf_printf(&name, " (%zu)", item->folded);
	columns = columns_of(buf_text(&name));
	if (line->shown &&
	    (line->hidden ||
	     (text->width &&
	      line->columns + columns + MORE_WIDTH > text->width))) {
		line->hidden += item->folded ?: 1;
		return;
	}
	buf_str(text->out, buf_text(&name));
	line->columns += columns;
	line->shown++;
}

static void write_line(struct text *text, const struct record *record,
		       enum summary_id id)
{
	struct line line = { text, LABEL_WIDTH, 0, 0 };
	struct summary summary;
	size_t i, told = 0;
	BUF_AUTO(label);

	summary_make(&summary, record, id, ITEMS_MAX);
	buf_printf(&label, "%s:", summary.label);
	buf_pad(&label, LABEL_WIDTH - 2, ' ');
	buf_str(text->out, "  ");
	text_words(text, TEXT_BOLD, buf_text(&label));
	for (i = 0; i < summary.items.count; i++) {
		add_item(&line, &summary.items.items[i]);
		told += summary.items.items[i].folded ?: 1;
	}
	line.hidden += summary.n_things - told;
	if (!line.shown)
		buf_str(text->out, summary.nothing);
	if (line.hidden)
		buf_printf(text->out, " … and %zu more", line.hidden);
	buf_char(text->out, '\n');
	summary_free(&summary);
}

void text_summary(struct text *text, const struct record *record)
{
	for (int i = 0; i < SUMMARY_COUNT; i++)
		write_line(text, record, (enum summary_id)i);
}
