/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Finding the program, as the shell does: execvp(3), POSIX 2.8.2. */
#include "trace/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/escape.h"

/* 0, or why @path cannot be executed. */
static int executable_error(const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return errno;
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (!S_ISREG(status.st_mode) || access(path, X_OK))
		return EACCES;
	return 0;
}

static int failure(const char *name, int error, struct err *err)
{
	BUF_AUTO(shown);

	escape_elided(&shown, name, strlen(name), 300);
	if (error == ENOENT || error == ENOTDIR) {
		err_set(err, "%s: %s", buf_text(&shown),
			strchr(name, '/') ? strerror(error) :
					    "command not found");
		return EXIT_NOT_FOUND;
	}
	err_set(err, "%s: %s", buf_text(&shown), strerror(error));
	return EXIT_NOT_EXECUTABLE;
}

static bool join(char *path, const char *dir, size_t len, const char *name)
{
	/* An empty element of $PATH is the current directory. */
	int n = len ? snprintf(path, PATH_MAX, "%.*s/%s", (int)len, dir, name) :
		      snprintf(path, PATH_MAX, "./%s", name);

	return n < PATH_MAX;
}

static int search_path(const char *name, char *path)
{
	const char *dir = getenv("PATH");
	int error = ENOENT;

	if (!dir)
		dir = "/bin:/usr/bin"; /* confstr(_CS_PATH) */
	for (;;) {
		size_t len = strcspn(dir, ":");
		int here = join(path, dir, len, name) ? executable_error(path) :
							ENAMETOOLONG;

		if (!here)
			return 0;
		/* "Permission denied" is worth telling of a file that is
		 * there, unless a later directory has a better one. */
		if (here == EACCES && !access(path, F_OK))
			error = here;
		if (!dir[len])
			return error;
		dir += len + 1;
	}
}

int spawn_search(const char *name, char *path, struct err *err)
{
	int error;

	if (!*name) {
		error = ENOENT;
	} else if (!strchr(name, '/')) {
		error = search_path(name, path);
	} else if (strlen(name) >= PATH_MAX) {
		error = ENAMETOOLONG;
	} else {
		strcpy(path, name);
		error = executable_error(path);
	}
	return error ? failure(name, error, err) : 0;
}

bool spawn_is_text(const char *path)
{
	char start[256];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t len = fd < 0 ? -1 : read(fd, start, sizeof(start));
	const char *end;

	if (fd >= 0)
		close(fd);
	if (len < 0)
		return false; /* the shell could not read it either */
	end = memchr(start, '\n', (size_t)len);
	return !memchr(start, '\0', end ? (size_t)(end - start) : (size_t)len);
}
