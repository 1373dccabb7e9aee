/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Messages, semaphores and shared memory, of System V and POSIX. */
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/sem.h>

#include "syscall/print_command.h"

enum { IPC_64_BIT = 0x100 }; /* of the commands of 32-bit programs */

/* ---- System V ---- */

void print_ipc_cmd(const struct print_ctx *ctx, uint64_t value)
{
	enum arg_kind kind = ctx->call->def->args[ctx->arg].kind;

	if (value & IPC_64_BIT)
		buf_str(ctx->out, "IPC_64|");
	const_add(ctx->out, consts_of_kind(kind),
		  (uint32_t)value & ~(uint32_t)IPC_64_BIT);
}

static uint64_t ipc_command(uint64_t value)
{
	return value & ~(uint64_t)IPC_64_BIT;
}

void print_msgctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = ipc_command(print_arg(ctx, 1));

	if (!print_command_arg(ctx, COMMANDS_MSGCTL, command, value))
		print_addr(ctx->out, value);
}

void print_shmctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = ipc_command(print_arg(ctx, 1));

	if (!print_command_arg(ctx, COMMANDS_SHMCTL, command, value))
		print_addr(ctx->out, value);
}

void print_semctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = ipc_command(print_arg(ctx, 2));

	if (!print_command_arg(ctx, COMMANDS_SEMCTL, command, value))
		print_hex(ctx, value);
}

void print_sembufs(const struct print_ctx *ctx, uint64_t value)
{
	print_struct_array(ctx, value, (uint32_t)print_arg(ctx, 2),
			   STRUCT_sembuf);
}

/* A type, and as many bytes as the next argument or the result says. */
static void add_message(const struct print_ctx *ctx, uint64_t addr,
			uint64_t size)
{
	int64_t type;

	if (!print_fetch(ctx, addr, &type, sizeof(type)))
		return;
	buf_printf(ctx->out, "{mtype=%" PRId64 ", mtext=", type);
	print_bytes_at(ctx, addr + sizeof(type), size);
	buf_char(ctx->out, '}');
}

void print_msgbuf_in(const struct print_ctx *ctx, uint64_t value)
{
	add_message(ctx, value, print_arg(ctx, ctx->arg + 1));
}

void print_msgbuf_out(const struct print_ctx *ctx, uint64_t value)
{
	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		add_message(ctx, value, print_arg(ctx, ctx->arg + 1));
}

/* ---- POSIX ---- */

void print_mq_attr_creat(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t creat = 0100; /* O_CREAT */

	if (print_arg_of(ctx, ARG_OPEN_FLAGS) & creat)
		print_struct(ctx, value, STRUCT_mq_attr);
}

/* Which of its fields are there depends on how is told. */
void print_sigevent(const struct print_ctx *ctx, uint64_t value)
{
	struct {
		uint64_t value;
		int32_t signo, notify;
		union {
			int32_t tid;
			uint64_t function[2];
		};
		char rest[32];
	} event;
	struct buf *out = ctx->out;

	if (!print_fetch(ctx, value, &event, sizeof(event)))
		return;
	buf_char(out, '{');
	if (event.value) {
		buf_str(out, "sigev_value=");
		print_struct_object(ctx, STRUCT_sigval_item, &event.value, 8);
		buf_str(out, ", ");
	}
	buf_str(out, "sigev_signo=");
	if (event.notify == SIGEV_SIGNAL || event.notify == SIGEV_THREAD ||
	    event.notify == SIGEV_THREAD_ID)
		print_signal_number(out, event.signo);
	else
		buf_printf(out, "%u", (unsigned int)event.signo);
	buf_str(out, ", sigev_notify=");
	const_add(out, &consts_sigev_notifies, (uint32_t)event.notify);
	if (event.notify == SIGEV_THREAD_ID) {
		buf_printf(out, ", sigev_notify_thread_id=%d", event.tid);
	} else if (event.notify == SIGEV_THREAD) {
		buf_str(out, ", sigev_notify_function=");
		print_addr(out, event.function[0]);
		buf_str(out, ", sigev_notify_attributes=");
		print_addr(out, event.function[1]);
	}
	buf_char(out, '}');
}
