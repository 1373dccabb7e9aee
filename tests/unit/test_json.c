/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The JSON reader refuses what RFC 8259 refuses, at the right place; the
 * writer's text comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

#define LIMIT "a number this large is not held exactly; write it as a string"

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
		{ "", "f:1:1: unexpected end of the text" },
		{ " \n\n ", "f:3:2: unexpected end of the text" },
		{ "\xef\xbb\xbf{}", "f:1:1: expected a value" },
		{ "{} x", "f:1:4: text after the end of the value" },
		{ "{}\n{}", "f:2:1: text after the end of the value" },
		{ "{\"a\":1,}", "f:1:8: expected a key in double quotes" },
		{ "{\"a\" 1}", "f:1:6: expected ':' after the key" },
		{ "{\"a\":1 \"b\":2}", "f:1:8: expected ',' or '}'" },
		{ "{a:1}", "f:1:2: expected a key in double quotes" },
		{ "{'a':1}", "f:1:2: expected a key in double quotes" },
		{ "[1,]", "f:1:4: expected a value" },
		{ "[1 2]", "f:1:4: expected ',' or ']'" },
		{ "[1", "f:1:3: expected ',' or ']'" },
		{ "[01]", "f:1:3: a number must not begin with 0" },
		{ "[-]", "f:1:3: a digit is missing in a number" },
		{ "[1.]", "f:1:4: a digit is missing in a number" },
		{ "[1e]", "f:1:4: a digit is missing in a number" },
		{ "[.5]", "f:1:2: expected a value" },
		{ "[+1]", "f:1:2: expected a value" },
		{ "[0x10]", "f:1:3: expected ',' or ']'" },
		{ "[NaN]", "f:1:2: expected a value" },
		{ "[tru]", "f:1:2: expected a value" },
		{ "[True]", "f:1:2: expected a value" },
		{ "[9007199254740993]", "f:1:2: " LIMIT },
		{ "[-99999999999999999999]", "f:1:2: " LIMIT },
		{ "[1e999]", "f:1:2: number out of range" },
		{ "[\"a", "f:1:4: unterminated string" },
		{ "[\"a\tb\"]", "f:1:4: control character in a string" },
		{ "[\"a\nb\"]", "f:1:4: control character in a string" },
		{ "[\"\\x41\"]", "f:1:3: unknown escape in a string" },
		{ "[\"\\", "f:1:3: unknown escape in a string" },
		{ "[\"\\u12g4\"]", "f:1:3: \\u needs four hexadecimal digits" },
		{ "[\"\\u0000\"]", "f:1:3: a string must not contain \\u0000" },
		{ "[\"\\ud800\"]", "f:1:3: half of a surrogate pair" },
		{ "[\"\\ud800\\u0041\"]", "f:1:3: half of a surrogate pair" },
		{ "[\"\\udc00\"]", "f:1:3: half of a surrogate pair" },
		{ "[\"\xff\"]", "f:1:3: invalid UTF-8" },
		{ "[\"\xc0\x80\"]", "f:1:3: invalid UTF-8" },
		{ "[\"\xed\xa0\x80\"]", "f:1:3: invalid UTF-8" },
		{ "[1] // x", "f:1:5: text after the end of the value" },
		{ "{\"a\":1,\n \"b\":{\"c\":1, \"c\":2}}",
		  "f:2:14: duplicate key \"c\"" },
		{ "{\"a\":1,\"\\u0061\":2}", "f:1:8: duplicate key \"a\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = { "" };

		assert_null(json_parse("f", cases[i].text,
				       strlen(cases[i].text), &err));
		assert_string_equal(err.text, cases[i].message);
	}
}

static void test_nul_byte(void **state)
{
	struct err err;

	(void)state;
	assert_null(json_parse("f", "[1]\0", 4, &err));
	assert_string_equal(err.text, "f:1:4: text after the end of the value");
	assert_null(json_parse("f", "[\"a\0b\"]", 7, &err));
	assert_string_equal(err.text, "f:1:4: control character in a string");
}

static void test_accepted(void **state)
{
	static const char *const texts[] = {
		"null",
		"0",
		"-0",
		"[]",
		"{}",
		"1.5e3",
		"\"\"",
		"[1E-2]",
		" [ ] ",
		"\"\\ud83d\\ude00\"",
		"true",
		"false",
		"{\"\":0}",
		"\t{}\r\n",
		"[9007199254740992]",
		"{\"a\":0,\"A\":0}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct err err = { "" };
		struct json_doc *doc =
			json_parse("f", texts[i], strlen(texts[i]), &err);

		if (!doc)
			fail_msg("%s: %s", texts[i], err.text);
		json_doc_free(doc);
	}
}

static void test_depth(void **state)
{
	char text[200];
	struct err err;
	struct json_doc *doc;

	(void)state;
	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	doc = json_parse("f", text, 128, &err);
	assert_non_null(doc);
	json_doc_free(doc);
	memset(text, '[', sizeof(text));
	assert_null(json_parse("f", text, sizeof(text), &err));
	assert_string_equal(err.text, "f:1:65: nested too deeply");
}

static void assert_at(const struct json_doc *doc, const struct json *node,
		      unsigned int line, unsigned int column)
{
	unsigned int l, c;

	assert_non_null(node);
	json_position(doc, node, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, column);
}

