/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * A soft block gives the program what success would have given it: a count, a
 * zero, or a real descriptor on something that holds and keeps nothing.
 */
#include "app/soft.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/procfs.h"

enum { SOCKETS_MAX = 65536 };

static void remember(struct soft_sockets *sockets, unsigned long inode)
{
	struct soft_socket *socket;

	HASH_FIND(hh, sockets->all, &inode, sizeof(inode), socket);
	if (socket || HASH_COUNT(sockets->all) >= SOCKETS_MAX)
		return;
	socket = xcalloc(1, sizeof(*socket));
	socket->inode = inode;
	HASH_ADD(hh, sockets->all, inode, sizeof(socket->inode), socket);
}

/* A directory that has no name and no entries. */
static int open_empty_directory(int flags)
{
	char path[] = "/tmp/syswall-XXXXXX";
	int fd;

	if (!mkdtemp(path))
		return -1;
	fd = open(path,
		  O_RDONLY | O_DIRECTORY | O_CLOEXEC | (flags & O_NONBLOCK));
	rmdir(path);
	return fd;
}

/* A regular file without content, which nobody can write. */
static int open_empty_file(int flags)
{
	char path[40];
	int file = memfd_create("empty", MFD_CLOEXEC), fd;

	if (file < 0)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	fd = open(path, O_RDONLY | O_CLOEXEC | (flags & O_NONBLOCK));
	close(file);
	return fd;
}

static int open_nothing(const struct call *call)
{
	int flags = (int)call_open_flags(call);

	if (flags & O_DIRECTORY && (flags & O_TMPFILE) != O_TMPFILE)
		return open_empty_directory(flags);
	if (flags & O_PATH)
		return open("/dev/null", O_PATH | O_CLOEXEC);
	if ((flags & O_ACCMODE) == O_RDONLY)
		return open_empty_file(flags);
	return open("/dev/null",
		    (flags & (O_ACCMODE | O_APPEND | O_NONBLOCK)) | O_CLOEXEC);
}

static int open_nobodys_socket(struct soft_sockets *sockets,
			       const struct call *call)
{
	int type = (int)call->args[1];
	int kind = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct stat status;
	int fd;

	/* AF_UNIX has these two; everything else sends messages. */
	if (kind != SOCK_STREAM && kind != SOCK_SEQPACKET)
		kind = SOCK_DGRAM;
	fd = socket(AF_UNIX, kind | SOCK_CLOEXEC | (type & SOCK_NONBLOCK), 0);
	if (fd >= 0 && !fstat(fd, &status))
		remember(sockets, status.st_ino);
	return fd;
}

static bool give(struct trace_action *action, int fd, bool cloexec)
{
	if (fd < 0)
		return false;
	action->kind = ACTION_GIVE_FD;
	action->fd = fd;
	action->cloexec = cloexec;
	return true;
}

bool soft_action(struct soft_sockets *sockets, const struct call *call,
		 struct trace_action *action)
{
	switch (call->soft) {
	case SOFT_NONE:
		return false;
	case SOFT_ZERO:
	case SOFT_COUNT_1:
	case SOFT_COUNT_2:
	case SOFT_COUNT_3:
	case SOFT_COUNT_IOV:
	case SOFT_COUNT_MSG:
		action->kind = ACTION_FAKE;
		action->value = (int64_t)call->soft_value;
		return true;
	case SOFT_OPEN:
		return give(action, open_nothing(call),
			    call_open_flags(call) & O_CLOEXEC);
	case SOFT_SOCKET:
		return give(action, open_nobodys_socket(sockets, call),
			    call->args[1] & SOCK_CLOEXEC);
	case SOFT_EXIT:
		action->kind = ACTION_EXIT;
		action->value = 0;
		return true;
	}
	return false;
}

static bool is_socket_call(const struct call *call)
{
	return call->def && (call->def->id == SYSCALL_connect ||
			     call->def->id == SYSCALL_bind ||
			     call->def->id == SYSCALL_listen);
}

/* The inode behind the descriptor in the call's first argument, or 0. */
static unsigned long socket_inode(pid_t tid, const struct call *call)
{
	BUF_AUTO(link);
	char name[32];
	static const char prefix[] = "socket:[";

	snprintf(name, sizeof(name), "fd/%d", (int)call->args[0]);
	if (procfs_link(tid, name, &link) ||
	    strncmp(buf_text(&link), prefix, strlen(prefix)) != 0)
		return 0;
	return strtoul(link.data + strlen(prefix), NULL, 10);
}

void soft_mark_socket(struct soft_sockets *sockets, pid_t tid,
		      const struct call *call)
{
	unsigned long inode =
		is_socket_call(call) ? socket_inode(tid, call) : 0;

	if (inode)
		remember(sockets, inode);
}

bool soft_is_on_soft_socket(const struct soft_sockets *sockets, pid_t tid,
			    const struct call *call)
{
	struct soft_socket *socket;
	unsigned long inode;

	if (!sockets->all || !is_socket_call(call))
		return false;
	inode = socket_inode(tid, call);
	HASH_FIND(hh, sockets->all, &inode, sizeof(inode), socket);
	return inode && socket;
}

void soft_free(struct soft_sockets *sockets)
{
	struct soft_socket *socket = sockets->all, *next;

	HASH_CLEAR(hh, sockets->all); /* leaves the items and their chain */
	for (; socket; socket = next) {
		next = socket->hh.next;
		free(socket);
	}
}
