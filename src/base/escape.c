/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "base/escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What escape_range() does besides hiding what must never reach a terminal. */
enum {
	KEEP_BACKSLASHES = 1 << 0, /* the text is escaped already */
	KEEP_SPACES = 1 << 1,	   /* something else marks both ends */
	KEEP_BRACKETS = 1 << 2,	   /* nothing is elided */
	ESCAPE_QUOTES = 1 << 3,
};

struct code_range {
	unsigned int first, last;
};

/*
 * Characters that show as nothing, as a space, or change how their neighbours
 * show. Sorted. Combining marks stay: file names in decomposed form have them.
 */
static const struct code_range unsafe_codes[] = {
	{ 0x0000, 0x001f },    /* C0 */
	{ 0x007f, 0x00a0 },    /* DEL, C1, no-break space */
	{ 0x00ad, 0x00ad },    /* soft hyphen */
	{ 0x034f, 0x034f },    /* combining grapheme joiner */
	{ 0x061c, 0x061c },    /* Arabic letter mark: bidi */
	{ 0x115f, 0x1160 },    /* Hangul fillers */
	{ 0x1680, 0x1680 },    /* Ogham space */
	{ 0x17b4, 0x17b5 },    /* Khmer inherent vowels */
	{ 0x180b, 0x180f },    /* Mongolian selectors, vowel separator */
	{ 0x2000, 0x200f },    /* spaces, zero width, bidi marks */
	{ 0x2028, 0x202f },    /* line separators, bidi embedding, a space */
	{ 0x205f, 0x206f },    /* a space, invisible operators, bidi isolates */
	{ 0x2800, 0x2800 },    /* Braille pattern blank */
	{ 0x3000, 0x3000 },    /* ideographic space */
	{ 0x3164, 0x3164 },    /* Hangul filler */
	{ 0xd800, 0xf8ff },    /* surrogates, private use */
	{ 0xfdd0, 0xfdef },    /* non-characters */
	{ 0xfe00, 0xfe0f },    /* variation selectors */
	{ 0xfeff, 0xfeff },    /* byte order mark, zero width */
	{ 0xffa0, 0xffa0 },    /* half-width Hangul filler */
	{ 0xfff0, 0xfffb },    /* unassigned, interlinear annotation */
	{ 0x13430, 0x1345f },  /* Egyptian format controls */
	{ 0x1bca0, 0x1bca3 },  /* shorthand format controls */
	{ 0x1d173, 0x1d17a },  /* musical format controls */
	{ 0xe0000, 0x10ffff }, /* tags, selectors, private use */
};

static bool is_unsafe(unsigned int code)
{
	size_t i;

	for (i = 0; i < sizeof(unsafe_codes) / sizeof(*unsafe_codes); i++) {
		if (code < unsafe_codes[i].first)
			break;
		if (code <= unsafe_codes[i].last)
			return true;
	}
	return (code & 0xfffe) == 0xfffe; /* U+xFFFE, U+xFFFF */
}

/* The bytes of one sequence, RFC 3629 section 4: how many follow the first,
 * and within what bounds the second lies. All others lie in 80..BF. */
static size_t utf8_shape(unsigned char first, unsigned char *low,
			 unsigned char *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first == 0xe0)
		*low = 0xa0; /* else overlong */
	else if (first == 0xed)
		*high = 0x9f; /* else a surrogate */
	else if (first == 0xf0)
		*low = 0x90; /* else overlong */
	else if (first == 0xf4)
		*high = 0x8f; /* else above U+10FFFF */
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

size_t utf8_decode(const char *text, size_t len, unsigned int *code)
{
	const unsigned char *bytes = (const unsigned char *)text;
	unsigned char low, high;
	size_t n, i;

	if (!len)
		return 0;
	n = utf8_shape(bytes[0], &low, &high);
	if (!n || n > len)
		return 0;
	if (n == 1) {
		*code = bytes[0];
		return 1;
	}
	if (bytes[1] < low || bytes[1] > high)
		return 0;
	*code = bytes[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (bytes[i] & 0x3fu);
	}
	return n;
}

