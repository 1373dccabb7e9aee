/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* quote - from a name that a program chose to the pattern for it. */
#ifndef POLICY_QUOTE_H
#define POLICY_QUOTE_H

#include <stddef.h>

#include "base/buf.h"
#include "pattern.h"
#include "syscall/verdict.h"

/*
 * Append the pattern for @name, an absolute path or "@abstract": itself, but
 * for the parts that will be others the next time:
 *
 *	the home directory, the working directory, $TMPDIR	variables
 *	the number of a process or thread below /proc	*
 *	the random part of a temporary name		one ? a character
 *	a number at the end of a temporary name		*
 *
 * A byte that is no UTF-8, which a rules file cannot hold, becomes [[:0xff:]].
 * @subject may be NULL.
 */
void quote_name(struct buf *out, const struct variables *variables,
		const struct subject *subject, const char *name, size_t len);

/* Append @text as the pattern that matches itself alone. */
void quote_text(struct buf *out, const char *text, size_t len);

/* Is the end of the file name @name of @len bytes a random one? */
bool quote_is_random(const char *name, size_t len);

#endif
