/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What printers share: reading objects and arrays, never without a bound. */
#include <inttypes.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/printers.h"

enum { ELEMENT_MAX = 128 };

uint64_t print_arg(const struct print_ctx *ctx, int arg)
{
	return arg >= 0 && arg < (int)ctx->call->n_args ? ctx->call->args[arg] :
							  0;
}

uint64_t print_arg_of(const struct print_ctx *ctx, enum arg_kind kind)
{
	return print_arg(ctx, call_arg_index(ctx->call, kind));
}

bool print_failed(const struct print_ctx *ctx)
{
	return ctx->exiting && ctx->result < 0 && ctx->result >= -4095;
}

bool print_fetch(const struct print_ctx *ctx, uint64_t addr, void *object,
		 size_t size)
{
	if (addr && mem_read_all(ctx->mem, addr, object, size))
		return true;
	print_addr(ctx->out, addr);
	return false;
}

size_t print_word_size(const struct print_ctx *ctx)
{
	return ctx->call->narrow ? sizeof(uint32_t) : sizeof(uint64_t);
}

size_t print_words(const struct print_ctx *ctx, uint64_t addr, uint64_t *words,
		   size_t count)
{
	size_t size = print_word_size(ctx);
	size_t got = mem_read(ctx->mem, addr, words, count * size) / size;
	uint32_t half;

	/* From the last on: each takes the room of two. */
	for (size_t i = got; ctx->call->narrow && i-- > 0;) {
		memcpy(&half, (char *)words + i * size, sizeof(half));
		words[i] = half;
	}
	return got;
}

bool print_fetch_out(const struct print_ctx *ctx, uint64_t addr, void *object,
		     size_t size)
{
	if (!print_failed(ctx))
		return print_fetch(ctx, addr, object, size);
	print_addr(ctx->out, addr);
	return false;
}

void print_array(const struct print_ctx *ctx, uint64_t addr, uint64_t count,
		 size_t size,
		 void (*element)(const struct print_ctx *ctx,
				 const void *object, void *owner),
		 void *owner)
{
	uint64_t shown = MIN(count, ctx->options->string_limit);
	_Alignas(16) char object[ELEMENT_MAX];
	uint64_t bytes, end;

	if (!addr || __builtin_mul_overflow(count, size, &bytes) ||
	    __builtin_add_overflow(addr, bytes, &end)) {
		print_addr(ctx->out, addr);
		return;
	}
	for (uint64_t i = 0; i < shown; i++) {
		uint64_t at = addr + i * size;

		if (mem_read_all(ctx->mem, at, object, size)) {
			buf_str(ctx->out, i ? ", " : "[");
			element(ctx, object, owner);
		} else if (i) {
			buf_printf(ctx->out, ", ... /* %#" PRIx64 " */]", at);
			return;
		} else {
			print_addr(ctx->out, addr);
			return;
		}
	}
	if (!shown)
		buf_char(ctx->out, '[');
	if (shown < count)
		buf_str(ctx->out, shown ? ", ..." : "...");
	buf_char(ctx->out, ']');
}
