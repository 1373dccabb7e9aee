/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * features - what syswall rests on, and whether this kernel offers it.
 *
 * The table is features.def. A container may forbid what its kernel could do:
 * that is the same here, with another errno.
 */
#ifndef TRACE_FEATURES_H
#define TRACE_FEATURES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum feature_id {
#define FEATURE(id, ...) FEATURE_##id,
#include "trace/features.def"
#undef FEATURE
	FEATURE_COUNT,
};

enum { FEATURE_UNTRIED = -1 };

struct features {
	/* 0: it is there; a positive errno; or FEATURE_UNTRIED */
	int error[FEATURE_COUNT];
};

/* Look for all that shows without a process to trace. Takes microseconds and
 * starts nothing. Of the others .error is 0: until it shows, they count. */
void features_probe(struct features *features);

/* Is enough there to run a program? @weaker: a promise may be missing. If not,
 * @err names the gravest that is missing. */
bool features_suffice(const struct features *features, bool weaker,
		      struct err *err);

/* Append a line "NAME: yes|no (what for)" for each. */
void features_describe(const struct features *features, struct buf *out);

/* Append a line for each that is missing without being vital, which says what
 * is weaker for it. @comfort: also for those that break no promise. */
void features_list_missing(const struct features *features, bool comfort,
			   struct buf *out);

#endif
