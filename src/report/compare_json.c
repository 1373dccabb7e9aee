/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare_json - a comparison for programs: docs/syswall-compare.schema.json.
 */
#include <string.h>

#include "base/json.h"
#include "report/compare.h"
#include "report/compare_data.h"
#include "report/json_lists.h"

enum { COMPARE_VERSION = 1 };

static void write_item(struct json_writer *json,
		       const struct compare_item *item, size_t n)
{
	struct json_row row;

	json_row_open(&row);
	json_member_count(&row.json, "severity", item->severity);
	json_member_text(&row.json, "what", item->what);
	json_member_text(&row.json, "name", item->name);
	if (*item->other)
		json_member_text(&row.json, "other", item->other);
	json_member_text(&row.json, "seen", item->seen);
	if (*item->why)
		json_member_text(&row.json, "why", item->why);
	json_member_count(&row.json, "runs", item->runs);
	json_member_count(&row.json, "of", n);
	json_row_close(&row, json);
}

static void write_items(struct json_writer *json, const char *key,
			const struct compare_list *list, size_t n)
{
	json_write_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < list->count; i++)
		write_item(json, list->items[i], n);
	json_close_array(json);
}

static void write_texts(struct json_writer *json, const char *key,
			char *const *texts, size_t count)
{
	json_write_key(json, key);
	json_open_array(json);
	for (size_t i = 0; i < count; i++)
		json_write_bytes(json, texts[i], strlen(texts[i]));
	json_close_array(json);
}

static void write_side(struct json_writer *json, const char *key,
		       const struct compare_runs *runs)
{
	json_write_key(json, key);
	json_open_object(json);
	write_texts(json, "records", runs->names.items, runs->names.count);
	write_texts(json, "limits", runs->limits.items, runs->limits.count);
	json_close_object(json);
}

void compare_json(const struct compare *compare, const struct layout *layout,
		  struct buf *out)
{
	const struct compare_runs *old = &compare->sides[SIDE_OLD];
	const struct compare_runs *new = &compare->sides[SIDE_NEW];
	struct json_writer json;

	(void)layout;
	json_writer_init(&json, out, true);
	json_open_object(&json);
	json_write_key(&json, "version");
	json_write_int(&json, COMPARE_VERSION);
	json_write_key(&json, "same");
	json_write_bool(&json, compare_is_same(compare));
	write_side(&json, "old", old);
	write_side(&json, "new", new);
	write_items(&json, "gained", &compare->gained, new->names.count);
	write_items(&json, "lost", &compare->lost, old->names.count);
	json_member_count(&json, "unsteady", compare->unsteady);
	json_member_count(&json, "unlisted", compare->unlisted);
	json_close_object(&json);
	buf_char(out, '\n');
}
