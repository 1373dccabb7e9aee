/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * question - what a person reads before answering. Pure: data in, text out.
 *
 * Every byte that came from the program is escaped here; see base/escape.h.
 */
#ifndef PROMPT_QUESTION_H
#define PROMPT_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "policy/policy.h"
#include "policy/severity.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

struct question {
	const struct call *call;
	const struct subject *subject;
	const struct decision *decision; /* why it is asked */
	bool soft_offered;
	/* For scopes and the rules that nearly matched. NULL: the plain
	 * "always" is the only one. */
	const struct policy *policy;
	/* Append what `i` shows beyond the call itself: process tree, open
	 * files ...; safe to call at any time while the question is open. Whole
	 * lines; values escaped by the callee. May be NULL. */
	void (*more)(struct buf *out, void *owner);
	/* Take back the last lasting answer, and append the line that says
	 * so. May be NULL: there is none. */
	void (*undo)(struct buf *out, void *owner);
	/* Is this process group one of the program's? Then the terminal may
	 * be taken from it; else syswall is a background job and waits. May
	 * be NULL: none is. */
	bool (*owns_group)(pid_t pgrp, void *owner);
	void *owner;
};

struct question_style {
	bool colour;
	const struct places *places; /* how grave is it? NULL: places do not
				      * count */
	size_t limit; /* bytes of a value; more is elided in the middle */
};

/* Append the block of lines above the answer line: what the program wants to
 * do, on what, by which call. */
void question_text(struct buf *out, const struct question *question,
		   const struct question_style *style);

/* Append what `i` shows: everything known about the call and its maker. */
void question_more(struct buf *out, const struct question *question);

#endif
