/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* json_lists - the lists of facts in the JSON record, one row a line. */
#ifndef REPORT_JSON_LISTS_H
#define REPORT_JSON_LISTS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "report/state.h"

/* Every list of facts but the notes, as members of the open object. */
void json_write_lists(struct json_writer *json, const struct record *record);

/* The notes. */
void json_write_notes(struct json_writer *json, const struct record *record);

void json_member_text(struct json_writer *json, const char *key,
		      const char *text);
void json_member_count(struct json_writer *json, const char *key,
		       uint64_t count);

/* An object on one line inside an indented text. Between open and close write
 * its members to .json. */
struct json_row {
	struct json_writer json;
	struct buf text;
};

void json_row_open(struct json_row *row);
void json_row_close(struct json_row *row, struct json_writer *parent);

#endif
