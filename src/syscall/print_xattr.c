/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Values of extended attributes: often strings, whose last NUL is not shown. */
#include <stdlib.h>
#include <sys/param.h>

#include "base/die.h"
#include "syscall/printers.h"

enum { SHOWN_MAX = 1 << 20 };

static void add_value(const struct print_ctx *ctx, uint64_t addr, uint64_t len)
{
	size_t limit = MIN(ctx->options->string_limit, SHOWN_MAX);
	size_t shown = MIN(len, limit);
	char *bytes = xmalloc(shown + 1);
	bool ends;

	if (len && print_fetch(ctx, addr, bytes, shown)) {
		ends = shown && !bytes[shown - 1];
		print_quoted(ctx->out, bytes, shown - ends);
		if (len > limit && !ends)
			buf_str(ctx->out, "...");
	} else if (!len) {
		print_addr(ctx->out, addr);
	}
	free(bytes);
}

void print_xattr_in(const struct print_ctx *ctx, uint64_t value)
{
	add_value(ctx, value, print_arg(ctx, ctx->arg + 1));
}

/* With no room for it, the kernel only says how long it is. */
void print_xattr_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx) || !print_arg(ctx, ctx->arg + 1))
		print_addr(ctx->out, value);
	else
		add_value(ctx, value, (uint64_t)ctx->result);
}

void print_xattr_list(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx) || !print_arg(ctx, ctx->arg + 1))
		print_addr(ctx->out, value);
	else
		print_bytes_at(ctx, value, (uint64_t)ctx->result);
}
