/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Asynchronous input and output. */
#include <inttypes.h>
#include <linux/aio_abi.h>
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
