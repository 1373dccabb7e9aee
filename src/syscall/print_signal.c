/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Signals, sets of them, and what is done about them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "syscall/names.h"
#include "syscall/printers.h"

enum {
	SIGNALS = 64,
	MANY_SIGNALS = SIGNALS * 2 / 3, /* then the others are told */
};

void print_signal_number(struct buf *out, int number)
{
	const char *name = signal_name(number);
	char text[16];

	snprintf(text, sizeof(text), "%d", number);
	if (*name != 'S') {
		buf_str(out, name);
	} else if (const_begin_as(out, text)) {
		buf_str(out, name);
		const_end(out);
	}
}

void print_signal(const struct print_ctx *ctx, uint64_t value)
{
	print_signal_number(ctx->out, (int)value);
}

/* ---- sets ---- */

void print_sigset(struct buf *out, uint64_t set)
{
	const char *separator = "";
	char text[16];

	if (__builtin_popcountll(set) >= MANY_SIGNALS) {
		buf_char(out, '~');
		set = ~set;
	}
	buf_char(out, '[');
	for (int number = 1; number <= SIGNALS; number++) {
		if (!(set >> (number - 1) & 1))
			continue;
		buf_str(out, separator);
		snprintf(text, sizeof(text), "%d", number);
		if (const_begin_as(out, text)) {
			buf_str(out, signal_name(number) + 3); /* no "SIG" */
			const_end(out);
		}
		separator = " ";
	}
	buf_char(out, ']');
}

/* The size stands in a later argument. */
static bool size_is_right(const struct print_ctx *ctx)
{
	const struct call *call = ctx->call;

	for (size_t i = (size_t)ctx->arg + 1; i < call->n_args; i++)
		if (call->def->args[i].kind == ARG_SIZE)
			return call->args[i] == sizeof(uint64_t);
	return true;
}

/* The one call that also gives a part of the set. */
static void add_pending(const struct print_ctx *ctx, uint64_t addr,
			uint64_t size)
{
	uint64_t set = 0;

	if (size > sizeof(set))
		print_addr(ctx->out, addr);
	else if (print_fetch_out(ctx, addr, &set, size))
		print_sigset(ctx->out, set);
}

void print_sigset_in(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t set;

	if (ctx->call->def->id == SYSCALL_rt_sigpending)
		add_pending(ctx, value, print_arg(ctx, ctx->arg + 1));
	else if (!size_is_right(ctx))
		print_addr(ctx->out, value);
	else if (print_fetch_out(ctx, value, &set, sizeof(set)))
		print_sigset(ctx->out, set);
}

void print_sigset_out(const struct print_ctx *ctx, uint64_t value)
{
	print_sigset_in(ctx, value);
}

/* What the kernel put on the stack before the handler ran. */
void print_sigframe(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t mask_at = 296; /* uc_sigmask in struct ucontext */
	uint64_t mask;

	if (!mem_read_all(ctx->mem, value + mask_at, &mask, sizeof(mask))) {
		print_addr(ctx->out, value);
		return;
	}
	buf_str(ctx->out, "{mask=");
	print_sigset(ctx->out, mask);
	buf_char(ctx->out, '}');
}

/* The signal that was waited for. */
void print_signal_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (ctx->result > 0)
		buf_printf(ctx->out, " (%s)", signal_name((int)ctx->result));
}

/* ---- actions ---- */

/* Of the kernel, for x86_64. */
struct program_sigaction {
	uint64_t handler, flags, restorer, mask;
};

/* The same in a 32-bit program: of rt_sigaction(2). */
struct narrow_sigaction {
	uint32_t handler, flags, restorer;
	uint64_t mask;
} __attribute__((packed));

static void add_handler(struct buf *out, uint64_t handler)
{
	static const char *const names[] = { "SIG_DFL", "SIG_IGN" };

	if (handler < 2) {
		if (!const_begin(out, handler))
			return;
		buf_str(out, names[handler]);
		const_end(out);
	} else if (handler == UINT64_MAX)
		buf_str(out, "SIG_ERR");
	else
		print_addr(out, handler);
}

static void add_sigaction(struct buf *out,
			  const struct program_sigaction *action)
{
	uint64_t restorer;

	buf_str(out, "{sa_handler=");
	add_handler(out, action->handler);
	buf_str(out, ", sa_mask=");
	print_sigset(out, action->mask);
	buf_str(out, ", sa_flags=");
	const_add_flags(out, &consts_sigaction_flags, action->flags);
	if (const_value(&consts_sigaction_flags, "SA_RESTORER", &restorer) &&
	    action->flags & restorer) {
		buf_str(out, ", sa_restorer=");
		print_addr(out, action->restorer);
	}
	buf_char(out, '}');
}

void print_sigaction_in(const struct print_ctx *ctx, uint64_t value)
{
	struct program_sigaction action;
	struct narrow_sigaction narrow;

	if (!ctx->call->narrow) {
		if (print_fetch_out(ctx, value, &action, sizeof(action)))
			add_sigaction(ctx->out, &action);
		return;
	}
	if (!print_fetch_out(ctx, value, &narrow, sizeof(narrow)))
		return;
	action.handler =
		narrow.handler == UINT32_MAX ? UINT64_MAX : narrow.handler;
	action.flags = narrow.flags;
	action.restorer = narrow.restorer;
	action.mask = narrow.mask;
	add_sigaction(ctx->out, &action);
}

void print_sigaction_out(const struct print_ctx *ctx, uint64_t value)
{
	print_sigaction_in(ctx, value);
}
