/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * buf - the only string builder.
 *
 * A growing byte string that is always NUL-terminated behind its length, so
 * that .data is a C string whenever the content has no NUL. Start with
 * `struct buf b = BUF_EMPTY;` or `BUF_AUTO(b);`, which frees at scope end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data; /* never NULL once something was added; see buf_text() */
	size_t len;
	size_t size;
};

#define BUF_EMPTY                                                              \
	{                                                                      \
		NULL, 0, 0                                                     \
	}
#define BUF_AUTO(name)                                                         \
	struct buf name __attribute__((cleanup(buf_free))) = BUF_EMPTY

void buf_free(struct buf *buf);
void buf_clear(struct buf *buf); /* length 0, memory kept */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_pad(struct buf *buf, size_t width, char c); /* until len is width */
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* The content as a C string, "" when nothing was added. Owned by @buf. */
const char *buf_text(const struct buf *buf);

/* Hand the content over to the caller, who frees it; @buf is empty after. */
char *buf_steal(struct buf *buf);

#endif
