/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Segments: modify_ldt(2), set_thread_area(2). */
#include <asm/ldt.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "syscall/names.h"
#include "syscall/printers.h"

static void add_fields(struct buf *out, const struct user_desc *segment)
{
	buf_printf(out,
		   ", base_addr=%#08x, limit=%#08x, seg_32bit=%u, contents=%u, "
		   "read_exec_only=%u, limit_in_pages=%u, seg_not_present=%u, "
		   "useable=%u, lm=%u}",
		   segment->base_addr, segment->limit, segment->seg_32bit,
		   segment->contents, segment->read_exec_only,
		   segment->limit_in_pages, segment->seg_not_present,
		   segment->useable, segment->lm);
}

/* modify_ldt says how much of it there is. */
void print_segment(const struct print_ctx *ctx, uint64_t value)
{
	struct user_desc segment;

	if (ctx->call->def->id == SYSCALL_modify_ldt &&
	    print_arg(ctx, ctx->arg + 1) != sizeof(segment)) {
		print_addr(ctx->out, value);
		return;
	}
	if (!print_fetch(ctx, value, &segment, sizeof(segment)))
		return;
	buf_printf(ctx->out, "{entry_number=%d", (int)segment.entry_number);
	add_fields(ctx->out, &segment);
}

/* The program says which; the kernel fills in the rest. */
void print_segment_asked(const struct print_ctx *ctx, uint64_t value)
{
	struct user_desc segment;
	uint32_t number;

	if (!ctx->exiting) {
		if (print_fetch(ctx, value, &number, sizeof(number)))
			buf_printf(ctx->out, "{entry_number=%d", (int)number);
		return;
	}
	if (!value || !mem_read_all(ctx->mem, value, &number, sizeof(number)))
		return;
	if (!print_failed(ctx) &&
	    mem_read_all(ctx->mem, value, &segment, sizeof(segment)))
		add_fields(ctx->out, &segment);
	else
		buf_str(ctx->out, ", ...}");
}

/* The kernel forgets to extend the sign: "4294967274 EINVAL (...)" */
void print_ldt_result(const struct print_ctx *ctx)
{
	int error = -(int)(uint32_t)ctx->result;
	const char *name = ctx->result > 0 && error > 0 && error < 4096 ?
				   errno_name(error) :
				   NULL;

	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (name)
		buf_printf(ctx->out, " %s (%s)", name, strerror(error));
}
