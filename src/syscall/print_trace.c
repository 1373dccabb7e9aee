/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* ptrace: a program that traces another one. */
#include <inttypes.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/print_struct.h"

enum {
	REGISTERS_SIZE = 216,	 /* struct user_regs_struct */
	FP_REGISTERS_SIZE = 512, /* struct user_fpregs_struct */
	FP_SPACE = 32,		 /* where its arrays are */
	XMM_SPACE = 160,
	FP_PADDING = 416,
	USER_SIZE = 912, /* struct user */
};

/* Letters. For the address: x pointer, u place in the user area, n kind of
 * registers, z size, p which signals, - not shown. For the data: x pointer, s
 * signal, o options, i siginfo, r registers, t those of floating point, v a
 * vector with registers, m signal mask, d which filter. What the kernel fills
 * in is in capitals: the same, and W word, E number of an event, P array of
 * siginfo, C what a stop is about. */
static const struct {
	uint32_t request;
	char address, data;
} trace_forms[] = {
	{ 0, '-', '-' },      /* TRACEME */
	{ 1, 'x', 'W' },      /* PEEKTEXT */
	{ 2, 'x', 'W' },      /* PEEKDATA */
	{ 3, 'u', 'W' },      /* PEEKUSER */
	{ 6, 'u', 'x' },      /* POKEUSER */
	{ 7, 'x', 's' },      /* CONT */
	{ 8, '-', '-' },      /* KILL */
	{ 9, 'x', 's' },      /* SINGLESTEP */
	{ 12, '-', 'R' },     /* GETREGS */
	{ 13, '-', 'r' },     /* SETREGS */
	{ 14, '-', 'T' },     /* GETFPREGS */
	{ 15, '-', 't' },     /* SETFPREGS */
	{ 16, '-', '-' },     /* ATTACH */
	{ 17, 'x', 's' },     /* DETACH */
	{ 21, 'x', 'o' },     /* OLDSETOPTIONS */
	{ 24, 'x', 's' },     /* SYSCALL */
	{ 31, 'x', 's' },     /* SYSEMU */
	{ 32, 'x', 's' },     /* SYSEMU_SINGLESTEP */
	{ 33, 'x', 's' },     /* SINGLEBLOCK */
	{ 0x4200, 'x', 'o' }, /* SETOPTIONS */
	{ 0x4201, 'x', 'E' }, /* GETEVENTMSG */
	{ 0x4202, 'x', 'I' }, /* GETSIGINFO */
	{ 0x4203, 'x', 'i' }, /* SETSIGINFO */
	{ 0x4204, 'n', 'V' }, /* GETREGSET */
	{ 0x4205, 'n', 'v' }, /* SETREGSET */
	{ 0x4206, 'x', 'o' }, /* SEIZE */
	{ 0x4207, '-', '-' }, /* INTERRUPT */
	{ 0x4208, '-', '-' }, /* LISTEN */
	{ 0x4209, 'p', 'P' }, /* PEEKSIGINFO */
	{ 0x420a, 'z', 'M' }, /* GETSIGMASK */
	{ 0x420b, 'z', 'm' }, /* SETSIGMASK */
	{ 0x420c, 'z', 'x' }, /* SECCOMP_GET_FILTER */
	{ 0x420d, 'z', 'd' }, /* SECCOMP_GET_METADATA */
	{ 0x420e, 'z', 'C' }, /* GET_SYSCALL_INFO */
};

/* ---- places ---- */

static const struct const_item *item_below(const struct const_table *table,
					   uint64_t offset)
{
	const struct const_item *below = NULL;

	for (size_t i = 0; i < table->count; i++)
		if (table->items[i].value <= offset &&
		    (!below || table->items[i].value > below->value))
			below = &table->items[i];
	return below;
}

/* "8*RDI", "8*RDI+4", "offsetof(struct user, i387)" */
static void add_place(const struct print_ctx *ctx, uint64_t offset)
{
	bool is_register = offset < REGISTERS_SIZE;
	const struct const_item *place = item_below(
		is_register ? &consts_user_registers : &consts_user_places,
		offset);

	if (offset > USER_SIZE || !place) {
		print_addr(ctx->out, offset);
		return;
	}
	if (offset == USER_SIZE) {
		buf_str(ctx->out, "sizeof(struct user)");
		return;
	}
	buf_printf(ctx->out, is_register ? "8*%s" : "offsetof(struct user, %s)",
		   place->name);
	if (offset > place->value)
		buf_printf(ctx->out, "+%" PRIu64, offset - place->value);
}

/* ---- registers ---- */

/* An array of 32-bit numbers from @from to @to, as much as there is. */
static void add_space(const struct print_ctx *ctx, const char *name,
		      const unsigned char *bytes, size_t from, size_t to,
		      size_t size)
{
	size_t count = (MIN(size, to) - MIN(size, from)) / sizeof(uint32_t);
	size_t shown = MIN(count, ctx->options->string_limit);
	uint32_t number;

	if (!count)
		return;
	buf_printf(ctx->out, ", %s=[", name);
	for (size_t i = 0; i < shown; i++) {
		memcpy(&number, bytes + from + i * sizeof(number),
		       sizeof(number));
		buf_printf(ctx->out, "%s%#x", i ? ", " : "", number);
	}
	buf_str(ctx->out, shown < count ? ", ...]" : "]");
}

