/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* guard - what the engine refuses or watches on its own account: trace/guards.def. */
#ifndef TRACE_GUARD_H
#define TRACE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syscall/catalogue.h"

enum guard_effect {
	GUARD_SILENT,
	GUARD_REFUSE,
	GUARD_STRIP,
	GUARD_EXECUTE,
	GUARD_NAMES,
	GUARD_CWD,
	GUARD_WRITER,
};

enum { GUARD_NO_ARG = -1 };

struct guard {
	enum syscall_id id;
	int arg;
	uint64_t mask, value;
	enum guard_effect effect;
	int error;
	const char *reason;
};

/* Is this one for those who decide on arguments only? */
static inline bool guard_is_for_pins(const struct guard *guard)
{
	return guard->effect == GUARD_NAMES || guard->effect == GUARD_CWD ||
	       guard->effect == GUARD_WRITER;
}

extern const struct guard guards[];
extern const size_t guard_count;

/* The guard that means this call, or NULL. */
const struct guard *guard_find(enum syscall_id id,
			       const uint64_t args[SYSCALL_ARGS_MAX]);

#endif
