/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What opens and clones ask for: in a register, or in a struct in memory that
 * may be longer or shorter than the one we know (copy_struct_from_user). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "syscall/call_decode.h"

enum {
	STRUCT_LIMIT = 4096, /* the kernel's: one page */
	CLONE_ARGS_SMALLEST = 64,
};

/* Read a struct of which we know @known bytes and of which the program says
 * it has @size; what we do not know must be zero. 0 or the kernel's errno. */
static int read_struct(struct decoder *decoder, uint64_t addr, uint64_t size,
		       void *out, size_t known)
{
	unsigned char whole[STRUCT_LIMIT];

	if (size < known)
		return -EINVAL;
	if (size > STRUCT_LIMIT)
		return -E2BIG;
	if (!mem_read_all(decoder->mem, addr, whole, size))
		return -EFAULT;
	for (size_t i = known; i < size; i++) {
		if (whole[i])
			return -E2BIG;
	}
	memcpy(out, whole, known);
	decode_copy(decoder, addr, whole, size);
	return 0;
}

void decode_open(struct decoder *decoder)
{
	struct call *call = decoder->call;
	struct open_request *open = &call->open;
	int flags_at = call_arg_index(call, ARG_OPEN_FLAGS);
	int mode_at = call_arg_index(call, ARG_MODE_CREAT);
	int how_at = call_arg_index(call, ARG_OPEN_HOW);

	if (flags_at >= 0)
		open->flags = (uint32_t)call->args[flags_at];
	if (mode_at >= 0)
		open->mode = call->args[mode_at];
	if (call->def->id == SYSCALL_creat) {
		open->flags = O_CREAT | O_WRONLY | O_TRUNC;
		open->mode = call->args[1];
	}
	if (how_at < 0)
		return;
	decoder->open_error =
		read_struct(decoder, call->args[how_at], call->args[how_at + 1],
			    open, sizeof(*open));
	/* Unknown: everything that an open can do. */
	if (decoder->open_error)
		*open = (struct open_request){ .flags = O_RDWR | O_CREAT };
}

void decode_clone(struct decoder *decoder)
{
	struct call *call = decoder->call;
	int flags_at = call_arg_index(call, ARG_CLONE_FLAGS);
	int args_at = call_arg_index(call, ARG_CLONE_ARGS);

	if (flags_at >= 0)
		call->clone_flags = call->args[flags_at];
	/* Flags that cannot be read start a process, as no flags do. The
	 * kernel refuses such a call anyway. */
	if (args_at >= 0 && call->args[args_at + 1] >= CLONE_ARGS_SMALLEST &&
	    !mem_read_all(decoder->mem, call->args[args_at], &call->clone_flags,
			  sizeof(call->clone_flags)))
		call->clone_flags = 0;
}
