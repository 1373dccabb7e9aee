/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare_text - a comparison for a person, and for a summary in Markdown. */
#include <string.h>

#include "base/escape.h"
#include "policy/severity.h"
#include "report/compare.h"
#include "report/compare_data.h"
#include "report/text.h"

enum { WHAT_WIDTH = 16, ROW_USED = 8 + WHAT_WIDTH };

static const struct {
	const char *what, *words;
} rows[] = {
	{ "blocked", "blocked" },      { "read", "read" },
	{ "written", "wrote" },	       { "created", "created" },
	{ "deleted", "deleted" },      { "renamed", "renamed" },
	{ "attributes", "changed" },   { "programs", "ran" },
	{ "out", "connected to" },     { "in", "offered" },
	{ "opened", "opened socket" }, { "signals", "sent" },
	{ "other", "called" },	       { "ended", "ended" },
};

const char *compare_words(const struct compare_item *item)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].what, item->what) == 0)
			return rows[i].words;
	return item->what;
}

/* "2 runs of 3", nothing where it is clear. */
static void add_runs(struct buf *out, const struct compare_item *item, size_t n)
{
	if (n > 1)
		buf_printf(out, "in %zu of %zu runs", item->runs, n);
}

static void add_count(struct buf *out, const char *before, size_t n,
		      const char *one, const char *many)
{
	if (n)
		buf_printf(out, "%s%zu %s\n", before, n, n == 1 ? one : many);
}

/* ---- text ---- */

static void row(struct text *text, const struct compare_item *item, size_t n)
{
	BUF_AUTO(remark);

	buf_printf(text->out, "  %2u  ", item->severity);
	buf_printf(text->out, "%-*s", WHAT_WIDTH, compare_words(item));
	text_name(text, item->name, item->safe, ROW_USED);
	if (*item->other) {
		buf_str(text->out, " -> ");
		text_name(text, item->other, item->safe, ROW_USED);
	}
	buf_str(&remark, item->why);
	if (remark.len && n > 1)
		buf_str(&remark, ", ");
	add_runs(&remark, item, n);
	if (remark.len)
		buf_printf(text->out, " (%s)", buf_text(&remark));
	buf_char(text->out, '\n');
}

static void list(struct text *text, const char *heading,
		 const struct compare_list *items, size_t n)
{
	BUF_AUTO(title);

	if (!items->count)
		return;
	buf_printf(&title, "%s (%zu)", heading, items->count);
	text_words(text, TEXT_BOLD, buf_text(&title));
	buf_char(text->out, '\n');
	for (size_t i = 0; i < items->count; i++)
		row(text, items->items[i], n);
}

static void limits(struct buf *out, const struct compare_runs *runs)
{
	for (size_t i = 0; i < runs->limits.count; i++) {
		buf_str(out, "not complete: ");
		escape_str(out, runs->limits.items[i]);
		buf_char(out, '\n');
	}
}

void compare_text(const struct compare *compare, const struct layout *layout,
		  struct buf *out)
{
	struct text text = { .out = out,
			     .colour = layout->colour,
			     .width = layout->width };

	list(&text, "gained", &compare->gained,
	     compare->sides[SIDE_NEW].names.count);
	list(&text, "lost", &compare->lost,
	     compare->sides[SIDE_OLD].names.count);
	if (compare_is_same(compare))
		buf_str(out, "the same\n");
	add_count(out, "not counted: ", compare->unsteady,
		  "thing that not every earlier run did",
		  "things that not every earlier run did");
	add_count(out, "not counted: ", compare->unlisted,
		  "thing that every program may do (--strict counts it)",
		  "things that every program may do (--strict counts them)");
	limits(out, &compare->sides[SIDE_OLD]);
	limits(out, &compare->sides[SIDE_NEW]);
}

/* ---- Markdown ---- */

/* As a reference to each character that could be markup, inside <code>. */
static void add_code(struct buf *out, const char *name, bool safe)
{
	const char *at;
	BUF_AUTO(shown);

	if (safe)
		escape_again(&shown, name, strlen(name));
	else
		escape_str(&shown, name);
	buf_str(out, "<code>");
	for (at = buf_text(&shown); *at; at++) {
		if (strchr("<>&|`*_[]\\~\"'$@#!:", *at))
			buf_printf(out, "&#%d;", *at);
		else
			buf_char(out, *at);
	}
	buf_str(out, "</code>");
}

static void markdown_row(struct buf *out, const struct compare_item *item,
			 size_t n)
{
	buf_printf(out, "| %s%u%s | %s | ",
		   item->severity >= SEVERITY_GRAVE ? "**" : "", item->severity,
		   item->severity >= SEVERITY_GRAVE ? "**" : "",
		   compare_words(item));
	add_code(out, item->name, item->safe);
	if (*item->other) {
		buf_str(out, " → ");
		add_code(out, item->other, item->safe);
	}
	buf_printf(out, " | %s%s", item->why, *item->why && n > 1 ? ", " : "");
	add_runs(out, item, n);
	buf_str(out, " |\n");
}

static void markdown_list(struct buf *out, const char *heading,
			  const struct compare_list *items, size_t n)
{
	if (!items->count)
		return;
	buf_printf(out, "\n### %s (%zu)\n\n", heading, items->count);
	buf_str(out, "| severity | what | name | remark |\n"
		     "|---:|---|---|---|\n");
	for (size_t i = 0; i < items->count; i++)
		markdown_row(out, items->items[i], n);
}

void compare_markdown(const struct compare *compare,
		      const struct layout *layout, struct buf *out)
{
	(void)layout;
	buf_printf(out, "## syswall: %s\n",
		   compare_is_same(compare) ? "it does what it did" :
					      "it does not do what it did");
	markdown_list(out, "Gained", &compare->gained,
		      compare->sides[SIDE_NEW].names.count);
	markdown_list(out, "Lost", &compare->lost,
		      compare->sides[SIDE_OLD].names.count);
	add_count(out, "\nNot counted: ", compare->unsteady,
		  "thing that not every earlier run did.",
		  "things that not every earlier run did.");
	add_count(out, "\nNot counted: ", compare->unlisted,
		  "thing that every program may do.",
		  "things that every program may do.");
	if (compare_is_incomplete(compare))
		buf_str(out,
			"\n**A record is not complete: it hit a limit.**\n");
}
