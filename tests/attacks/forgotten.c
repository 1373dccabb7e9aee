/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* forgotten: calls that name a file and that a firewall may have forgotten.
 * The rule blocks everything that has to do with "secret" and "sdir", apart
 * from reading what was opened. A call that gets as far as doing its work, or
 * fails for another reason than EACCES, has passed. */
#include "attack.h"

#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/fs.h>
#include <mqueue.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <utime.h>

static char buffer[4096];

/* Nothing here may succeed; EACCES of syswall is what we want to see. Bare,
 * other errors are as good as success: the kernel looked at the file. */
static int passed(long result)
{
	return result >= 0 || (errno != EACCES && errno != ENOSYS);
}

static int verdict(int yes)
{
	return yes ? WORKED : HELD;
}

static int attributes(void)
{
	struct stat stat;
	struct statfs fs;
	char statx[512];
	int yes = passed(sc(SYS_stat, SECRET, &stat));

	yes |= passed(sc(SYS_lstat, SECRET, &stat));
	yes |= passed(sc(SYS_newfstatat, AT_FDCWD, SECRET, &stat, 0));
	yes |= passed(sc(SYS_statx, AT_FDCWD, SECRET, 0, 0x7ff, statx));
	yes |= passed(sc(SYS_access, SECRET, R_OK));
	yes |= passed(sc(SYS_faccessat, AT_FDCWD, SECRET, R_OK));
	yes |= passed(sc(439, AT_FDCWD, SECRET, R_OK, 0));
	yes |= passed(sc(SYS_statfs, SECRET, &fs));
	yes |= passed(sc(SYS_readlink, SECRET, buffer, 10));
	yes |= passed(sc(SYS_readlinkat, AT_FDCWD, SECRET, buffer, 10));
	yes |= passed(sc(SYS_getxattr, SECRET, "user.x", buffer, 10));
	yes |= passed(sc(SYS_lgetxattr, SECRET, "user.x", buffer, 10));
	yes |= passed(sc(SYS_listxattr, SECRET, buffer, 10));
	yes |= passed(sc(SYS_llistxattr, SECRET, buffer, 10));
	yes |= passed(sc(464, AT_FDCWD, SECRET, 0, "user.x", buffer, 16));
	yes |= passed(sc(465, AT_FDCWD, SECRET, 0, buffer, 16));
	yes |= passed(sc(468, AT_FDCWD, SECRET, buffer, 24, 0));
	yes |= passed(sc(SYS_chdir, "sdir"));
	yes |= passed(
		sc(SYS_inotify_add_watch, inotify_init(), SECRET, IN_ACCESS));
	yes |= passed(sc(SYS_open, SECRET, O_PATH));
	yes |= passed(sc(SYS_name_to_handle_at, AT_FDCWD, SECRET, buffer,
			 buffer + 64, 0));
	return verdict(yes);
}

static int change(void)
{
	unsigned char attr[24] = { 0 };
	int yes = passed(sc(SYS_chmod, SECRET, 0600));

	yes |= passed(sc(SYS_fchmodat, AT_FDCWD, SECRET, 0600));
	yes |= passed(sc(452, AT_FDCWD, SECRET, 0600, 0));
	yes |= passed(sc(SYS_chown, SECRET, -1, -1));
	yes |= passed(sc(SYS_lchown, SECRET, -1, -1));
	yes |= passed(sc(SYS_fchownat, AT_FDCWD, SECRET, -1, -1, 0));
	yes |= passed(sc(SYS_utime, SECRET, NULL));
	yes |= passed(sc(SYS_utimes, SECRET, NULL));
	yes |= passed(sc(SYS_utimensat, AT_FDCWD, SECRET, NULL, 0));
	yes |= passed(sc(SYS_futimesat, AT_FDCWD, SECRET, NULL));
	yes |= passed(sc(SYS_setxattr, SECRET, "user.x", "1", 1, 0));
	yes |= passed(sc(SYS_lsetxattr, SECRET, "user.x", "1", 1, 0));
	yes |= passed(sc(SYS_removexattr, SECRET, "user.x"));
	yes |= passed(sc(SYS_lremovexattr, SECRET, "user.x"));
	yes |= passed(sc(463, AT_FDCWD, SECRET, 0, "user.x", attr, 16));
	yes |= passed(sc(466, AT_FDCWD, SECRET, 0, "user.x"));
	yes |= passed(sc(469, AT_FDCWD, SECRET, attr, 24, 0));
	return verdict(yes);
}

