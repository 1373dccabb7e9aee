/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Commands and what is behind them: the rows of commands.def. */
#include "syscall/print_command.h"

#include <asm/termbits.h>
#include <inttypes.h>
#include <linux/blkpg.h>
#include <linux/bpf.h>
#include <linux/dqblk_xfs.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/if_packet.h>
#include <linux/loop.h>
#include <linux/quota.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct command_def commands[] = {
#define OUT true
#define IN  false
#define COMMAND(set, command, direction, sort, id)                             \
	{ COMMANDS_##set, command, direction, COMMAND_##sort, STRUCT_##id },
#include "syscall/commands.def"
#undef COMMAND
#undef OUT
#undef IN
};

const struct command_def *command_find(enum command_set set, uint64_t command)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (commands[i].set == set && commands[i].command == command)
			return &commands[i];
	return NULL;
}

/* Which argument is the command of the one of this kind. */
static const struct {
	enum arg_kind kind;
	enum command_set set;
	int arg;
	uint32_t mask; /* of the command's bits */
	unsigned int shift;
} places[] = {
	{ ARG_MSGCTL_ARG, COMMANDS_MSGCTL, 1, ~0x100U, 0 },
	{ ARG_SHMCTL_ARG, COMMANDS_SHMCTL, 1, ~0x100U, 0 },
	{ ARG_SEMCTL_ARG, COMMANDS_SEMCTL, 2, ~0x100U, 0 },
	{ ARG_IOCTL_ARG, COMMANDS_IOCTL, 1, ~0U, 0 },
	{ ARG_QUOTA_ARG, COMMANDS_QUOTA, 0, ~0U, SUBCMDSHIFT },
};

bool print_command_reads(const struct call *call, enum arg_kind kind)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		const struct command_def *def;
		int arg = places[i].arg;

		if (places[i].kind != kind)
			continue;
		if (kind == ARG_QUOTA_ARG)
			arg = call_arg_index(call, ARG_QUOTA_CMD);
		def = command_find(places[i].set, ((uint32_t)call->args[arg] &
						   places[i].mask) >>
							  places[i].shift);
		return def && def->out;
	}
	return false;
}

static void add_keyed(const struct print_ctx *ctx,
		      const struct command_def *def, uint64_t addr)
{
	_Alignas(16) unsigned char object[STRUCT_SIZE_MAX];
	struct struct_walk walk = { .def = struct_def(def->id) };

	if (!print_fetch(ctx, addr, object, struct_size(def->id)))
		return;
	if (!def->out || !print_failed(ctx)) {
		print_struct_object(ctx, def->id, object, struct_size(def->id));
	} else if (struct_walk(&walk)) {
		buf_char(ctx->out, '{');
		print_field(ctx, walk.field, object + walk.offset);
		buf_char(ctx->out, '}');
	}
}

bool print_command_arg(const struct print_ctx *ctx, enum command_set set,
		       uint64_t command, uint64_t value)
{
	const struct command_def *def = command_find(set, command);

	if (!def || def->sort == COMMAND_NONE)
		return false;
	if (def->out && print_failed(ctx) && def->sort != COMMAND_KEYED) {
		print_addr(ctx->out, value);
		return true;
	}
	switch (def->sort) {
	case COMMAND_NONE:
		break;
	case COMMAND_HEX:
		print_hex(ctx, value);
		break;
	case COMMAND_DECIMAL:
	case COMMAND_FD:
		print_fd(ctx, value);
		break;
	case COMMAND_WIDE:
		buf_printf(ctx->out, "%" PRIu64, value);
		break;
	case COMMAND_SIGNAL:
		print_signal_number(ctx->out, (int)value);
		break;
	case COMMAND_POINTER:
		print_addr(ctx->out, value);
		break;
	case COMMAND_STRING:
		print_path(ctx, value);
		break;
	case COMMAND_STRUCT:
		print_struct_at(ctx, value, def->id);
		break;
	case COMMAND_ITEM:
		print_struct_array(ctx, value, 1, def->id);
		break;
	case COMMAND_PAIR:
		print_struct_array(ctx, value, 2, def->id);
		break;
	case COMMAND_KEYED:
		add_keyed(ctx, def, value);
		break;
	case COMMAND_BYTE:
		print_bytes_at(ctx, value, 1);
		break;
	case COMMAND_FLUSH:
		const_add(ctx->out, &consts_term_flushes, value);
		break;
	case COMMAND_FLOW:
		const_add(ctx->out, &consts_term_flows, value);
		break;
	case COMMAND_TERMIOS:
		print_termios_at(ctx, value);
		break;
	case COMMAND_TERMIO:
		print_termio_at(ctx, value);
		break;
	}
	return true;
}
