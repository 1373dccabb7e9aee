/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Names of files: opening, making, removing, looking. */
#include "case.h"

#include <sys/uio.h>
#include <linux/openat2.h>
#include <sys/sysmacros.h>

CASE(open_flags)
{
	sc(open, "f", O_RDWR | O_CREAT | O_EXCL, 0640);
	sc(open, "f", O_RDONLY);
	sc(open, "f", O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC);
	sc(open, "f", O_RDONLY | O_DIRECTORY);
	sc(open, "f", O_ACCMODE | O_NOATIME | O_NOFOLLOW | O_PATH);
	sc(open, "f", O_RDWR | O_SYNC | O_ASYNC);
	sc(open, "f", O_RDWR | O_DSYNC | O_NOCTTY | O_TRUNC);
	sc(open, "f", 0x40000000 | O_CREAT, 07777);
	sc(open, ".", O_TMPFILE | O_RDWR, 0600);
	sc(open, "f", 0xffffffff, 01);
}

CASE(openat)
{
	sc(openat, AT_FDCWD, "f", O_RDWR | O_CREAT, 0600);
	sc(openat, -1, "f", O_RDONLY);
	sc(openat, 3, "f", O_RDONLY | O_CLOEXEC);
	sc(openat, AT_FDCWD, "/nonexistent", O_RDONLY);
	sc(openat, AT_FDCWD, "", O_RDONLY);
	sc(openat, 0xffffff9c00000000, "f", O_RDONLY);
	sc(creat, "g", 0644);
}

CASE(openat2)
{
	struct open_how how = { .flags = O_RDWR | O_CREAT, .mode = 0640 };
	char more[40] = "";

	sc(openat2, AT_FDCWD, "f", &how, sizeof(how));
	how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
	how.flags = O_PATH;
	how.mode = 0;
	sc(openat2, AT_FDCWD, "f", &how, sizeof(how));
	how.resolve = 0x1000;
	sc(openat2, AT_FDCWD, "f", &how, sizeof(how));
	how.flags |= 1ULL << 40;
	sc(openat2, AT_FDCWD, "f", &how, sizeof(how));
	sc(openat2, AT_FDCWD, "f", &how, 8);
	sc(openat2, AT_FDCWD, "f", NULL, 24);
	sc(openat2, AT_FDCWD, "f", NOWHERE, 24);
	sc(openat2, AT_FDCWD, "f", more, sizeof(more));
	more[30] = 1;
	sc(openat2, AT_FDCWD, "f", more, sizeof(more));
}

CASE(bad_paths)
{
	char *end = at_edge("unterminated", 12);
	char longest[5000];

	memset(longest, 'x', sizeof(longest));
	longest[4999] = '\0';
	sc(open, NULL, O_RDONLY);
	sc(open, NOWHERE, O_RDONLY);
	sc(open, -1L, O_RDONLY);
	sc(open, end, O_RDONLY);
	sc(open, end + 11, O_RDONLY);
	sc(open, "tab\tnewline\nquote\"back\\\001\0331\377", O_RDONLY);
	sc(open, "\v\f\r\a\b\0167", O_RDONLY);
	sc(open, "\xc3\xa9t\xc3\xa9", O_RDONLY);
	sc(open, longest, O_RDONLY);
	sc(open, longest + 1000, O_RDONLY);
	sc(open, longest + 4999 - 255, O_RDONLY);
	sc(open, 0xffffffff81000000, O_RDONLY);
	sc(open, 0x8000000000000000, O_RDONLY);
}

CASE(directories)
{
	sc(mkdir, "d", 0755);
	sc(mkdir, "d", 01777);
	sc(mkdirat, AT_FDCWD, "d/e", 0);
	sc(chdir, "d");
	sc(getcwd, page, 0);
	sc(getcwd, page, 3);
	sc(getcwd, NULL, 100);
	sc(fchdir, 77);
	sc(chdir, "..");
	sc(rmdir, "d");
	sc(rmdir, "d/e");
	sc(unlinkat, AT_FDCWD, "d", AT_REMOVEDIR);
	sc(unlinkat, AT_FDCWD, "d", 0);
	sc(unlinkat, AT_FDCWD, "d", 0x7);
	sc(chroot, "/nonexistent");
}

CASE(links)
{
	make_file("f", "x");
	sc(link, "f", "g");
	sc(linkat, AT_FDCWD, "f", AT_FDCWD, "h", 0);
	sc(linkat, AT_FDCWD, "f", -1, "h", AT_SYMLINK_FOLLOW | AT_EMPTY_PATH);
	sc(linkat, AT_FDCWD, "f", -1, "h", 0x1);
	sc(symlink, "nowhere at all", "s");
	sc(symlinkat, "f", AT_FDCWD, "t");
	sc(readlink, "s", page, 4096);
	sc(readlink, "s", page, 5);
	sc(readlink, "f", page, 5);
	sc(readlink, "s", NOWHERE, 5);
	sc(readlinkat, AT_FDCWD, "t", page, 100);
	sc(readlinkat, AT_FDCWD, "t", page, 0);
	sc(unlink, "s");
	sc(unlink, "s");
}

