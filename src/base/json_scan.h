/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* json_scan - is this text JSON, to the letter? See json_scan.c. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/vec.h"

/* Both counted from 1; columns in bytes. */
struct json_place {
	unsigned int line;
	unsigned int column;
};

struct json_places {
	struct json_place *items;
	size_t count, size;
};

/* Check @len bytes of @text against RFC 8259. On success @clean holds the text
 * for cJSON and @places where each node stands, in the order of the text: for
 * a member the place of its key, else of the value. On failure @why says why
 * and @at where. */
bool json_scan(const char *text, size_t len, struct buf *clean,
	       struct json_places *places, const char **why,
	       struct json_place *at);

#endif
