/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/normal_text.h"

#include <stdlib.h>
#include <string.h>

#include "policy/random_name.h"

enum {
	HASH_MIN = 16,	/* hexadecimal digits */
	NUMBER_MIN = 9, /* decimal ones: addresses, times */
	UUID_LEN = 36,
	DATE_LEN = 10, /* "2026-01-31" */
};

static const char digits[] = "0123456789";
static const char hex_digits[] = "0123456789abcdefABCDEF";
static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* How many of the @len bytes at @text are of @set? */
static size_t span(const char *text, size_t len, const char *set)
{
	size_t n = 0;

	while (n < len && text[n] && strchr(set, text[n]))
		n++;
	return n;
}

/* Does @text look like @form, where x is any digit of @set? */
static bool has_form(const char *text, size_t len, const char *form,
		     const char *set)
{
	size_t n = strlen(form);

	if (len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (form[i] == 'x' ? !text[i] || !strchr(set, text[i]) :
				     text[i] != form[i])
			return false;
	return true;
}

/* "2026-01-31", "2026-01-31T12_00_00_123Z" */
static size_t date_len(const char *text, size_t len)
{
	size_t n;

	if (!has_form(text, len, "xxxx-xx-xx", digits))
		return 0;
	n = DATE_LEN +
	    span(text + DATE_LEN, len - DATE_LEN, "0123456789TZ:_.-");
	while (!strchr("0123456789Z", text[n - 1]))
		n--;
	return n;
}

/* What the run of letters and digits at @text, @n bytes long, looks like. */
static const char *word_of_run(const char *text, size_t n)
{
	size_t decimal = span(text, n, digits);

	if (n >= NUMBER_MIN && decimal == n)
		return "<number>";
	if (n >= HASH_MIN && span(text, n, hex_digits) == n)
		return "<hash>";
	return NULL;
}

/* The random part of the whole name, in front of its end or its extension. */
static void find_random(const struct normal_part *part, size_t *start,
			size_t *end)
{
	const char *dot = memrchr(part->text, '.', part->len);
	const size_t ends[2] = { part->len,
				 dot ? (size_t)(dot - part->text) : part->len };

	for (size_t i = 0; i < 2; i++) {
		*end = ends[i];
		*start = random_name_start(part->text, *end, !part->temporary);
		if (*start < *end)
			return;
	}
	*start = *end = SIZE_MAX;
}

/* At the beginning of a run. Append what stands for it; how long it was. */
static size_t add_run(const struct normal_part *part, size_t at, size_t limit,
		      struct buf *out)
{
	const char *text = part->text + at;
	size_t left = part->len - at, n = span(text, left, letters);
	const char *word = word_of_run(text, n);
	size_t date = date_len(text, left);

	if (has_form(text, left, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
		     hex_digits)) {
		buf_str(out, "<uuid>");
		return UUID_LEN;
	}
	if (date) {
		buf_str(out, "<date>");
		return date;
	}
	if (word) {
		buf_str(out, word);
		return n;
	}
	if (n > limit - at)
		n = limit - at;
	buf_add(out, text, n);
	return n;
}

/* Six random characters behind "cc", or eight? Nobody can tell: all letters
 * and digits in front of them go, too. */
static void add_random(struct buf *out, size_t start)
{
	while (out->len > start && (out->data[out->len - 1] == '_' ||
				    span(&out->data[out->len - 1], 1, letters)))
		out->data[--out->len] = '\0';
	buf_str(out, "<random>");
}

void normal_part(const struct normal_part *part, struct buf *out)
{
	size_t beginning = out->len;

	size_t start, end, at = 0;

	if (part->shard) {
		buf_str(out, "<hash>");
		return;
	}
	find_random(part, &start, &end);
	while (at < part->len) {
		if (at == start) {
			add_random(out, beginning);
			at = end;
		} else if (span(part->text + at, 1, letters)) {
			at += add_run(part, at, at < start ? start : part->len,
				      out);
		} else {
			buf_char(out, part->text[at++]);
		}
	}
}

void normal_like(const char *text, const char *like, size_t len,
		 struct buf *out)
{
	size_t beginning = out->len;

	for (size_t i = 0; i < len; i++) {
		bool random = like[i] == '?' && text[i] != '?';

		if (!random)
			buf_char(out, text[i]);
		else if (!i || like[i - 1] != '?')
			add_random(out, beginning);
	}
}

void normal_replace(struct buf *out, const char *text, size_t len,
		    const char *with)
{
	char *found = out->len ? memmem(out->data, out->len, text, len) : NULL;
	BUF_AUTO(rest);

	if (!found)
		return;
	buf_add(&rest, found + len,
		out->len - len - (size_t)(found - out->data));
	out->len = (size_t)(found - out->data);
	buf_str(out, with);
	buf_str(out, buf_text(&rest));
}

/* The component that ends at @end. */
static const char *component_before(const char *path, size_t end, size_t *len)
{
	size_t start = end;

	while (start && path[start - 1] != '/')
		start--;
	*len = end - start;
	return path + start;
}

static bool is_one_of(const char *text, size_t len, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == len && !memcmp(text, *names, len))
			return true;
	return false;
}

/* git and npm put what they name by its hash into directories that are called
 * by its first digits. */
bool normal_is_shard(const char *path, size_t at, size_t len)
{
	static const char *const holders[] = { "objects", "sha1",     "sha256",
					       "sha512",  "index-v5", NULL };
	const char *parent;

	if (len != 2 || span(path + at, 2, "0123456789abcdef") != 2 || at < 2)
		return false;
	parent = component_before(path, at - 1, &len);
	if (is_one_of(parent, len, holders))
		return true;
	if (len != 2 || span(parent, 2, "0123456789abcdef") != 2 ||
	    parent < path + 2)
		return false;
	parent = component_before(path, (size_t)(parent - path) - 1, &len);
	return is_one_of(parent, len, holders);
}

bool normal_is_temporary_name(const char *path, size_t len)
{
	static const char *const names[] = { "tmp", "temp", ".tmp", "_tmp",
					     NULL };
	const char *name = component_before(path, len, &len);

	return is_one_of(name, len, names);
}