static void add_byte(struct buf *out, unsigned char byte)
{
	buf_printf(out, "\\x%02x", byte);
}

/* A space alone between two other bytes is plain to see. At an end, or next
 * to another space, it is not, and could be taken for our own layout. */
static bool is_lone_space(const char *text, size_t len, size_t at)
{
	return at > 0 && at + 1 < len && text[at - 1] != ' ' &&
	       text[at + 1] != ' ';
}

/* "...[" is how escape_elided() says that bytes are missing. */
static bool looks_elided(const char *text, size_t at)
{
	return at >= 3 && !memcmp(text + at - 3, "...", 3);
}

static bool is_shown(const char *text, size_t len, size_t at, int flags)
{
	char c = text[at];

	if (c == ' ')
		return (flags & KEEP_SPACES) || is_lone_space(text, len, at);
	if (c == '[')
		return (flags & KEEP_BRACKETS) || !looks_elided(text, at);
	return !is_unsafe((unsigned char)c);
}

static void escape_ascii(struct buf *out, const char *text, size_t len,
			 size_t at, int flags)
{
	char c = text[at];

	if (c == '\n')
		buf_str(out, "\\n");
	else if (c == '\t')
		buf_str(out, "\\t");
	else if (c == '\\' && !(flags & KEEP_BACKSLASHES))
		buf_str(out, "\\\\");
	else if (c == '"' && (flags & ESCAPE_QUOTES))
		buf_str(out, "\\\"");
	else if (is_shown(text, len, at, flags))
		buf_char(out, c);
	else
		add_byte(out, (unsigned char)c);
}

/* Append the bytes from @at to @end of a text of @len bytes. */
static void escape_range(struct buf *out, const char *text, size_t len,
			 size_t at, size_t end, int flags)
{
	while (at < end) {
		unsigned int code = 0;
		size_t n = utf8_decode(text + at, end - at, &code);

		if (n == 1) {
			escape_ascii(out, text, len, at, flags);
		} else if (!n) {
			add_byte(out, (unsigned char)text[at]);
			n = 1;
		} else if (is_unsafe(code)) {
			buf_printf(out, "\\u{%x}", code);
		} else {
			buf_add(out, text + at, n);
		}
		at += n;
	}
}

void escape_text(struct buf *out, const char *text, size_t len)
{
	escape_range(out, text, len, 0, len, KEEP_BRACKETS);
}

void escape_str(struct buf *out, const char *text)
{
	escape_text(out, text, strlen(text));
}

void escape_quoted(struct buf *out, const char *text, size_t len)
{
	buf_char(out, '"');
	escape_range(out, text, len, 0, len,
		     KEEP_BRACKETS | KEEP_SPACES | ESCAPE_QUOTES);
	buf_char(out, '"');
}

void escape_again(struct buf *out, const char *text, size_t len)
{
	escape_range(out, text, len, 0, len,
		     KEEP_BRACKETS | KEEP_SPACES | KEEP_BACKSLASHES);
}

/* No character may be cut in two; but in a text that is no UTF-8 at all there
 * may be many bytes that look like the inside of one. */
static bool is_inside_char(const char *text, size_t len, size_t at)
{
	return at < len && ((unsigned char)text[at] & 0xc0) == 0x80;
}

void escape_elided(struct buf *out, const char *text, size_t len, size_t limit)
{
	size_t head = limit - limit / 2;
	size_t tail = len - limit / 2;
	int i;

	if (len <= limit) {
		escape_range(out, text, len, 0, len, 0);
		return;
	}
	for (i = 0; i < 3 && head && is_inside_char(text, len, head); i++)
		head--;
	for (i = 0; i < 3 && is_inside_char(text, len, tail); i++)
		tail++;
	escape_range(out, text, len, 0, head, 0);
	buf_printf(out, "...[%zu bytes]...", tail - head);
	escape_range(out, text, len, tail, len, 0);
}
