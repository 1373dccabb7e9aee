/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Whatever goes in, what comes out is valid UTF-8 without one byte that a
 * terminal obeys, and the plain form can be turned back into what went in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
	if (!condition)
		abort();
}

static void check_safe(const struct buf *shown)
{
	size_t at = 0;

	while (at < shown->len) {
		unsigned int code = 0;
		size_t n =
			utf8_decode(shown->data + at, shown->len - at, &code);

		must(n > 0);
		must(code >= 0x20 && !(code >= 0x7f && code <= 0xa0));
		must(code < 0x202a || code > 0x202e);
		must(code < 0x2066 || code > 0x2069);
		at += n;
	}
}

static void add_code(struct buf *out, unsigned long code)
{
	if (code >= 0x10000) {
		buf_char(out, (char)(0xf0 | code >> 18));
		buf_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	} else if (code >= 0x800) {
		buf_char(out, (char)(0xe0 | code >> 12));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	} else {
		buf_char(out, (char)(0xc0 | code >> 6));
	}
	buf_char(out, (char)(0x80 | (code & 0x3f)));
}

/* One escape sequence at @at, a backslash; returns what follows it. */
static const char *undo_one(struct buf *out, const char *at)
{
	char hex[3] = { 0 };
	char *end;

	switch (at[1]) {
	case 'n':
		buf_char(out, '\n');
		return at + 2;
	case 't':
		buf_char(out, '\t');
		return at + 2;
	case '\\':
		buf_char(out, '\\');
		return at + 2;
	case 'x':
		memcpy(hex, at + 2, 2);
		buf_char(out, (char)strtoul(hex, &end, 16));
		must(*end == '\0');
		return at + 4;
	case 'u':
		must(at[2] == '{');
		add_code(out, strtoul(at + 3, &end, 16));
		must(*end == '}');
		return end + 1;
	}
	abort();
}

static void check_reversible(const struct buf *shown, const uint8_t *data,
			     size_t size)
{
	const char *at = buf_text(shown);
	BUF_AUTO(back);

	while (*at) {
		if (*at == '\\')
			at = undo_one(&back, at);
		else
			buf_char(&back, *at++);
	}
	must(back.len == size);
	must(!size || !memcmp(back.data, data, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	size_t limit = size ? data[0] : 0;
	BUF_AUTO(plain);
	BUF_AUTO(quoted);
	BUF_AUTO(elided);
	BUF_AUTO(again);

	escape_text(&plain, text, size);
	check_safe(&plain);
	check_reversible(&plain, data, size);
	escape_quoted(&quoted, text, size);
	check_safe(&quoted);
	escape_elided(&elided, text, size, limit);
	check_safe(&elided);
	must(size <= limit || elided.len <= limit * 10 + 40);
	escape_again(&again, text, size);
	check_safe(&again);
	return 0;
}
