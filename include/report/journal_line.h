/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* journal_line - how the lines of a journal begin and end. Only
 * src/report/journal*.c need this. */
#ifndef REPORT_JOURNAL_LINE_H
#define REPORT_JOURNAL_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/json.h"

struct journal {
	char *path;
	int fd;
	dev_t device; /* of the file, and its number there */
	ino_t inode;
	bool is_file; /* and so has a name that somebody could open */
	bool data;
	int error; /* the first failure, an errno */
	uint64_t lines;
	struct buf text; /* lines that are not written yet */
	struct json_writer json;
	time_t second;	/* the one in .clock */
	char clock[24]; /* "2026-01-01T00:00:00" */
};

/* Begin a line: type, number and time. Write its members to journal->json.
 * Returns its number. */
uint64_t journal_begin(struct journal *journal, const char *type);
void journal_finish(struct journal *journal);

#endif