static int make_and_remove(void)
{
	int yes = passed(sc(SYS_mkdir, "sdir/a", 0700));

	yes |= passed(sc(SYS_mkdirat, AT_FDCWD, "sdir/b", 0700));
	yes |= passed(sc(SYS_mknod, "sdir/c", S_IFIFO | 0600, 0));
	yes |= passed(sc(SYS_mknodat, AT_FDCWD, "sdir/d", S_IFIFO | 0600, 0));
	yes |= passed(sc(SYS_symlink, OK, "sdir/e"));
	yes |= passed(sc(SYS_symlinkat, OK, AT_FDCWD, "sdir/g"));
	yes |= passed(sc(SYS_link, OK, "sdir/h"));
	yes |= passed(sc(SYS_creat, "sdir/i", 0600));
	yes |= passed(sc(SYS_open, "sdir", O_TMPFILE | O_RDWR, 0600));
	yes |= passed(sc(SYS_rename, OK, "sdir/j"));
	yes |= passed(sc(SYS_renameat, AT_FDCWD, "sdir/f", AT_FDCWD, "k"));
	yes |= passed(sc(SYS_renameat2, AT_FDCWD, "sdir/f", AT_FDCWD, "k", 0));
	yes |= passed(sc(SYS_unlink, "sdir/f"));
	yes |= passed(sc(SYS_unlinkat, AT_FDCWD, SECRET, 0));
	yes |= passed(sc(SYS_rmdir, "sdir/a"));
	yes |= passed(sc(SYS_unlinkat, AT_FDCWD, "sdir/b", AT_REMOVEDIR));
	return verdict(yes);
}

/* A unix socket that is bound becomes a file. */
static int bound_socket(void)
{
	struct sockaddr_un un = { AF_UNIX, "sdir/sock" };

	return verdict(passed(sc(SYS_bind, socket(AF_UNIX, SOCK_STREAM, 0), &un,
				 sizeof(un))));
}

/* O_CREAT through a link that leads nowhere yet. */
static int dangling(void)
{
	if (symlink("sdir/new", "link"))
		return cannot("symlink");
	close(open("link", O_WRONLY | O_CREAT, 0600));
	return verdict(faccessat(AT_FDCWD, "sdir/new", F_OK, 0) == 0 ||
		       unlink("sdir/new") == 0 || errno == EPERM);
}

/* A nameless file is given the name of a blocked one. */
static int tmpfile_named(void)
{
	char path[64];
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);

	if (fd < 0)
		return cannot("O_TMPFILE");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return verdict(!linkat(AT_FDCWD, path, AT_FDCWD, "sdir/new",
			       AT_SYMLINK_FOLLOW));
}

/* What belongs to the system: the class "system" is blocked. Nothing of this
 * may come true bare, as root: it is the real machine. */
static int administration(void)
{
	union {
		struct {
			unsigned long long pathname;
			unsigned int fd, flags;
		};
		char room[128];
	} attr = { .pathname = (unsigned long)"sdir/pin" };
	int yes = passed(sc(SYS_acct, "sdir/none"));

	yes |= passed(sc(SYS_swapon, SECRET, 0));
	yes |= passed(sc(SYS_swapoff, SECRET));
	yes |= passed(sc(SYS_quotactl, 0x80000100, SECRET, 0, buffer));
	yes |= passed(sc(SYS_mount, SECRET, "sdir", "none", MS_BIND, NULL));
	yes |= passed(sc(SYS_umount2, "sdir", 0));
	yes |= passed(sc(SYS_pivot_root, "sdir", "sdir"));
	yes |= passed(sc(SYS_chroot, "sdir"));
	yes |= passed(sc(428, AT_FDCWD, "sdir", 1));
	yes |= passed(sc(467, AT_FDCWD, "sdir", 1, NULL, 0));
	yes |= passed(sc(429, AT_FDCWD, "sdir", AT_FDCWD, OK, 0));
	yes |= passed(sc(430, "tmpfs", 0));
	yes |= passed(sc(433, AT_FDCWD, "sdir", 0));
	yes |= passed(sc(442, AT_FDCWD, "sdir", 0, buffer, 32));
	yes |= passed(sc(SYS_bpf, BPF_OBJ_PIN, &attr, sizeof(attr)));
	yes |= passed(sc(SYS_bpf, BPF_OBJ_GET, &attr, sizeof(attr)));
	yes |= passed(sc(SYS_fanotify_init, 0, 0));
	yes |= passed(sc(SYS_fanotify_mark, -1, 1, 1, AT_FDCWD, SECRET));
	yes |= passed(sc(SYS_open_by_handle_at, AT_FDCWD, buffer, 0));
	return verdict(yes);
}

