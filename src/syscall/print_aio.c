/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Asynchronous input and output. */
#include <inttypes.h>
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <string.h>

#include "syscall/print_struct.h"

/* ---- aio ---- */

/* How much of a request an operation looks at. */
enum iocb_use { IOCB_BARE, IOCB_OTHER, IOCB_BYTES, IOCB_VECTOR };

static enum iocb_use iocb_use(unsigned int operation)
{
	switch (operation) {
	case IOCB_CMD_PREAD:
	case IOCB_CMD_PWRITE:
		return IOCB_BYTES;
	case IOCB_CMD_PREADV:
	case IOCB_CMD_PWRITEV:
		return IOCB_VECTOR;
	default:
		return IOCB_BARE;
	}
}

static void add_iocb_head(struct buf *out, const struct iocb *iocb)
{
	buf_printf(out, "{aio_data=%#" PRIx64, (uint64_t)iocb->aio_data);
	if (iocb->aio_key)
		buf_printf(out, ", aio_key=%u", iocb->aio_key);
	buf_str(out, ", aio_lio_opcode=");
	if (const_name(&consts_aio_cmds, iocb->aio_lio_opcode))
		const_add(out, &consts_aio_cmds, iocb->aio_lio_opcode);
	else
		buf_printf(out, "%u /* %s */", iocb->aio_lio_opcode,
			   consts_aio_cmds.unknown);
	if (iocb->aio_reqprio)
		buf_printf(out, ", aio_reqprio=%d", iocb->aio_reqprio);
	buf_printf(out, ", aio_fildes=%d", (int)iocb->aio_fildes);
}

static void add_iocb_body(const struct print_ctx *ctx, const struct iocb *iocb)
{
	bool write = iocb->aio_lio_opcode == IOCB_CMD_PWRITE ||
		     iocb->aio_lio_opcode == IOCB_CMD_PWRITEV;
	struct buf *out = ctx->out;

	buf_str(out, ", aio_buf=");
	if (iocb_use(iocb->aio_lio_opcode) == IOCB_VECTOR) {
		print_iovec(ctx, iocb->aio_buf, iocb->aio_nbytes,
			    write ? UINT64_MAX : 0);
	} else {
		if (write)
			print_bytes_at(ctx, iocb->aio_buf, iocb->aio_nbytes);
		else
			print_addr(out, iocb->aio_buf);
		buf_printf(out, ", aio_nbytes=%" PRIu64,
			   (uint64_t)iocb->aio_nbytes);
	}
	buf_printf(out, ", aio_offset=%" PRId64, (int64_t)iocb->aio_offset);
	if (!iocb->aio_flags)
		return;
	buf_str(out, ", aio_flags=");
	const_add_flags(out, &consts_aio_flags, iocb->aio_flags);
	if (iocb->aio_flags & IOCB_FLAG_RESFD)
		buf_printf(out, ", aio_resfd=%d", (int)iocb->aio_resfd);
}

static void add_iocb(const struct print_ctx *ctx, const void *object,
		     void *owner)
{
	struct iocb iocb;
	uint64_t addr;

	(void)owner;
	memcpy(&addr, object, sizeof(addr));
	if (!print_fetch(ctx, addr, &iocb, sizeof(iocb)))
		return;
	add_iocb_head(ctx->out, &iocb);
	if (iocb_use(iocb.aio_lio_opcode) != IOCB_BARE)
		add_iocb_body(ctx, &iocb);
	buf_char(ctx->out, '}');
}

void print_iocbs(const struct print_ctx *ctx, uint64_t value)
{
	int64_t count = (int64_t)print_arg(ctx, 1);

	print_array(ctx, value, count < 0 ? UINT32_MAX : (uint64_t)count,
		    sizeof(uint64_t), add_iocb, NULL);
}

void print_iocb(const struct print_ctx *ctx, uint64_t value)
{
	struct iocb iocb;

	if (!print_fetch(ctx, value, &iocb, sizeof(iocb)))
		return;
	add_iocb_head(ctx->out, &iocb);
	buf_char(ctx->out, '}');
}

void print_io_events(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_struct_array(ctx, value, (uint64_t)ctx->result,
				   STRUCT_io_event);
}

/* ---- io_uring ---- */

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

void print_uring_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t count = print_arg(ctx, ctx->arg + 1);

	switch ((unsigned int)print_arg_of(ctx, ARG_URING_OP)) {
	case IORING_REGISTER_BUFFERS:
		print_iovec_addrs(ctx, value, count);
		break;
	case IORING_REGISTER_FILES:
	case IORING_REGISTER_EVENTFD:
	case IORING_REGISTER_EVENTFD_ASYNC:
		print_struct_array(ctx, value, count, STRUCT_int_item);
		break;
	default:
		print_addr(ctx->out, value);
		break;
	}
}
