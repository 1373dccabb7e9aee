/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* normal_text - what of one name is volatile by its looks alone. Pure. */
#ifndef REPORT_NORMAL_TEXT_H
#define REPORT_NORMAL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* One component of a path, or another name. */
struct normal_part {
	const char *text;
	size_t len;
	bool temporary; /* in a place for temporary files */
	bool shard;	/* "ab" of "objects/ab/cdef...": a part of a hash */
};

/* Append the part, with <uuid>, <hash>, <date>, <number> and <random> for what
 * looks like that. */
void normal_part(const struct normal_part *part, struct buf *out);

/* Append @len bytes of @text, with <random> where @like has question marks. */
void normal_like(const char *text, const char *like, size_t len,
		 struct buf *out);

/* Put @with for the first @text, @len bytes long, in @out. */
void normal_replace(struct buf *out, const char *text, size_t len,
		    const char *with);

/* Is the component of @len bytes at @at of @path two digits of a hash? */
bool normal_is_shard(const char *path, size_t at, size_t len);

/* Does the directory in the first @len bytes of @path say that what is in it is
 * temporary: "x/tmp"? */
bool normal_is_temporary_name(const char *path, size_t len);

#endif
