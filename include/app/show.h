/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* show - where reports go: terminals and files; --show, --format, -r. */
#ifndef APP_SHOW_H
#define APP_SHOW_H

#include "app/options.h"
#include "report/record.h"

/* How a report on @fd is laid out: for a terminal, or for a file. */
struct layout show_layout(int fd);

/* Write all of @text; false when that failed. */
bool show_text(int fd, const struct buf *text);

/* Print @record to @fd in the format that the options name: text where they
 * name none, as wide and as colourful as the terminal. What cannot be written
 * is lost: the run's own exit status matters more. */
void show_print(const struct record *record, const struct options *options,
		int fd);

/* Write the files that -r names. False when one failed, which was said. */
bool show_save(const struct record *record, const struct options *options);

/* --show: the report of a record that was written before. Returns the exit
 * status. */
int show_record(const struct options *options);

#endif
