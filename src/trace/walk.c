/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MAX_LINKS     40 /* MAXSYMLINKS of the kernel */
#define PROC_ROOT_INO 1

static int open_component(int dir, const char *name)
{
	int fd = openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return fd;
}

/* Stand in @fd from now on; it is ours. */
static void step_into(struct walk *walk, int fd)
{
	close(walk->here);
	walk->here = fd;
}

static bool same_directory(int a, int b)
{
	struct statx left, right;

	/* The mount tells apart what a bind mount shows twice. */
	if (statx(a, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, &left) ||
	    statx(b, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, &right))
		return false;
	return left.stx_ino == right.stx_ino &&
	       left.stx_mnt_id == right.stx_mnt_id &&
	       left.stx_dev_major == right.stx_dev_major &&
	       left.stx_dev_minor == right.stx_dev_minor;
}

static int step_up(struct walk *walk)
{
	int fd;

	if (same_directory(walk->here, walk->root))
		return 0;
	fd = open_component(walk->here, "..");
	if (fd < 0)
		return fd;
	step_into(walk, fd);
	return 0;
}

static int step_to_root(struct walk *walk)
{
	int fd = fcntl(walk->root, F_DUPFD_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	step_into(walk, fd);
	return 0;
}

static long fs_of(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) ? 0 : (long)fs.f_type;
}

static bool on_procfs(int fd)
{
	return fs_of(fd) == PROC_SUPER_MAGIC;
}

/* Do we stand in /proc itself? Its links are plain. */
static bool in_proc_root(const struct walk *walk)
{
	struct stat status;

	return !fstat(walk->here, &status) && status.st_ino == PROC_ROOT_INO;
}

/* The text of the link @fd, which stands in walk->here as @name. */
static ssize_t read_link(const struct walk *walk, int fd, const char *name,
			 char text[PATH_MAX])
{
	ssize_t len;

	/* /proc/self and /proc/thread-self name whoever reads them. */
	if (on_procfs(fd) && in_proc_root(walk)) {
		if (!strcmp(name, "self"))
			return snprintf(text, PATH_MAX, "%d", (int)walk->tid);
		if (!strcmp(name, "thread-self"))
			return snprintf(text, PATH_MAX, "%d/task/%d",
					(int)walk->tid, (int)walk->tid);
	}
	len = readlinkat(fd, "", text, PATH_MAX - 1);
	if (len < 0)
		return -errno;
	text[len] = '\0';
	return len;
}

/* A magic link leads to an object, not to the path that it shows. */
static bool is_magic(const struct walk *walk, int fd, const char *name)
{
	struct open_how how = {
		.flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_NO_MAGICLINKS,
	};
	int followed;

	if (!on_procfs(fd))
		return false;
	followed =
		(int)syscall(SYS_openat2, walk->here, name, &how, sizeof(how));
	if (followed >= 0) {
		close(followed);
		return false;
	}
	if (errno != ENOSYS && errno != EPERM)
		return errno == ELOOP;
	return !in_proc_root(walk); /* no openat2 here: rather one too many */
}

static int walk_components(struct walk *walk, const char *path, char *last);

/* The path of what @fd is, as we see it. */
static int path_of(int fd, struct buf *found)
{
	static const char deleted[] = " (deleted)";
	char link[40], text[PATH_MAX + 1];
	struct stat status;
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, text, sizeof(text) - 1);
	if (len < 0)
		return -errno;
	text[len] = '\0';
	if ((size_t)len > strlen(deleted) && !fstat(fd, &status) &&
	    status.st_nlink == 0 &&
	    !strcmp(text + len - strlen(deleted), deleted))
		len -= (ssize_t)strlen(deleted);
	buf_add(found, text, (size_t)len);
	return 0;
}

/* Are we in /proc/PID of syswall itself, or below? */
static bool is_our_own(const struct walk *walk)
{
	char own[32];
	size_t len =
		(size_t)snprintf(own, sizeof(own), "/proc/%d", (int)getpid());
	BUF_AUTO(here);

	return !path_of(walk->here, &here) &&
	       !strncmp(buf_text(&here), own, len) &&
	       (here.data[len] == '/' || here.len == len);
}

