/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json_scan - the strict half of the JSON reader.
 *
 * cJSON builds the tree but is lax: 01, raw control characters, invalid UTF-8,
 * cut strings at \u0000, no positions. So the text is first walked here, byte
 * by byte, by the grammar of RFC 8259. One thing is more than the RFC demands:
 * a lone \udc80 ... \udcff stands for the raw byte 0x80 ... 0xff, as the
 * writer makes it for names of files that are no UTF-8. cJSON refuses lone
 * surrogates, therefore it gets a copy with the byte in place.
 */
#include "json_scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

enum {
	DEPTH_MAX = 64,
	NUMBER_MAX = 60, /* cJSON cuts numbers at 63 bytes */
};

struct scan {
	const char *at, *end;
	const char *line_start;
	unsigned int line;
	unsigned int depth;
	struct buf *clean;
	struct json_places *places;
	const char *why;
};

static bool scan_value(struct scan *scan, bool is_member);

static bool fail(struct scan *scan, const char *why)
{
	if (!scan->why)
		scan->why = why;
	return false;
}

static struct json_place place(const struct scan *scan)
{
	return (struct json_place){
		.line = scan->line,
		.column = (unsigned int)(scan->at - scan->line_start) + 1,
	};
}

static int peek(const struct scan *scan)
{
	return scan->at < scan->end ? (unsigned char)*scan->at : -1;
}

