/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Mounting, the old way and the new; quota. */
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mount.h>
#include <linux/dqblk_xfs.h>
#include <linux/quota.h>
#include <sys/param.h>

#include "syscall/print_command.h"

/* ---- mount ---- */

enum {
	TYPELESS = 0x20 | 0x1000 | 0x2000, /* MS_REMOUNT, MS_BIND, MS_MOVE */
	CHANGES = 0x1e0000, /* MS_UNBINDABLE .. MS_SHARED: how mounts spread */
	MORE_SHOWN = 4096,
};

/* A name, where the flags say that it is looked at. */
static void add_mount_text(const struct print_ctx *ctx, uint64_t addr,
			   uint64_t unused)
{
	if (print_arg_of(ctx, ARG_MOUNT_FLAGS) & unused)
		print_addr(ctx->out, addr);
	else
		print_string(ctx, addr);
}

void print_mount_type(const struct print_ctx *ctx, uint64_t value)
{
	add_mount_text(ctx, value, TYPELESS | CHANGES);
}

void print_mount_data(const struct print_ctx *ctx, uint64_t value)
{
	add_mount_text(ctx, value, 0x1000 | 0x2000 | CHANGES);
}

/* What a newer kernel knows more of. */
static void add_more(const struct print_ctx *ctx, uint64_t addr, uint64_t from,
		     uint64_t size)
{
	unsigned char bytes[MORE_SHOWN];
	size_t len = MIN(size - from, MORE_SHOWN);
	bool zero = true;

	if (!mem_read_all(ctx->mem, addr + from, bytes, len)) {
		buf_str(ctx->out, ", ???");
		return;
	}
	for (size_t i = 0; i < len; i++)
		zero &= !bytes[i];
	if (zero)
		return;
	buf_printf(ctx->out, ", /* bytes %" PRIu64 "..%" PRIu64 " */ ", from,
		   size - 1);
	print_quoted_hex(ctx->out, bytes, MIN(len, ctx->options->string_limit));
	if (len > ctx->options->string_limit)
		buf_str(ctx->out, "...");
}

void print_mount_attr_in(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, ctx->arg + 1);
	struct mount_attr attr;

	if (size < sizeof(attr)) {
		print_addr(ctx->out, value);
		return;
	}
	if (!print_fetch(ctx, value, &attr, sizeof(attr)))
		return;
	buf_char(ctx->out, '{');
	print_fields(ctx, STRUCT_mount_attr, &attr, sizeof(attr), false);
	if (size > sizeof(attr))
		add_more(ctx, value, sizeof(attr), size);
	buf_char(ctx->out, '}');
}

/* ---- fsconfig ---- */

void print_fsconfig_key(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_FSCONFIG_CMD) <= FSCONFIG_SET_FD)
		print_string(ctx, value);
	else
		print_addr(ctx->out, value);
}

void print_fsconfig_value(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, ctx->arg + 1);

	switch (print_arg_of(ctx, ARG_FSCONFIG_CMD)) {
	case FSCONFIG_SET_STRING:
		print_string(ctx, value);
		break;
	case FSCONFIG_SET_BINARY:
		if ((int)size < 0)
			print_addr(ctx->out, value);
		else
			print_bytes_hex_at(ctx, value, size);
		break;
	case FSCONFIG_SET_PATH:
	case FSCONFIG_SET_PATH_EMPTY:
		print_path(ctx, value);
		break;
	default:
		print_addr(ctx->out, value);
		break;
	}
}

void print_fsconfig_aux(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = print_arg_of(ctx, ARG_FSCONFIG_CMD);

	if (command == FSCONFIG_SET_PATH || command == FSCONFIG_SET_PATH_EMPTY)
		print_dirfd(ctx, value);
	else
		print_signed(ctx, value);
}

/* ---- quota ---- */

static uint64_t quota_command(const struct print_ctx *ctx)
{
	enum arg_kind kind = ARG_QUOTA_CMD;

	return (uint32_t)print_arg_of(ctx, kind) >> SUBCMDSHIFT;
}

void print_quota_cmd(const struct print_ctx *ctx, uint64_t value)
{
	buf_str(ctx->out, "QCMD(");
	const_add(ctx->out, &consts_quota_cmds, (uint32_t)value >> SUBCMDSHIFT);
	buf_str(ctx->out, ", ");
	const_add(ctx->out, &consts_quota_types, value & SUBCMDMASK);
	buf_char(ctx->out, ')');
}

/* A user, or a format; most commands have none. */
void print_quota_id(const struct print_ctx *ctx, uint64_t value)
{
	switch (quota_command(ctx)) {
	case Q_QUOTAON:
		const_add(ctx->out, &consts_quota_formats, value);
		break;
	case Q_QUOTAOFF:
	case Q_GETFMT:
	case Q_GETINFO:
	case Q_SETINFO:
	case Q_SYNC:
	case Q_XQUOTAON:
	case Q_XQUOTAOFF:
	case Q_XQUOTARM:
	case Q_XGETQSTAT:
	case Q_XGETQSTATV:
	case Q_XQUOTASYNC:
		break;
	default:
		print_uid(ctx, value);
		break;
	}
}

void print_quota_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = quota_command(ctx);

	if (!print_command_arg(ctx, COMMANDS_QUOTA, command, value) &&
	    !command_find(COMMANDS_QUOTA, command))
		print_addr(ctx->out, value);
}
