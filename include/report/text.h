/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* text - the parts of the report for a person. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "report/fact.h"
#include "report/state.h"

struct text {
	struct buf *out;
	bool colour;
	unsigned int width; /* 0: lines may be as long as they like */
};

enum text_colour {
	TEXT_PLAIN,
	TEXT_BOLD,
	TEXT_RED,
	TEXT_DIM,
};

/* Append words between the escape sequences of a colour, where wanted. */
void text_words(struct text *text, enum text_colour colour, const char *words);

/* Append the name of a thing, escaped, its middle left out when it is longer
 * than what @used columns leave of a line. */
void text_name(struct text *text, const char *name, bool safe, size_t used);

/* What it read outside the usual places, what it wrote, whom it talked to. */
void text_summary(struct text *text, const struct record *record);

/* A heading and up to @limit rows of each list that is not empty. */
void text_lists(struct text *text, const struct record *record);

/* Counts by class and verdict. */
void text_decisions(struct text *text, const struct record *record);

/* Rules that decided, and rules that never matched. */
void text_rules(struct text *text, const struct record *record);

/* Who started whom, and how each ended. */
void text_processes(struct text *text, const struct record *record);

/* "  HEADING" as a line of its own. */
void text_heading(struct text *text, const char *heading);

/* "    ... and 37 more" */
void text_more(struct text *text, size_t n);

#endif
