/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Arguments that are numbers, flags or constants: nothing is read. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "syscall/printers.h"

enum {
	HUGE_SHIFT = 26, /* MAP_HUGE_SHIFT, MFD_HUGE_SHIFT */
	HUGE_MASK = 0x3f,
	OPEN_TMPFILE = 020000000, /* __O_TMPFILE without its O_DIRECTORY */
	STATX_SYNC_TYPE = 0x6000, /* AT_STATX_SYNC_TYPE */
	MREMAP_PLACED = 6,	  /* MREMAP_FIXED|MREMAP_DONTUNMAP */
};

void print_signed(const struct print_ctx *ctx, uint64_t value)
{
	buf_printf(ctx->out, "%" PRId64, (int64_t)value);
}

void print_unsigned(const struct print_ctx *ctx, uint64_t value)
{
	buf_printf(ctx->out, "%" PRIu64, value);
}

void print_hex(const struct print_ctx *ctx, uint64_t value)
{
	buf_printf(ctx->out, "%#" PRIx64, value);
}

void print_addr(struct buf *out, uint64_t addr)
{
	if (addr)
		buf_printf(out, "%#" PRIx64, addr);
	else
		buf_str(out, "NULL");
}

void print_pointer(const struct print_ctx *ctx, uint64_t value)
{
	print_addr(ctx->out, value);
}

void print_fd(const struct print_ctx *ctx, uint64_t value)
{
	print_fd_number(ctx->out, (int)value);
}

void print_dirfd(const struct print_ctx *ctx, uint64_t value)
{
	if ((int)value != AT_FDCWD) {
		print_fd(ctx, value);
		return;
	}
	if (const_begin_as(ctx->out, "-100")) {
		buf_str(ctx->out, "AT_FDCWD");
		const_end(ctx->out);
	}
	print_describe_fd(ctx->out, AT_FDCWD);
}

void print_uid(const struct print_ctx *ctx, uint64_t value)
{
	if ((uint32_t)value == UINT32_MAX)
		buf_str(ctx->out, "-1");
	else
		buf_printf(ctx->out, "%" PRIu32, (uint32_t)value);
}

/* ---- modes and devices ---- */

void print_mode(const struct print_ctx *ctx, uint64_t value)
{
	buf_printf(ctx->out, "%#03o", (unsigned int)value & 0xffff);
}

void print_mode_creat(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t flags = print_arg_of(ctx, ARG_OPEN_FLAGS);

	if (flags & (O_CREAT | OPEN_TMPFILE))
		print_mode(ctx, value);
}

void print_symbolic_mode(struct buf *out, unsigned int mode)
{
	static const struct {
		unsigned int type;
		const char *name;
	} types[] = {
		{ S_IFREG, "S_IFREG|" },   { S_IFDIR, "S_IFDIR|" },
		{ S_IFLNK, "S_IFLNK|" },   { S_IFCHR, "S_IFCHR|" },
		{ S_IFBLK, "S_IFBLK|" },   { S_IFIFO, "S_IFIFO|" },
		{ S_IFSOCK, "S_IFSOCK|" },
	};
	unsigned int rest = mode & ~07777u;
	char number[16];

	snprintf(number, sizeof(number), "%#03o", mode);
	if (!const_begin_as(out, number))
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if ((mode & S_IFMT) != types[i].type)
			continue;
		buf_str(out, types[i].name);
		rest &= ~(unsigned int)S_IFMT;
	}
	buf_printf(out, "%s%s%s%#03o", mode & S_ISUID ? "S_ISUID|" : "",
		   mode & S_ISGID ? "S_ISGID|" : "",
		   mode & S_ISVTX ? "S_ISVTX|" : "", rest | (mode & 0777));
	const_end(out);
}

void print_mode_nod(const struct print_ctx *ctx, uint64_t value)
{
	print_symbolic_mode(ctx->out, (unsigned int)value & 0xffff);
}

/* The kernel's new_decode_dev(), not the C library's makedev(). */
void print_device(struct buf *out, uint64_t dev)
{
	buf_printf(out, "makedev(%#x, %#x)", (unsigned int)(dev >> 8 & 0xfff),
		   (unsigned int)((dev & 0xff) | (dev >> 12 & 0xfff00)));
}

void print_dev(const struct print_ctx *ctx, uint64_t value)
{
	int mode_at = call_arg_index(ctx->call, ARG_MODE_NOD);

	if (mode_at >= 0) {
		uint64_t mode = ctx->call->args[mode_at];

		if (!S_ISCHR(mode) && !S_ISBLK(mode))
			return;
	}
	print_device(ctx->out, (uint32_t)value);
}

void print_nothing(const struct print_ctx *ctx, uint64_t value)
{
	(void)ctx;
	(void)value;
}

void print_mremap_to(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_MREMAP_FLAGS) & MREMAP_PLACED)
		print_addr(ctx->out, value);
}

/* ---- constants and flags ---- */

static const struct const_table *table_of(const struct print_ctx *ctx)
{
	return consts_of_kind(ctx->call->def->args[ctx->arg].kind);
}

