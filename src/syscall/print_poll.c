/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Waiting for descriptors: epoll, poll and select. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/param.h>

#include "base/die.h"
#include "syscall/print_struct.h"

enum {
	SELECT_MAX = 1024 * 1024, /* descriptors, however many are claimed */
	SELECT_SHOWN = 4096,
};

/* ---- epoll ---- */

void print_epoll_change(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_EPOLL_OP) == EPOLL_CTL_DEL)
		print_addr(ctx->out, value);
	else
		print_struct(ctx, value, STRUCT_epoll_event);
}

void print_epoll_ready(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, (uint64_t)ctx->result,
				   STRUCT_epoll_event);
}

/* ---- poll ---- */

static void add_pollfd(const struct print_ctx *ctx, const void *object,
		       void *owner)
{
	int32_t fd;

	(void)owner;
	memcpy(&fd, object, sizeof(fd));
	print_struct_object(ctx,
			    fd < 0 ? STRUCT_pollfd_negative : STRUCT_pollfd,
			    object, 8);
}

void print_pollfds(const struct print_ctx *ctx, uint64_t value)
{
	print_array(ctx, value, (uint32_t)print_arg(ctx, ctx->arg + 1), 8,
		    add_pollfd, NULL);
}

static void add_left(const struct print_ctx *ctx, int arg, enum struct_id id)
{
	uint64_t addr = print_arg(ctx, arg);

	if (!addr)
		return;
	buf_str(ctx->out, ", left ");
	print_struct_at(ctx, addr, id);
}

/* " ([{fd=4, revents=POLLOUT}])" */
static void add_ready_fds(const struct print_ctx *ctx)
{
	uint64_t addr = print_arg(ctx, 0), nfds = (uint32_t)print_arg(ctx, 1);
	uint64_t shown = 0, i;

	buf_str(ctx->out, " ([");
	for (i = 0; i < nfds; i++) {
		uint16_t entry[4];

		if (!mem_read_all(ctx->mem, addr + i * 8, entry, 8))
			break;
		if (!entry[3])
			continue;
		if (shown)
			buf_str(ctx->out, ", ");
		if (shown == ctx->options->string_limit) {
			buf_str(ctx->out, "...");
			break;
		}
		print_struct_object(ctx, STRUCT_pollfd_ready, entry, 8);
		if (++shown == (uint64_t)ctx->result)
			break;
	}
	buf_char(ctx->out, ']');
	if (ctx->call->def->id == SYSCALL_ppoll)
		add_left(ctx, 2, STRUCT_timespec_at);
	buf_char(ctx->out, ')');
}

void print_poll_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (ctx->result)
		add_ready_fds(ctx);
	else
		buf_str(ctx->out, " (Timeout)");
}

/* ---- select ---- */

/* The bytes of a set for all descriptors asked about; NULL when they cannot be
 * read. Frees with free(). */
static uint64_t *read_set(const struct print_ctx *ctx, uint64_t addr,
			  size_t *count)
{
	int nfds = (int)print_arg(ctx, 0);
	size_t size;
	uint64_t *set;

	if (nfds < 0 || !addr)
		return NULL;
	*count = (size_t)MIN(nfds, SELECT_MAX);
	size = (*count + 63) / 64 * sizeof(*set);
	set = xcalloc(1, size + sizeof(*set));
	if (mem_read_all(ctx->mem, addr, set, size))
		return set;
	free(set);
	return NULL;
}

/* "[3 4]" of the set, at most @max of them; how many there are */
static size_t add_set(struct buf *out, const uint64_t *set, size_t count,
		      size_t max)
{
	size_t found = 0;

	buf_char(out, '[');
	for (size_t fd = 0; fd < count && found < MIN(max, SELECT_SHOWN); fd++)
		if (set[fd / 64] >> fd % 64 & 1)
			buf_printf(out, found++ ? " %zu" : "%zu", fd);
	if (found == SELECT_SHOWN)
		buf_str(out, " ...");
	buf_char(out, ']');
	return found;
}

void print_fd_set(const struct print_ctx *ctx, uint64_t value)
{
	size_t count;
	uint64_t *set = read_set(ctx, value, &count);

	if (set)
		add_set(ctx->out, set, count, SIZE_MAX);
	else
		print_addr(ctx->out, value);
	free(set);
}

static bool is_empty(const uint64_t *set, size_t count)
{
	for (size_t i = 0; i < (count + 63) / 64; i++)
		if (set[i])
			return false;
	return true;
}

/* " (in [3], out [4], left {...})" */
static void add_ready_sets(const struct print_ctx *ctx)
{
	static const char *const names[] = { "in", "out", "except" };
	bool pselect = ctx->call->def->id == SYSCALL_pselect6;
	const char *separator = " (";
	int64_t left = ctx->result;

	for (int i = 0; i < 3 && left > 0; i++) {
		size_t count;
		uint64_t *set = read_set(ctx, print_arg(ctx, i + 1), &count);

		if (set && !is_empty(set, count)) {
			buf_printf(ctx->out, "%s%s ", separator, names[i]);
			left -= (int64_t)add_set(ctx->out, set, count,
						 (size_t)left);
			separator = ", ";
		}
		free(set);
	}
	if (*separator == ' ')
		buf_str(ctx->out, " (");
	if (print_arg(ctx, 4)) {
		buf_str(ctx->out, *separator == ',' ? ", left " : "left ");
		print_struct_at(ctx, print_arg(ctx, 4),
				pselect ? STRUCT_timespec_at :
					  STRUCT_timeval_at);
	}
	buf_char(ctx->out, ')');
}

void print_select_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (ctx->result)
		add_ready_sets(ctx);
	else
		buf_str(ctx->out, " (Timeout)");
}

/* pselect6: a pointer to the mask and its size. */
void print_sigmask_pair(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t pair[2], set;

	if (!print_fetch(ctx, value, pair, sizeof(pair)))
		return;
	buf_str(ctx->out, "{sigmask=");
	if (pair[1] == sizeof(set) && pair[0] &&
	    mem_read_all(ctx->mem, pair[0], &set, sizeof(set)))
		print_sigset(ctx->out, set);
	else
		print_addr(ctx->out, pair[0]);
	buf_printf(ctx->out, ", sigsetsize=%" PRIu64 "}", pair[1]);
}
