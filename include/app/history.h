/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* history - the decided calls of this run, for "would have matched so far". */
#ifndef APP_HISTORY_H
#define APP_HISTORY_H

#include "base/vec.h"
#include "policy/rule.h"
#include "syscall/call.h"

/* Calls of one number and one set of classes are one entry. */
struct history_entry {
	int number;
	uint32_t classes;
	unsigned long count;
};

struct history {
	VEC_OF(struct history_entry) entries;
};

void history_add(struct history *history, const struct call *call);

/* How many of them @rule, which names calls and classes only, matches. */
unsigned long history_matches(const struct history *history,
			      const struct rule *rule);

#endif
