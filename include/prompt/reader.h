/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * reader - one line from the person; readline's only door.
 *
 * No history, no inputrc, no file names, no signal handlers of readline's: it
 * edits the line and completes words, nothing else. There is one reader, for
 * readline is one big global variable.
 */
#ifndef PROMPT_READER_H
#define PROMPT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "prompt/terminal.h"

enum reader_result {
	READER_LINE,
	READER_INTERRUPTED, /* Ctrl-C */
	READER_END,	    /* Ctrl-D on an empty line */
	READER_SUSPEND,	    /* Ctrl-Z, or a SIGTSTP from outside */
	READER_REDRAW,	    /* the screen may have changed: ask anew */
	READER_SIGNAL,	    /* somebody sent a signal that ends syswall */
	READER_GONE,	    /* the terminal is gone */
};

/* What completion may offer: see answer_candidate(). */
typedef const char *reader_candidate(const char *before, size_t i, void *owner);

enum { READER_LINE_MAX = 1024 }; /* bytes that can be typed */

/* Read one line, after @prompt, into @line (without its newline). It begins
 * with @first, to be edited: safe to show, and no longer than READER_LINE_MAX.
 * The terminal is held. What was typed of a line that does not end is
 * forgotten. */
enum reader_result reader_line(struct terminal *terminal, const char *prompt,
			       const char *first, reader_candidate *candidate,
			       void *owner, struct buf *line);

/* Close what the reader opened. */
void reader_close(void);

#endif
