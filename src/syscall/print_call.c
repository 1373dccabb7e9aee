/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The order of arguments, and which of them wait for the exit. */
#include "syscall/print.h"

#include <stdlib.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/printers.h"

/* Whatever the call, its number is what a strace user looks for. */
#define UNKNOWN_NAME "syscall_%#x"

/* Questions and decisions: the end of a command line matters. */
static const struct print_options whole_strings = { .string_limit = 256 };

static void (*const printers[ARG_KIND_COUNT])(const struct print_ctx *,
					      uint64_t) = {
	[ARG_END] = print_hex,
#define ARG_KIND(id, width, phase, target, implied, printer, constants)        \
	[ARG_##id] = print_##printer,
#include "syscall/arg_kinds.def"
#undef ARG_KIND
};

static const struct {
	enum syscall_id id;
	void (*print)(const struct print_ctx *ctx);
} special_calls[] = {
	{ SYSCALL_clone, print_clone },	  { SYSCALL_futex, print_futex },
	{ SYSCALL_keyctl, print_keyctl }, { SYSCALL_prctl, print_prctl },
	{ SYSCALL_ptrace, print_ptrace },
};

/* Calls whose printer reads memory alike in every program, or knows how. */
static bool reads_narrow(const struct call *call)
{
	return call->def->id == SYSCALL_clone || call->def->id == SYSCALL_futex;
}

static void (*special_call(const struct call *call))(const struct print_ctx *)
{
	if (call->narrow && !reads_narrow(call))
		return NULL;
	for (size_t i = 0; i < sizeof(special_calls) / sizeof(*special_calls);
	     i++)
		if (call->def && call->def->id == special_calls[i].id)
			return special_calls[i].print;
	return NULL;
}

/* Is this argument better shown as its address? */
static bool is_strange(const struct call *call, enum arg_kind kind)
{
	static const struct {
		bool narrow, opaque;
	} kinds[ARG_KIND_COUNT] = {
#define NARROW_KIND(id, layout) [ARG_##id] = { LAYOUT_##layout },
#define LAYOUT_NARROW		true, true
#define LAYOUT_OPAQUE		false, true
#include "syscall/narrow_kinds.def"
#undef NARROW_KIND
	};

	return (call->narrow && kinds[kind].narrow) ||
	       (call->opaque && kinds[kind].opaque);
}

static enum arg_kind kind_of(const struct call *call, int arg)
{
	return call->def ? call->def->args[arg].kind : ARG_HEX;
}

static enum arg_phase phase_of(const struct call *call, int arg)
{
	enum arg_kind kind = kind_of(call, arg);

	if (is_strange(call, kind))
		return PHASE_ENTRY;
	switch (kind) {
	case ARG_FCNTL_ARG:
		return print_fcntl_reads(call->args[1]) ? PHASE_EXIT :
							  PHASE_ENTRY;
	case ARG_IOCTL_ARG:
	case ARG_MSGCTL_ARG:
	case ARG_SHMCTL_ARG:
	case ARG_SEMCTL_ARG:
	case ARG_QUOTA_ARG:
		return print_command_reads(call, kind) ? PHASE_EXIT :
							 PHASE_ENTRY;
	case ARG_SYSLOG_BUF:
		return print_syslog_reads(call->args[0]) ? PHASE_EXIT :
							   PHASE_ENTRY;
	case ARG_ARCH_PRCTL_ARG:
		return print_arch_prctl_reads(call->args[0]) ? PHASE_EXIT :
							       PHASE_ENTRY;
	case ARG_MMSG: /* how much was sent stands between the messages */
		return PHASE_EXIT;
	default:
		return arg_kind_def(kind)->phase;
	}
}

static void cut_back(struct buf *out, size_t len)
{
	out->len = len;
	if (out->data)
		out->data[len] = '\0';
}

/* One argument and what stands before it: nothing at all when the argument
 * has no meaning in this call (the mode of an open that creates nothing). */
static void add_arg(struct print_ctx *ctx, int arg, bool separate)
{
	struct buf *out = ctx->out;
	size_t before = out->len, start;

	if (separate)
		buf_str(out, ", ");
	start = out->len;
	ctx->arg = arg;
	if (ctx->options->arg_names && ctx->call->def) {
		buf_printf(out, "%s=", ctx->call->def->args[arg].name);
		start = out->len;
	}
	if (is_strange(ctx->call, kind_of(ctx->call, arg)))
		print_addr(out, ctx->call->args[arg]);
	else
		printers[kind_of(ctx->call, arg)](ctx, ctx->call->args[arg]);
	if (out->len == start)
		cut_back(out, before);
}

/* What the kernel is about to overwrite, where both values are shown. */
static void remember(struct call *call, int arg, const struct mem_reader *mem)
{
	uint64_t addr = call->args[arg];
	uint32_t value;

	if (is_strange(call, kind_of(call, arg)))
		return;
	switch (kind_of(call, arg)) {
	case ARG_MSG_OUT:
	case ARG_MMSG_OUT:		      /* of the first message */
		addr += call->narrow ? 4 : 8; /* msg_namelen */
		break;
	case ARG_HANDLE_MADE: /* handle_bytes */
	case ARG_SOCKLEN_OUT:
		break;
	default:
		return;
	}
	call->before[arg] = mem_read_all(mem, addr, &value, sizeof(value)) ?
				    value :
				    UINT64_MAX;
}

static int add_entry(struct buf *out, struct call *call,
		     const struct mem_reader *mem,
		     const struct print_options *options)
{
	struct print_ctx ctx = {
		.out = out,
		.mem = mem,
		.call = call,
		.options = options,
	};
	void (*special)(const struct print_ctx *) = special_call(call);
	int n = (int)call->n_args;

	if (call->def)
		buf_str(out, call->name);
	else
		buf_printf(out, UNKNOWN_NAME, (unsigned int)call->number);
	buf_char(out, '(');
	if (special) {
		special(&ctx);
		return n;
	}
	for (int i = 0; i < n; i++)
		remember(call, i, mem);
	for (int i = 0; i < n; i++) {
		enum arg_phase phase = phase_of(call, i);

		if (phase == PHASE_EXIT) {
			if (i)
				buf_str(out, ", ");
			return i;
		}
		add_arg(&ctx, i, i > 0);
		if (phase == PHASE_BOTH)
			return i;
	}
	return n;
}

int print_entry(struct buf *out, struct call *call,
		const struct mem_reader *mem,
		const struct print_options *options)
{
	const struct print_options *before = print_set_options(options);
	int next = add_entry(out, call, mem, options);

	print_set_options(before);
	return next;
}

void print_exit_args(struct buf *out, const struct call *call, int first,
		     int64_t result, const struct mem_reader *mem,
		     const struct print_options *options)
{
	const struct print_options *before = print_set_options(options);

	struct print_ctx ctx = {
		.out = out,
		.mem = mem,
		.call = call,
		.options = options,
		.exiting = true,
		.result = result,
	};
	void (*special)(const struct print_ctx *) = special_call(call);

	if (special)
		special(&ctx);
	else
		for (int i = first; i < (int)call->n_args; i++)
			add_arg(&ctx, i, i > first);
	buf_char(out, ')');
	print_set_options(before);
}

/* ---- the copy as memory ---- */

static size_t read_part(const void *copy, size_t size, uint64_t offset,
			void *out, size_t len)
{
	if (offset >= size)
		return 0;
	len = MIN(len, size - (size_t)offset);
	memcpy(out, (const char *)copy + offset, len);
	return len;
}

/* What call_decode() read for the argument at hand, at the address where it
 * stood; nothing else can be read. */
static size_t read_copy(void *owner, uint64_t addr, void *out, size_t len)
{
	const struct print_ctx *ctx = owner;
	const struct call *call = ctx->call;
	uint64_t offset = addr - call->args[ctx->arg];
	const struct target *target = NULL;

	if (kind_of(call, ctx->arg) == ARG_STRING ||
	    kind_of(call, ctx->arg) == ARG_ARGV)
		return call_read_copy(call, addr, out, len);
	if (kind_of(call, ctx->arg) == ARG_OPEN_HOW)
		return read_part(&call->open, sizeof(call->open), offset, out,
				 len);
	for (size_t i = 0; i < call->n_targets && !target; i++)
		if (call->targets[i].arg == ctx->arg)
			target = &call->targets[i];
	if (!target)
		return 0;
	switch (target->kind) {
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
		if (!target->asked)
			return 0;
		return read_part(target->asked, strlen(target->asked) + 1,
				 offset, out, len);
	case TARGET_ADDRESS:
		/* Inside a msghdr the argument points to something else. */
		if (arg_kind_def(kind_of(call, ctx->arg))->target !=
		    TARGET_ADDRESS)
			return 0;
		return read_part(&target->address, target->address_len, offset,
				 out, len);
	case TARGET_NONE:
	case TARGET_FD:
	case TARGET_MSG:
	case TARGET_MMSG:
	case TARGET_PID:
	case TARGET_PIDFD:
		break;
	}
	return 0;
}

/* One argument as the copy has it, or the address of what the exit tells. */
static void print_copied(struct print_ctx *ctx, int arg, bool separate)
{
	if (phase_of(ctx->call, arg) != PHASE_EXIT) {
		add_arg(ctx, arg, separate);
		return;
	}
	if (separate)
		buf_str(ctx->out, ", ");
	print_addr(ctx->out, ctx->call->args[arg]);
}

void print_call(struct buf *out, const struct call *call)
{
	struct print_ctx ctx = {
		.out = out,
		.call = call,
		.options = &whole_strings,
	};
	struct mem_reader copy = { .read = read_copy, .owner = &ctx };
	void (*special)(const struct print_ctx *) = special_call(call);

	ctx.mem = &copy;
	buf_str(out, call->name);
	buf_char(out, '(');
	if (special) {
		special(&ctx);
		ctx.exiting = true;
		special(&ctx);
	}
	for (int i = 0; !special && i < (int)call->n_args; i++)
		print_copied(&ctx, i, i > 0);
	buf_char(out, ')');
}

void print_call_arg(struct buf *out, const struct call *call, int arg)
{
	struct print_ctx ctx = {
		.out = out,
		.call = call,
		.options = &whole_strings,
	};
	struct mem_reader copy = { .read = read_copy, .owner = &ctx };

	ctx.mem = &copy;
	print_copied(&ctx, arg, false);
}

bool print_filled_arg(struct buf *out, const struct call *call, int arg,
		      int64_t result, const struct mem_reader *mem,
		      const struct print_options *options)
{
	struct print_ctx ctx = {
		.out = out,
		.mem = mem,
		.call = call,
		.options = options,
		.exiting = true,
		.result = result,
	};

	if (special_call(call) || phase_of(call, arg) == PHASE_ENTRY ||
	    print_failed(&ctx))
		return false;
	add_arg(&ctx, arg, false);
	return true;
}
