/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* prctl: which arguments there are depends on the option. */
#include <inttypes.h>
#include <linux/prctl.h>

#include "syscall/printers.h"

/* One letter an argument behind the option: d number, s string, S the same
 * filled in by the kernel, i signal, x hexadecimal, p pointer, u dumpable, c
 * capability, m seccomp mode, t tracer. Others have four x. */
static const struct {
	int option;
	const char *args;
} prctl_forms[] = {
	{ PR_SET_PDEATHSIG, "i" },
	{ PR_GET_DUMPABLE, "" },
	{ PR_SET_DUMPABLE, "u" },
	{ PR_GET_KEEPCAPS, "" },
	{ PR_SET_KEEPCAPS, "d" },
	{ PR_GET_TIMING, "" },
	{ PR_SET_TIMING, "d" },
	{ PR_SET_NAME, "s" },
	{ PR_GET_NAME, "S" },
	{ PR_GET_PDEATHSIG, "p" },
	{ PR_GET_SECCOMP, "" },
	{ PR_SET_SECCOMP, "mp" },
	{ PR_CAPBSET_READ, "c" },
	{ PR_CAPBSET_DROP, "c" },
	{ PR_SET_PTRACER, "t" },
	{ PR_SET_SECUREBITS, "x" },
	{ PR_GET_SECUREBITS, "" },
	{ PR_SET_TIMERSLACK, "d" },
	{ PR_GET_TIMERSLACK, "" },
	{ PR_SET_CHILD_SUBREAPER, "d" },
	{ PR_GET_CHILD_SUBREAPER, "p" },
	{ PR_SET_NO_NEW_PRIVS, "dddd" },
	{ PR_GET_NO_NEW_PRIVS, "dddd" },
	{ PR_SET_THP_DISABLE, "dddd" },
	{ PR_GET_THP_DISABLE, "dddd" },
	{ PR_GET_TID_ADDRESS, "p" },
	{ PR_TASK_PERF_EVENTS_DISABLE, "" },
	{ PR_TASK_PERF_EVENTS_ENABLE, "" },
};

static void add_prctl_arg(const struct print_ctx *ctx, char form,
			  uint64_t value)
{
	static const char *const dumpable[] = {
		"SUID_DUMP_DISABLE",
		"SUID_DUMP_USER",
		"SUID_DUMP_ROOT",
	};

	switch (form) {
	case 'd':
		print_unsigned(ctx, value);
		break;
	case 's':
	case 'S':
		/* A task's name has 15 bytes. */
		if (form == 'S' && print_failed(ctx))
			print_addr(ctx->out, value);
		else
			print_string_at(ctx, value, 15);
		break;
	case 'i':
		print_signal_number(ctx->out, (int)value);
		break;
	case 'p':
		print_addr(ctx->out, value);
		break;
	case 'u':
		if (value < 3)
			buf_str(ctx->out, dumpable[value]);
		else
			buf_printf(ctx->out, "%#" PRIx64 " /* SUID_DUMP_??? */",
				   value);
		break;
	case 'c':
		const_add(ctx->out, &consts_capabilities, value);
		break;
	case 'm':
		const_add(ctx->out, &consts_seccomp_modes, value);
		break;
	case 't':
		if (value == UINT64_MAX)
			buf_str(ctx->out, "PR_SET_PTRACER_ANY");
		else
			print_signed(ctx, value);
		break;
	default:
		print_hex(ctx, value);
		break;
	}
}

void print_prctl(const struct print_ctx *ctx)
{
	const uint64_t *args = ctx->call->args;
	const char *form = "xxxx";

	for (size_t i = 0; i < sizeof(prctl_forms) / sizeof(*prctl_forms); i++)
		if (prctl_forms[i].option == (int)args[0])
			form = prctl_forms[i].args;
	if (!ctx->exiting) {
		const_add(ctx->out, &consts_prctl_options, (uint32_t)args[0]);
		/* The kernel fills this one in. */
		if (*form == 'S') {
			buf_str(ctx->out, ", ");
			return;
		}
	} else if (*form != 'S') {
		return;
	} else {
		add_prctl_arg(ctx, *form, args[1]);
		return;
	}
	for (size_t i = 1; *form; form++, i++) {
		buf_str(ctx->out, ", ");
		add_prctl_arg(ctx, *form, args[i]);
	}
}
