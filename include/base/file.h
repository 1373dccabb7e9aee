/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* file - whole files in and out, safely. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Read all of @path. Fails on directories, devices and files over @limit
 * bytes. The message is "PATH: why", the path escaped. */
bool file_read(const char *path, size_t limit, struct buf *out,
	       struct err *err);

/* Write a file so that there is the old one or the new one, never half:
 * temporary file next to it, mode 0600, fsync, rename. A symlink at @path is
 * followed. On failure nothing is left behind and the old file is untouched. */
bool file_write_atomic(const char *path, const void *data, size_t len,
		       struct err *err);

/* Would file_write_atomic() have somewhere to write, as things are? Nothing is
 * left behind; a device or a fifo is not opened. */
bool file_may_write(const char *path, struct err *err);

#endif
