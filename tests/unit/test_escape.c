/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* escape: what reaches the terminal, byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape.h"

struct row {
	const char *text;
	const char *shown;
};

static void check_rows(const struct row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		BUF_AUTO(out);

		escape_str(&out, rows[i].text);
		assert_string_equal(buf_text(&out), rows[i].shown);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void test_plain(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "/etc/passwd", "/etc/passwd" },
		{ "a b", "a b" },
		{ "\"quoted\"", "\"quoted\"" },
		{ "caf\u00e9 \u4e2d\u6587 \U0001f600",
		  "caf\u00e9 \u4e2d\u6587 \U0001f600" },
		{ "e\u0301", "e\u0301" }, /* decomposed, as on some disks */
	};

	(void)state;
	CHECK(rows);
}

static void test_control(void **state)
{
	static const struct row rows[] = {
		{ "a\nb\tc", "a\\nb\\tc" },
		{ "\r\b\a\v\f", "\\x0d\\x08\\x07\\x0b\\x0c" },
		{ "x\x1b[2J\x1b[1;1Hallow?", "x\\x1b[2J\\x1b[1;1Hallow?" },
		{ "\x7f", "\\x7f" },
		{ "\xc2\x9b"
		  "2J",
		  "\\u{9b}2J" }, /* C1 as a character */
		{ "\x9b"
		  "2J",
		  "\\x9b2J" }, /* C1 as a byte */
		{ "\\x1b", "\\\\x1b" },
	};

	(void)state;
	CHECK(rows);
}

static void test_invisible(void **state)
{
	static const struct row rows[] = {
		{ "a\u202etxt.exe", "a\\u{202e}txt.exe" },
		{ "\u2066\u2069\u200e\u200f\u061c",
		  "\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}" },
		{ "a\u200bb\u200db\u2060c", "a\\u{200b}b\\u{200d}b\\u{2060}c" },
		{ "\ufeffx", "\\u{feff}x" },
		{ "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c" },
		{ "a\u00a0b\u3000c", "a\\u{a0}b\\u{3000}c" },
		{ "\U000e0041", "\\u{e0041}" },
		{ "\ufdd0\uffff\U0001fffe", "\\u{fdd0}\\u{ffff}\\u{1fffe}" },
		{ "\ue000", "\\u{e000}" },
		{ "\ufe0f\u00ad", "\\u{fe0f}\\u{ad}" },
	};

	(void)state;
	CHECK(rows);
}

static void test_invalid_utf8(void **state)
{
	static const struct row rows[] = {
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xc0\x80", "\\xc0\\x80" },	       /* overlong NUL */
		{ "\xe0\x9f\xbf", "\\xe0\\x9f\\xbf" }, /* overlong */
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xe4\xb8", "\\xe4\\xb8" }, /* ends too early */
		{ "\xc3(", "\\xc3(" },
		{ "\x80", "\\x80" },
	};

	(void)state;
	CHECK(rows);
}

/* Spaces that could be taken for the layout of the question. */
static void test_spaces(void **state)
{
	static const struct row rows[] = {
		{ " a", "\\x20a" },
		{ "a ", "a\\x20" },
		{ "a  b", "a\\x20\\x20b" },
		{ "/tmp/x   asked for as y",
		  "/tmp/x\\x20\\x20\\x20asked for as y" },
	};

	(void)state;
	CHECK(rows);
}

static void test_quoted(void **state)
{
	BUF_AUTO(out);

	(void)state;
	escape_quoted(&out, "a \"b\"  \0\\", 9);
	assert_string_equal(buf_text(&out), "\"a \\\"b\\\"  \\x00\\\\\"");
}

static void test_again(void **state)
{
	static const char json[] = "{\"path\": \"a\\\\b\\u001b \u202e\x1b\"}";
	BUF_AUTO(out);

	(void)state;
	escape_again(&out, json, strlen(json));
	assert_string_equal(buf_text(&out),
			    "{\"path\": \"a\\\\b\\u001b \\u{202e}\\x1b\"}");
}

static void check_elided(const char *text, size_t limit, const char *shown)
{
	BUF_AUTO(out);

	escape_elided(&out, text, strlen(text), limit);
	assert_string_equal(buf_text(&out), shown);
}

static void test_elided(void **state)
{
	(void)state;
	check_elided("0123456789", 10, "0123456789");
	check_elided("0123456789A", 10, "01234...[1 bytes]...6789A");
	check_elided("0123456789A", 3, "01...[8 bytes]...A");
	check_elided("0123456789A", 0, "...[11 bytes]...");
	/* no character is cut in two */
	check_elided("a\u00e9\u00e9\u00e9\u00e9", 4, "a...[6 bytes]...\u00e9");
	check_elided("\x80\x80\x80\x80\x80\x80", 2, "...[6 bytes]...");
	/* the mark cannot be forged */
	check_elided("a...[9 bytes]...b", 99, "a...\\x5b9 bytes]...b");
	check_elided("a[9]", 99, "a[9]");
}

static void test_decode(void **state)
{
	unsigned int code = 0;

	(void)state;
	assert_int_equal(utf8_decode("", 0, &code), 0);
	assert_int_equal(utf8_decode("a", 1, &code), 1);
	assert_int_equal(code, 'a');
	assert_int_equal(utf8_decode("\u00e9", 2, &code), 2);
	assert_int_equal(code, 0xe9);
	assert_int_equal(utf8_decode("\u00e9", 1, &code), 0);
	assert_int_equal(utf8_decode("\u4e2d", 3, &code), 3);
	assert_int_equal(code, 0x4e2d);
	assert_int_equal(utf8_decode("\U0010ffff", 4, &code), 4);
	assert_int_equal(code, 0x10ffff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_control),
		cmocka_unit_test(test_invisible),
		cmocka_unit_test(test_invalid_utf8),
		cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_elided),
		cmocka_unit_test(test_decode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
