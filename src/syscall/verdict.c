/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/verdict.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	[VERDICT_ALLOW] = "allow",
	[VERDICT_ASK] = "ask",
	[VERDICT_BLOCK_SOFT] = "block-soft",
	[VERDICT_BLOCK_HARD] = "block-hard",
	[VERDICT_KILL] = "kill",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == VERDICT_COUNT,
	       "every verdict has a name");

const char *verdict_name(enum verdict verdict)
{
	return names[verdict];
}

bool verdict_by_name(const char *name, enum verdict *verdict)
{
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			*verdict = (enum verdict)i;
			return true;
		}
	}
	return false;
}
