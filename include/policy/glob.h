/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * glob - the patterns of rules files.
 *
 *	*	any run of characters but /
 *	**	any run of characters; "/" "**" "/" also stands for one slash,
 *		and a final "/" "**" also for the directory itself
 *	?	one character but /
 *	[...]	one of these, [!...] one of the others, as in fnmatch(3)
 *	[[:0xff:]]  this byte, where it is no UTF-8
 *	\x	x itself
 *
 * A leading period is nothing special. Characters are those of UTF-8; a byte
 * that is none is a character of its own. Matching takes time in proportion
 * to pattern times text, whatever they are.
 */
#ifndef POLICY_GLOB_H
#define POLICY_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct glob;

/* NULL and why (static text) when @pattern cannot be read. */
struct glob *glob_compile(const char *pattern, const char **why);
void glob_free(struct glob *glob);

/* Does all of @text match? It may contain NUL bytes. */
bool glob_match(const struct glob *glob, const char *text, size_t len);

/* Does @wide match every text that @narrow matches? True is a proof; false may
 * mean that a proof would take too long. */
bool glob_covers(const struct glob *wide, const struct glob *narrow);

/* Is there a text that both match? False is a proof; true may mean that it
 * would take too long to find out. */
bool glob_meets(const struct glob *a, const struct glob *b);

/* The bytes that every match begins with. Owned by @glob. */
const char *glob_prefix(const struct glob *glob, size_t *len);

/* Put a run of literal bytes that stands somewhere in every match, behind the
 * prefix, into @out; *@at is 0 at first. False when there are no more. */
bool glob_next_run(const struct glob *glob, size_t *at, struct buf *out);

/* Put some text that matches into @out. False when none was found. */
bool glob_sample(const struct glob *glob, struct buf *out);

/* Append @text so that as a pattern it matches itself alone. */
void glob_escape(struct buf *out, const char *text, size_t len);

#endif