CASE(rename)
{
	make_file("f", "x");
	sc(rename, "f", "g");
	sc(renameat, AT_FDCWD, "g", AT_FDCWD, "h");
	sc(renameat2, AT_FDCWD, "h", AT_FDCWD, "f", RENAME_NOREPLACE);
	sc(renameat2, AT_FDCWD, "h", AT_FDCWD, "f", RENAME_EXCHANGE);
	sc(renameat2, 3, "h", 4, "f", RENAME_WHITEOUT | RENAME_NOREPLACE);
	sc(renameat2, 3, "h", 4, "f", 0x18);
	sc(renameat2, 3, "h", 4, "f", 0);
}

CASE(modes)
{
	int fd = make_file("f", "x");

	sc(chmod, "f", 0600);
	sc(chmod, "f", 06755);
	sc(chmod, "f", 0);
	sc(chmod, "f", 0xffff);
	sc(fchmod, fd, 07);
	sc(fchmodat, AT_FDCWD, "f", 0644);
	sc(umask, 027);
	sc(umask, 022);
	sc(umask, 0);
	sc(chown, "f", -1, -1);
	sc(lchown, "nothing", 0, 12);
	sc(fchown, 77, 1, -1);
	sc(fchownat, AT_FDCWD, "nothing", 1, 2, AT_SYMLINK_NOFOLLOW);
	sc(fchownat, AT_FDCWD, "nothing", 1, 2, AT_EMPTY_PATH | 0x40);
}

CASE(fchmodat2)
{
	make_file("f", "x");
	sc(fchmodat, AT_FDCWD, "f", 0644);
	syscall(452, AT_FDCWD, "f", 0600, 0);
	syscall(452, AT_FDCWD, "f", 0600, AT_SYMLINK_NOFOLLOW);
}

CASE(mknod)
{
	sc(mknod, "fifo", S_IFIFO | 0600, 0);
	sc(mknod, "file", S_IFREG | 0644, 0);
	sc(mknod, "file", 0644, 0);
	sc(mknod, "d/c", S_IFCHR | 0666, makedev(1, 3));
	sc(mknod, "d/b", S_IFBLK | S_ISUID | 0600, makedev(259, 70000));
	sc(mknodat, AT_FDCWD, "s", S_IFSOCK | 0600, 0);
	sc(mknodat, AT_FDCWD, "dir", S_IFDIR | 0600, 0);
	sc(mknodat, AT_FDCWD, "odd", 0170000, 0);
}

