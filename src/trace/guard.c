/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/guard.h"

#include <errno.h>
#include <unistd.h>

#define WORD 0xffffffffu
#define EQUAL(arg, value)                                                      \
	{                                                                      \
		true, false, arg, WORD, value                                  \
	}
#define ME(arg)                                                                \
	{                                                                      \
		true, true, arg, WORD, 0                                       \
	}
#define ALWAYS                                                                 \
	{                                                                      \
		{                                                              \
			.counts = false                                        \
		}                                                              \
	}
#define IS(arg, value)                                                         \
	{                                                                      \
		EQUAL(arg, value)                                              \
	}
#define HAS(arg, bits)                                                         \
	{                                                                      \
		{                                                              \
			true, false, arg, bits, bits                           \
		}                                                              \
	}
#define TRACER(arg)                                                            \
	{                                                                      \
		ME(arg)                                                        \
	}
#define BOTH(a, v, b, w)                                                       \
	{                                                                      \
		EQUAL(a, v), EQUAL(b, w)                                       \
	}
#define BOTH_TRACER(a, v, b)                                                   \
	{                                                                      \
		EQUAL(a, v), ME(b)                                             \
	}

static const char self_protection[] = "it is aimed at syswall";
static const char group_signal[] =
	"it would reach syswall too: sent to the program's processes alone";
static const char everybody[] = "it would reach every process there is";
#define EVERYBODY	everybody
#define SELF_PROTECTION self_protection
#define GROUP_SIGNAL	group_signal

const struct guard guards[] = {
#define GUARD(call, when, effect, error, reason)                               \
	{ SYSCALL_##call, when, GUARD_##effect, error, reason },
#include "trace/guards.def"
#undef GUARD
};

const size_t guard_count = sizeof(guards) / sizeof(guards[0]);

uint64_t guard_value(const struct guard_condition *condition)
{
	static pid_t self;

	if (!condition->tracer)
		return condition->value;
	if (!self)
		self = getpid();
	return (uint64_t)self;
}

static bool holds(const struct guard *guard,
		  const uint64_t args[SYSCALL_ARGS_MAX])
{
	for (int i = 0; i < GUARD_CONDITIONS; i++) {
		const struct guard_condition *condition = &guard->when[i];

		if (condition->counts &&
		    (args[condition->arg] & condition->mask) !=
			    guard_value(condition))
			return false;
	}
	return true;
}

const struct guard *guard_find(enum syscall_id id,
			       const uint64_t args[SYSCALL_ARGS_MAX])
{
	for (size_t i = 0; i < guard_count; i++)
		if (guards[i].id == id && holds(&guards[i], args))
			return &guards[i];
	return NULL;
}
