/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * load - reading a record back: what json.c and load_lists.c share.
 *
 * A member that is missing reads as nothing; one of a wrong type or with an
 * impossible value is refused with its place in the file. Members that are not
 * known are passed over: a later syswall may have written them.
 */
#ifndef REPORT_LOAD_H
#define REPORT_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "report/state.h"

struct loader {
	struct record *record; /* its .doc is what is read */
	struct err *err;
};

/* One entry of a list. */
typedef bool (*load_row)(struct loader *loader, const struct json *row,
			 int section);

/* Each element of the list @object.@key. */
bool load_each(struct loader *loader, const struct json *object,
	       const char *key, load_row row, int section);

/* A string or "", a count or 0, true or false. */
bool load_text(struct loader *loader, const struct json *object,
	       const char *key, const char **text);
bool load_count(struct loader *loader, const struct json *object,
		const char *key, uint64_t max, uint64_t *count);
bool load_true(struct loader *loader, const struct json *object,
	       const char *key, bool *truth);

/* Say what is wrong with @node. Returns false. */
bool load_err(struct loader *loader, const struct json *node, const char *why);

/* All lists of facts in the open record. */
bool load_lists(struct loader *loader, const struct json *root);

/* The processes: ids from 1 without a hole, parents older than children. */
bool load_processes(struct loader *loader, const struct json *root);

/* What the section of a list or of a moment is called. */
bool section_by_key(const char *key, enum section *section);

/* A name in a list of sockets, signals or blocked things: was it made, and so
 * escaped, by us? Paths were not. */
bool load_is_safe(const char *name);

#endif