CASE(access)
{
	make_file("f", "x");
	sc(access, "f", F_OK);
	sc(access, "f", R_OK | W_OK);
	sc(access, "f", X_OK);
	sc(access, "f", 0xff);
	sc(access, "f", 8);
	sc(faccessat, AT_FDCWD, "f", R_OK);
	sc(faccessat, 77, "f", W_OK | X_OK);
	syscall(439, AT_FDCWD, "f", R_OK, AT_EACCESS);
	syscall(439, AT_FDCWD, "f", R_OK, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
	syscall(439, AT_FDCWD, "f", R_OK, 0x10001);
}

CASE(truncate)
{
	int fd = make_file("f", "some text");

	sc(truncate, "f", 3L);
	sc(truncate, "f", -1L);
	sc(truncate, "f", 0x7fffffffffffffff);
	sc(ftruncate, fd, 100L);
	sc(ftruncate, fd, -5L);
	sc(ftruncate, 77, 0L);
}

CASE(utimes)
{
	int fd = make_file("f", "x");
	long times[4] = { 1000000000, 500000, 1234567890, 0 };
	long exact[4] = { 1000000000, 500000000, 0, UTIME_OMIT };
	long now[4] = { 0, UTIME_NOW, 0, UTIME_OMIT };
	long wrong[4] = { 1, 2000000000, -1, -1 };

	sc(utime, "f", times);
	sc(utime, "f", NULL);
	sc(utimes, "f", times);
	sc(utimes, "f", wrong);
	sc(utimes, "f", NULL);
	sc(futimesat, AT_FDCWD, "f", times);
	sc(utimensat, AT_FDCWD, "f", exact, 0);
	sc(utimensat, AT_FDCWD, "f", now, AT_SYMLINK_NOFOLLOW);
	sc(utimensat, fd, NULL, exact, 0);
	sc(utimensat, AT_FDCWD, "f", wrong, 0);
	sc(utimensat, AT_FDCWD, "f", NULL, 0);
	sc(utimensat, AT_FDCWD, "f", NOWHERE, 0);
	sc(utimensat, AT_FDCWD, "f", at_edge(exact, 16), 0);
}

CASE(mount_refused)
{
	sc(mount, "none", "/nonexistent", "tmpfs", 0L, "size=1k");
	sc(mount, "none", "/nonexistent", "tmpfs", 0x1001fL, NULL);
	sc(mount, NULL, "/nonexistent", NULL, 0xC0ED0000L | 0x20, NULL);
	sc(mount, "a", "/nonexistent", NULL, 0x5000L, NOWHERE);
	sc(umount2, "/nonexistent", 3);
	sc(umount2, "/nonexistent", 0);
	sc(umount2, "/nonexistent", 0x18);
	sc(pivot_root, "/nonexistent", "/nowhere");
	sc(swapon, "/nonexistent", 0x8005);
	sc(swapoff, "/nonexistent");
	sc(acct, "/nonexistent/x");
	sc(quotactl, 0x80000700, "/nonexistent", 0, page);
}

CASE(handles)
{
	struct {
		unsigned int bytes;
		int type;
		unsigned char data[128];
	} handle = { .bytes = 0 };
	int mount = 0;

	make_file("f", "x");
	sc(name_to_handle_at, AT_FDCWD, "/proc/self/nothing", &handle, &mount,
	   0);
	sc(name_to_handle_at, AT_FDCWD, "f", NULL, &mount, AT_EMPTY_PATH);
	sc(name_to_handle_at, AT_FDCWD, "f", NOWHERE, NOWHERE, 0);
	handle.bytes = 8;
	handle.type = 1;
	sc(open_by_handle_at, 77, &handle, O_RDONLY);
	sc(open_by_handle_at, 77, NULL, O_RDWR);
}

CASE(inotify)
{
	int fd = (int)sc(inotify_init1, O_NONBLOCK | O_CLOEXEC);

	sc(inotify_init);
	sc(inotify_init1, 0);
	sc(inotify_init1, 3);
	sc(inotify_add_watch, fd, ".", 0xfff);
	sc(inotify_add_watch, fd, ".", 0x2 | 0x100 | 0x1000000);
	sc(inotify_add_watch, fd, "nothing", 0xffffffff);
	sc(inotify_add_watch, fd, "nothing", 0);
	make_file("f", "");
	sc(read, fd, page, 4096);
	sc(inotify_rm_watch, fd, 1);
	sc(inotify_rm_watch, fd, 1);
}

CASE(fanotify)
{
	sc(fanotify_init, 0, O_RDONLY);
	sc(fanotify_init, 0xffffffff, O_RDWR);
	sc(fanotify_init, 0x4 | 0x3, O_CLOEXEC);
	sc(fanotify_mark, 77, 0x1, 0x8L, AT_FDCWD, "f");
	sc(fanotify_mark, 77, 0x102, 0xffffffffffffffff, 3, NULL);
	sc(fanotify_mark, 77, 0x80, 0L, AT_FDCWD, NULL);
}

CASE(handles_made)
{
	struct {
		unsigned int bytes;
		int type;
		char bytes_of[128];
	} handle = { 128, 0, "" };
	int mount = 0;

	sc(name_to_handle_at, AT_FDCWD, "/", &handle, &mount, 0);
	sc(name_to_handle_at, AT_FDCWD, "/", &handle, &mount, 0x10400);
	handle.bytes = 0;
	sc(name_to_handle_at, AT_FDCWD, "/", &handle, &mount, 0);
	handle.bytes = 4096;
	sc(name_to_handle_at, AT_FDCWD, "/", &handle, &mount, 0);
	handle.bytes = 3;
	sc(open_by_handle_at, 77, at_edge(&handle, 8), O_RDONLY);
	sc(open_by_handle_at, 77, at_edge(&handle, 11), O_RDONLY | O_CLOEXEC);
}

/* A length that swallows what comes after it. */
CASE(huge_vector)
{
	struct iovec parts[] = { { page, 3 },
				 { page, SIZE_MAX },
				 { NULL, 5 },
				 { page + PAGE - 2, 100 },
				 { page, 2 } };
	int fd = make_file("f", "");

	sc(writev, fd, parts, 5);
	sc(fcntl, -1, F_DUPFD, 0x7fff00000001);
	sc(fcntl, -1, F_SETFD, 0x7fff00000002);
	sc(fcntl, -1, F_SETLEASE, 0x7fff00000001);
	sc(fcntl, -1, F_NOTIFY, 0x7fff80000001);
	sc(fcntl, -1, 12, page);
}
