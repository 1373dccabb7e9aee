/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fcntl and ioctl: what the argument is depends on the command. */
#include <inttypes.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

#include "syscall/names.h"
#include "syscall/printers.h"

/* ---- fcntl ---- */

enum fcntl_sort {
	SORT_HEX,
	SORT_NONE,
	SORT_NUMBER,
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
	{ F_SETFD, SORT_FLAGS, &consts_fd_flags, NULL, NULL },
	{ F_GETFL, SORT_NONE, NULL, "flags ", &consts_open_flags },
	{ F_SETFL, SORT_OPEN_FLAGS, NULL, NULL, NULL },
	{ F_GETLEASE, SORT_NONE, NULL, "", &consts_lock_types },
	{ F_SETLEASE, SORT_CONSTANT, &consts_lock_types, NULL, NULL },
	{ F_GET_SEALS, SORT_NONE, NULL, "seals ", &consts_seal_flags },
	{ F_ADD_SEALS, SORT_FLAGS, &consts_seal_flags, NULL, NULL },
	{ F_NOTIFY, SORT_FLAGS, &consts_notify_flags, NULL, NULL },
	{ F_DUPFD, SORT_NUMBER, NULL, NULL, NULL },
	{ F_DUPFD_CLOEXEC, SORT_NUMBER, NULL, NULL, NULL },
	{ F_SETOWN, SORT_NUMBER, NULL, NULL, NULL },
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
		buf_printf(out, "%d", (int)value);
		return;
	case SORT_FLAGS:
		const_add_flags(out, def->table, (uint32_t)value);
		return;
	case SORT_CONSTANT:
		const_add(out, def->table, (uint32_t)value);
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
		buf_printf(out, " (%s", def->result);
		print_open_word(out, (uint64_t)result);
		buf_char(out, ')');
	} else if (result || const_name(def->result_table, 0)) {
		buf_printf(out, " (%s", def->result);
		const_add_flags(out, def->result_table, (uint64_t)result);
		buf_char(out, ')');
	}
}

/* ---- ioctl ---- */

/* Two drivers may have given one number two meanings: all names are told. */
void print_ioctl_cmd(const struct print_ctx *ctx, uint64_t value)
{
	static const char *const directions[] = {
		"_IOC_NONE",
		"_IOC_WRITE",
		"_IOC_READ",
		"_IOC_READ|_IOC_WRITE",
	};
	const struct const_table *table = &consts_ioctl_cmds;
	uint32_t command = (uint32_t)value;
	const char *separator = "";

	for (size_t i = 0; i < table->count; i++) {
		if (table->items[i].value != command)
			continue;
		buf_printf(ctx->out, "%s%s", separator, table->items[i].name);
		separator = " or ";
	}
	if (*separator)
		return;
	buf_printf(ctx->out, "_IOC(%s, %#x, %#x, %#x)",
		   directions[_IOC_DIR(command)], _IOC_TYPE(command),
		   _IOC_NR(command), _IOC_SIZE(command));
}

enum ioctl_sort {
	IOCTL_OTHER,
	IOCTL_NO_ARG,
	IOCTL_FD,
	IOCTL_INT_IN,
	IOCTL_INT_OUT,
	IOCTL_WINSIZE_IN,
	IOCTL_WINSIZE_OUT,
};

static enum ioctl_sort ioctl_sort(uint64_t command)
{
	static const struct {
		uint32_t command;
		enum ioctl_sort sort;
	} sorts[] = {
		{ FIONBIO, IOCTL_INT_IN },
		{ FIOASYNC, IOCTL_INT_IN },
		{ FIOSETOWN, IOCTL_INT_IN },
		{ SIOCSPGRP, IOCTL_INT_IN },
		{ TIOCSPGRP, IOCTL_INT_IN },
		{ FIONREAD, IOCTL_INT_OUT },
		{ TIOCGPGRP, IOCTL_INT_OUT },
		{ TIOCGSID, IOCTL_INT_OUT },
		{ TIOCGPTN, IOCTL_INT_OUT },
		{ TIOCSPTLCK, IOCTL_INT_IN },
		{ TIOCGWINSZ, IOCTL_WINSIZE_OUT },
		{ TIOCSWINSZ, IOCTL_WINSIZE_IN },
		{ FIOCLEX, IOCTL_NO_ARG },
		{ FIONCLEX, IOCTL_NO_ARG },
		{ TIOCNOTTY, IOCTL_NO_ARG },
		{ FICLONE, IOCTL_FD },
	};

	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++)
		if (sorts[i].command == command)
			return sorts[i].sort;
	return IOCTL_OTHER;
}

bool print_ioctl_reads(uint64_t command)
{
	enum ioctl_sort sort = ioctl_sort(command);

	return sort == IOCTL_INT_OUT || sort == IOCTL_WINSIZE_OUT;
}

void print_ioctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint16_t size[4];
	int32_t number;

	switch (ioctl_sort(print_arg(ctx, 1))) {
	case IOCTL_NO_ARG:
		return;
	case IOCTL_FD:
		print_fd(ctx, value);
		return;
	case IOCTL_INT_IN:
	case IOCTL_INT_OUT:
		if (print_fetch_out(ctx, value, &number, sizeof(number)))
			buf_printf(ctx->out, "[%d]", number);
		return;
	case IOCTL_WINSIZE_IN:
	case IOCTL_WINSIZE_OUT:
		if (print_fetch_out(ctx, value, size, sizeof(size)))
			buf_printf(ctx->out,
				   "{ws_row=%u, ws_col=%u, ws_xpixel=%u, "
				   "ws_ypixel=%u}",
				   size[0], size[1], size[2], size[3]);
		return;
	case IOCTL_OTHER:
		print_hex(ctx, value);
		return;
	}
}
