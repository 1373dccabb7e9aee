/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* clone and clone3. */
#include <inttypes.h>
#include <linux/sched.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/print_struct.h"

enum {
	CLONE_ARGS_SMALLEST = 64,
	EXIT_SIGNAL = 0xff, /* CSIGNAL */
	TAIL_MAX = 4096,
};

/* "CLONE_VM|SIGCHLD": the signal is one of the flags. */
static void add_clone_word(struct buf *out, uint64_t value)
{
	uint64_t rest = value & ~(uint64_t)EXIT_SIGNAL;
	unsigned int signal = value & EXIT_SIGNAL;
	bool any = const_add_names(out, &consts_clone_flags, &rest, false);

	if (rest || (!any && !signal)) {
		const_add_rest(out, consts_clone_flags.unknown, rest, any);
		any = true;
	}
	if (!signal)
		return;
	if (any)
		buf_char(out, '|');
	print_signal_number(out, (int)signal);
}

void print_clone_flags(const struct print_ctx *ctx, uint64_t value)
{
	add_clone_word(ctx->out, value);
}

/* A thread id that the kernel wrote, or where it would. */
static void add_tid(const struct print_ctx *ctx, uint64_t addr)
{
	int32_t tid;

	if (print_fetch_out(ctx, addr, &tid, sizeof(tid)))
		buf_printf(ctx->out, "[%d]", tid);
}

/* clone(flags, stack, parent_tid, child_tid, tls), the stack first as in the C
 * library's function; the rest is there when the flags say so, and once the
 * kernel has filled it in. */
void print_clone(const struct print_ctx *ctx)
{
	uint64_t flags = ctx->call->raw[0];
	struct buf *out = ctx->out;

	if (!ctx->exiting) {
		buf_str(out, "child_stack=");
		print_addr(out, ctx->call->args[1]);
		buf_str(out, ", flags=");
		add_clone_word(out, flags);
		return;
	}
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD)) {
		buf_str(out, ", parent_tid=");
		add_tid(ctx, ctx->call->args[2]);
	}
	if (flags & CLONE_SETTLS) {
		buf_str(out, ", tls=");
		print_addr(out, ctx->call->args[4]);
	}
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		buf_str(out, ", child_tidptr=");
		print_addr(out, ctx->call->args[3]);
	}
}

/* ---- clone3 ---- */

struct program_clone_args {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal;
	uint64_t stack, stack_size, tls;
	uint64_t set_tid, set_tid_size;
	uint64_t cgroup;
};

static void add_field(struct buf *out, const char *name, uint64_t addr)
{
	buf_printf(out, ", %s=", name);
	print_addr(out, addr);
}

static void add_clone3_word(struct buf *out, uint64_t flags)
{
	bool any = const_add_names(out, &consts_clone_flags, &flags, false);

	any |= const_add_names(out, &consts_clone3_flags, &flags, any) > 0;
	const_add_rest(out, consts_clone_flags.unknown, flags, any);
}

static void add_clone_args(const struct print_ctx *ctx,
			   const struct program_clone_args *args)
{
	struct buf *out = ctx->out;
	uint64_t flags = args->flags;

	buf_str(out, "{flags=");
	add_clone3_word(out, flags);
	if (flags & CLONE_PIDFD)
		add_field(out, "pidfd", args->pidfd);
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
		add_field(out, "child_tid", args->child_tid);
	if (flags & CLONE_PARENT_SETTID)
		add_field(out, "parent_tid", args->parent_tid);
	buf_str(out, ", exit_signal=");
	print_signal_number(out, (int)MIN(args->exit_signal, INT32_MAX));
	add_field(out, "stack", args->stack);
	buf_printf(out, ", stack_size=%#" PRIx64, args->stack_size);
	if (flags & CLONE_SETTLS)
		add_field(out, "tls", args->tls);
	if (args->set_tid || args->set_tid_size) {
		buf_str(out, ", set_tid=");
		print_struct_array(ctx, args->set_tid, args->set_tid_size,
				   STRUCT_int_item);
		buf_printf(out, ", set_tid_size=%" PRIu64, args->set_tid_size);
	}
	if (flags & CLONE_INTO_CGROUP || args->cgroup)
		buf_printf(out, ", cgroup=%" PRIu64, args->cgroup);
}

/* Bytes behind the fields that have a name, where they are not zero. */
static void add_tail(const struct print_ctx *ctx, uint64_t addr, uint64_t size)
{
	const size_t named = sizeof(struct program_clone_args);
	unsigned char tail[TAIL_MAX];
	size_t len = size > named ? size - named : 0, i = 0;

	if (!len || len > sizeof(tail) ||
	    !mem_read_all(ctx->mem, addr + named, tail, len))
		return;
	while (i < len && !tail[i])
		i++;
	if (i == len)
		return;
	buf_printf(ctx->out, ", /* bytes %zu..%" PRIu64 " */ ", named,
		   size - 1);
	print_bytes_hex_at(ctx, addr + named, len);
}

/* " => {parent_tid=[12], pidfd=[3]}" */
static void add_clone_results(const struct print_ctx *ctx,
			      const struct program_clone_args *args)
{
	const struct {
		uint64_t flag, addr;
		const char *name;
	} results[] = {
		{ CLONE_PIDFD, args->pidfd, "pidfd" },
		{ CLONE_PARENT_SETTID, args->parent_tid, "parent_tid" },
	};
	const char *separator = " => {";

	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++) {
		if (!(args->flags & results[i].flag))
			continue;
		buf_printf(ctx->out, "%s%s=", separator, results[i].name);
		add_tid(ctx, results[i].addr);
		separator = ", ";
	}
	if (*separator == ',')
		buf_char(ctx->out, '}');
}

void print_clone_args(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, ctx->arg + 1);
	struct program_clone_args args = { 0 };
	size_t known = MIN(size, sizeof(args));

	if (ctx->exiting) {
		if (!print_failed(ctx) && size >= CLONE_ARGS_SMALLEST &&
		    mem_read_all(ctx->mem, value, &args, known))
			add_clone_results(ctx, &args);
	} else if (size < CLONE_ARGS_SMALLEST) {
		print_addr(ctx->out, value);
	} else if (print_fetch(ctx, value, &args, known)) {
		add_clone_args(ctx, &args);
		add_tail(ctx, value, size);
		buf_char(ctx->out, '}');
	}
}