static void test_positions(void **state)
{
	static const char text[] = "\n{ \"a\": [1,\n  [2, {\"b\": null}],\n"
				   "\t\"x\"], \"c\"\n:\ntrue }";
	struct json_doc *doc = json_parse("f", text, strlen(text), NULL);
	const struct json *a, *node;
	bool flag;
	int64_t number;

	(void)state;
	assert_non_null(doc);
	assert_at(doc, json_root(doc), 2, 1);
	a = json_member(json_root(doc), "a");
	assert_at(doc, a, 2, 3);
	assert_string_equal(json_key(a), "a");
	node = json_first(a);
	assert_at(doc, node, 2, 9);
	assert_true(json_is_integer(node, &number) && number == 1);
	assert_null(json_key(node));
	node = json_next(node);
	assert_at(doc, node, 3, 3);
	node = json_next(json_first(node));
	assert_at(doc, node, 3, 7);
	assert_at(doc, json_first(node), 3, 8);
	node = json_next(json_next(json_first(a)));
	assert_at(doc, node, 4, 2);
	assert_string_equal(json_string(node), "x");
	assert_null(json_next(node));
	node = json_next(a);
	assert_at(doc, node, 4, 8);
	assert_true(json_is_bool(node, &flag) && flag);
	assert_null(json_member(json_root(doc), "A"));
	json_doc_free(doc);
}

static void test_integers(void **state)
{
	static const char text[] = "[1.5, \"1\", 1e2, -3, true, 1e30]";
	struct json_doc *doc = json_parse("f", text, strlen(text), NULL);
	const struct json *node = json_first(json_root(doc));
	int64_t value;

	(void)state;
	assert_false(json_is_integer(node, &value));
	node = json_next(node);
	assert_false(json_is_integer(node, &value));
	node = json_next(node);
	assert_true(json_is_integer(node, &value) && value == 100);
	node = json_next(node);
	assert_true(json_is_integer(node, &value) && value == -3);
	node = json_next(node);
	assert_false(json_is_integer(node, &value));
	node = json_next(node);
	assert_false(json_is_integer(node, &value));
	json_doc_free(doc);
}

/* The name of the file is hostile too. */
static void test_name_is_escaped(void **state)
{
	struct err err;

	(void)state;
	assert_null(json_parse("a\033[2Jb", "[", 1, &err));
	assert_null(strchr(err.text, '\033'));
}

static void test_many_keys(void **state)
{
	BUF_AUTO(text);
	struct json_doc *doc;

	(void)state;
	buf_char(&text, '{');
	for (int i = 0; i < 50000; i++)
		buf_printf(&text, "%s\"key%d\":%d", i ? "," : "", i, i);
	buf_char(&text, '}');
	doc = json_parse("f", text.data, text.len, NULL);
	assert_non_null(doc);
	json_doc_free(doc);
}

static void write_sample(struct buf *out, bool indent)
{
	struct json_writer writer;

	json_writer_init(&writer, out, indent);
	json_open_object(&writer);
	json_write_key(&writer, "a");
	json_open_array(&writer);
	json_write_int(&writer, -1);
	json_write_bool(&writer, true);
	json_write_u64_string(&writer, UINT64_MAX);
	json_close_array(&writer);
	json_write_key(&writer, "b");
	json_open_object(&writer);
	json_close_object(&writer);
	json_write_key(&writer, "c");
	json_write_raw(&writer, "[ 1 ]");
	json_close_object(&writer);
}

static void test_writer_layout(void **state)
{
	BUF_AUTO(line);
	BUF_AUTO(lines);

	(void)state;
	write_sample(&line, false);
	assert_string_equal(
		buf_text(&line),
		"{\"a\": [-1, true, \"18446744073709551615\"], \"b\": {}, "
		"\"c\": [ 1 ]}");
	write_sample(&lines, true);
	assert_string_equal(buf_text(&lines),
			    "{\n  \"a\": [\n    -1,\n    true,\n"
			    "    \"18446744073709551615\"\n  ],\n"
			    "  \"b\": {},\n  \"c\": [ 1 ]\n}");
}

static void test_writer_escapes(void **state)
{
	static const char bytes[] = "q\" b\\ \n\t\001\177 \xc3\xa9 \xff "
				    "\xe2\x80\xae \xc2\x9b \xf0\x9f\x98\x80";
	struct json_writer writer;
	BUF_AUTO(out);

	(void)state;
	json_writer_init(&writer, &out, false);
	json_write_string(&writer, bytes);
	assert_string_equal(buf_text(&out),
			    "\"q\\\" b\\\\ \\n\\t\\u0001\\u007f \xc3\xa9 "
			    "\\udcff \\u202e \\u009b \xf0\x9f\x98\x80\"");
}

/* Whatever bytes a file name has, they come back the same. */
static void test_round_trip(void **state)
{
	(void)state;
	srandom(1);
	for (int i = 0; i < 2000; i++) {
		struct json_writer writer;
		struct json_doc *doc;
		char bytes[20];
		BUF_AUTO(out);

		for (size_t k = 0; k < sizeof(bytes); k++)
			bytes[k] = (char)(random() % 255 + 1);
		bytes[sizeof(bytes) - 1] = '\0';
		json_writer_init(&writer, &out, false);
		json_write_string(&writer, bytes);
		doc = json_parse("f", out.data, out.len, NULL);
		assert_non_null(doc);
		assert_string_equal(json_string(json_root(doc)), bytes);
		json_doc_free(doc);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_nul_byte),
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_name_is_escaped),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_writer_layout),
		cmocka_unit_test(test_writer_escapes),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
