/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/catalogue.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct syscall_def defs[] = {
#define C(id) CLASS_BIT(CLASS_##id)
#define A(arg_id, label)                                                       \
	{                                                                      \
		ARG_##arg_id, label                                            \
	}
#define SYSCALL(call, class_set, classify_id, soft_id, ret_id, ...)            \
	[SYSCALL_##call] = {                                                   \
		.id = SYSCALL_##call,                                          \
		.name = #call,                                                 \
		.classes = class_set,                                          \
		.classify = CLASSIFY_##classify_id,                            \
		.soft = SOFT_##soft_id,                                        \
		.ret = RET_##ret_id,                                           \
		.args = { __VA_ARGS__ },                                       \
	},
#include "syscall/syscalls.def"
#undef SYSCALL
#undef A
#undef C
};

static const struct arg_kind_def kinds[ARG_KIND_COUNT] = {
	[ARG_END] = { "END", WIDTH_64, PHASE_ENTRY, TARGET_NONE, 0 },
#define ARG_KIND(id, width, phase, target, implied, printer, constants)        \
	[ARG_##id] = { #id, WIDTH_##width, PHASE_##phase, TARGET_##target,     \
		       implied },
#include "syscall/arg_kinds.def"
#undef ARG_KIND
};

const struct syscall_def *syscall_def(enum syscall_id id)
{
	assert(id < SYSCALL_COUNT);
	return &defs[id];
}

static int compare_name(const void *name, const void *def)
{
	return strcmp(name, ((const struct syscall_def *)def)->name);
}

const struct syscall_def *syscall_by_name(const char *name)
{
	return bsearch(name, defs, SYSCALL_COUNT, sizeof(defs[0]),
		       compare_name);
}

size_t syscall_arg_count(const struct syscall_def *def)
{
	size_t count = 0;

	while (count < SYSCALL_ARGS_MAX && def->args[count].kind != ARG_END)
		count++;
	return count;
}

bool syscall_is_unstoppable(const struct syscall_def *def)
{
	return def->ret == RET_NONE || def->id == SYSCALL_restart_syscall;
}

const struct arg_kind_def *arg_kind_def(enum arg_kind kind)
{
	assert(kind < ARG_KIND_COUNT);
	return &kinds[kind];
}

uint64_t arg_truncate(enum arg_kind kind, uint64_t value)
{
	switch (arg_kind_def(kind)->width) {
	case WIDTH_S32:
		return (uint64_t)(int64_t)(int32_t)value;
	case WIDTH_U32:
		return (uint32_t)value;
	case WIDTH_U16:
		return (uint16_t)value;
	case WIDTH_64:
		break;
	}
	return value;
}
