/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fcntl: what the argument is depends on the command. */
#include <inttypes.h>
#include <linux/fcntl.h>

#include "syscall/names.h"
#include "syscall/printers.h"

enum fcntl_sort {
	SORT_HEX,
	SORT_NONE,
	SORT_NUMBER,
	SORT_FLAGS_32,
	SORT_PROCESS, /* its number, or minus that of a group */
	SORT_FLAGS,
	SORT_CONSTANT,
	SORT_OPEN_FLAGS,
	SORT_SIGNAL,
	SORT_LOCK,
	SORT_LOCK_OUT,
	SORT_OWNER,
	SORT_OWNER_OUT,
	SORT_POINTER,
};

/* The commands whose argument or result is more than a number. */
static const struct fcntl_def {
	unsigned int command;
	enum fcntl_sort sort;		 /* of the argument */
	const struct const_table *table; /* for _FLAGS and _CONSTANT */
	const char *result;		 /* NULL: just a number */
	const struct const_table *result_table;
} fcntls[] = {
	{ F_GETFD, SORT_NONE, NULL, "flags ", &consts_fd_flags },
	{ F_SETFD, SORT_FLAGS_32, &consts_fd_flags, NULL, NULL },
	{ F_GETFL, SORT_NONE, NULL, "flags ", &consts_open_flags },
	{ F_SETFL, SORT_OPEN_FLAGS, NULL, NULL, NULL },
	{ F_GETLEASE, SORT_NONE, NULL, "", &consts_lock_types },
	{ F_SETLEASE, SORT_CONSTANT, &consts_lock_types, NULL, NULL },
	{ F_GET_SEALS, SORT_NONE, NULL, "seals ", &consts_seal_flags },
	{ F_ADD_SEALS, SORT_FLAGS, &consts_seal_flags, NULL, NULL },
	{ F_NOTIFY, SORT_FLAGS, &consts_notify_flags, NULL, NULL },
	{ F_DUPFD, SORT_NUMBER, NULL, NULL, NULL },
	{ F_DUPFD_CLOEXEC, SORT_NUMBER, NULL, NULL, NULL },
	{ F_SETOWN, SORT_PROCESS, NULL, NULL, NULL },
	{ F_SETPIPE_SZ, SORT_NUMBER, NULL, NULL, NULL },
	{ F_GETOWN, SORT_NONE, NULL, NULL, NULL },
	{ F_GETSIG, SORT_NONE, NULL, NULL, NULL },
	{ F_GETPIPE_SZ, SORT_NONE, NULL, NULL, NULL },
	{ F_SETSIG, SORT_SIGNAL, NULL, NULL, NULL },
	{ F_SETLK, SORT_LOCK, NULL, NULL, NULL },
	{ F_SETLKW, SORT_LOCK, NULL, NULL, NULL },
	{ F_OFD_SETLK, SORT_LOCK, NULL, NULL, NULL },
	{ F_OFD_SETLKW, SORT_LOCK, NULL, NULL, NULL },
	{ F_GETLK, SORT_LOCK_OUT, NULL, NULL, NULL },
	{ F_OFD_GETLK, SORT_LOCK_OUT, NULL, NULL, NULL },
	{ F_SETOWN_EX, SORT_OWNER, NULL, NULL, NULL },
	{ F_GETOWN_EX, SORT_OWNER_OUT, NULL, NULL, NULL },
	{ F_GETOWNER_UIDS, SORT_POINTER, NULL, NULL, NULL },
};

static const struct fcntl_def *find_fcntl(uint64_t command)
{
	for (size_t i = 0; i < sizeof(fcntls) / sizeof(*fcntls); i++)
		if (fcntls[i].command == command)
			return &fcntls[i];
	return NULL;
}

bool print_fcntl_reads(uint64_t command)
{
	const struct fcntl_def *def = find_fcntl(command);

	return def &&
	       (def->sort == SORT_LOCK_OUT || def->sort == SORT_OWNER_OUT);
}

struct program_flock {
	int16_t type, whence;
	int32_t pad;
	int64_t start, len;
	int32_t pid, pad2;
};

static void add_flock(const struct print_ctx *ctx, uint64_t addr, bool with_pid)
{
	struct program_flock lock;

	if (ctx->call->narrow) { /* of two layouts, by the command */
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch_out(ctx, addr, &lock, sizeof(lock)))
		return;
	buf_str(ctx->out, "{l_type=");
	const_add(ctx->out, &consts_lock_types, (uint16_t)lock.type);
	buf_str(ctx->out, ", l_whence=");
	const_add(ctx->out, &consts_whence, (uint16_t)lock.whence);
	buf_printf(ctx->out, ", l_start=%" PRId64 ", l_len=%" PRId64,
		   lock.start, lock.len);
	if (with_pid)
		buf_printf(ctx->out, ", l_pid=%d", lock.pid);
	buf_char(ctx->out, '}');
}

static void add_owner(const struct print_ctx *ctx, uint64_t addr)
{
	int32_t owner[2];

	if (!print_fetch_out(ctx, addr, owner, sizeof(owner)))
		return;
	buf_str(ctx->out, "{type=");
	const_add(ctx->out, &consts_owner_types, (uint32_t)owner[0]);
	buf_printf(ctx->out, ", pid=%d}", owner[1]);
}

void print_fcntl_arg(const struct print_ctx *ctx, uint64_t value)
{
	const struct fcntl_def *def = find_fcntl(print_arg(ctx, 1));
	struct buf *out = ctx->out;

	switch (def ? def->sort : SORT_HEX) {
	case SORT_NONE:
		return;
	case SORT_HEX:
		print_hex(ctx, value);
		return;
	case SORT_NUMBER:
		buf_printf(out, "%" PRIu64, value);
		return;
	case SORT_PROCESS:
		buf_printf(out, "%d", (int)value);
		return;
	case SORT_FLAGS_32:
		const_add_flags(out, def->table, (uint32_t)value);
		return;
	case SORT_FLAGS:
		const_add_flags(out, def->table, value);
		return;
	case SORT_CONSTANT:
		const_add(out, def->table, value);
		return;
	case SORT_OPEN_FLAGS:
		print_open_word(out, (uint32_t)value);
		return;
	case SORT_SIGNAL:
		print_signal_number(out, (int)value);
		return;
	case SORT_LOCK:
	case SORT_LOCK_OUT:
		add_flock(ctx, value, def->sort == SORT_LOCK_OUT);
		return;
	case SORT_OWNER:
	case SORT_OWNER_OUT:
		add_owner(ctx, value);
		return;
	case SORT_POINTER:
		print_addr(out, value);
		return;
	}
}

void print_fcntl_result(struct buf *out, const struct call *call,
			int64_t result)
{
	const struct fcntl_def *def = find_fcntl(call->args[1]);

	if (!def || !def->result) {
		buf_printf(out, "%" PRId64, result);
		if (call->args[1] == F_GETSIG && result)
			buf_printf(out, " (%s)", signal_name((int)result));
		return;
	}
	buf_printf(out, "%#" PRIx64, (uint64_t)result);
	if (def->command == F_GETFL) {
		enum const_style before = const_set_style(CONST_NAMES);

		buf_printf(out, " (%s", def->result);
		print_open_word(out, (uint64_t)result);
		buf_char(out, ')');
		const_set_style(before);
	} else if (result || const_name(def->result_table, 0)) {
		buf_printf(out, " (%s", def->result);
		const_add_flags(out, def->result_table, (uint64_t)result);
		buf_char(out, ')');
	}
}
