/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Structures of the file calls, in the abbreviated form that strace gives. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>
#include <sys/stat.h>

#include "base/die.h"
#include "syscall/printers.h"

/* Structures of the x86_64 ABI that this file reads. */

struct program_stat {
	uint64_t dev, ino, nlink;
	uint32_t mode, uid, gid, pad;
	uint64_t rdev;
	int64_t size;
};

struct program_statx {
	uint32_t mask, blksize;
	uint64_t attributes;
	uint32_t nlink, uid, gid;
	uint16_t mode, pad;
	uint64_t ino, size;
};

struct program_statfs {
	uint64_t type, bsize, blocks, bfree, bavail, files, ffree;
	uint32_t fsid[2];
	uint64_t namelen, frsize, flags;
};

struct program_open_how {
	uint64_t flags, mode, resolve;
};

enum {
	DIRENT_RECLEN = 16, /* where both sorts of entries keep their length */
	DIRENT_SMALLEST = 19,
	DIRENTS_MAX = 1 << 20,
	HOW_MAX = 4096, /* the kernel takes no more */
	OPEN_TMPFILE = 020000000,
};

void print_fd_pair(const struct print_ctx *ctx, uint64_t value)
{
	int32_t fds[2];

	if (!print_fetch_out(ctx, value, fds, sizeof(fds)))
		return;
	buf_char(ctx->out, '[');
	print_fd_number(ctx->out, fds[0]);
	buf_str(ctx->out, ", ");
	print_fd_number(ctx->out, fds[1]);
	buf_char(ctx->out, ']');
}

/* ---- openat2 ---- */

/* A newer open_how than we know: what is set in it. */
static void add_how_tail(const struct print_ctx *ctx, uint64_t addr,
			 uint64_t size)
{
	unsigned char tail[HOW_MAX];
	const size_t known = sizeof(struct program_open_how);
	size_t len = MIN(size, HOW_MAX) - known, i;

	if (!mem_read_all(ctx->mem, addr + known, tail, len)) {
		buf_str(ctx->out, ", ???");
		return;
	}
	for (i = 0; i < len && !tail[i]; i++)
		;
	if (i == len)
		return;
	buf_printf(ctx->out, ", /* bytes %zu..%" PRIu64 " */ ", known,
		   size - 1);
	len = MIN(len, ctx->options->string_limit);
	print_quoted_hex(ctx->out, tail, len);
	if (len < size - known)
		buf_str(ctx->out, "...");
}

void print_open_how(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, ctx->arg + 1);
	struct program_open_how how;

	if (size < sizeof(how)) {
		print_addr(ctx->out, value);
		return;
	}
	if (!print_fetch(ctx, value, &how, sizeof(how)))
		return;
	buf_str(ctx->out, "{flags=");
	print_open_word(ctx->out, how.flags);
	if (how.mode || how.flags & (O_CREAT | OPEN_TMPFILE))
		buf_printf(ctx->out, ", mode=%#03" PRIo64, how.mode);
	buf_str(ctx->out, ", resolve=");
	const_add_flags(ctx->out, &consts_resolve_flags, how.resolve);
	if (size > sizeof(how))
		add_how_tail(ctx, value, size);
	buf_char(ctx->out, '}');
}

/* ---- stat ---- */

/* struct stat64 of a 32-bit program */
struct narrow_stat {
	uint64_t dev;
	uint32_t pad, short_ino, mode, nlink, uid, gid;
	uint64_t rdev;
	uint32_t pad2;
	int64_t size;
} __attribute__((packed));

static bool fetch_stat(const struct print_ctx *ctx, uint64_t value,
		       struct program_stat *st)
{
	struct narrow_stat narrow;

	if (!ctx->call->narrow)
		return print_fetch_out(ctx, value, st, sizeof(*st));
	if (!print_fetch_out(ctx, value, &narrow, sizeof(narrow)))
		return false;
	*st = (struct program_stat){
		.mode = narrow.mode,
		.rdev = narrow.rdev,
		.size = narrow.size,
	};
	return true;
}

void print_stat_out(const struct print_ctx *ctx, uint64_t value)
{
	struct program_stat st;

	if (!fetch_stat(ctx, value, &st))
		return;
	buf_str(ctx->out, "{st_mode=");
	print_symbolic_mode(ctx->out, st.mode);
	if (S_ISCHR(st.mode) || S_ISBLK(st.mode))
		buf_printf(ctx->out, ", st_rdev=makedev(%#x, %#x)",
			   (unsigned int)(st.rdev >> 8 & 0xfff),
			   (unsigned int)((st.rdev & 0xff) |
					  (st.rdev >> 12 & 0xfff00)));
	else
		buf_printf(ctx->out, ", st_size=%" PRId64, st.size);
	buf_str(ctx->out, ", ...}");
}

void print_statx_out(const struct print_ctx *ctx, uint64_t value)
{
	struct program_statx stx;

	if (!print_fetch_out(ctx, value, &stx, sizeof(stx)))
		return;
	buf_str(ctx->out, "{stx_mask=");
	const_add_flags(ctx->out, &consts_statx_mask, stx.mask);
	buf_str(ctx->out, ", stx_attributes=");
	const_add_flags(ctx->out, &consts_statx_attributes, stx.attributes);
	buf_str(ctx->out, ", stx_mode=");
	print_symbolic_mode(ctx->out, stx.mode);
	buf_printf(ctx->out, ", stx_size=%" PRIu64 ", ...}", stx.size);
}

void print_statfs_out(const struct print_ctx *ctx, uint64_t value)
{
	struct program_statfs fs;

	if (!print_fetch_out(ctx, value, &fs, sizeof(fs)))
		return;
	buf_str(ctx->out, "{f_type=");
	const_add(ctx->out, &consts_statfs_types, fs.type);
	buf_printf(ctx->out,
		   ", f_bsize=%" PRIu64 ", f_blocks=%" PRIu64
		   ", f_bfree=%" PRIu64 ", f_bavail=%" PRIu64
		   ", f_files=%" PRIu64 ", f_ffree=%" PRIu64
		   ", f_fsid={val=[%#x, %#x]}, f_namelen=%" PRIu64
		   ", f_frsize=%" PRIu64 ", f_flags=",
		   fs.bsize, fs.blocks, fs.bfree, fs.bavail, fs.files, fs.ffree,
		   fs.fsid[0], fs.fsid[1], fs.namelen, fs.frsize);
	const_add_flags(ctx->out, &consts_statfs_flags, fs.flags);
	buf_char(ctx->out, '}');
}

/* ---- directories ---- */

static unsigned int count_entries(const char *entries, size_t len)
{
	unsigned int count = 0;
	size_t at = 0;

	while (len - at >= DIRENT_SMALLEST) {
		uint16_t size;

		memcpy(&size, entries + at + DIRENT_RECLEN, sizeof(size));
		if (size < DIRENT_SMALLEST || size > len - at)
			break;
		at += size;
		count++;
	}
	return count;
}

void print_dirents_out(const struct print_ctx *ctx, uint64_t value)
{
	size_t len;
	char *entries;

	print_addr(ctx->out, value);
	if (print_failed(ctx) || !value)
		return;
	len = MIN((uint64_t)ctx->result, DIRENTS_MAX);
	entries = xmalloc(len);
	if (mem_read_all(ctx->mem, value, entries, len))
		buf_printf(ctx->out, " /* %u entries */",
			   count_entries(entries, len));
	free(entries);
}
