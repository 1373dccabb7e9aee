/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "trace/procfs.h"
#include "trace/walk.h"

static int open_base(pid_t tid, const struct target *target)
{
	char name[32];

	if (target->dirfd == AT_FDCWD)
		return procfs_open_object(tid, "cwd");
	if (target->dirfd < 0)
		return -EBADF;
	snprintf(name, sizeof(name), "fd/%d", target->dirfd);
	return procfs_open_object(tid, name);
}

/* The process named by /proc/PID of @tid's own view is @tid as long as both
 * are in one pid namespace; else /proc belongs to another world anyway. */
static int resolve_path(pid_t tid, struct target *target, const char *path)
{
	struct walk walk = {
		.tid = tid,
		/* connect(2) follows links, bind(2) makes its socket anew. */
		.follow_last =
			target->kind == TARGET_PATH ||
			(target->kind == TARGET_ADDRESS && !target->implied),
		.in_root = target->beneath,
	};
	BUF_AUTO(found);
	int base, error;

	if (!*path)
		return -ENOENT;
	walk.root = procfs_open_object(tid, "root");
	if (walk.root < 0)
		return walk.root == -ENOENT ? -ESRCH : walk.root;
	base = *path == '/' && !target->beneath ? walk.root :
						  open_base(tid, target);
	if (base == -ENOENT && target->dirfd != AT_FDCWD)
		base = -EBADF;
	error = base;
	if (base >= 0) {
		error = walk_path(&walk, base, path, &found, &target->exists);
		if (base != walk.root)
			close(base);
	}
	close(walk.root);
	target->magic = walk.magic;
	target->ours = walk.ours;
	target->fs = walk.fs;
	if (error < 0)
		return error;
	target->resolved = buf_steal(&found);
	return 0;
}

static int resolve_fd(pid_t tid, struct target *target)
{
	char name[32];
	BUF_AUTO(found);
	int error;

	if (target->dirfd == AT_FDCWD)
		snprintf(name, sizeof(name), "cwd");
	else
		snprintf(name, sizeof(name), "fd/%d", target->dirfd);
	error = procfs_link(tid, name, &found);
	if (error)
		return error == -ENOENT ? -EBADF : error;
	target->resolved = buf_steal(&found);
	target->exists = true;
	return 0;
}

/* A unix socket with a path (abstract and unnamed ones have none). */
static int resolve_socket(pid_t tid, struct target *target)
{
	const struct sockaddr_un *un = (const void *)&target->address;
	char path[sizeof(un->sun_path) + 1];
	size_t len = target->address_len;

	if (target->address.ss_family != AF_UNIX ||
	    len <= offsetof(struct sockaddr_un, sun_path) || !un->sun_path[0])
		return 0;
	len -= offsetof(struct sockaddr_un, sun_path);
	if (len > sizeof(un->sun_path))
		len = sizeof(un->sun_path);
	/* Not always terminated; the kernel stops at 108 bytes. unix(7) */
	memcpy(path, un->sun_path, len);
	path[len] = '\0';
	target->dirfd = AT_FDCWD;
	return resolve_path(tid, target, path);
}

/* PIDFD_SELF and PIDFD_SELF_THREAD_GROUP, Linux 6.14: the caller. */
enum { PIDFD_SELF_THREAD = -10000, PIDFD_SELF_PROCESS = -20000 };

static int resolve_pidfd(pid_t tid, struct target *target)
{
	if (target->dirfd == PIDFD_SELF_THREAD ||
	    target->dirfd == PIDFD_SELF_PROCESS) {
		target->pid = 0;
		return 0;
	}
	if (!procfs_pidfd(tid, target->dirfd, &target->pid))
		return -EBADF;
	return target->pid ? 0 : -ESRCH;
}

static int resolve_target(pid_t tid, struct target *target)
{
	switch (target->kind) {
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
		return resolve_path(tid, target, target->asked);
	case TARGET_FD:
		return resolve_fd(tid, target);
	case TARGET_ADDRESS:
		return resolve_socket(tid, target);
	case TARGET_PIDFD:
		return resolve_pidfd(tid, target);
	case TARGET_NONE:
	case TARGET_MSG:
	case TARGET_MMSG:
	case TARGET_PID:
		break;
	}
	return 0;
}

void resolve_again(pid_t tid, struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		struct target *target = &call->targets[i];

		free(target->resolved);
		target->resolved = NULL;
	}
	resolve_targets(tid, call);
}

void resolve_targets(pid_t tid, struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		struct target *target = &call->targets[i];

		if (!target->error && !target->resolved)
			target->error = resolve_target(tid, target);
	}
}
