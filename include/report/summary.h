/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * summary - the three lines that answer most questions: what it read outside
 * the usual places, what it wrote, whom it talked to.
 *
 * What the run made for itself is not told: reading one's own files back, and
 * files that were made and are gone again.
 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "report/state.h"

enum summary_id {
	SUMMARY_READ,
	SUMMARY_WROTE,
	SUMMARY_TALKED,
	SUMMARY_COUNT,
};

struct summary_item {
	const char *verb; /* "" or "deleted ", "offered " */
	char *name;
	bool safe;     /* as in struct fact */
	size_t folded; /* 0: one thing; else so many below the directory */
	const struct fact *fact; /* NULL when folded */
};

struct summary {
	const char *label;   /* "read" */
	const char *nothing; /* for when there are no items */
	VEC_OF(struct summary_item) items;
	size_t n_things; /* that the items stand for */
};

/* About @limit items, or fewer. Free it with summary_free(). */
void summary_make(struct summary *summary, const struct record *record,
		  enum summary_id id, size_t limit);
void summary_free(struct summary *summary);

#endif
