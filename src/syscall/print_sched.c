/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* How tasks are scheduled, and barriers between them. */
#include <errno.h>
#include <inttypes.h>
#include <linux/membarrier.h>
#include <linux/sched.h>
#include <sys/param.h>

#include "syscall/print_struct.h"

/* ---- attributes ---- */

/* Made longer twice; the flags may say that parts keep what they are. */
enum { SCHED_ATTR_SMALLEST = 48 };

struct program_sched_attr {
	uint32_t size, policy;
	uint64_t flags;
	char rest[40];
};

static void add_sched_attr(const struct print_ctx *ctx,
			   const struct program_sched_attr *attr, size_t size,
			   bool setting)
{
	buf_char(ctx->out, '{');
	print_fields(ctx, STRUCT_sched_attr_head, attr, size, false);
	if (!setting || !(attr->flags & SCHED_FLAG_KEEP_ALL))
		print_fields(ctx, STRUCT_sched_attr_policy, attr, size, true);
	print_fields(ctx, STRUCT_sched_attr_flags, attr, size, true);
	if (!setting || !(attr->flags & SCHED_FLAG_KEEP_PARAMS))
		print_fields(ctx, STRUCT_sched_attr_params, attr, size, true);
	if (!setting || attr->flags & SCHED_FLAG_UTIL_CLAMP ||
	    size >= sizeof(*attr))
		print_fields(ctx, STRUCT_sched_attr_clamps, attr, size, true);
	if (attr->size > sizeof(*attr))
		buf_str(ctx->out, ", ...");
	buf_char(ctx->out, '}');
}

/* The kernel says in the size how much it knows when that is too little. */
static void add_known_size(const struct print_ctx *ctx, uint64_t addr)
{
	uint32_t size;

	if (ctx->result == -E2BIG &&
	    mem_read_all(ctx->mem, addr, &size, sizeof(size)))
		buf_printf(ctx->out, " => {size=%" PRIu32 "}", size);
}

void print_sched_attr(const struct print_ctx *ctx, uint64_t value)
{
	bool setting = ctx->call->def->id == SYSCALL_sched_setattr;
	struct program_sched_attr attr = { 0 };
	uint64_t size = sizeof(attr);

	if (setting && ctx->exiting) {
		add_known_size(ctx, value);
		return;
	}
	if (!print_fetch_out(ctx, value, &attr.size, sizeof(attr.size)))
		return;
	size = attr.size ?: SCHED_ATTR_SMALLEST;
	if (size < SCHED_ATTR_SMALLEST)
		size = sizeof(attr.size);
	if (!setting)
		size = MIN(size, print_arg(ctx, 2));
	size = MIN(size, sizeof(attr));
	if (print_fetch(ctx, value, &attr, size))
		add_sched_attr(ctx, &attr, size, setting);
}

void print_scheduler_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (!const_name(&consts_sched_policies, (uint64_t)ctx->result))
		return;
	buf_str(ctx->out, " (");
	const_add(ctx->out, &consts_sched_policies, (uint64_t)ctx->result);
	buf_char(ctx->out, ')');
}

/* ---- priorities ---- */

static void add_ioprio(struct buf *out, uint64_t value)
{
	buf_str(out, "IOPRIO_PRIO_VALUE(");
	const_add(out, &consts_ioprio_classes, value >> 13);
	buf_printf(out, ", %u)", (unsigned int)value & 0x1fff);
}

void print_ioprio(const struct print_ctx *ctx, uint64_t value)
{
	add_ioprio(ctx->out, value);
}

void print_ioprio_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%" PRId64 " (", ctx->result);
	add_ioprio(ctx->out, (uint64_t)ctx->result);
	buf_char(ctx->out, ')');
}

/* ---- barriers ---- */

void print_membarrier_result(const struct print_ctx *ctx)
{
	uint64_t commands = (uint64_t)ctx->result;

	if (print_arg(ctx, 0) != MEMBARRIER_CMD_QUERY) {
		buf_printf(ctx->out, "%" PRId64, ctx->result);
		return;
	}
	buf_printf(ctx->out, "%#" PRIx64, commands);
	if (commands) {
		size_t names;

		buf_str(ctx->out, " (");
		names = const_add_names(ctx->out, &consts_membarrier_cmds,
					&commands, false);
		const_add_rest(ctx->out, consts_membarrier_cmds.unknown,
			       commands, names);
		buf_char(ctx->out, ')');
	}
}

/* Only with the flag that says so has it a meaning. */
void print_cpu_id(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_MEMBARRIER_FLAGS) & MEMBARRIER_CMD_FLAG_CPU)
		print_signed(ctx, value);
}
