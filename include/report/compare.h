/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * compare - what runs did that other runs did not.
 *
 * Two sides, each of one record or more. A thing is gained when a run of the
 * second side did it and none of the first; lost when all runs of the first
 * side did it and none of the second. So what is done in some runs and not in
 * others is no difference, once it was seen. Names are compared as
 * report/normal.h tells them.
 */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "report/compare_side.h"
#include "report/record.h"

struct compare;

struct compare *compare_new(void);
void compare_free(struct compare *compare);

/* Add the record of a run, which stays the caller's; @name is its file. */
void compare_add(struct compare *compare, enum compare_side side,
		 const struct record *record, const char *name);

/* Find the differences. @everything: also those of severity 0, which every
 * program may do. Call it once, after the last record. */
void compare_finish(struct compare *compare, bool everything);

bool compare_is_same(const struct compare *compare);

/* Did a record leave something out, having hit a limit? Then "the same" is not
 * known to be true. */
bool compare_is_incomplete(const struct compare *compare);

/* Append the result in the format of that name: "text", "markdown", "json".
 * All that came from programs is escaped. False when there is no such format.
 */
bool compare_render(const struct compare *compare, const char *format,
		    const struct layout *layout, struct buf *out);

#endif
