/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* io_uring: what its three calls point to. io_uring_register(2) */
#include <inttypes.h>
#include <linux/io_uring.h>
#include <stddef.h>
#include <string.h>

#include "syscall/print_struct.h"

/* ---- io_uring_setup ---- */

/* What the program asks for, then what it got. */
static void add_uring_request(const struct print_ctx *ctx,
			      const struct io_uring_params *params)
{
	struct buf *out = ctx->out;

	buf_str(out, "{flags=");
	const_add_flags(out, &consts_uring_setup_flags, params->flags);
	buf_printf(out, ", sq_thread_cpu=%#x, sq_thread_idle=%u",
		   params->sq_thread_cpu, params->sq_thread_idle);
	if (params->flags & IORING_SETUP_ATTACH_WQ)
		buf_printf(out, ", wq_fd=%d", (int)params->wq_fd);
}

static void add_uring_answer(const struct print_ctx *ctx,
			     const struct io_uring_params *params)
{
	struct buf *out = ctx->out;

	buf_printf(out, ", sq_entries=%u, cq_entries=%u, features=",
		   params->sq_entries, params->cq_entries);
	const_add_flags(out, &consts_uring_features, params->features);
	buf_str(out, ", sq_off=");
	print_struct_object(ctx, STRUCT_io_sqring_offsets, &params->sq_off,
			    sizeof(params->sq_off));
	buf_printf(out,
		   ", cq_off={head=%u, tail=%u, ring_mask=%u, "
		   "ring_entries=%u, overflow=%u, cqes=%u, flags=%u}",
		   params->cq_off.head, params->cq_off.tail,
		   params->cq_off.ring_mask, params->cq_off.ring_entries,
		   params->cq_off.overflow, params->cq_off.cqes,
		   params->cq_off.flags);
}

void print_uring_params(const struct print_ctx *ctx, uint64_t value)
{
	struct io_uring_params params;

	if (!print_fetch(ctx, value, &params, sizeof(params)))
		return;
	add_uring_request(ctx, &params);
	if (!print_failed(ctx))
		add_uring_answer(ctx, &params);
	buf_char(ctx->out, '}');
}

/* ---- io_uring_register ---- */

/* What an operation's argument is. */
enum uring_sort {
	URING_VECTORS,
	URING_NUMBERS, /* descriptors */
	URING_FILES,   /* descriptors at a place of the table */
	URING_RESTRICTIONS,
	URING_RESOURCES,    /* a new table */
	URING_REPLACEMENTS, /* a part of it */
	URING_CPUS,
	URING_WORKERS,
	URING_RINGS,
	URING_BUFFERS,
};

static const struct {
	uint32_t operation;
	enum uring_sort sort;
	bool vectors; /* resources are buffers, not files */
} operations[] = {
	{ IORING_REGISTER_BUFFERS, URING_VECTORS, false },
	{ IORING_REGISTER_FILES, URING_NUMBERS, false },
	{ IORING_REGISTER_EVENTFD, URING_NUMBERS, false },
	{ IORING_REGISTER_EVENTFD_ASYNC, URING_NUMBERS, false },
	{ IORING_REGISTER_FILES_UPDATE, URING_FILES, false },
	{ IORING_REGISTER_RESTRICTIONS, URING_RESTRICTIONS, false },
	{ IORING_REGISTER_FILES2, URING_RESOURCES, false },
	{ IORING_REGISTER_BUFFERS2, URING_RESOURCES, true },
	{ IORING_REGISTER_FILES_UPDATE2, URING_REPLACEMENTS, false },
	{ IORING_REGISTER_BUFFERS_UPDATE, URING_REPLACEMENTS, true },
	{ IORING_REGISTER_IOWQ_AFF, URING_CPUS, false },
	{ IORING_REGISTER_IOWQ_MAX_WORKERS, URING_WORKERS, false },
	{ IORING_REGISTER_RING_FDS, URING_RINGS, false },
	{ IORING_UNREGISTER_RING_FDS, URING_RINGS, false },
	{ IORING_REGISTER_PBUF_RING, URING_BUFFERS, false },
	{ IORING_UNREGISTER_PBUF_RING, URING_BUFFERS, false },
};

static void add_file(const struct print_ctx *ctx, const void *object,
		     void *owner)
{
	int32_t fd;

	(void)owner;
	memcpy(&fd, object, sizeof(fd));
	if (fd == IORING_REGISTER_FILES_SKIP)
		buf_str(ctx->out, "IORING_REGISTER_FILES_SKIP");
	else
		print_fd_number(ctx->out, fd);
}

static void add_files(const struct print_ctx *ctx, uint64_t addr,
		      uint64_t count)
{
	struct io_uring_files_update update;

	if (!print_fetch(ctx, addr, &update, sizeof(update)))
		return;
	buf_printf(ctx->out, "{offset=%u", update.offset);
	if (update.resv)
		buf_printf(ctx->out, ", resv=%#x", update.resv);
	buf_str(ctx->out, ", fds=");
	print_array(ctx, update.fds, count, sizeof(int32_t), add_file, NULL);
	buf_char(ctx->out, '}');
}

