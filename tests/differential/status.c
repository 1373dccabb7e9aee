/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What the system says of files: stat, statx, statfs, extended attributes. */
#include "case.h"

#include <sys/vfs.h>

#ifndef SYS_statmount
#define SYS_statmount 457
#endif

CASE(stat)
{
	int fd = make_file("f", "12345");

	sc(stat, "f", page);
	sc(stat, "/", page);
	sc(stat, "/dev/null", page);
	sc(stat, "nothing", page);
	sc(stat, NULL, NULL);
	sc(stat, "f", NULL);
	sc(stat, "f", NOWHERE);
	sc(stat, "f", page + PAGE - 20);
	sc(lstat, "/proc/self", page);
	sc(lstat, "nothing", page);
	sc(fstat, fd, page);
	sc(fstat, 0, page);
	sc(fstat, 77, page);
}

CASE(fstatat)
{
	int fds[2];

	make_file("f", "12345");
	sc(chmod, "f", 06711);
	sc(newfstatat, AT_FDCWD, "f", page, 0);
	sc(newfstatat, AT_FDCWD, "f", page, AT_SYMLINK_NOFOLLOW);
	sc(newfstatat, 0, "", page, AT_EMPTY_PATH);
	sc(newfstatat, 0, "", page, AT_EMPTY_PATH | AT_NO_AUTOMOUNT);
	sc(newfstatat, AT_FDCWD, "f", page, 0x8001);
	sc(newfstatat, 77, "f", page, 0);
	sc(pipe, fds);
	sc(fstat, fds[0], page);
	sc(mkdir, "d", 01777);
	sc(stat, "d", page);
	sc(chmod, "d", 01777);
	sc(stat, "d", page);
}

CASE(statx)
{
	make_file("f", "12345");
	sc(statx, AT_FDCWD, "f", 0, 0x3, page);
	sc(statx, AT_FDCWD, "f", AT_SYMLINK_NOFOLLOW, 0x7ff, page);
	sc(statx, AT_FDCWD, "f", AT_STATX_DONT_SYNC, 0xfff, page);
	sc(statx, 0, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, 0, page);
	sc(statx, AT_FDCWD, "f", AT_STATX_SYNC_TYPE, 0x80000000, page);
	sc(statx, AT_FDCWD, "nothing", 0, 0x1000, page);
	sc(statx, AT_FDCWD, "f", 0, 0x7ff, NULL);
	sc(statx, AT_FDCWD, "f", 0x20000, 0x10000, NOWHERE);
}

CASE(statfs)
{
	int fd = (int)sc(open, "/proc", O_RDONLY);

	sc(statfs, "/proc", page);
	sc(fstatfs, fd, page);
	sc(statfs, "/dev", page);
	sc(statfs, "nothing", page);
	sc(statfs, "/proc", NOWHERE);
	sc(fstatfs, 77, NULL);
	sc(ustat, 0L, page);
	sc(sysfs, 3);
}

CASE(xattr)
{
	int fd = make_file("f", "x");

	sc(setxattr, "f", "user.name", "value", 5L, 0);
	sc(setxattr, "f", "user.name", "value", 5L, 1);
	sc(setxattr, "f", "user.other", "a\0b", 3L, 3);
	sc(lsetxattr, "f", "user.more", NULL, 0L, 0);
	sc(fsetxattr, fd, "user.fd", page, 40L, 4);
	sc(setxattr, "f", "user.bad", NOWHERE, 4L, 0);
	sc(getxattr, "f", "user.name", page, 100L);
	sc(getxattr, "f", "user.name", page, 2L);
	sc(getxattr, "f", "user.name", NULL, 0L);
	sc(getxattr, "f", "user.none", page, 100L);
	sc(lgetxattr, "f", "user.other", page, 100L);
	sc(fgetxattr, fd, "user.name", page, 5L);
	sc(removexattr, "f", "user.other");
	sc(lremovexattr, "f", "user.more");
	sc(fremovexattr, fd, "user.none");
	sc(listxattr, "f", page, 0L);
	sc(listxattr, "f", page, 4096L);
	sc(llistxattr, "f", NULL, 0L);
	sc(flistxattr, fd, page, 3L);
	sc(listxattr, "nothing", page, 3L);
}

CASE(acl_like)
{
	static const char list[] =
		"user.with a very long name of attribute here";

	make_file("f", "x");
	sc(getxattr, "f", list, page, 10L);
	sc(setxattr, "f", "security.capability", page, 20L, 0x10);
	sc(getxattr, NULL, NULL, NULL, -1L);
	sc(getxattr, "f", "system.posix_acl_access", page, 132L);
}