static void keep(struct scan *scan, size_t len)
{
	buf_add(scan->clean, scan->at, len);
	scan->at += len;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static void skip_space(struct scan *scan)
{
	for (;;) {
		int c = peek(scan);

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			return;
		keep(scan, 1);
		if (c == '\n') {
			scan->line++;
			scan->line_start = scan->at;
		}
	}
}

/* The four digits of \uXXXX at @at; -1 when they are none. */
static int hex4(const struct scan *scan, const char *at)
{
	int value = 0;

	if (scan->end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)at[i];
		int digit = is_digit(c) ? c - '0' :
			    (c | 32) >= 'a' && (c | 32) <= 'f' ?
					  (c | 32) - 'a' + 10 :
					  -1;

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* At the backslash of \uXXXX. */
static bool scan_unicode(struct scan *scan)
{
	int code = hex4(scan, scan->at + 2);
	int low = -1;

	if (code < 0)
		return fail(scan, "\\u needs four hexadecimal digits");
	if (code == 0)
		return fail(scan, "a string must not contain \\u0000");
	if (code < 0xd800 || code > 0xdfff) {
		keep(scan, 6);
		return true;
	}
	if (code >= 0xdc80 && code <= 0xdcff) {
		buf_char(scan->clean, (char)(code - 0xdc00));
		scan->at += 6;
		return true;
	}
	if (code < 0xdc00 && scan->end - scan->at >= 12 &&
	    scan->at[6] == '\\' && scan->at[7] == 'u')
		low = hex4(scan, scan->at + 8);
	if (low < 0xdc00 || low > 0xdfff)
		return fail(scan, "half of a surrogate pair");
	keep(scan, 12);
	return true;
}

static bool scan_escape(struct scan *scan)
{
	int c = scan->end - scan->at < 2 ? 0 : scan->at[1];

	if (c == 'u')
		return scan_unicode(scan);
	if (!c || !strchr("\"\\/bfnrt", c))
		return fail(scan, "unknown escape in a string");
	keep(scan, 2);
	return true;
}

static bool scan_string(struct scan *scan)
{
	keep(scan, 1);
	for (;;) {
		int c = peek(scan);
		unsigned int code;
		size_t len;

		if (c < 0)
			return fail(scan, "unterminated string");
		if (c == '"') {
			keep(scan, 1);
			return true;
		}
		if (c == '\\') {
			if (!scan_escape(scan))
				return false;
			continue;
		}
		if (c < 0x20)
			return fail(scan, "control character in a string");
		len = c < 0x80 ? 1 :
				 utf8_decode(scan->at,
					     (size_t)(scan->end - scan->at),
					     &code);
		if (!len)
			return fail(scan, "invalid UTF-8");
		keep(scan, len);
	}
}

static bool scan_digits(struct scan *scan)
{
	if (!is_digit(peek(scan)))
		return fail(scan, "a digit is missing in a number");
	while (is_digit(peek(scan)))
		keep(scan, 1);
	return true;
}

/* The number of @len bytes that was kept last. */
static bool is_exact(const struct scan *scan, size_t len, bool is_integer)
{
	const int64_t limit = INT64_C(1) << 53;
	long long value;

	if (len > NUMBER_MAX)
		return false;
	value = strtoll(scan->clean->data + scan->clean->len - len, NULL, 10);
	return !is_integer || (value >= -limit && value <= limit);
}

static bool scan_number(struct scan *scan)
{
	const char *start = scan->at;
	bool is_integer = true;
	int c;

	if (peek(scan) == '-')
		keep(scan, 1);
	if (peek(scan) == '0') {
		keep(scan, 1);
		if (is_digit(peek(scan)))
			return fail(scan, "a number must not begin with 0");
	} else if (!scan_digits(scan)) {
		return false;
	}
	if (peek(scan) == '.') {
		is_integer = false;
		keep(scan, 1);
		if (!scan_digits(scan))
			return false;
	}
	c = peek(scan);
	if (c == 'e' || c == 'E') {
		is_integer = false;
		keep(scan, 1);
		c = peek(scan);
		if (c == '+' || c == '-')
			keep(scan, 1);
		if (!scan_digits(scan))
			return false;
	}
	if (!is_exact(scan, (size_t)(scan->at - start), is_integer)) {
		scan->at = start;
		return fail(scan, "a number this large is not held exactly; "
				  "write it as a string");
	}
	return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(scan->end - scan->at) < len ||
	    memcmp(scan->at, word, len) != 0)
		return fail(scan, "expected a value");
	keep(scan, len);
	return true;
}

static bool scan_key(struct scan *scan)
{
	if (peek(scan) != '"')
		return fail(scan, "expected a key in double quotes");
	VEC_PUSH(scan->places, place(scan));
	if (!scan_string(scan))
		return false;
	skip_space(scan);
	if (peek(scan) != ':')
		return fail(scan, "expected ':' after the key");
	keep(scan, 1);
	skip_space(scan);
	return true;
}

/* At the opening bracket of an array or object. */
static bool scan_items(struct scan *scan, bool is_object)
{
	int close = is_object ? '}' : ']';

	if (++scan->depth > DEPTH_MAX)
		return fail(scan, "nested too deeply");
	keep(scan, 1);
	skip_space(scan);
	if (peek(scan) != close) {
		for (;;) {
			if (is_object && !scan_key(scan))
				return false;
			if (!scan_value(scan, is_object))
				return false;
			skip_space(scan);
			if (peek(scan) != ',')
				break;
			keep(scan, 1);
			skip_space(scan);
		}
	}
	if (peek(scan) != close)
		return fail(scan, is_object ? "expected ',' or '}'" :
					      "expected ',' or ']'");
	keep(scan, 1);
	scan->depth--;
	return true;
}

static bool scan_value(struct scan *scan, bool is_member)
{
	int c = peek(scan);

	if (!is_member)
		VEC_PUSH(scan->places, place(scan));
	if (c < 0)
		return fail(scan, "unexpected end of the text");
	if (c == '{' || c == '[')
		return scan_items(scan, c == '{');
	if (c == '"')
		return scan_string(scan);
	if (c == '-' || is_digit(c))
		return scan_number(scan);
	return scan_word(scan, c == 't' ? "true" : c == 'f' ? "false" : "null");
}

bool json_scan(const char *text, size_t len, struct buf *clean,
	       struct json_places *places, const char **why,
	       struct json_place *at)
{
	struct scan scan = {
		.at = text,
		.end = text + len,
		.line_start = text,
		.line = 1,
		.clean = clean,
		.places = places,
	};

	skip_space(&scan);
	if (scan_value(&scan, false)) {
		skip_space(&scan);
		if (scan.at == scan.end)
			return true;
		fail(&scan, "text after the end of the value");
	}
	*why = scan.why;
	*at = place(&scan);
	return false;
}