/* Registers come sign-extended; an int's flags have 32 bits. */
static uint64_t flag_bits(const struct print_ctx *ctx, uint64_t value)
{
	enum arg_kind kind = ctx->call->def->args[ctx->arg].kind;

	return arg_kind_def(kind)->width == WIDTH_64 ? value : (uint32_t)value;
}

void print_constant(const struct print_ctx *ctx, uint64_t value)
{
	const_add(ctx->out, table_of(ctx), flag_bits(ctx, value));
}

void print_flags(const struct print_ctx *ctx, uint64_t value)
{
	const_add_flags(ctx->out, table_of(ctx), flag_bits(ctx, value));
}

void print_open_word(struct buf *out, uint64_t flags)
{
	uint64_t rest = flags & ~(uint64_t)O_ACCMODE;

	if (!const_begin(out, flags))
		return;
	buf_str(out, const_name(&consts_open_modes, flags & O_ACCMODE));
	const_add_names(out, &consts_open_flags, &rest, true);
	const_add_rest(out, NULL, rest, true);
	const_end(out);
}

void print_ipc_key(const struct print_ctx *ctx, uint64_t value)
{
	if (value)
		print_hex(ctx, value);
	else if (const_begin(ctx->out, 0)) {
		buf_str(ctx->out, "IPC_PRIVATE");
		const_end(ctx->out);
	}
}

/* Flags and a mode in one word: IPC_CREAT|0600 */
void print_ipc_flags(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t rest = (uint32_t)value & ~0777U;
	bool any;

	if (!const_begin(ctx->out, (uint32_t)value))
		return;
	any = const_add_names(ctx->out, table_of(ctx), &rest, false) > 0;
	if (rest)
		const_add_rest(ctx->out, table_of(ctx)->unknown, rest, any);
	if (any || rest)
		buf_char(ctx->out, '|');
	print_mode(ctx, value & 0777);
	const_end(ctx->out);
}

void print_open_flags(const struct print_ctx *ctx, uint64_t value)
{
	print_open_word(ctx->out, flag_bits(ctx, value));
}

void print_statx_flags(const struct print_ctx *ctx, uint64_t value)
{
	const struct const_table *table = table_of(ctx);
	uint64_t rest = flag_bits(ctx, value);
	bool any = !(rest & STATX_SYNC_TYPE);

	if (!const_begin(ctx->out, rest))
		return;
	if (any)
		buf_str(ctx->out, const_name(table, 0));
	if (const_add_names(ctx->out, table, &rest, any))
		any = true;
	const_add_rest(ctx->out, table->unknown, rest, any);
	const_end(ctx->out);
}

/* Flags of which the highest six bits are the logarithm of a page size. */
static void add_huge(const struct print_ctx *ctx, uint64_t value, bool any,
		     const char *name)
{
	const struct const_table *table = table_of(ctx);
	uint64_t rest = flag_bits(ctx, value);
	unsigned int huge = rest >> HUGE_SHIFT & HUGE_MASK;

	rest &= ~((uint64_t)HUGE_MASK << HUGE_SHIFT);
	if (const_add_names(ctx->out, table, &rest, any))
		any = true;
	if (rest || !huge)
		const_add_rest(ctx->out, table->unknown, rest, any);
	if (huge)
		buf_printf(ctx->out, "%s%u<<%s", any || rest ? "|" : "", huge,
			   name);
}

void print_huge_flags(const struct print_ctx *ctx, uint64_t value)
{
	if (!const_begin(ctx->out, (uint32_t)value))
		return;
	add_huge(ctx, value, false, "MFD_HUGE_SHIFT");
	const_end(ctx->out);
}

void print_mmap_flags(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t type = 0xf; /* MAP_TYPE */
	const char *name = const_name(&consts_mmap_types, value & type);

	if (!const_begin(ctx->out, (uint32_t)value))
		return;
	if (name)
		buf_str(ctx->out, name);
	else
		buf_printf(ctx->out, "%#" PRIx64 " /* MAP_??? */",
			   value & type);
	add_huge(ctx, (uint32_t)value & ~type, true, "MAP_HUGE_SHIFT");
	const_end(ctx->out);
}

void print_mount_flags(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t magic = 0xC0ED0000, mask = 0xffff0000; /* of old */

	if ((value & mask) != magic) {
		print_flags(ctx, value);
		return;
	}
	buf_str(ctx->out, "MS_MGC_VAL");
	value &= ~mask;
	if (value) {
		buf_char(ctx->out, '|');
		print_flags(ctx, value);
	}
}

/* The class is a number among the flags, and zero has a name. */
void print_fanotify_flags(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t mask = 0xc; /* FAN_ALL_CLASS_BITS */
	uint64_t flags = (uint32_t)value & ~mask;

	const_add(ctx->out, &consts_fanotify_classes, value & mask);
	if (!flags)
		return;
	buf_char(ctx->out, '|');
	const_add_flags(ctx->out, &consts_fanotify_init_flags, flags);
}
