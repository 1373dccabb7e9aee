/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* file - whole files in and out; see base/file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/escape.h"

enum {
	LINKS_MAX = 40,	 /* as the kernel */
	NAMES_MAX = 100, /* tries for a free temporary name */
};

static bool fail(struct err *err, const char *path, const char *why)
{
	BUF_AUTO(shown);

	escape_str(&shown, path);
	return err_set(err, "%s: %s", buf_text(&shown), why);
}

static bool fail_errno(struct err *err, const char *path, int error)
{
	return fail(err, path, strerror(error));
}

static bool read_all(int fd, const char *path, size_t limit, struct buf *out,
		     struct err *err)
{
	char block[16384];
	ssize_t got;

	for (;;) {
		got = read(fd, block, sizeof(block));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, path, errno);
		if (got == 0)
			return true;
		/* The size of before is not asked: the file may grow. */
		if ((size_t)got > limit - out->len)
			return fail(err, path, "too large");
		buf_add(out, block, (size_t)got);
	}
}

bool file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
	/* O_NONBLOCK: a fifo without a writer must not hold us up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	bool ok;

	buf_clear(out);
	if (fd < 0)
		return fail_errno(err, path, errno);
	if (fstat(fd, &st) < 0)
		ok = fail_errno(err, path, errno);
	else if (S_ISDIR(st.st_mode))
		ok = fail_errno(err, path, EISDIR);
	else if (!S_ISREG(st.st_mode))
		ok = fail(err, path, "not a regular file");
	else
		ok = read_all(fd, path, limit, out, err);
	close(fd);
	return ok;
}

/* 0 or a positive errno. */
static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t done = write(fd, data, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return errno;
		if (done == 0)
			return EIO;
		data += done;
		len -= (size_t)done;
	}
	return 0;
}

/* Some file systems and all devices have nothing to sync. */
static int sync_fd(int fd)
{
	if (fsync(fd) == 0 || errno == EINVAL || errno == EROFS ||
	    errno == ENOTSUP)
		return 0;
	return errno;
}

/* /dev/full, /dev/stdout, a fifo: no file to replace, so write into it. */
static bool write_into(const char *path, const void *data, size_t len,
		       struct err *err)
{
	/* Non-blocking to open only: a fifo nobody reads is an error. */
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int error;

	if (fd < 0)
		return fail_errno(err, path, errno);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	error = write_all(fd, data, len);
	if (close(fd) < 0 && !error)
		error = errno;
	return error ? fail_errno(err, path, error) : true;
}

/* "dir/" of "dir/file", "" of "file". */
static size_t dir_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Follow the symlinks at the end of @path, dangling ones too. */
static int follow_links(const char *path, struct buf *out)
{
	char text[PATH_MAX];

	buf_clear(out);
	buf_str(out, path);
	for (int i = 0; i < LINKS_MAX; i++) {
		ssize_t len = readlink(buf_text(out), text, sizeof(text));

		if (len < 0)
			return errno == EINVAL || errno == ENOENT ? 0 : errno;
		if (len == sizeof(text))
			return ENAMETOOLONG;
		out->len = text[0] == '/' ? 0 : dir_len(out->data);
		buf_add(out, text, (size_t)len);
	}
	return ELOOP;
}

/* A new file in the directory of @path; its name goes to @name. */
static int open_temporary(const char *path, struct buf *name)
{
	int fd = -1;

	for (int i = 0; fd < 0 && i < NAMES_MAX; i++) {
		unsigned long long number = 0;

		if (getrandom(&number, sizeof(number), 0) < 0)
			return -1;
		buf_clear(name);
		buf_add(name, path, dir_len(path));
		buf_printf(name, ".syswall-%016llx", number);
		fd = open(buf_text(name),
			  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			  0600);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	return fd;
}

/* So that the rename survives a crash. The new file is already in place, so
 * there is nothing left that could fail. */
static void sync_directory(const char *path)
{
	BUF_AUTO(dir);
	int fd;

	buf_add(&dir, path, dir_len(path));
	fd = open(dir.len ? dir.data : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

/* 0 or a positive errno. */
static int replace(const char *path, const void *data, size_t len)
{
	BUF_AUTO(temporary);
	int fd = open_temporary(path, &temporary);
	int error;

	if (fd < 0)
		return errno;
	/* The umask may have taken bits away. */
	error = fchmod(fd, 0600) < 0 ? errno : 0;
	if (!error)
		error = write_all(fd, data, len);
	if (!error)
		error = sync_fd(fd);
	if (close(fd) < 0 && !error)
		error = errno;
	if (!error && rename(temporary.data, path) < 0)
		error = errno;
	if (error)
		unlink(temporary.data);
	else
		sync_directory(path);
	return error;
}

/* The file that @path leads to: *is_special when it is none to replace. */
static bool find_target(const char *path, struct buf *target, bool *is_special,
			struct err *err)
{
	struct stat st;
	int error;

	*is_special = false;
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return fail_errno(err, path, EISDIR);
		*is_special = !S_ISREG(st.st_mode);
		if (*is_special)
			return true;
	} else if (errno != ENOENT) {
		return fail_errno(err, path, errno);
	}
	if (!*path)
		return fail_errno(err, path, ENOENT);
	error = follow_links(path, target);
	return error ? fail_errno(err, path, error) : true;
}

bool file_write_atomic(const char *path, const void *data, size_t len,
		       struct err *err)
{
	BUF_AUTO(target);
	bool is_special;
	int error;

	if (!find_target(path, &target, &is_special, err))
		return false;
	if (is_special)
		return write_into(path, data, len, err);
	error = replace(buf_text(&target), data, len);
	return error ? fail_errno(err, path, error) : true;
}

/* Only making a file proves that one can be made: a superuser may do all, and
 * still not on a read-only file system or below /proc. */
bool file_may_write(const char *path, struct err *err)
{
	BUF_AUTO(target);
	BUF_AUTO(temporary);
	bool is_special;
	int fd;

	if (!find_target(path, &target, &is_special, err))
		return false;
	if (is_special)
		return !faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) ||
		       fail_errno(err, path, errno);
	fd = open_temporary(buf_text(&target), &temporary);
	if (fd < 0)
		return fail_errno(err, path, errno);
	close(fd);
	unlink(temporary.data);
	return true;
}
