/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* who - who makes a call, for people: "cat (pid 4127, from sh)". */
#ifndef PROMPT_WHO_H
#define PROMPT_WHO_H

#include <stddef.h>

#include "base/buf.h"
#include "syscall/verdict.h"

/* Append @subject; a path of more than @limit bytes is elided. */
void who_text(struct buf *out, const struct subject *subject, size_t limit);

/* Append a name that a program chose. Where it could pass for our own words,
 * as "x) wants to READ" could, it stands between quotes. */
void who_name(struct buf *out, const char *name);

#endif