static int follow_link(struct walk *walk, int fd, const char *name, char *last)
{
	bool follow_last = walk->follow_last;
	char text[PATH_MAX];
	ssize_t len;
	int error;

	if (++walk->links > MAX_LINKS)
		return -ELOOP;
	if (is_magic(walk, fd, name)) {
		int object = openat(walk->here, name, O_PATH | O_CLOEXEC);

		if (object < 0)
			return -errno;
		walk->ours |= is_our_own(walk);
		step_into(walk, object);
		walk->magic = true;
		*last = '\0';
		return 0;
	}
	len = read_link(walk, fd, name, text);
	if (len < 0)
		return (int)len;
	if (len == 0)
		return -ENOENT;
	/* "Last" spoke of the program's path: whoever follows a link follows
	 * the links at its end too. */
	walk->follow_last = true;
	error = walk_components(walk, text, last);
	walk->follow_last = follow_last;
	return error;
}

static int must_be_directory(int fd)
{
	struct stat status;

	if (fstat(fd, &status))
		return -errno;
	return S_ISDIR(status.st_mode) ? 0 : -ENOTDIR;
}

/*
 * One component. @is_last: nothing follows it; @must_dir: a slash does. When
 * the last one is missing, or is a link that is not to be followed, we stay in
 * its directory and *last has its name; otherwise we stand in the object
 * itself and *last is empty.
 */
static int walk_component(struct walk *walk, const char *name, bool is_last,
			  bool must_dir, char *last)
{
	struct stat status;
	int fd, error;

	*last = '\0';
	if (!strcmp(name, "."))
		return must_be_directory(walk->here);
	if (!strcmp(name, ".."))
		return step_up(walk);
	fd = open_component(walk->here, name);
	if (fd == -ENOENT && is_last) {
		strcpy(last, name);
		return must_be_directory(walk->here);
	}
	if (fd < 0)
		return fd;
	if (fstat(fd, &status)) {
		error = -errno;
	} else if (!S_ISLNK(status.st_mode)) {
		step_into(walk, fd);
		return must_dir || !is_last ? must_be_directory(fd) : 0;
	} else if (is_last && !must_dir && !walk->follow_last) {
		strcpy(last, name);
		error = 0;
	} else {
		error = follow_link(walk, fd, name, last);
		if (!error && !is_last && *last)
			error = -ENOENT; /* the link dangles */
		if (!error && !*last && must_dir)
			error = must_be_directory(walk->here);
	}
	close(fd);
	return error;
}

static int walk_components(struct walk *walk, const char *path, char *last)
{
	char name[NAME_MAX + 1];
	int error = 0;

	*last = '\0';
	if (*path == '/') {
		error = step_to_root(walk);
		if (error)
			return error;
	}
	while (!error) {
		size_t len;
		const char *rest;

		path += strspn(path, "/");
		len = strcspn(path, "/");
		if (!len)
			return 0;
		if (len > NAME_MAX)
			return -ENAMETOOLONG;
		memcpy(name, path, len);
		name[len] = '\0';
		path += len;
		rest = path + strspn(path, "/");
		error = walk_component(walk, name, !*rest, *path == '/', last);
	}
	return error;
}

int walk_path(struct walk *walk, int base, const char *path, struct buf *found,
	      bool *exists)
{
	char last[NAME_MAX + 1];
	int error, in_root = -1;

	walk->here = fcntl(base, F_DUPFD_CLOEXEC, 0);
	walk->links = 0;
	if (walk->here < 0)
		return -errno;
	if (walk->in_root) {
		in_root = walk->root;
		walk->root = base;
	}
	error = walk_components(walk, path, last);
	if (!error)
		error = path_of(walk->here, found);
	if (!error && *last) {
		struct stat status;

		*exists = !fstatat(walk->here, last, &status,
				   AT_SYMLINK_NOFOLLOW);
		if (!found->len || found->data[found->len - 1] != '/')
			buf_char(found, '/');
		buf_str(found, last);
	} else if (!error) {
		*exists = true;
	}
	if (walk->in_root)
		walk->root = in_root;
	if (!error)
		walk->fs = fs_of(walk->here);
	close(walk->here);
	return error;
}
