/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* struct file_handle: name_to_handle_at(2), open_by_handle_at(2). */
#include <errno.h>
#include <sys/param.h>

#include "syscall/print_struct.h"

enum {
	HANDLE_MAX = 128,    /* linux/exportfs.h: MAX_HANDLE_SZ */
	MOUNT_ID_UNIQUE = 1, /* AT_HANDLE_MNT_ID_UNIQUE, Linux 6.12 */
};

struct program_handle {
	uint32_t bytes;
	int32_t type;
};

static void add_handle(const struct print_ctx *ctx, uint64_t addr,
		       const struct program_handle *head)
{
	unsigned char bytes[HANDLE_MAX];
	size_t size = MIN(head->bytes, sizeof(bytes));

	buf_printf(ctx->out, ", handle_type=%d, f_handle=", head->type);
	if (mem_read_all(ctx->mem, addr + sizeof(*head), bytes, size))
		print_quoted_hex(ctx->out, bytes, size);
	else
		buf_str(ctx->out, "???");
}

void print_handle_in(const struct print_ctx *ctx, uint64_t value)
{
	struct program_handle head;

	if (!print_fetch(ctx, value, &head, sizeof(head)))
		return;
	buf_printf(ctx->out, "{handle_bytes=%u", head.bytes);
	add_handle(ctx, value, &head);
	buf_char(ctx->out, '}');
}

/* "{handle_bytes=128 => 8, ...": the room, then what was needed. */
void print_handle_made(const struct print_ctx *ctx, uint64_t value)
{
	struct program_handle head;

	if (!ctx->exiting) {
		if (print_fetch(ctx, value, &head.bytes, sizeof(head.bytes)))
			buf_printf(ctx->out, "{handle_bytes=%u", head.bytes);
		return;
	}
	if (ctx->call->before[ctx->arg] == UINT64_MAX)
		return;
	if ((!print_failed(ctx) || ctx->result == -EOVERFLOW) &&
	    mem_read_all(ctx->mem, value, &head, sizeof(head))) {
		if (head.bytes != ctx->call->before[ctx->arg])
			buf_printf(ctx->out, " => %u", head.bytes);
		if (!print_failed(ctx))
			add_handle(ctx, value, &head);
	}
	buf_char(ctx->out, '}');
}

void print_mount_id_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_LINK_FLAGS) & MOUNT_ID_UNIQUE)
		print_ulong_out(ctx, value);
	else
		print_int_out(ctx, value);
}
