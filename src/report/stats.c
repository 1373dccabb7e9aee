/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

#define NANOSECONDS 1e9

static struct stats_row *find(const struct stats *stats, const char *name)
{
	struct stats_row *row;

	HASH_FIND_STR(stats->rows, name, row);
	return row;
}

static struct stats_row *row_of(struct stats *stats, const char *name)
{
	struct stats_row *row = find(stats, name);

	if (!row && HASH_COUNT(stats->rows) >= STATS_MAX) {
		name = "(others)";
		row = find(stats, name);
	}
	if (row)
		return row;
	row = xcalloc(1, sizeof(*row));
	snprintf(row->name, sizeof(row->name), "%s", name);
	HASH_ADD_STR(stats->rows, name, row);
	return row;
}

void stats_add(struct stats *stats, const char *name, bool error,
	       uint64_t took_ns, uint64_t waited_ns)
{
	struct stats_row *row = row_of(stats, name);

	row->calls++;
	row->errors += error;
	row->took_ns += took_ns;
	row->waited_ns += waited_ns;
}

void stats_load(struct stats *stats, const struct stats_row *loaded)
{
	struct stats_row *row = row_of(stats, loaded->name);

	row->calls += loaded->calls;
	row->errors += loaded->errors;
	row->took_ns += loaded->took_ns;
	row->waited_ns += loaded->waited_ns;
}

void stats_free(struct stats *stats)
{
	struct stats_row *row = stats->rows, *next;

	HASH_CLEAR(hh, stats->rows);
	for (; row; row = next) {
		next = row->hh.next;
		free(row);
	}
}

/* ---- order ---- */

static uint64_t by_time(const struct stats_row *row)
{
	return row->took_ns;
}

static uint64_t by_waited(const struct stats_row *row)
{
	return row->waited_ns;
}

static uint64_t by_calls(const struct stats_row *row)
{
	return row->calls;
}

static uint64_t by_errors(const struct stats_row *row)
{
	return row->errors;
}

static const struct {
	const char *name;
	uint64_t (*value)(const struct stats_row *row); /* NULL: the name */
} orders[] = {
	[STATS_BY_TIME] = { "time", by_time },
	[STATS_BY_WAITED] = { "waited", by_waited },
	[STATS_BY_CALLS] = { "calls", by_calls },
	[STATS_BY_ERRORS] = { "errors", by_errors },
	[STATS_BY_NAME] = { "name", NULL },
};

bool stats_order_by_name(const char *name, enum stats_order *order)
{
	for (int i = 0; i < STATS_ORDER_COUNT; i++) {
		if (strcmp(orders[i].name, name) != 0)
			continue;
		*order = (enum stats_order)i;
		return true;
	}
	return false;
}

static int compare(const void *left, const void *right, void *order)
{
	const struct stats_row *a = *(struct stats_row *const *)left;
	const struct stats_row *b = *(struct stats_row *const *)right;
	uint64_t (*value)(const struct stats_row *) =
		orders[*(const enum stats_order *)order].value;

	if (value && value(a) != value(b))
		return value(a) > value(b) ? -1 : 1;
	return strcmp(a->name, b->name);
}

struct stats_row **stats_sorted(const struct stats *stats,
				enum stats_order order)
{
	size_t n = 0, count = HASH_COUNT(stats->rows);
	struct stats_row **sorted =
		xcalloc(count + 1, sizeof(struct stats_row *));

	for (struct stats_row *row = stats->rows; row; row = row->hh.next)
		sorted[n++] = row;
	qsort_r(sorted, n, sizeof(struct stats_row *), compare, &order);
	return sorted;
}

/* ---- the table ---- */

static void add_row(struct buf *out, const struct stats_row *row, double share)
{
	uint64_t calls = row->calls ? row->calls : 1;
	/* NOLINTNEXTLINE(clang-analyzer-core.*): xcalloc() clears */
	uint64_t each_us = row->took_ns / 1000 / calls;
	char errors[24] = "";

	if (row->errors)
		snprintf(errors, sizeof(errors), "%" PRIu64, row->errors);
	buf_printf(
		out, "%6.2f %11.6f %11" PRIu64 " %9" PRIu64 " %9s %11.6f %s\n",
		share, (double)row->took_ns / NANOSECONDS, each_us, row->calls,
		errors, (double)row->waited_ns / NANOSECONDS, row->name);
}

void stats_text(const struct stats *stats, enum stats_order order,
		struct buf *out)
{
	static const char rule[] = "------ ----------- ----------- --------- "
				   "--------- ----------- ----------------\n";
	struct stats_row **sorted = stats_sorted(stats, order);
	struct stats_row total = { .name = "total" };

	for (size_t i = 0; sorted[i]; i++) {
		total.calls += sorted[i]->calls;
		total.errors += sorted[i]->errors;
		total.took_ns += sorted[i]->took_ns;
		total.waited_ns += sorted[i]->waited_ns;
	}
	buf_printf(out, "%6.6s %11.11s %11.11s %9.9s %9.9s %11.11s %s\n%s",
		   "% time", "seconds", "usecs/call", "calls", "errors",
		   "waited", "syscall", rule);
	for (size_t i = 0; sorted[i]; i++)
		add_row(out, sorted[i],
			total.took_ns ? 100.0 * (double)sorted[i]->took_ns /
						(double)total.took_ns :
					0);
	buf_str(out, rule);
	add_row(out, &total, 100);
	free(sorted);
}
