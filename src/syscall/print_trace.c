/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* ptrace: a program that traces another one. */
#include <inttypes.h>
#include <string.h>

#include "syscall/print_struct.h"

/* Letters: for the address x (pointer), u (register in the user area), n (kind
 * of registers), z (size), - (not shown); for the data the same and s signal,
 * o options, i siginfo in, I siginfo out, d an address that is written to. */
static const struct {
	uint32_t request;
	char address, data;
} trace_forms[] = {
	{ 0, '-', '-' },      /* TRACEME */
	{ 3, 'u', 'x' },      /* PEEKUSER */
	{ 6, 'u', 'x' },      /* POKEUSER */
	{ 7, 'x', 's' },      /* CONT */
	{ 8, '-', '-' },      /* KILL */
	{ 9, 'x', 's' },      /* SINGLESTEP */
	{ 12, '-', 'x' },     /* GETREGS */
	{ 13, '-', 'x' },     /* SETREGS */
	{ 14, '-', 'x' },     /* GETFPREGS */
	{ 15, '-', 'x' },     /* SETFPREGS */
	{ 16, '-', '-' },     /* ATTACH */
	{ 17, 'x', 's' },     /* DETACH */
	{ 24, 'x', 's' },     /* SYSCALL */
	{ 31, 'x', 's' },     /* SYSEMU */
	{ 32, 'x', 's' },     /* SYSEMU_SINGLESTEP */
	{ 33, 'x', 's' },     /* SINGLEBLOCK */
	{ 0x4200, 'x', 'o' }, /* SETOPTIONS */
	{ 0x4202, 'x', 'I' }, /* GETSIGINFO */
	{ 0x4203, 'x', 'i' }, /* SETSIGINFO */
	{ 0x4204, 'n', 'x' }, /* GETREGSET */
	{ 0x4205, 'n', 'x' }, /* SETREGSET */
	{ 0x4206, 'x', 'o' }, /* SEIZE */
	{ 0x4207, '-', '-' }, /* INTERRUPT */
	{ 0x4208, '-', '-' }, /* LISTEN */
	{ 0x420e, 'z', 'x' }, /* GET_SYSCALL_INFO */
};

/* "8*RDI": the user area begins with the registers. */
static void add_register(const struct print_ctx *ctx, uint64_t offset)
{
	const struct const_table *names = &consts_user_registers;
	const char *name = const_name(names, offset);

	if (name)
		buf_printf(ctx->out, "8*%s", name);
	else
		print_hex(ctx, offset);
}

static void add_siginfo(const struct print_ctx *ctx, uint64_t addr)
{
	siginfo_t info;

	if (print_fetch_out(ctx, addr, &info, sizeof(info)))
		print_siginfo(ctx->out, &info);
}

static void add_trace_arg(const struct print_ctx *ctx, char form,
			  uint64_t value)
{
	if (form == '-')
		return;
	buf_str(ctx->out, ", ");
	switch (form) {
	case 'u':
		add_register(ctx, value);
		break;
	case 'n':
		const_add(ctx->out, &consts_register_sets, value);
		break;
	case 'z':
		print_unsigned(ctx, value);
		break;
	case 's':
		print_signal_number(ctx->out, (int)value);
		break;
	case 'o':
		const_add_flags(ctx->out, &consts_ptrace_options, value);
		break;
	case 'i':
	case 'I':
		add_siginfo(ctx, value);
		break;
	default:
		print_addr(ctx->out, value);
		break;
	}
}

/* All at entry but for what the kernel writes. */
void print_ptrace(const struct print_ctx *ctx)
{
	const uint64_t *args = ctx->call->args;
	char address = 'x', data = 'x';

	for (size_t i = 0; i < sizeof(trace_forms) / sizeof(*trace_forms);
	     i++) {
		if (trace_forms[i].request != args[0])
			continue;
		address = trace_forms[i].address;
		data = trace_forms[i].data;
	}
	if (ctx->exiting) {
		if (data == 'I')
			add_trace_arg(ctx, data, args[3]);
		return;
	}
	const_add(ctx->out, &consts_ptrace_requests, args[0]);
	if (args[0]) /* TRACEME is about oneself */
		buf_printf(ctx->out, ", %d", (int)args[1]);
	add_trace_arg(ctx, address, args[2]);
	if (data != 'I')
		add_trace_arg(ctx, data, args[3]);
}
