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

/* Numbers of the program's size, with a sign. */
static bool fetch_times(const struct print_ctx *ctx, uint64_t addr,
			int64_t *times, size_t count)
{
	if (!addr ||
	    print_words(ctx, addr, (uint64_t *)times, count) != count) {
		print_addr(ctx->out, addr);
		return false;
	}
	for (size_t i = 0; ctx->call->narrow && i < count; i++)
		times[i] = (int32_t)times[i];
	return true;
}

void print_timespec(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (fetch_times(ctx, value, time, 2))
		add_time(ctx->out, time, "nsec");
}

void print_timespec_out(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else if (fetch_times(ctx, value, time, 2))
		add_time(ctx->out, time, "nsec");
}

void print_timespec_left(const struct print_ctx *ctx, uint64_t value)
{
	int64_t time[2];

	if (ctx->result != -RESTART_BLOCK && ctx->result != -INTERRUPTED)
		print_addr(ctx->out, value);
	else if (fetch_times(ctx, value, time, 2))
		add_time(ctx->out, time, "nsec");
}

static void add_timer(const struct print_ctx *ctx, uint64_t addr,
		      const char *unit)
{
	int64_t times[4];

	if (print_failed(ctx)) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!fetch_times(ctx, addr, times, 4))
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
