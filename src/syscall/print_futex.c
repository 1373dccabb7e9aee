/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* futex: which arguments there are depends on the operation. */
#include <inttypes.h>
#include <linux/futex.h>

#include "syscall/print_struct.h"

/* ---- futex ---- */

/* One letter an argument behind the operation: v val, t timeout, n val2 (in
 * the timeout's place), a uaddr2, b val3 as a set of bits, w val3 as an
 * operation, d val3 as a number. */
static const struct {
	int op;
	const char *args;
} futex_forms[] = {
	{ FUTEX_WAIT, "vt" },
	{ FUTEX_WAKE, "v" },
	{ FUTEX_FD, "v" },
	{ FUTEX_REQUEUE, "vna" },
	{ FUTEX_CMP_REQUEUE, "vnad" },
	{ FUTEX_WAKE_OP, "vnaw" },
	{ FUTEX_LOCK_PI, "t" },
	{ FUTEX_LOCK_PI2, "t" },
	{ FUTEX_UNLOCK_PI, "" },
	{ FUTEX_TRYLOCK_PI, "" },
	{ FUTEX_WAIT_BITSET, "vtb" },
	{ FUTEX_WAKE_BITSET, "vb" },
	{ FUTEX_WAIT_REQUEUE_PI, "vta" },
	{ FUTEX_CMP_REQUEUE_PI, "vnad" },
};

static void add_op(struct buf *out, unsigned int op)
{
	unsigned int base = op & ~(unsigned int)FUTEX_CLOCK_REALTIME;

	const_add(out, &consts_futex_ops, base);
	if (op & FUTEX_CLOCK_REALTIME)
		buf_str(out, "|FUTEX_CLOCK_REALTIME");
}

void print_futex_op(const struct print_ctx *ctx, uint64_t value)
{
	add_op(ctx->out, (unsigned int)value);
}

/* "FUTEX_OP_ADD<<28", or a number whose comment comes last. */
static void add_shifted(struct buf *out, const struct const_table *table,
			uint32_t value, unsigned int shift)
{
	const_add_or(out, table, value, NULL);
	buf_printf(out, "<<%u", shift);
	if (!const_name(table, value))
		buf_printf(out, " /* %s */", table->unknown);
}

/* FUTEX_OP(): an operation and a comparison in one word. */
static void add_wake_op(struct buf *out, uint32_t word)
{
	if (word >> 31)
		buf_str(out, "FUTEX_OP_OPARG_SHIFT<<28|");
	add_shifted(out, &consts_futex_wake_ops, word >> 28 & 7, 28);
	buf_printf(out, "|%#x<<12|", word >> 12 & 0xfff);
	add_shifted(out, &consts_futex_wake_cmps, word >> 24 & 0xf, 24);
	buf_printf(out, "|%#x", word & 0xfff);
}

static void add_futex_arg(const struct print_ctx *ctx, char form)
{
	const uint64_t *args = ctx->call->args;
	uint32_t val3 = (uint32_t)args[5];
	struct buf *out = ctx->out;

	switch (form) {
	case 'v':
		buf_printf(out, "%" PRIu32, (uint32_t)args[2]);
		break;
	case 't':
		print_timespec(ctx, args[3]);
		break;
	case 'n':
		buf_printf(out, "%" PRIu32, (uint32_t)args[3]);
		break;
	case 'a':
		print_addr(out, args[4]);
		break;
	case 'd':
		buf_printf(out, "%" PRIu32, val3);
		break;
	case 'b':
		if (val3 == UINT32_MAX)
			buf_str(out, "FUTEX_BITSET_MATCH_ANY");
		else
			buf_printf(out, "%#" PRIx32, val3);
		break;
	case 'w':
		add_wake_op(out, val3);
		break;
	}
}

void print_futex(const struct print_ctx *ctx)
{
	unsigned int op = (unsigned int)ctx->call->args[1];
	unsigned int command = op & (unsigned int)FUTEX_CMD_MASK;
	const char *form = NULL;

	if (ctx->exiting)
		return;
	print_addr(ctx->out, ctx->call->args[0]);
	buf_str(ctx->out, ", ");
	add_op(ctx->out, op);
	for (size_t i = 0; i < sizeof(futex_forms) / sizeof(*futex_forms); i++)
		if ((unsigned int)futex_forms[i].op == command)
			form = futex_forms[i].args;
	if (!form) {
		buf_printf(ctx->out, ", %" PRIu32 ", ",
			   (uint32_t)ctx->call->args[2]);
		print_addr(ctx->out, ctx->call->args[3]);
		buf_str(ctx->out, ", ");
		print_addr(ctx->out, ctx->call->args[4]);
		buf_str(ctx->out, ", ");
		form = "";
		buf_printf(ctx->out, "%#" PRIx32, (uint32_t)ctx->call->args[5]);
	}
	for (; *form; form++) {
		buf_str(ctx->out, ", ");
		add_futex_arg(ctx, *form);
	}
}

void print_futex_waiters(const struct print_ctx *ctx, uint64_t value)
{
	print_struct_array(ctx, value, print_arg(ctx, ctx->arg + 1),
			   STRUCT_futex_waiter);
}