static int message_queue(void)
{
	struct mq_attr attr = { .mq_maxmsg = 1, .mq_msgsize = 16 };
	char name[64];
	long fd;

	snprintf(name, sizeof(name), "syswall-attack-%d", getpid());
	fd = sc(SYS_mq_open, name, O_CREAT | O_RDWR, 0600, &attr);
	if (fd >= 0)
		sc(SYS_mq_unlink, name);
	return verdict(passed(fd) || passed(sc(SYS_shmget, 0, 4096, 0600)) ||
		       passed(sc(SYS_semget, 0, 1, 0600)) ||
		       passed(sc(SYS_msgget, 0, 0600)));
}

/* ---- writing without write() ---- */

static int truncated(void)
{
	int yes = passed(sc(SYS_truncate, SECRET, 0));

	yes |= passed(sc(SYS_open, SECRET, O_RDONLY | O_TRUNC));
	yes |= passed(sc(SYS_open, SECRET, O_WRONLY));
	yes |= passed(sc(SYS_open, SECRET, O_RDWR | O_APPEND));
	yes |= passed(sc(SYS_open, SECRET, 3));
	yes |= passed(sc(SYS_creat, SECRET, 0600));
	yes |= passed(sc(SYS_openat, AT_FDCWD, SECRET, O_TRUNC | O_NOATIME));
	return verdict(yes);
}

/* All of these need a descriptor that was opened for writing. */
static int by_descriptor(void)
{
	int fd = open(SECRET, O_RDWR), from = open(OK, O_RDONLY), ends[2];
	char *map = fd < 0 ? MAP_FAILED :
			     mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				  MAP_SHARED, fd, 0);
	int yes = map != MAP_FAILED;

	if (pipe(ends) || write(ends[1], "x", 1) != 1)
		return cannot("pipe");
	yes |= sc(SYS_splice, ends[0], NULL, fd, NULL, 1, 0) == 1;
	yes |= sc(SYS_copy_file_range, from, NULL, fd, NULL, 1, 0) == 1;
	yes |= sc(SYS_sendfile, fd, from, NULL, 1) == 1;
	yes |= sc(SYS_fallocate, fd, 3, 0, 1) == 0;
	yes |= ioctl(fd, FICLONE, from) == 0;
	yes |= ftruncate(fd, 0) == 0;
	return verdict(yes);
}

/* A descriptor for reading becomes one for writing through /proc. */
static int upgraded(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d",
		 open(SECRET, O_RDONLY));
	return verdict(open(path, O_RDWR) >= 0);
}

/* ---- io_uring ---- */

static int uring(void)
{
	char params[120] = { 0 };
	long fd = sc(425, 8, params);

	if (fd < 0 && tracer_pid() <= 0)
		return cannot("io_uring");
	if (fd < 0)
		fd = sc(425 | 0x500000000, 8 | 0x500000000, params);
	return verdict(fd >= 0);
}

/* The old interface: descriptors only, which were decided before. */
static int old_aio(void)
{
	aio_context_t context = 0;
	int fd = open(SECRET, O_RDONLY);
	struct iocb iocb = { .aio_lio_opcode = IOCB_CMD_PREAD };
	struct iocb *list[1] = { &iocb };
	struct io_event event;

	iocb.aio_fildes = (unsigned int)fd;
	iocb.aio_buf = (unsigned long)buffer;
	iocb.aio_nbytes = 1;
	if (sc(SYS_io_setup, 1, &context))
		return cannot("io_setup");
	return verdict(sc(SYS_io_submit, context, 1, list) == 1 &&
		       sc(SYS_io_getevents, context, 1, 1, &event, NULL) == 1 &&
		       buffer[0] == 'S');
}

/* userfaultfd by its device, by its call, with upper bits. */
static int fault_device(void)
{
	int fd = open("/dev/userfaultfd", O_RDWR);

	if (fd < 0)
		return cannot("/dev/userfaultfd");
	return verdict(ioctl(fd, 0xaa00, 0) >= 0 ||
		       sc(SYS_ioctl, fd, 0x50000aa00, 0) >= 0);
}

static int fault_call(void)
{
	long fd = sc(SYS_userfaultfd, 1 /* UFFD_USER_MODE_ONLY */);

	if (fd < 0 && tracer_pid() <= 0)
		return cannot("userfaultfd");
	return verdict(fd >= 0);
}

ATTACKS({ "attributes", attributes }, { "change", change },
	{ "make-and-remove", make_and_remove },
	{ "bound-socket", bound_socket }, { "dangling", dangling },
	{ "tmpfile-named", tmpfile_named },
	{ "administration", administration },
	{ "message-queue", message_queue }, { "truncated", truncated },
	{ "by-descriptor", by_descriptor }, { "upgraded", upgraded },
	{ "uring", uring }, { "old-aio", old_aio },
	{ "fault-device", fault_device }, { "fault-call", fault_call })
