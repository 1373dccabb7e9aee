/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Lists of numbers: groups, processors, resident pages; file offsets. */
#include <inttypes.h>
#include <string.h>
#include <sys/param.h>
#include <unistd.h>

#include "syscall/print_struct.h"

enum {
	GROUPS_MAX = 65536, /* NGROUPS_MAX of the kernel */
	CPU_BYTES_MAX = 1024,
	PROGRAM_PAGE = 4096,
	LONG_BITS = 64,
};

/* ---- groups ---- */

void print_groups_in(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t count = (uint32_t)print_arg(ctx, 0);

	if (count > GROUPS_MAX)
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, count, STRUCT_id_item);
}

void print_groups_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx) || (!print_arg(ctx, 0) && ctx->result))
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, (uint64_t)ctx->result,
				   STRUCT_id_item);
}

/* ---- processors ---- */

/* "[0 1 5]": the bits that are set of @size bytes. */
void print_cpu_set(const struct print_ctx *ctx, uint64_t addr, uint64_t size)
{
	unsigned char set[CPU_BYTES_MAX];
	const char *separator = "";

	if (size > sizeof(set) || !addr) {
		print_addr(ctx->out, addr);
		return;
	}
	if (size && !print_fetch(ctx, addr, set, size))
		return;
	buf_char(ctx->out, '[');
	for (size_t i = 0; i < size * 8; i++) {
		if (!(set[i / 8] >> i % 8 & 1))
			continue;
		buf_printf(ctx->out, "%s%zu", separator, i);
		separator = " ";
	}
	buf_char(ctx->out, ']');
}

void print_cpus_in(const struct print_ctx *ctx, uint64_t value)
{
	print_cpu_set(ctx, value, (uint32_t)print_arg(ctx, 1));
}

void print_cpus_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_cpu_set(ctx, value, (uint64_t)ctx->result);
}

/* ---- nodes ---- */

static void add_node_word(const struct print_ctx *ctx, const void *object,
			  void *owner)
{
	uint64_t word;

	(void)owner;
	memcpy(&word, object, sizeof(word));
	buf_printf(ctx->out, "%#016" PRIx64, word);
}

/* The mask of NUMA nodes that an argument after it counts in bits, one more
 * than the kernel looks at. */
void print_nodes_in(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t bits = print_arg_of(ctx, ARG_NODE_COUNT);
	uint64_t words = bits ? (bits - 1 + LONG_BITS - 1) / LONG_BITS : 0;

	if (bits - 1 > PROGRAM_PAGE * 8 && bits)
		words = 0;
	if (words || (value && !bits))
		print_array(ctx, value, words, sizeof(uint64_t), add_node_word,
			    NULL);
	else
		print_addr(ctx->out, value);
}

void print_nodes_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx) && print_arg_of(ctx, ARG_NODE_COUNT))
		print_addr(ctx->out, value);
	else
		print_nodes_in(ctx, value);
}

void print_mempolicy_out(const struct print_ctx *ctx, uint64_t value)
{
	uint32_t mode;

	if (!print_fetch_out(ctx, value, &mode, sizeof(mode)))
		return;
	buf_char(ctx->out, '[');
	const_add(ctx->out, &consts_mempolicy_modes, mode);
	buf_char(ctx->out, ']');
}

void print_mempolicy(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t flags = value & 0xe000; /* MPOL_MODE_FLAGS */

	const_add(ctx->out, &consts_mempolicy_modes,
		  (uint32_t)(value & ~flags));
	const_add_names(ctx->out, &consts_mempolicy_mode_flags, &flags, true);
}

/* ---- pages ---- */

static void add_residence(const struct print_ctx *ctx, const void *object,
			  void *owner)
{
	const unsigned char *page = object;

	(void)owner;
	buf_printf(ctx->out, "%d", *page & 1);
}

void print_residence(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, 1);

	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_array(ctx, value,
			    size / PROGRAM_PAGE + (size % PROGRAM_PAGE != 0), 1,
			    add_residence, NULL);
}

/* ---- offsets ---- */

void print_offset_in(const struct print_ctx *ctx, uint64_t value)
{
	int64_t offset;

	if (print_fetch(ctx, value, &offset, sizeof(offset)))
		buf_printf(ctx->out, "[%" PRId64 "]", offset);
}

/* "[3] => [7]" */
void print_offset_moved(const struct print_ctx *ctx, uint64_t value)
{
	if (!ctx->exiting) {
		print_offset_in(ctx, value);
	} else if (value && ctx->result > 0) {
		buf_str(ctx->out, " => ");
		print_offset_in(ctx, value);
	}
}
