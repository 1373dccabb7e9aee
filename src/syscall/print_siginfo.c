/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What the kernel tells about a signal. */
#include <inttypes.h>
#include <string.h>

#include "syscall/names.h"
#include "syscall/printers.h"

enum { TICKS_PER_SECOND = 100 }; /* USER_HZ, in siginfo on every system */

static const struct {
	int signal;
	const struct const_table *codes;
} kernel_codes[] = {
	{ SIGILL, &consts_si_ill_codes },   { SIGFPE, &consts_si_fpe_codes },
	{ SIGSEGV, &consts_si_segv_codes }, { SIGBUS, &consts_si_bus_codes },
	{ SIGTRAP, &consts_si_trap_codes }, { SIGCHLD, &consts_si_cld_codes },
	{ SIGPOLL, &consts_si_poll_codes }, { SIGSYS, &consts_si_sys_codes },
};

static void add_code(struct buf *out, int number, int code)
{
	const struct const_table *table = &consts_si_codes;

	for (size_t i = 0; i < sizeof(kernel_codes) / sizeof(*kernel_codes);
	     i++)
		if (code > 0 && code != SI_KERNEL &&
		    kernel_codes[i].signal == number)
			table = kernel_codes[i].codes;
	const_add_or(out, table, (uint32_t)code, NULL);
}

static void add_errno(struct buf *out, int error)
{
	const char *name = errno_name(error);

	if (name)
		buf_printf(out, ", si_errno=%s", name);
	else
		buf_printf(out, ", si_errno=%d", error);
}

static void add_sender(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, ", si_pid=%d, si_uid=%u", info->si_pid, info->si_uid);
}

static void add_value(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, ", si_int=%d, si_ptr=", info->si_int);
	print_addr(out, (uintptr_t)info->si_ptr);
}

static void add_ticks(struct buf *out, const char *name, long ticks)
{
	buf_printf(out, ", %s=%ld", name, ticks);
	if (ticks)
		buf_printf(out, " /* %ld.%02ld s */", ticks / TICKS_PER_SECOND,
			   (ticks % TICKS_PER_SECOND + TICKS_PER_SECOND) %
				   TICKS_PER_SECOND);
}

static void add_child(struct buf *out, const siginfo_t *info)
{
	add_sender(out, info);
	buf_str(out, ", si_status=");
	if (info->si_code == CLD_EXITED)
		buf_printf(out, "%d", info->si_status);
	else
		print_signal_number(out, info->si_status);
	add_ticks(out, "si_utime", info->si_utime);
	add_ticks(out, "si_stime", info->si_stime);
}

static void add_fault(struct buf *out, const siginfo_t *info)
{
	buf_str(out, ", si_addr=");
	print_addr(out, (uintptr_t)info->si_addr);
	if (info->si_signo == SIGSEGV && info->si_code == SEGV_BNDERR) {
		buf_str(out, ", si_lower=");
		print_addr(out, (uintptr_t)info->si_lower);
		buf_str(out, ", si_upper=");
		print_addr(out, (uintptr_t)info->si_upper);
	} else if (info->si_signo == SIGSEGV && info->si_code == SEGV_PKUERR) {
		buf_printf(out, ", si_pkey=%u", info->si_pkey);
	} else if (info->si_signo == SIGBUS &&
		   (info->si_code == BUS_MCEERR_AR ||
		    info->si_code == BUS_MCEERR_AO)) {
		buf_printf(out, ", si_addr_lsb=%#x",
			   (unsigned int)(unsigned short)info->si_addr_lsb);
	}
}

static void add_sys(struct buf *out, const siginfo_t *info)
{
	buf_str(out, ", si_call_addr=");
	print_addr(out, (uintptr_t)info->si_call_addr);
	buf_printf(out, ", si_syscall=%d, si_arch=", info->si_syscall);
	const_add(out, &consts_audit_arches, info->si_arch);
}

static void add_from_user(struct buf *out, const siginfo_t *info)
{
	if (info->si_code == SI_TIMER) {
		buf_printf(out, ", si_timerid=%#x, si_overrun=%d",
			   (unsigned int)info->si_timerid, info->si_overrun);
		add_value(out, info);
		return;
	}
	add_sender(out, info);
	if (info->si_code != SI_USER && info->si_code != SI_TKILL &&
	    info->si_ptr)
		add_value(out, info);
}

static void add_from_kernel(struct buf *out, const siginfo_t *info)
{
	switch (info->si_signo) {
	case SIGCHLD:
		add_child(out, info);
		break;
	case SIGILL:
	case SIGFPE:
	case SIGSEGV:
	case SIGBUS:
	case SIGTRAP:
		add_fault(out, info);
		break;
	case SIGPOLL:
		buf_printf(out, ", si_band=%ld, si_fd=%d", info->si_band,
			   info->si_fd);
		break;
	case SIGSYS:
		add_sys(out, info);
		break;
	default:
		if (info->si_pid || info->si_uid)
			add_sender(out, info);
		if (info->si_ptr)
			add_value(out, info);
		break;
	}
}

void print_siginfo(struct buf *out, const siginfo_t *info)
{
	if (!info->si_signo) {
		buf_str(out, "{}");
		return;
	}
	buf_str(out, "{si_signo=");
	print_signal_number(out, info->si_signo);
	buf_str(out, ", si_code=");
	add_code(out, info->si_signo, info->si_code);
	if (info->si_errno)
		add_errno(out, info->si_errno);
	if (info->si_code <= 0)
		add_from_user(out, info);
	else
		add_from_kernel(out, info);
	buf_char(out, '}');
}

void print_siginfo_in(const struct print_ctx *ctx, uint64_t value)
{
	siginfo_t info;

	if (print_fetch_out(ctx, value, &info, sizeof(info)))
		print_siginfo(ctx->out, &info);
}

void print_siginfo_out(const struct print_ctx *ctx, uint64_t value)
{
	print_siginfo_in(ctx, value);
}

void print_signal_line(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, "--- %s ", signal_name(info->si_signo));
	print_siginfo(out, info);
	buf_str(out, " ---");
}
