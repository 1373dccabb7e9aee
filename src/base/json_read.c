/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json_read - JSON documents on top of cJSON.
 *
 * The text is checked by json_scan() first; cJSON then builds the tree. A node
 * finds its place through cJSON's valueint, which holds the node's index in
 * the order of the text: cJSON fills it for numbers only, as a shadow of
 * valuedouble, and nobody here reads numbers from it.
 */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/vec.h"
#include "json_scan.h"

/* Above any sane rules file or record, below what could hurt. */
#define TEXT_MAX (64u << 20)

struct json_doc {
	char *name; /* escaped */
	cJSON *root;
	struct json_places places;
};

static const cJSON *raw(const struct json *node)
{
	return (const cJSON *)node;
}

static const struct json *cooked(const cJSON *node)
{
	return (const struct json *)node;
}

static bool place_err(const struct json_doc *doc, struct json_place place,
		      struct err *err, const char *why)
{
	return err_set(err, "%s:%u:%u: %s", doc->name, place.line, place.column,
		       why);
}

/* Of two keys at the same address the later one counts as greater, so that
 * the second of two equal keys is the one complained about. */
static int compare_keys(const void *a, const void *b)
{
	const cJSON *left = *(const cJSON *const *)a;
	const cJSON *right = *(const cJSON *const *)b;
	int order = strcmp(left->string, right->string);

	return order ? order : left->valueint - right->valueint;
}

static bool check_duplicates(const struct json_doc *doc, const cJSON *object,
			     struct err *err)
{
	VEC_OF(const cJSON *) keys = { 0 };
	bool ok = true;

	for (const cJSON *node = object->child; node; node = node->next)
		VEC_PUSH(&keys, node);
	if (keys.count)
		qsort(keys.items, keys.count, sizeof(*keys.items),
		      compare_keys);
	for (size_t i = 1; ok && i < keys.count; i++) {
		BUF_AUTO(key);

		if (strcmp(keys.items[i - 1]->string, keys.items[i]->string) !=
		    0)
			continue;
		escape_quoted(&key, keys.items[i]->string,
			      strlen(keys.items[i]->string));
		ok = json_err(doc, cooked(keys.items[i]), err,
			      "duplicate key %s", buf_text(&key));
	}
	VEC_FREE(&keys);
	return ok;
}

/* Number the nodes in the order of the text and look at each once. The depth
 * is bounded by json_scan(). */
static bool walk(struct json_doc *doc, cJSON *node, int *index, struct err *err)
{
	node->valueint = (*index)++;
	if (cJSON_IsNumber(node) && !isfinite(node->valuedouble))
		return json_err(doc, cooked(node), err, "number out of range");
	for (cJSON *child = node->child; child; child = child->next)
		if (!walk(doc, child, index, err))
			return false;
	return !cJSON_IsObject(node) || check_duplicates(doc, node, err);
}

static bool parse(struct json_doc *doc, const char *text, size_t len,
		  struct err *err)
{
	BUF_AUTO(clean);
	const char *why;
	struct json_place at;
	int count = 0;

	if (len > TEXT_MAX)
		return err_set(err, "%s: larger than %u MiB", doc->name,
			       TEXT_MAX >> 20);
	if (!json_scan(text, len, &clean, &doc->places, &why, &at))
		return place_err(doc, at, err, why);
	doc->root = cJSON_ParseWithLengthOpts(buf_text(&clean), clean.len + 1,
					      NULL, true);
	if (!doc->root)
		return err_set(err, "%s: cannot be read as JSON", doc->name);
	return walk(doc, doc->root, &count, err);
}

struct json_doc *json_parse(const char *name, const char *text, size_t len,
			    struct err *err)
{
	struct json_doc *doc = xcalloc(1, sizeof(*doc));
	BUF_AUTO(shown);

	escape_str(&shown, name);
	doc->name = buf_steal(&shown);
	if (parse(doc, text, len, err))
		return doc;
	json_doc_free(doc);
	return NULL;
}

void json_doc_free(struct json_doc *doc)
{
	if (!doc)
		return;
	cJSON_Delete(doc->root);
	VEC_FREE(&doc->places);
	free(doc->name);
	free(doc);
}

const struct json *json_root(const struct json_doc *doc)
{
	return cooked(doc->root);
}

void json_position(const struct json_doc *doc, const struct json *node,
		   unsigned int *line, unsigned int *column)
{
	size_t index = (size_t)raw(node)->valueint;

	*line = doc->places.items[index].line;
	*column = doc->places.items[index].column;
}

bool json_err(const struct json_doc *doc, const struct json *node,
	      struct err *err, const char *format, ...)
{
	struct json_place place;
	BUF_AUTO(why);
	va_list args;

	json_position(doc, node, &place.line, &place.column);
	va_start(args, format);
	buf_vprintf(&why, format, args);
	va_end(args);
	return place_err(doc, place, err, buf_text(&why));
}

bool json_is_object(const struct json *node)
{
	return cJSON_IsObject(raw(node));
}

bool json_is_array(const struct json *node)
{
	return cJSON_IsArray(raw(node));
}

bool json_is_string(const struct json *node)
{
	return cJSON_IsString(raw(node));
}

bool json_is_bool(const struct json *node, bool *value)
{
	*value = cJSON_IsTrue(raw(node));
	return cJSON_IsBool(raw(node));
}

bool json_is_integer(const struct json *node, int64_t *value)
{
	double number = raw(node) ? raw(node)->valuedouble : 0;

	*value = 0;
	if (!cJSON_IsNumber(raw(node)) || number != trunc(number) ||
	    fabs(number) > (double)(INT64_C(1) << 53))
		return false;
	*value = (int64_t)number;
	return true;
}

const char *json_string(const struct json *node)
{
	return json_is_string(node) ? raw(node)->valuestring : NULL;
}

const char *json_key(const struct json *node)
{
	return raw(node)->string;
}

const struct json *json_member(const struct json *object, const char *key)
{
	return cooked(cJSON_GetObjectItemCaseSensitive(raw(object), key));
}

const struct json *json_first(const struct json *parent)
{
	return cooked(raw(parent)->child);
}

const struct json *json_next(const struct json *node)
{
	return cooked(raw(node)->next);
}