/* Their first @size bytes. */
static void add_registers(const struct print_ctx *ctx, bool floating,
			  uint64_t addr, uint64_t size)
{
	_Alignas(8) unsigned char bytes[FP_REGISTERS_SIZE];
	size_t whole = floating ? FP_REGISTERS_SIZE : REGISTERS_SIZE;
	size_t some = MIN(size, whole);

	if (!some || some % 8) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch(ctx, addr, bytes, some))
		return;
	buf_char(ctx->out, '{');
	print_fields(ctx, floating ? STRUCT_user_fpregs_head : STRUCT_user_regs,
		     bytes, some, false);
	if (floating) {
		add_space(ctx, "st_space", bytes, FP_SPACE, XMM_SPACE, some);
		add_space(ctx, "xmm_space", bytes, XMM_SPACE, FP_PADDING, some);
		add_space(ctx, "padding", bytes, FP_PADDING, whole, some);
	}
	buf_str(ctx->out, size > whole ? ", ...}" : "}");
}

static void add_vector(const struct print_ctx *ctx, uint64_t addr)
{
	uint32_t kind = (uint32_t)print_arg(ctx, 2);
	bool shown = !ctx->exiting || !print_failed(ctx);
	struct {
		uint64_t base, len;
	} vector;

	if (!print_fetch(ctx, addr, &vector, sizeof(vector)))
		return;
	buf_str(ctx->out, "{iov_base=");
	if (shown && (kind == 1 || kind == 2) && vector.len % 8 == 0)
		add_registers(ctx, kind == 2, vector.base, vector.len);
	else
		print_addr(ctx->out, vector.base);
	buf_printf(ctx->out, ", iov_len=%" PRIu64 "}", vector.len);
}

/* ---- others ---- */

static void add_mask(const struct print_ctx *ctx, uint64_t addr)
{
	uint64_t mask;

	if (print_arg(ctx, 2) != sizeof(mask))
		print_addr(ctx->out, addr);
	else if (print_fetch(ctx, addr, &mask, sizeof(mask)))
		print_sigset(ctx->out, mask);
}

static void add_siginfo(const struct print_ctx *ctx, const void *object,
			void *owner)
{
	siginfo_t info;

	(void)owner;
	memcpy(&info, object, sizeof(info));
	print_siginfo(ctx->out, &info);
}

static void add_siginfo_at(const struct print_ctx *ctx, uint64_t addr)
{
	siginfo_t info;

	if (print_fetch(ctx, addr, &info, sizeof(info)))
		print_siginfo(ctx->out, &info);
}

static void add_metadata(const struct print_ctx *ctx, uint64_t addr)
{
	uint64_t offset;

	if (print_arg(ctx, 2) < sizeof(offset) || !addr ||
	    !mem_read_all(ctx->mem, addr, &offset, sizeof(offset)))
		print_addr(ctx->out, addr);
	else
		buf_printf(ctx->out, "{filter_off=%" PRIu64 "}", offset);
}

static void add_address(const struct print_ctx *ctx, char form, uint64_t value)
{
	if (form == '-')
		return;
	buf_str(ctx->out, ", ");
	if (form == 'u')
		add_place(ctx, value);
	else if (form == 'n')
		const_add(ctx->out, &consts_register_sets, (uint32_t)value);
	else if (form == 'z')
		buf_printf(ctx->out, "%" PRIu64, value);
	else if (form == 'p')
		print_struct_at(ctx, value, STRUCT_peek_siginfo);
	else
		print_addr(ctx->out, value);
}

static void add_data(const struct print_ctx *ctx, char form, uint64_t value)
{
	if (form == '-')
		return;
	buf_str(ctx->out, ", ");
	/* Of a vector its length is told in any case. */
	if (ctx->exiting && print_failed(ctx) && form != 'V') {
		print_addr(ctx->out, value);
		return;
	}
	switch (form) {
	case 's':
		print_signal_number(ctx->out, (int)value);
		break;
	case 'o':
		const_add_flags(ctx->out, &consts_ptrace_options, value);
		break;
	case 'i':
	case 'I':
		add_siginfo_at(ctx, value);
		break;
	case 'r':
	case 'R':
	case 't':
	case 'T':
		add_registers(ctx, form == 't' || form == 'T', value,
			      form == 't' || form == 'T' ? FP_REGISTERS_SIZE :
							   REGISTERS_SIZE);
		break;
	case 'v':
	case 'V':
		add_vector(ctx, value);
		break;
	case 'm':
	case 'M':
		add_mask(ctx, value);
		break;
	case 'W':
		print_struct_array(ctx, value, 1, STRUCT_hex_item);
		break;
	case 'E':
		print_struct_array(ctx, value, 1, STRUCT_ulong_item);
		break;
	case 'P':
		print_array(ctx, value, (uint64_t)ctx->result,
			    sizeof(siginfo_t), add_siginfo, NULL);
		break;
	case 'd':
		add_metadata(ctx, value);
		break;
	case 'C':
		print_struct_at(ctx, value, STRUCT_syscall_info);
		break;
	default:
		print_addr(ctx->out, value);
		break;
	}
}

static bool is_filled_in(char form)
{
	return form >= 'A' && form <= 'Z';
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
		if (is_filled_in(data))
			add_data(ctx, data, args[3]);
		return;
	}
	const_add(ctx->out, &consts_ptrace_requests, args[0]);
	if (args[0]) /* TRACEME is about oneself */
		buf_printf(ctx->out, ", %d", (int)args[1]);
	add_address(ctx, address, args[2]);
	if (!is_filled_in(data))
		add_data(ctx, data, args[3]);
}
