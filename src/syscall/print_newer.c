/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Structures of calls that came after Linux 6.1, where rows do not do. */
#include <stddef.h>

#include "syscall/print_struct.h"

/* From one to the other. */
void print_futex_pair(const struct print_ctx *ctx, uint64_t value)
{
	print_struct_array(ctx, value, 2, STRUCT_futex_waiter);
}

/* As many as the result says. */
void print_mnt_ids(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, (uint64_t)ctx->result,
				   STRUCT_hex_item);
}

void print_lsm_ids(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, (uint64_t)ctx->result,
				   STRUCT_lsm_id);
}

/* struct lsm_ctx: the text stands behind its head. */
void print_lsm_ctx(const struct print_ctx *ctx, uint64_t value)
{
	struct program_lsm_ctx {
		uint64_t id, flags, len, ctx_len;
	} head;

	if (!print_fetch_out(ctx, value, &head, sizeof(head)))
		return;
	buf_char(ctx->out, '{');
	print_fields(ctx, STRUCT_lsm_ctx_head, &head, sizeof(head), false);
	buf_str(ctx->out, ", ctx=");
	print_bytes_at(ctx, value + sizeof(head), head.ctx_len);
	buf_char(ctx->out, '}');
}

/* struct xattr_args: getxattrat(2) fills in the value, as long as its result
 * says; setxattrat(2) reads all of it. */
void print_xattr_args(const struct print_ctx *ctx, uint64_t value)
{
	bool out = ctx->call->def->id == SYSCALL_getxattrat;
	struct program_xattr_args {
		uint64_t value;
		uint32_t size, flags;
	} args;

	if (!print_fetch(ctx, value, &args, sizeof(args)))
		return;
	if (print_failed(ctx) || (out && !args.size)) {
		print_struct_object(ctx, STRUCT_xattr_args_head, &args,
				    sizeof(args));
		return;
	}
	buf_str(ctx->out, "{value=");
	print_bytes_at(ctx, args.value,
		       out ? (uint64_t)ctx->result : args.size);
	buf_printf(ctx->out, ", size=%u, flags=", args.size);
	const_add_flags(ctx->out, &consts_xattr_flags, args.flags);
	buf_char(ctx->out, '}');
}