static void add_restriction(const struct print_ctx *ctx, const void *object,
			    void *owner)
{
	const struct io_uring_restriction *one = object;
	struct buf *out = ctx->out;

	(void)owner;
	buf_str(out, "{opcode=");
	const_add(out, &consts_uring_restrictions, one->opcode);
	switch (one->opcode) {
	case IORING_RESTRICTION_REGISTER_OP:
		buf_str(out, ", register_op=");
		const_add(out, &consts_uring_register_ops, one->register_op);
		break;
	case IORING_RESTRICTION_SQE_OP:
		buf_str(out, ", sqe_op=");
		const_add(out, &consts_uring_ops, one->sqe_op);
		break;
	case IORING_RESTRICTION_SQE_FLAGS_ALLOWED:
	case IORING_RESTRICTION_SQE_FLAGS_REQUIRED:
		buf_str(out, ", sqe_flags=");
		const_add_flags(out, &consts_uring_request_flags,
				one->sqe_flags);
		break;
	default:
		buf_printf(out, ", sqe_flags=%#x", one->sqe_flags);
		break;
	}
	buf_char(out, '}');
}

static void add_resources(const struct print_ctx *ctx, uint64_t data,
			  uint64_t tags, uint32_t count, bool vectors)
{
	buf_str(ctx->out, ", data=");
	if (vectors)
		print_iovec_addrs(ctx, data, count);
	else
		print_array(ctx, data, count, sizeof(int32_t), add_file, NULL);
	buf_str(ctx->out, ", tags=");
	print_struct_array(ctx, tags, count, STRUCT_hex_item);
}

static void add_table(const struct print_ctx *ctx, uint64_t addr, uint64_t size,
		      bool vectors)
{
	struct io_uring_rsrc_register table;

	if (size != sizeof(table)) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch(ctx, addr, &table, sizeof(table)))
		return;
	buf_printf(ctx->out, "{nr=%u, flags=", table.nr);
	const_add_flags(ctx->out, &consts_uring_resource_flags, table.flags);
	if (table.resv2)
		buf_printf(ctx->out, ", resv2=%#" PRIx64,
			   (uint64_t)table.resv2);
	add_resources(ctx, table.data, table.tags, table.nr, vectors);
	buf_char(ctx->out, '}');
}

static void add_replacement(const struct print_ctx *ctx, uint64_t addr,
			    uint64_t size, bool vectors)
{
	struct io_uring_rsrc_update2 update;

	if (size != sizeof(update)) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch(ctx, addr, &update, sizeof(update)))
		return;
	buf_printf(ctx->out, "{offset=%u", update.offset);
	if (update.resv)
		buf_printf(ctx->out, ", resv=%#x", update.resv);
	add_resources(ctx, update.data, update.tags, update.nr, vectors);
	buf_printf(ctx->out, ", nr=%u", update.nr);
	if (update.resv2)
		buf_printf(ctx->out, ", resv2=%#x", update.resv2);
	buf_char(ctx->out, '}');
}

static void add_worker(const struct print_ctx *ctx, const void *object,
		       void *owner)
{
	uint64_t *index = owner;
	const char *name = const_name(&consts_uring_workers, *index);
	uint32_t count;

	memcpy(&count, object, sizeof(count));
	if (name)
		buf_printf(ctx->out, "[%s]=%u", name, count);
	else
		buf_printf(ctx->out, "[%" PRIu64 " /* %s */]=%u", *index,
			   consts_uring_workers.unknown, count);
	++*index;
}

/* The engine refuses the call: nothing is ever returned. */
static void add_workers(const struct print_ctx *ctx, uint64_t addr,
			uint64_t count)
{
	uint64_t index = 0;

	print_array(ctx, addr, count, sizeof(uint32_t), add_worker, &index);
	buf_str(ctx->out, " => ");
	print_addr(ctx->out, addr);
}

static void add_ring(const struct print_ctx *ctx, const void *object,
		     void *owner)
{
	const struct io_uring_rsrc_update *ring = object;

	buf_printf(ctx->out, "{offset=%u", ring->offset);
	if (ring->resv)
		buf_printf(ctx->out, ", resv=%#x", ring->resv);
	if (owner)
		buf_printf(ctx->out, ", data=%d", (int)ring->data);
	else
		buf_printf(ctx->out, ", data=%#" PRIx64, (uint64_t)ring->data);
	buf_char(ctx->out, '}');
}

void print_uring_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t count = (uint32_t)print_arg(ctx, ctx->arg + 1);
	uint32_t operation = (uint32_t)print_arg_of(ctx, ARG_URING_OP);
	bool registering = operation == IORING_REGISTER_RING_FDS;
	size_t i = 0;

	while (i < sizeof(operations) / sizeof(*operations) &&
	       operations[i].operation != operation)
		i++;
	if (i == sizeof(operations) / sizeof(*operations)) {
		print_addr(ctx->out, value);
		return;
	}
	switch (operations[i].sort) {
	case URING_VECTORS:
		print_iovec_addrs(ctx, value, count);
		break;
	case URING_NUMBERS:
		print_struct_array(ctx, value, count, STRUCT_int_item);
		break;
	case URING_FILES:
		add_files(ctx, value, count);
		break;
	case URING_RESTRICTIONS:
		print_array(ctx, value, count,
			    sizeof(struct io_uring_restriction),
			    add_restriction, NULL);
		break;
	case URING_RESOURCES:
		add_table(ctx, value, count, operations[i].vectors);
		break;
	case URING_REPLACEMENTS:
		add_replacement(ctx, value, count, operations[i].vectors);
		break;
	case URING_CPUS:
		print_cpu_set(ctx, value, count);
		break;
	case URING_WORKERS:
		add_workers(ctx, value, count);
		break;
	case URING_RINGS:
		print_array(ctx, value, count,
			    sizeof(struct io_uring_rsrc_update), add_ring,
			    registering ? &registering : NULL);
		break;
	case URING_BUFFERS:
		print_struct_at(ctx, value, STRUCT_io_uring_buf_reg);
		break;
	}
}
