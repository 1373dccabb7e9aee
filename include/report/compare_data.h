/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare_data - what a comparison holds, for the files that fill and tell it.
 */
#ifndef REPORT_COMPARE_DATA_H
#define REPORT_COMPARE_DATA_H

#include "base/hash.h"
#include "base/vec.h"
#include "report/compare_side.h"
#include "report/record.h"

/* Something that was done, under one name. */
struct compare_item {
	const char *what; /* "read": the section's key, or "ended" */
	const char *name; /* normalised */
	const char *other;
	char *seen; /* the name in the record that told of it first */
	bool safe;  /* the names were made by us: nothing in them to escape */
	bool means; /* a socket, to reach an address that is told */
	unsigned int severity;
	const char *why; /* "a credential" or "" */
	size_t runs;	 /* how many did it */
	size_t last_run; /* that did, from 1 */
	bool alone;	 /* there is a pair of it with itself */
	bool told;

	UT_hash_handle hh;
	size_t key_len;
	char key[];
};

/* The same thing by its text alone, and with what its record knows. */
struct compare_pair {
	struct compare_item *plain, *full;
};

struct compare_runs {
	VEC_OF(char *) names; /* of files */
	VEC_OF(char *) limits;
	struct compare_item *table;
	VEC_OF(struct compare_pair) pairs;
};

struct compare_list {
	const struct compare_item **items;
	size_t count, size;
};

struct compare {
	struct compare_runs sides[SIDE_COUNT];
	struct compare_list gained, lost; /* by severity */
	size_t unsteady; /* done by some runs of the old side alone */
	size_t unlisted; /* of severity 0 */
};

/* What is known of an item before it is found or made. */
struct compare_like {
	const char *what;
	const char *plain, *plain_other; /* by the text alone */
	const char *full, *full_other;	 /* with what the record knows */
	const char *seen;
	bool safe;
	bool means;
	unsigned int severity;
	const char *why;
};

/* The run at hand did it. */
void compare_note(struct compare_runs *runs, const struct compare_like *like);

/* compare_gather.c: all that a record tells. */
void compare_gather(struct compare_runs *runs, const struct record *record);

/* "deleted", in the words of a person: "opened a socket" ... */
const char *compare_words(const struct compare_item *item);

void compare_text(const struct compare *compare, const struct layout *layout,
		  struct buf *out);
void compare_json(const struct compare *compare, const struct layout *layout,
		  struct buf *out);
void compare_markdown(const struct compare *compare,
		      const struct layout *layout, struct buf *out);

#endif
