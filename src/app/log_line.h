/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * log_line - lines of the log: whose they are, when, in which file. Knows
 * nothing of what they say.
 *
 * A line that is begun and not ended stays open until somebody else speaks;
 * then it is cut with "<unfinished ...>".
 */
#ifndef APP_LOG_LINE_H
#define APP_LOG_LINE_H

#include <stdio.h>
#include <sys/types.h>
#include <time.h>

#include "app/log_options.h"
#include "base/buf.h"
#include "base/hash.h"

/* Where the lines go: one for all, or one for each task. */
struct log_file {
	pid_t tid; /* 0: everybody's */
	FILE *out;
	bool flush_lines; /* somebody is watching */
	pid_t open_tid;	  /* whose line is not complete; 0: nobody's */
	struct buf line;  /* that line */
	size_t written;	  /* how much of it is */
	UT_hash_handle hh;
};

struct log_lines {
	const struct log_options *options;
	const char *path; /* NULL: standard error */
	bool colour;
	struct log_file *files;
	struct timespec last; /* when the line before began */
	int error;	      /* the first failure: a full disk */
};

/* Files are made when the first line for them comes, but for the one that is
 * everybody's. False with errno. */
bool lines_open(struct log_lines *lines);
/* Returns 0 or the first error. */
int lines_close(struct log_lines *lines);
void lines_flush(struct log_lines *lines);

/* Write @text, which is no line of a task. */
void lines_text(struct log_lines *lines, const struct buf *text);

/* The file that @tid writes to, and whether its line there is open. */
struct log_file *lines_file(struct log_lines *lines, pid_t tid);

/* Append what a line begins with: "[pid 12] 21:34:18 [ 257] ". @number is that
 * of the last call, -1 when there is none; @tasks is how many are alive. */
void lines_add_prefix(struct log_lines *lines, struct buf *line, pid_t tid,
		      int number, size_t tasks);

/* Start a line in @file that belongs to @tid, empty. */
void line_begin(struct log_lines *lines, struct log_file *file, pid_t tid);

/* Write what was appended to file->line since. With a colour ("\033[31m";
 * "": none), the bytes from @from to @to are painted. */
void line_put(struct log_lines *lines, struct log_file *file);
void line_put_painted(struct log_lines *lines, struct log_file *file,
		      size_t from, size_t to, const char *colour);

/* Write the rest and end it. */
void line_end(struct log_lines *lines, struct log_file *file);

#endif
