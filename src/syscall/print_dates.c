/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Times of files, and the time of day: with the date behind the number. */
#include <inttypes.h>
#include <sys/stat.h>
#include <time.h>

#include "syscall/printers.h"

/* Parts of a second, as the calls give them. */
struct part {
	const char *name;
	uint64_t max;
	int digits;
};

static const struct part none = { NULL, 0, 0 };
static const struct part micro = { "tv_usec", 999999, 6 };
static const struct part nano = { "tv_nsec", 999999999, 9 };

/* A comment with 2001-09-09T01:46:40.500000+0000 in it, or nothing when there
 * is no such date. */
static void add_date(struct buf *out, int64_t seconds, uint64_t part,
		     const struct part *unit)
{
	time_t when = seconds;
	struct tm broken_down;
	char text[64];

	if ((!seconds && !part) || part > unit->max ||
	    !localtime_r(&when, &broken_down) ||
	    !strftime(text, sizeof(text), "%FT%T", &broken_down))
		return;
	buf_printf(out, " /* %s", text);
	if (part)
		buf_printf(out, ".%0*" PRIu64, unit->digits, part);
	if (strftime(text, sizeof(text), "%z", &broken_down))
		buf_str(out, text);
	buf_str(out, " */");
}

static void add_dated(const struct print_ctx *ctx, const uint64_t time[2],
		      const struct part *unit)
{
	buf_printf(ctx->out, "{tv_sec=%" PRId64 ", %s=%" PRIu64 "}",
		   (int64_t)time[0], unit->name, time[1]);
	add_date(ctx->out, (int64_t)time[0], time[1], unit);
}

static void add_timeval(const struct print_ctx *ctx, const uint64_t time[2])
{
	add_dated(ctx, time, &micro);
}

static void add_timespec(const struct print_ctx *ctx, const uint64_t time[2])
{
	if (time[1] == UTIME_NOW)
		buf_str(ctx->out, "UTIME_NOW");
	else if (time[1] == UTIME_OMIT)
		buf_str(ctx->out, "UTIME_OMIT");
	else
		add_dated(ctx, time, &nano);
}

/* Both of them, or the address. */
static void add_pair(const struct print_ctx *ctx, uint64_t addr,
		     void (*add)(const struct print_ctx *, const uint64_t *))
{
	uint64_t times[4];

	if (!print_fetch(ctx, addr, times, sizeof(times)))
		return;
	buf_char(ctx->out, '[');
	add(ctx, times);
	buf_str(ctx->out, ", ");
	add(ctx, times + 2);
	buf_char(ctx->out, ']');
}

void print_timevals_of_file(const struct print_ctx *ctx, uint64_t value)
{
	add_pair(ctx, value, add_timeval);
}

void print_timespecs_of_file(const struct print_ctx *ctx, uint64_t value)
{
	add_pair(ctx, value, add_timespec);
}

void print_utimbuf(const struct print_ctx *ctx, uint64_t value)
{
	int64_t times[2];

	if (!print_fetch(ctx, value, times, sizeof(times)))
		return;
	buf_printf(ctx->out, "{actime=%" PRId64, times[0]);
	add_date(ctx->out, times[0], 0, &none);
	buf_printf(ctx->out, ", modtime=%" PRId64, times[1]);
	add_date(ctx->out, times[1], 0, &none);
	buf_char(ctx->out, '}');
}

void print_time_out(const struct print_ctx *ctx, uint64_t value)
{
	int64_t seconds;

	if (!print_fetch_out(ctx, value, &seconds, sizeof(seconds)))
		return;
	buf_printf(ctx->out, "[%" PRId64, seconds);
	add_date(ctx->out, seconds, 0, &none);
	buf_char(ctx->out, ']');
}
