/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Paths of a call, and the flags that say how to walk them. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "base/die.h"
#include "syscall/call_decode.h"

/* openat2(2) */
enum {
	RESOLVE_WITHOUT_SYMLINKS = 0x04,
	RESOLVE_BELOW = 0x08,
	RESOLVE_INSIDE_ROOT = 0x10,
};

/* Which bits of a flags argument speak of a path next to it. */
static const struct path_flags {
	enum arg_kind kind; /* of the flags argument */
	int arg;	    /* index of the path, -1: any */
	uint32_t nofollow, follow, empty;
} path_flags[] = {
	{ ARG_AT_FLAGS, -1, AT_SYMLINK_NOFOLLOW, 0, AT_EMPTY_PATH },
	{ ARG_OPEN_TREE_FLAGS, -1, AT_SYMLINK_NOFOLLOW, 0, AT_EMPTY_PATH },
	{ ARG_FACCESS_FLAGS, -1, AT_SYMLINK_NOFOLLOW, 0, AT_EMPTY_PATH },
	{ ARG_STATX_FLAGS, -1, AT_SYMLINK_NOFOLLOW, 0, AT_EMPTY_PATH },
	{ ARG_LINK_FLAGS, -1, 0, AT_SYMLINK_FOLLOW, AT_EMPTY_PATH },
	{ ARG_UMOUNT_FLAGS, -1, 0x8 /* UMOUNT_NOFOLLOW */, 0, 0 },
	{ ARG_INOTIFY_MASK, -1, 0x02000000 /* IN_DONT_FOLLOW */, 0, 0 },
	{ ARG_FANOTIFY_MARK_FLAGS, -1, 0x4 /* FAN_MARK_DONT_FOLLOW */, 0, 0 },
	{ ARG_FSPICK_FLAGS, -1, 0x2, 0, 0x8 },
	/* MOVE_MOUNT_F_* of the source, MOVE_MOUNT_T_* of the destination */
	{ ARG_MOVE_MOUNT_FLAGS, 1, 0, 0x1, 0x4 },
	{ ARG_MOVE_MOUNT_FLAGS, 3, 0, 0x10, 0x40 },
};

/* How one path is to be taken. */
struct path_mode {
	enum target_kind kind;
	bool null_is_fd, empty_is_fd, beneath;
};

static void apply_flags(const struct call *call, int arg,
			struct path_mode *mode)
{
	for (size_t i = 0; i < sizeof(path_flags) / sizeof(path_flags[0]);
	     i++) {
		const struct path_flags *row = &path_flags[i];
		int at = call_arg_index(call, row->kind);

		if (at < 0 || (row->arg >= 0 && row->arg != arg))
			continue;
		if (call->args[at] & row->nofollow)
			mode->kind = TARGET_LINK;
		if (call->args[at] & row->follow)
			mode->kind = TARGET_PATH;
		/* Since 6.11 a NULL path is an empty one to many calls; to
		 * the others it is EFAULT whatever we say. */
		if (call->args[at] & row->empty)
			mode->empty_is_fd = mode->null_is_fd = true;
	}
}

static void apply_open(const struct call *call, struct path_mode *mode)
{
	uint64_t flags = call->open.flags;

	if ((flags & O_NOFOLLOW) ||
	    (call->open.resolve & RESOLVE_WITHOUT_SYMLINKS))
		mode->kind = TARGET_LINK;
	/* O_EXCL follows no last link; O_PATH drops both. Without O_EXCL a
	 * dangling link is followed, and its target is made. */
	if ((flags & O_CREAT) && (flags & O_EXCL) && !(flags & O_PATH))
		mode->kind = TARGET_NEW;
	mode->beneath =
		call->open.resolve & (RESOLVE_BELOW | RESOLVE_INSIDE_ROOT);
}

static struct path_mode path_mode(const struct call *call, int arg)
{
	enum arg_kind kind = call->def->args[arg].kind;
	struct path_mode mode = { .kind = arg_kind_def(kind)->target };

	if (mode.kind == TARGET_NEW)
		return mode;
	apply_flags(call, arg, &mode);
	if (call->def->classify == CLASSIFY_OPEN_FLAGS)
		apply_open(call, &mode);
	if (kind == ARG_PATH_OR_FD)
		mode.null_is_fd = true;
	if (kind == ARG_PATH_LINK_OR_FD)
		mode.empty_is_fd = true;
	return mode;
}

