/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json - a strict reader and a safe writer; cJSON's only door.
 *
 * The reader refuses what cJSON would let pass: trailing text, duplicate keys,
 * invalid UTF-8, NUL inside strings, numbers a double cannot hold exactly,
 * deep nesting. Every node knows its line and column. The writer emits valid
 * UTF-8 whatever it is given, and the reader gives the same bytes back.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct json_doc; /* a parsed text */
struct json;	 /* a node of it; lives as long as its document */

/* Parse. @name stands in messages, "NAME:LINE:COLUMN: why". */
struct json_doc *json_parse(const char *name, const char *text, size_t len,
			    struct err *err);
void json_doc_free(struct json_doc *doc);
const struct json *json_root(const struct json_doc *doc);

/* Counted from 1; columns in bytes. For a member: where its key stands. */
void json_position(const struct json_doc *doc, const struct json *node,
		   unsigned int *line, unsigned int *column);

/* err_set() with "NAME:LINE:COLUMN: " of @node in front. Returns false. */
bool json_err(const struct json_doc *doc, const struct json *node,
	      struct err *err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

bool json_is_object(const struct json *node);
bool json_is_array(const struct json *node);
bool json_is_string(const struct json *node);
bool json_is_bool(const struct json *node, bool *value);
/* True for a number that is an integer within +-2^53. */
bool json_is_integer(const struct json *node, int64_t *value);
/* The text of a string node, NULL for others. */
const char *json_string(const struct json *node);
/* The key of a member of an object, NULL for others. */
const char *json_key(const struct json *node);
/* Member by name (case matters), or NULL. */
const struct json *json_member(const struct json *object, const char *key);
/* First member or element, and the next sibling; NULL at the end. */
const struct json *json_first(const struct json *parent);
const struct json *json_next(const struct json *node);

/* ---- writing: a pretty printer straight into a buf ---- */

struct json_writer {
	struct buf *out;
	unsigned int depth;
	bool indent;	/* one member a line, else one line */
	bool has_items; /* a comma is due */
	bool after_key;
};

void json_writer_init(struct json_writer *writer, struct buf *out, bool indent);
void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);
void json_write_key(struct json_writer *writer, const char *key);
void json_write_string(struct json_writer *writer, const char *text);
/* Bytes that may be no UTF-8: invalid bytes are kept as U+DCxx would be in
 * Python's surrogateescape, written as the text escape \udcXX. */
void json_write_bytes(struct json_writer *writer, const char *bytes,
		      size_t len);
void json_write_int(struct json_writer *writer, int64_t value);
/* 64-bit values that a double cannot hold: as a string of decimal digits. */
void json_write_u64_string(struct json_writer *writer, uint64_t value);
void json_write_bool(struct json_writer *writer, bool value);
/* A value that was read, on one line; numbers are integers. */
void json_write_node(struct json_writer *writer, const struct json *node);
/* A value that is already JSON, on one line. */
void json_write_raw(struct json_writer *writer, const char *json);

#endif
