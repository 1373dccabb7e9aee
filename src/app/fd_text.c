/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/fd_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "syscall/printers.h"
#include "trace/generic_netlink.h"
#include "trace/procfs.h"
#include "trace/socket_info.h"

/* "socket:[123]", "anon_inode:[pidfd]": the kernel's names for what has no
 * path never begin with a slash. */
static bool add_socket(const struct fd_text *fds, int fd, const char *name,
		       struct buf *out)
{
	unsigned long inode;
	char end;

	/* NOLINTNEXTLINE(cert-err34-c): the kernel writes it */
	return sscanf(name, "socket:[%lu%c", &inode, &end) == 2 && end == ']' &&
	       socket_info_describe(fds->tid, fd, inode, out);
}

static void add_device(pid_t tid, const char *link, struct buf *out)
{
	struct stat status;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, link);
	if (stat(path, &status))
		return;
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		buf_printf(out, "<%s %u:%u>",
			   S_ISCHR(status.st_mode) ? "char" : "block",
			   major(status.st_rdev), minor(status.st_rdev));
}

/* The kernel appends a remark to the path of what is no longer there; a file
 * may be called so, too. */
static size_t without_remark(pid_t tid, const char *link,
			     const struct buf *name)
{
	static const char remark[] = " (deleted)";
	size_t len = sizeof(remark) - 1;
	struct stat status;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, link);
	if (name->len <= len || *name->data != '/' ||
	    strcmp(name->data + name->len - len, remark) != 0 ||
	    stat(path, &status) || status.st_nlink)
		return name->len;
	return name->len - len;
}

void fd_text_describe(void *owner, int fd, struct buf *out)
{
	const struct fd_text *fds = owner;
	BUF_AUTO(name);
	char link[24] = "cwd";
	size_t len;
	pid_t pid;

	if (fd != AT_FDCWD)
		snprintf(link, sizeof(link), "fd/%d", fd);
	if (procfs_link(fds->tid, link, &name))
		return;
	len = without_remark(fds->tid, link, &name);
	buf_char(out, '<');
	if (!fds->details || !add_socket(fds, fd, buf_text(&name), out)) {
		if (fds->details && !strcmp(name.data, "anon_inode:[pidfd]") &&
		    procfs_pidfd(fds->tid, fd, &pid))
			buf_printf(out, "pid:%d", (int)pid);
		else
			print_unquoted(out, name.data, len, "<>");
	}
	if (fds->details && *name.data == '/')
		add_device(fds->tid, link, out);
	buf_char(out, '>');
	if (len < name.len)
		buf_str(out, "(deleted)");
}

bool fd_text_netlink(void *owner, int fd, int *protocol)
{
	const struct fd_text *fds = owner;

	return socket_info_netlink(fds->tid, fd, protocol);
}

const char *fd_text_generic(void *owner, uint16_t type)
{
	(void)owner;
	return generic_netlink_name(type);
}
