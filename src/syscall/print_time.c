/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Times and timers. */
#include <inttypes.h>

#include "syscall/printers.h"

enum { RESTART_BLOCK = 516, INTERRUPTED = 4 }; /* errnos of a broken sleep */

static void add_time(struct buf *out, const int64_t time[2], const char *unit)
{
	buf_printf(out, "{tv_sec=%" PRId64 ", tv_%s=%" PRIu64 "}", time[0],
		   unit, (uint64_t)time[1]);
}

void print_timespec(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (print_fetch(ctx, value, time, sizeof(time)))
		add_time(ctx->out, time, "nsec");
}

void print_timespec_out(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (print_fetch_out(ctx, value, time, sizeof(time)))
		add_time(ctx->out, time, "nsec");
}

void print_timespec_left(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (ctx->result != -RESTART_BLOCK && ctx->result != -INTERRUPTED)
		print_addr(ctx->out, value);
	else if (print_fetch(ctx, value, time, sizeof(time)))
		add_time(ctx->out, time, "nsec");
}

static void add_timer(const struct print_ctx *ctx, uint64_t addr,
		      const char *unit)
{
	int64_t times[4];

	if (!print_fetch_out(ctx, addr, times, sizeof(times)))
		return;
	buf_str(ctx->out, "{it_interval=");
	add_time(ctx->out, times, unit);
	buf_str(ctx->out, ", it_value=");
	add_time(ctx->out, times + 2, unit);
	buf_char(ctx->out, '}');
}

void print_itimerspec(const struct print_ctx *ctx, uint64_t value)
{
	add_timer(ctx, value, "nsec");
}

void print_itimerval(const struct print_ctx *ctx, uint64_t value)
{
	add_timer(ctx, value, "usec");
}
