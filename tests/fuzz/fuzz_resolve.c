/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * A small world and paths in it, one a line:
 *
 *	d NAME		a directory
 *	f NAME		a file
 *	l NAME TEXT	a symbolic link
 *	p PATH		where does that lead?
 *
 * The kernel is the oracle: what it opens, and the errno where it does not.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "trace/resolve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1100 };

static char top[PATH_MAX];
static int top_fd;

static void must(int condition)
{
	if (!condition)
		abort();
}

static int remove_one(const char *path, const struct stat *status, int type,
		      struct FTW *ftw)
{
	(void)status;
	(void)type;
	if (ftw->level > 0)
		remove(path);
	return 0;
}

static void remove_top(void)
{
	rmdir(top);
}

static void empty_world(void)
{
	if (!*top) {
		char template[] = "/tmp/syswall-fuzz-XXXXXX";

		must(mkdtemp(template) != NULL);
		must(realpath(template, top) != NULL);
		top_fd = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		must(top_fd >= 0);
		atexit(remove_top);
	}
	nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Only below the top is anything made. */
static bool is_inside(const char *name)
{
	return *name && *name != '/' && !strstr(name, "..");
}

static void make(char kind, char *name, const char *text)
{
	if (!is_inside(name))
		return;
	if (kind == 'd')
		mkdirat(top_fd, name, 0700);
	else if (kind == 'l' && text)
		(void)!symlinkat(text, top_fd, name);
	else if (kind == 'f') {
		/* Through a link it would lie elsewhere. */
		int fd =
			openat(top_fd, name, O_CREAT | O_EXCL | O_WRONLY, 0600);

		if (fd >= 0)
			close(fd);
	}
}

/* The path of what the kernel finds; NULL with *error. Free it. */
static char *ask_kernel(const char *path, int flags, int *error)
{
	int fd = openat(top_fd, path, flags | O_CLOEXEC, 0600);
	char link[64], text[PATH_MAX];
	ssize_t len;

	*error = fd < 0 ? -errno : 0;
	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, text, sizeof(text) - 1);
	close(fd);
	must(len > 0);
	text[len] = '\0';
	return xstrdup(text);
}

/* It is not there: would it be made where we say? */
static void check_missing(const char *path, const char *resolved)
{
	size_t len = strlen(top);
	char *made;
	int error;

	if (strncmp(resolved, top, len) != 0 || resolved[len] != '/')
		return;
	made = ask_kernel(path, O_CREAT | O_WRONLY, &error);
	if (!made)
		return; /* "name/" */
	must(!strcmp(made, resolved));
	unlink(made);
	free(made);
}

static void check(char *path, enum target_kind kind, int flags)
{
	struct target target = {
		.kind = kind,
		.dirfd = top_fd,
		.asked = path,
	};
	struct call call = { .targets = &target, .n_targets = 1 };
	int error;
	char *found = ask_kernel(path, O_PATH | flags, &error);

	resolve_targets(getpid(), &call);
	if (found) {
		/* What is a descriptor's own is another one for each look. */
		if (!strstr(found, "/fd")) {
			must(!target.error && target.exists);
			must(!strcmp(found, target.resolved));
		}
	} else if (error == -ENOENT && target.resolved) {
		must(!target.exists);
		if (kind == TARGET_PATH)
			check_missing(path, target.resolved);
	} else {
		must(target.error == error && !target.resolved);
	}
	free(found);
	free(target.resolved);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[INPUT_MAX + 1], *rest = text, *line;

	if (size > INPUT_MAX || memchr(data, '\0', size))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	empty_world();
	while ((line = strsep(&rest, "\n"))) {
		char *name;

		if (strlen(line) < 2 || line[1] != ' ')
			continue;
		name = line + 2;
		if (*line == 'p') {
			check(name, TARGET_PATH, 0);
			check(name, TARGET_LINK, O_NOFOLLOW);
		} else {
			char *second = name;

			name = strsep(&second, " ");
			make(*line, name, second);
		}
	}
	return 0;
}
