/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * history - the decided calls of this run, for "would have matched so far".
 *
 * Calls that are the same to a rule are kept once, with a count; of too many
 * the oldest are forgotten.
 */
#ifndef APP_HISTORY_H
#define APP_HISTORY_H

#include <stddef.h>

#include "policy/rule.h"
#include "syscall/call.h"

enum { HISTORY_MAX = 10000 };

struct past_call;

struct history {
	struct past_call *calls; /* uthash, the oldest first */
};

void history_add(struct history *history, const struct call *call);

/* How many of them @rule, which a policy holds, matches. It names no programs
 * and no arguments: nobody kept these. */
unsigned long history_matches(const struct history *history,
			      const struct rule *rule);

void history_free(struct history *history);

#endif
