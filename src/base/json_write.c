/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json_write - JSON text straight into a buf.
 *
 * What goes out is valid UTF-8 and shows nothing of itself on a terminal:
 * whatever escape_text() would not show as it is, leaves as \uXXXX. Bytes that
 * are no UTF-8 leave as \udcXX and come back as the same bytes (json_scan.c).
 */
#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/escape.h"

void json_writer_init(struct json_writer *writer, struct buf *out, bool indent)
{
	*writer = (struct json_writer){ .out = out, .indent = indent };
}

static void new_line(struct json_writer *writer)
{
	buf_char(writer->out, '\n');
	for (unsigned int i = 0; i < writer->depth; i++)
		buf_str(writer->out, "  ");
}

/* What stands between the value before and the one that comes. */
static void before_item(struct json_writer *writer)
{
	if (writer->after_key) {
		writer->after_key = false;
		return;
	}
	if (writer->has_items)
		buf_char(writer->out, ',');
	if (writer->indent && writer->depth)
		new_line(writer);
	else if (writer->has_items)
		buf_char(writer->out, ' ');
	writer->has_items = true;
}

static void open_bracket(struct json_writer *writer, char bracket)
{
	before_item(writer);
	buf_char(writer->out, bracket);
	writer->depth++;
	writer->has_items = false;
}

static void close_bracket(struct json_writer *writer, char bracket)
{
	assert(writer->depth > 0 && !writer->after_key);
	writer->depth--;
	if (writer->indent && writer->has_items)
		new_line(writer);
	buf_char(writer->out, bracket);
	writer->has_items = true;
}

void json_open_object(struct json_writer *writer)
{
	open_bracket(writer, '{');
}

void json_close_object(struct json_writer *writer)
{
	close_bracket(writer, '}');
}

void json_open_array(struct json_writer *writer)
{
	open_bracket(writer, '[');
}

void json_close_array(struct json_writer *writer)
{
	close_bracket(writer, ']');
}

static bool shows_as_itself(const char *text, size_t len)
{
	BUF_AUTO(shown);

	escape_text(&shown, text, len);
	return shown.len == len && memcmp(shown.data, text, len) == 0;
}

static void add_ascii(struct buf *out, char c)
{
	static const char letters[] = "\"\\\b\f\n\r\t";
	static const char names[] = "\"\\bfnrt";
	const char *letter = c ? strchr(letters, c) : NULL;

	if (letter)
		buf_printf(out, "\\%c", names[letter - letters]);
	else if (c < 0x20 || c == 0x7f)
		buf_printf(out, "\\u%04x", (unsigned int)c);
	else
		buf_char(out, c);
}

/* Any other character; returns how many bytes it took. */
static size_t add_character(struct buf *out, const char *text, size_t len)
{
	unsigned int code;
	size_t used = utf8_decode(text, len, &code);

	if (!used) {
		buf_printf(out, "\\udc%02x", (unsigned char)*text);
		return 1;
	}
	if (shows_as_itself(text, used))
		buf_add(out, text, used);
	else if (code < 0x10000)
		buf_printf(out, "\\u%04x", code);
	else
		buf_printf(out, "\\u%04x\\u%04x",
			   0xd800 + ((code - 0x10000) >> 10),
			   0xdc00 + ((code - 0x10000) & 0x3ff));
	return used;
}

static void add_string(struct buf *out, const char *text, size_t len)
{
	buf_char(out, '"');
	for (size_t i = 0; i < len;) {
		if ((unsigned char)text[i] < 0x80)
			add_ascii(out, text[i++]);
		else
			i += add_character(out, text + i, len - i);
	}
	buf_char(out, '"');
}

void json_write_bytes(struct json_writer *writer, const char *bytes, size_t len)
{
	before_item(writer);
	add_string(writer->out, bytes, len);
}

void json_write_key(struct json_writer *writer, const char *key)
{
	json_write_bytes(writer, key, strlen(key));
	buf_str(writer->out, ": ");
	writer->after_key = true;
}

void json_write_string(struct json_writer *writer, const char *text)
{
	json_write_bytes(writer, text, strlen(text));
}

void json_write_int(struct json_writer *writer, int64_t value)
{
	before_item(writer);
	buf_printf(writer->out, "%" PRId64, value);
}

void json_write_u64_string(struct json_writer *writer, uint64_t value)
{
	before_item(writer);
	buf_printf(writer->out, "\"%" PRIu64 "\"", value);
}

void json_write_bool(struct json_writer *writer, bool value)
{
	json_write_raw(writer, value ? "true" : "false");
}

void json_write_raw(struct json_writer *writer, const char *json)
{
	before_item(writer);
	buf_str(writer->out, json);
}

static void add_node(struct json_writer *writer, const struct json *node)
{
	const struct json *child;
	int64_t number;
	bool truth;

	if (json_is_object(node) || json_is_array(node)) {
		open_bracket(writer, json_is_object(node) ? '{' : '[');
		for (child = json_first(node); child;
		     child = json_next(child)) {
			if (json_is_object(node))
				json_write_key(writer, json_key(child));
			/* The reader bounds the depth. */
			add_node(writer, child);
		}
		close_bracket(writer, json_is_object(node) ? '}' : ']');
	} else if (json_is_string(node)) {
		json_write_string(writer, json_string(node));
	} else if (json_is_integer(node, &number)) {
		json_write_int(writer, number);
	} else {
		json_write_raw(writer, !json_is_bool(node, &truth) ? "null" :
				       truth			   ? "true" :
								     "false");
	}
}

void json_write_node(struct json_writer *writer, const struct json *node)
{
	struct json_writer line;
	BUF_AUTO(text);

	json_writer_init(&line, &text, false);
	add_node(&line, node);
	json_write_raw(writer, buf_text(&text));
}