/* The path at @addr becomes a target, or the descriptor it stands for. */
static void add_path(struct decoder *decoder, int arg, struct path_mode mode,
		     int dirfd, uint64_t addr)
{
	char text[PATH_MAX];
	struct target *target;
	bool is_fd = !addr && mode.null_is_fd;
	long len = 0;

	if (!is_fd) {
		len = mem_read_string(decoder->mem, addr, text, sizeof(text));
		is_fd = len == 0 && mode.empty_is_fd;
	}
	target = call_add_target(decoder->call, is_fd ? TARGET_FD : mode.kind,
				 arg);
	target->dirfd = dirfd;
	target->from_path = addr != 0;
	target->beneath = mode.beneath && !is_fd;
	target->error = len < 0 ? (int)len : decoder->open_error;
	if (!is_fd && len >= 0)
		target->asked = xstrdup(text);
}

/* fsconfig(fd, cmd, key, value, aux): a path relative to aux, or a string
 * that the file system will take for one: source, lowerdir, upperdir. */
static void decode_fsconfig(struct decoder *decoder, int arg)
{
	enum { SET_STRING = 1, SET_PATH = 3, SET_PATH_EMPTY = 4 };
	const struct call *call = decoder->call;
	struct path_mode mode = { .kind = TARGET_PATH };
	uint64_t value = call->args[arg];
	char text[PATH_MAX];
	long len;

	switch (call->args[1]) {
	case SET_PATH_EMPTY:
		mode.empty_is_fd = true;
		add_path(decoder, arg, mode, (int)call->args[4], value);
		break;
	case SET_PATH:
		add_path(decoder, arg, mode, (int)call->args[4], value);
		break;
	case SET_STRING:
		len = mem_read_string(decoder->mem, value, text, sizeof(text));
		if (len < 0 || *text == '/')
			add_path(decoder, arg, mode, AT_FDCWD, value);
		else
			decode_copy(decoder, value, text, (size_t)len + 1);
		break;
	default:
		break;
	}
}

/* bpf(BPF_OBJ_PIN or BPF_OBJ_GET, attr, size) */
static void decode_bpf(struct decoder *decoder, int arg)
{
	enum { OBJ_PIN = 6, OBJ_GET = 7, PATH_FD = 1 << 14 };
	const struct call *call = decoder->call;
	struct {
		uint64_t pathname;
		uint32_t bpf_fd;
		uint32_t file_flags;
		int32_t path_fd;
		uint32_t pad;
	} attr = { 0 };
	struct path_mode mode = { .kind = TARGET_PATH };
	size_t size =
		call->args[2] < sizeof(attr) ? call->args[2] : sizeof(attr);
	int dirfd = AT_FDCWD;

	if (call->args[0] == OBJ_PIN)
		mode.kind = TARGET_NEW;
	else if (call->args[0] != OBJ_GET)
		return;
	if (!mem_read_all(decoder->mem, call->args[arg], &attr, size)) {
		call_add_target(decoder->call, mode.kind, arg)->error = -EFAULT;
		return;
	}
	decode_copy(decoder, call->args[arg], &attr, size);
	if (attr.file_flags & PATH_FD)
		dirfd = attr.path_fd;
	add_path(decoder, arg, mode, dirfd, attr.pathname);
}

void decode_path(struct decoder *decoder, int arg)
{
	struct call *call = decoder->call;
	enum arg_kind kind = call->def->args[arg].kind;
	int dirfd = AT_FDCWD;

	if (arg > 0 && call->def->args[arg - 1].kind == ARG_DIRFD)
		dirfd = (int)call->args[arg - 1];
	switch (kind) {
	case ARG_FILE_HANDLE:
		call_add_target(call, TARGET_PATH, arg)->error = -EOPNOTSUPP;
		break;
	case ARG_FSCONFIG_VALUE:
		decode_fsconfig(decoder, arg);
		break;
	case ARG_BPF_ATTR:
		decode_bpf(decoder, arg);
		break;
	case ARG_PATH_OPTIONAL:
		if (!call->args[arg])
			break;
		__attribute__((fallthrough));
	default:
		add_path(decoder, arg, path_mode(call, arg), dirfd,
			 call->args[arg]);
		break;
	}
}
