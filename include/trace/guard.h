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
	GUARD_GROUP,
	GUARD_SEE,
	GUARD_HARMLESS,
};

enum { GUARD_CONDITIONS = 2 };

/* (args[arg] & mask) == value */
struct guard_condition {
	bool counts; /* false: there is no such condition */
	bool tracer; /* the value is syswall's process id */
	int arg;
	uint64_t mask, value;
};

struct guard {
	enum syscall_id id;
	struct guard_condition when[GUARD_CONDITIONS]; /* all of them */
	enum guard_effect effect;
	int error;
	const char *reason;
};

/* Is this one for those who decide on arguments only? */
static inline bool guard_is_for_pins(const struct guard *guard)
{
	return guard->effect == GUARD_NAMES || guard->effect == GUARD_CWD ||
	       guard->effect == GUARD_WRITER || guard->effect == GUARD_SEE;
}

extern const struct guard guards[];
extern const size_t guard_count;

/* What @condition compares with. */
uint64_t guard_value(const struct guard_condition *condition);

/* The guard that means this call, or NULL. */
const struct guard *guard_find(enum syscall_id id,
			       const uint64_t args[SYSCALL_ARGS_MAX]);

#endif
