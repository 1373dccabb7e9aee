/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/guard.h"

#include <errno.h>

#define NO_ARG GUARD_NO_ARG

const struct guard guards[] = {
#define GUARD(call, arg, mask, value, effect, error, reason)                   \
	{ SYSCALL_##call, arg, mask, value, GUARD_##effect, error, reason },
#include "trace/guards.def"
#undef GUARD
};

const size_t guard_count = sizeof(guards) / sizeof(guards[0]);

const struct guard *guard_find(enum syscall_id id,
			       const uint64_t args[SYSCALL_ARGS_MAX])
{
	for (size_t i = 0; i < guard_count; i++) {
		const struct guard *guard = &guards[i];

		if (guard->id != id)
			continue;
		if (guard->arg == GUARD_NO_ARG ||
		    (args[guard->arg] & guard->mask) == guard->value)
			return guard;
	}
	return NULL;
}
