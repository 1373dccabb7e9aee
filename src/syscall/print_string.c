/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Strings, buffers, and arrays of them. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>

#include "base/die.h"
#include "syscall/print_netlink.h"

enum {
	STRING_MAX = 1 << 20, /* however high the option */
	VARS_MAX = 1 << 17,   /* of an environment, before we stop counting */
	VARS_AT_ONCE = 64,
};

/* ---- from memory ---- */

/* The first @len bytes of something longer than that are followed by dots. */
static void add_cut(struct buf *out, const void *bytes, size_t len, bool cut)
{
	print_quoted(out, bytes, len);
	if (cut)
		buf_str(out, "...");
}

void print_string_at(const struct print_ctx *ctx, uint64_t addr, size_t limit)
{
	char small[64], *text = small;
	long len;

	limit = MIN(limit, STRING_MAX);
	if (limit + 1 > sizeof(small))
		text = xmalloc(limit + 1);
	len = addr ? mem_read_string(ctx->mem, addr, text, limit + 1) : -EFAULT;
	if (len == -ENAMETOOLONG)
		add_cut(ctx->out, text, limit, true);
	else if (len < 0)
		print_addr(ctx->out, addr);
	else
		add_cut(ctx->out, text, (size_t)len, false);
	if (text != small)
		free(text);
}

static void add_bytes(const struct print_ctx *ctx, uint64_t addr, uint64_t len,
		      void (*quoted)(struct buf *, const void *, size_t))
{
	size_t limit = MIN(ctx->options->string_limit, STRING_MAX);
	size_t shown = MIN(len, limit);
	char small[64], *bytes = small;

	if (shown > sizeof(small))
		bytes = xmalloc(shown);
	if (addr && mem_read_all(ctx->mem, addr, bytes, shown)) {
		quoted(ctx->out, bytes, shown);
		if (len > limit)
			buf_str(ctx->out, "...");
	} else {
		print_addr(ctx->out, addr);
	}
	if (bytes != small)
		free(bytes);
}

void print_bytes_at(const struct print_ctx *ctx, uint64_t addr, uint64_t len)
{
	add_bytes(ctx, addr, len, print_quoted);
}

void print_bytes_hex_at(const struct print_ctx *ctx, uint64_t addr,
			uint64_t len)
{
	add_bytes(ctx, addr, len, print_quoted_hex);
}

/* ---- printers ---- */

void print_path(const struct print_ctx *ctx, uint64_t value)
{
	print_string_at(ctx, value, PATH_MAX - 1);
}

void print_string(const struct print_ctx *ctx, uint64_t value)
{
	print_string_at(ctx, value, ctx->options->string_limit);
}

/* @result bytes, or a path with its NUL: readlink(2) and getcwd(2). */
void print_string_out(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t last = value + (uint64_t)ctx->result - 1;
	char end = 'x';

	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else if (ctx->result > 0 && mem_read_all(ctx->mem, last, &end, 1) &&
		 !end)
		print_path(ctx, value);
	else
		print_bytes_at(ctx, value, (uint64_t)ctx->result);
}

void print_buf_in(const struct print_ctx *ctx, uint64_t value)
{
	print_bytes_at(ctx, value, print_arg(ctx, ctx->arg + 1));
}

/* MSG_TRUNC makes the result greater than the buffer. */
static uint64_t bytes_filled(const struct print_ctx *ctx)
{
	return MIN((uint64_t)ctx->result, print_arg(ctx, ctx->arg + 1));
}

void print_buf_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_bytes_at(ctx, value, bytes_filled(ctx));
}

void print_sent(const struct print_ctx *ctx, uint64_t value)
{
	print_socket_bytes(ctx, (int)print_arg(ctx, 0), value,
			   print_arg(ctx, ctx->arg + 1));
}

void print_received(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_socket_bytes(ctx, (int)print_arg(ctx, 0), value,
				   bytes_filled(ctx));
}

void print_random_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		add_bytes(ctx, value, bytes_filled(ctx), print_quoted_hex);
}

/* ---- argv and envp ---- */

