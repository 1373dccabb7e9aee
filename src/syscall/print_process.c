/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* How processes end, what they use and what they may use. */
#include <inttypes.h>
#include <stdio.h>
#include <sys/wait.h>

#include "syscall/printers.h"

/* ---- wait ---- */

/* What a ptracer finds above the status. */
static const char *const ptrace_events[] = {
	[1] = "PTRACE_EVENT_FORK",	 [2] = "PTRACE_EVENT_VFORK",
	[3] = "PTRACE_EVENT_CLONE",	 [4] = "PTRACE_EVENT_EXEC",
	[5] = "PTRACE_EVENT_VFORK_DONE", [6] = "PTRACE_EVENT_EXIT",
	[7] = "PTRACE_EVENT_SECCOMP",	 [128] = "PTRACE_EVENT_STOP",
};

static void add_stop(struct buf *out, int status)
{
	unsigned int event = (unsigned int)status >> 16;
	int signal = WSTOPSIG(status);

	buf_str(out, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
	print_signal_number(out, signal & ~0x80);
	if (signal & 0x80)
		buf_str(out, " | 0x80");
	buf_char(out, '}');
	if (event && event < sizeof(ptrace_events) / sizeof(*ptrace_events) &&
	    ptrace_events[event])
		buf_printf(out, " | %s << 16", ptrace_events[event]);
	else if (event)
		buf_printf(out, " | %#x << 16", event);
}

static void add_status(struct buf *out, int status)
{
	if (WIFCONTINUED(status)) {
		buf_str(out, "{WIFCONTINUED(s)}");
	} else if (WIFSTOPPED(status)) {
		add_stop(out, status);
	} else if (WIFSIGNALED(status)) {
		buf_str(out, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		print_signal_number(out, WTERMSIG(status));
		buf_str(out, WCOREDUMP(status) ? " && WCOREDUMP(s)}" : "}");
	} else {
		buf_printf(out, "{WIFEXITED(s) && WEXITSTATUS(s) == %d}",
			   WEXITSTATUS(status));
	}
}

/* Nobody ended: nothing was written. */
static bool nobody(const struct print_ctx *ctx)
{
	return ctx->exiting && ctx->result == 0;
}

void print_wait_status_out(const struct print_ctx *ctx, uint64_t value)
{
	int32_t status;

	if (nobody(ctx)) {
		print_addr(ctx->out, value);
	} else if (print_fetch_out(ctx, value, &status, sizeof(status))) {
		buf_char(ctx->out, '[');
		add_status(ctx->out, status);
		buf_char(ctx->out, ']');
	}
}

void print_rusage_out(const struct print_ctx *ctx, uint64_t value)
{
	bool wait4 = ctx->call->def->id == SYSCALL_wait4;
	int64_t time[4];

	if (wait4 && nobody(ctx))
		print_addr(ctx->out, value);
	else if (print_fetch_out(ctx, value, time, sizeof(time)))
		buf_printf(ctx->out,
			   "{ru_utime={tv_sec=%" PRId64 ", tv_usec=%" PRId64
			   "}, ru_stime={tv_sec=%" PRId64 ", tv_usec=%" PRId64
			   "}, ...}",
			   time[0], time[1], time[2], time[3]);
}

/* ---- limits ---- */

void print_limit(struct buf *out, uint64_t limit)
{
	bool round = limit > 1024 && limit % 1024 == 0;
	char number[24];

	snprintf(number, sizeof(number), "%" PRIu64, limit);
	if (limit != UINT64_MAX && !round) {
		buf_str(out, number);
		return;
	}
	if (!const_begin_as(out, number))
		return;
	if (round)
		buf_printf(out, "%" PRIu64 "*1024", limit / 1024);
	else
		buf_str(out, "RLIM64_INFINITY");
	const_end(out);
}

/* Infinity is as wide as the number. */
static void add_limit(const struct print_ctx *ctx, uint64_t limit)
{
	if (!ctx->call->narrow || limit != UINT32_MAX) {
		print_limit(ctx->out, limit);
	} else if (const_begin_as(ctx->out, "4294967295")) {
		buf_str(ctx->out, "RLIM_INFINITY");
		const_end(ctx->out);
	}
}

void print_rlimit_in(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t limits[2];

	if (!value || print_words(ctx, value, limits, 2) != 2) {
		print_addr(ctx->out, value);
		return;
	}
	buf_str(ctx->out, "{rlim_cur=");
	add_limit(ctx, limits[0]);
	buf_str(ctx->out, ", rlim_max=");
	add_limit(ctx, limits[1]);
	buf_char(ctx->out, '}');
}

void print_rlimit_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_rlimit_in(ctx, value);
}
