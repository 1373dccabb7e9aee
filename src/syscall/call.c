/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/call.h"

#include <stdlib.h>

int call_arg_index(const struct call *call, enum arg_kind kind)
{
	for (size_t i = 0; call->def && i < call->n_args; i++) {
		if (call->def->args[i].kind == kind)
			return (int)i;
	}
	return -1;
}

bool target_is_path(const struct target *target)
{
	return target->asked != NULL;
}

bool call_names_path(const struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++)
		if (target_is_path(&call->targets[i]))
			return true;
	return false;
}

void call_free(struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		free(call->targets[i].asked);
		free(call->targets[i].resolved);
	}
	for (size_t i = 0; i < call->n_copies; i++)
		free(call->copies[i].bytes);
	free(call->copies);
	call->copies = NULL;
	call->n_copies = 0;
	free(call->targets);
	call->targets = NULL;
	call->n_targets = 0;
}

uint64_t call_open_flags(const struct call *call)
{
	return call->open.flags;
}