void print_argv(const struct print_ctx *ctx, uint64_t value)
{
	size_t limit = ctx->options->string_limit, i;
	uint64_t pointer;

	if (!print_words(ctx, value, &pointer, 1)) {
		print_addr(ctx->out, value);
		return;
	}
	buf_char(ctx->out, '[');
	for (i = 0; pointer && i < limit; i++) {
		uint64_t next = value + (i + 1) * print_word_size(ctx);

		if (i)
			buf_str(ctx->out, ", ");
		print_string(ctx, pointer);
		if (!print_words(ctx, next, &pointer, 1)) {
			buf_printf(ctx->out, ", ... /* %#" PRIx64 " */", next);
			break;
		}
	}
	if (pointer && i == limit)
		buf_str(ctx->out, ", ...");
	buf_char(ctx->out, ']');
}

void print_envp(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t pointers[VARS_AT_ONCE];
	unsigned int count = 0;
	size_t got, i = 0;
	bool more = true;

	print_addr(ctx->out, value);
	if (!value)
		return;
	while (more && count < VARS_MAX) {
		got = print_words(ctx, value + count * print_word_size(ctx),
				  pointers, VARS_AT_ONCE);
		if (!count && !got)
			return;
		for (i = 0; i < got && pointers[i]; i++)
			count++;
		more = i == VARS_AT_ONCE;
		if (i < got) {
			buf_printf(ctx->out, " /* %u var%s */", count,
				   count == 1 ? "" : "s");
			return;
		}
	}
	buf_printf(ctx->out, " /* %u var%s, unterminated */", count,
		   count == 1 ? "" : "s");
}

/* ---- iovec ---- */

struct program_iovec {
	uint64_t base, len;
};

struct filled {
	int fd;	       /* of a socket; else -1 */
	uint64_t left; /* bytes that are filled */
};

static void add_iovec(const struct print_ctx *ctx, const void *object,
		      void *owner)
{
	const uint32_t *narrow = object;
	struct program_iovec iov = { 0 };
	struct filled *filled = owner;
	uint64_t len;

	if (ctx->call->narrow)
		iov = (struct program_iovec){ narrow[0], narrow[1] };
	else
		memcpy(&iov, object, sizeof(iov));
	len = filled ? MIN(iov.len, filled->left) : 0;
	buf_str(ctx->out, "{iov_base=");
	if (!filled)
		print_addr(ctx->out, iov.base);
	else if (filled->fd < 0)
		print_bytes_at(ctx, iov.base, len);
	else
		print_socket_bytes(ctx, filled->fd, iov.base, len);
	if (filled && filled->left != UINT64_MAX)
		filled->left -= len;
	buf_printf(ctx->out, ", iov_len=%" PRIu64 "}", iov.len);
}

void print_iovec(const struct print_ctx *ctx, uint64_t addr, uint64_t count,
		 uint64_t bytes)
{
	print_iovec_of(ctx, -1, addr, count, bytes);
}

void print_iovec_of(const struct print_ctx *ctx, int fd, uint64_t addr,
		    uint64_t count, uint64_t bytes)
{
	struct filled filled = { .fd = fd, .left = bytes };

	print_array(ctx, addr, count, 2 * print_word_size(ctx), add_iovec,
		    &filled);
}

void print_iovec_addrs(const struct print_ctx *ctx, uint64_t addr,
		       uint64_t count)
{
	print_array(ctx, addr, count, 2 * print_word_size(ctx), add_iovec,
		    NULL);
}

void print_iov_in(const struct print_ctx *ctx, uint64_t value)
{
	print_iovec(ctx, value, print_arg(ctx, ctx->arg + 1), UINT64_MAX);
}

void print_iov_out(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t count = print_arg(ctx, ctx->arg + 1);

	if (print_failed(ctx))
		print_iovec_addrs(ctx, value, count);
	else
		print_iovec(ctx, value, count, (uint64_t)ctx->result);
}

void print_iov_elsewhere(const struct print_ctx *ctx, uint64_t value)
{
	print_array(ctx, value, print_arg(ctx, ctx->arg + 1),
		    2 * print_word_size(ctx), add_iovec, NULL);
}
