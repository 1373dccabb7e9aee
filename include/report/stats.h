/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * stats - --summary: how often each call was made, how often it failed, how
 * long it took, and how long it waited for an answer.
 */
#ifndef REPORT_STATS_H
#define REPORT_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"

/* Rows are bounded: a program can make up numbers of calls. */
enum { STATS_MAX = 1000 };

struct stats_row {
	char name[32]; /* of a call; "(others)" past STATS_MAX */
	uint64_t calls, errors;
	uint64_t took_ns;   /* from letting it go to its exit */
	uint64_t waited_ns; /* for a person */
	UT_hash_handle hh;
};

struct stats {
	struct stats_row *rows; /* uthash by name */
};

enum stats_order {
	STATS_BY_TIME,
	STATS_BY_WAITED,
	STATS_BY_CALLS,
	STATS_BY_ERRORS,
	STATS_BY_NAME,
	STATS_ORDER_COUNT,
};

/* "time", "waited", "calls", "errors", "name". False for another word. */
bool stats_order_by_name(const char *name, enum stats_order *order);

/* One more call; @error: it failed. */
void stats_add(struct stats *stats, const char *name, bool error,
	       uint64_t took_ns, uint64_t waited_ns);

/* Add what a record tells of the call @loaded->name. */
void stats_load(struct stats *stats, const struct stats_row *loaded);

/* All rows in @order, the greatest first, equal ones by name. The caller
 * frees the array; it ends with NULL. */
struct stats_row **stats_sorted(const struct stats *stats,
				enum stats_order order);

/* Append the table, in the shape of strace -c and one column wider. */
void stats_text(const struct stats *stats, enum stats_order order,
		struct buf *out);

void stats_free(struct stats *stats);

#endif
