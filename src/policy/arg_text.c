/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* arg_text - "args" of a rule in and out of JSON; see arg_test.h. */
#include <stdlib.h>

#include "arg_test.h"

static bool read_word(const struct json_doc *doc, const struct json *node,
		      struct arg_value *value, struct err *err)
{
	const char *word = json_string(node);

	if (!word || !*word)
		return json_err(doc, node, err,
				"\"has\" is a list of names of flags");
	VEC_PUSH(&value->words, xstrdup(word));
	return true;
}

static bool read_has(const struct json_doc *doc, const struct json *node,
		     struct arg_value *value, struct err *err)
{
	const struct json *has = json_member(node, "has");
	const struct json *first = json_first(node);

	if (!has || json_next(first))
		return json_err(doc, node, err,
				"an object here is { \"has\": [FLAG...] }");
	value->has = true;
	if (!json_is_array(has))
		return read_word(doc, has, value, err);
	if (!json_first(has))
		return json_err(doc, has, err, "an empty list");
	for (node = json_first(has); node; node = json_next(node))
		if (!read_word(doc, node, value, err))
			return false;
	return true;
}

static bool read_value(const struct json_doc *doc, const struct json *node,
		       struct arg_test *test, struct err *err)
{
	struct arg_value value = { 0 };
	const char *word = json_string(node);
	bool ok = true;

	if (json_is_object(node))
		ok = read_has(doc, node, &value, err);
	else if (word)
		VEC_PUSH(&value.words, xstrdup(word));
	else if (json_is_integer(node, &value.number))
		value.is_number = true;
	else
		ok = json_err(doc, node, err,
			      "expected a whole number, a text or "
			      "{ \"has\": [FLAG...] }");
	VEC_PUSH(&test->values, value);
	return ok;
}

struct arg_test *arg_test_read(const struct json_doc *doc,
			       const struct json *node, struct err *err)
{
	struct arg_test *test = xcalloc(1, sizeof(*test));
	bool ok = true;

	test->name = xstrdup(json_key(node));
	if (!json_is_array(node))
		ok = read_value(doc, node, test, err);
	else if (!json_first(node))
		ok = json_err(doc, node, err, "an empty list");
	else
		for (node = json_first(node); ok && node;
		     node = json_next(node))
			ok = read_value(doc, node, test, err);
	if (ok)
		return test;
	arg_test_free(test);
	return NULL;
}

void arg_test_free(struct arg_test *test)
{
	if (!test)
		return;
	for (size_t i = 0; i < test->values.count; i++) {
		struct arg_value *value = &test->values.items[i];

		for (size_t k = 0; k < value->words.count; k++)
			free(value->words.items[k]);
		VEC_FREE(&value->words);
		glob_free(value->glob);
	}
	for (size_t i = 0; i < test->slots.count; i++)
		VEC_FREE(&test->slots.items[i].bits);
	VEC_FREE(&test->values);
	VEC_FREE(&test->slots);
	free(test->name);
	free(test);
}

static void write_value(struct json_writer *writer,
			const struct arg_value *value)
{
	if (value->is_number) {
		json_write_int(writer, value->number);
		return;
	}
	if (!value->has) {
		json_write_string(writer, value->words.items[0]);
		return;
	}
	json_open_object(writer);
	json_write_key(writer, "has");
	json_open_array(writer);
	for (size_t i = 0; i < value->words.count; i++)
		json_write_string(writer, value->words.items[i]);
	json_close_array(writer);
	json_close_object(writer);
}

void arg_test_write(struct json_writer *writer, const struct arg_test *test)
{
	json_write_key(writer, test->name);
	if (test->values.count > 1)
		json_open_array(writer);
	for (size_t i = 0; i < test->values.count; i++)
		write_value(writer, &test->values.items[i]);
	if (test->values.count > 1)
		json_close_array(writer);
}
