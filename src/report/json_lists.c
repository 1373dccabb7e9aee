/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/json_lists.h"

#include <stdlib.h>
#include <string.h>

void json_member_text(struct json_writer *json, const char *key,
		      const char *text)
{
	json_write_key(json, key);
	json_write_bytes(json, text, strlen(text));
}

void json_member_count(struct json_writer *json, const char *key,
		       uint64_t count)
{
	json_write_key(json, key);
	json_write_int(json, (int64_t)count);
}

void json_row_open(struct json_row *row)
{
	row->text = (struct buf)BUF_EMPTY;
	json_writer_init(&row->json, &row->text, false);
	json_open_object(&row->json);
}

void json_row_close(struct json_row *row, struct json_writer *parent)
{
	json_close_object(&row->json);
	json_write_raw(parent, buf_text(&row->text));
	buf_free(&row->text);
}

/* ---- one row of each list ---- */

/* What the path alone does not say is told where it is so. */
static void json_member_true(struct json_writer *json, const char *key,
			     bool value)
{
	if (!value)
		return;
	json_write_key(json, key);
	json_write_bool(json, true);
}

static void row_path(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "path", fact->name);
	json_member_true(json, "unresolved", !fact->resolved);
	json_member_true(json, "made", fact->made);
	json_member_true(json, "gone", fact->gone);
}

static void row_rename(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "from", fact->name);
	json_member_text(json, "to", fact->other);
	json_member_true(json, "unresolved", !fact->resolved);
	json_member_true(json, "made", fact->made);
}

static void host(struct json_writer *json, const struct fact *fact)
{
	if (fact->host)
		json_member_text(json, "host", fact->host);
}

static void row_address(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "address", fact->name);
	if (fact->port >= 0)
		json_member_count(json, "port", (uint64_t)fact->port);
	host(json, fact);
	json_member_text(json, "direction",
			 fact->section == SECTION_BOUND ? "in" : "out");
	json_member_text(json, "call", fact->call);
	if (fact->failed)
		json_member_count(json, "failed", fact->failed);
}

/* "AF_INET, SOCK_STREAM, IPPROTO_TCP" */
static void row_socket(struct json_writer *json, const struct fact *fact)
{
	static const char *const keys[] = { "family", "type", "protocol" };
	const char *at = fact->name;
	size_t i, len;

	for (i = 0; i < 3 && *at; i++) {
		len = strcspn(at, ",");
		json_write_key(json, keys[i]);
		json_write_bytes(json, at, len);
		at += len;
		at += strspn(at, ", ");
	}
}

static void row_signal(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "signal", fact->name);
	json_member_text(json, "to", fact->other);
}

static void row_call(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "call", fact->name);
	json_member_text(json, "verdict", verdict_name(fact->verdict));
}

static void row_temporary(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "path", fact->name);
	json_member_text(json, "like", fact->other);
}

static void row_note(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "text", fact->name);
}

static void decider(struct json_writer *json, const struct fact *fact)
{
	static const char *const names[] = {
		[FACT_BY_NOBODY] = "nobody", [FACT_BY_RULE] = "rule",
		[FACT_BY_ANSWER] = "answer", [FACT_BY_DEFAULT] = "default",
		[FACT_BY_ERROR] = "error",   [FACT_BY_GUARD] = "guard",
	};

	json_member_text(json, "by", names[fact->by]);
	if (fact->by != FACT_BY_RULE)
		return;
	json_write_key(json, "rule");
	json_open_object(json);
	json_member_text(json, "file", fact->file);
	json_member_count(json, "index", fact->index);
	json_close_object(json);
}

static void row_blocked(struct json_writer *json, const struct fact *fact)
{
	json_member_text(json, "verdict", verdict_name(fact->verdict));
	if (fact->class_id < CLASS_COUNT)
		json_member_text(json, "class", class_name(fact->class_id));
	json_member_text(json, "call", fact->call);
	if (*fact->name)
		json_member_text(json, "target", fact->name);
	if (fact->port >= 0)
		json_member_count(json, "port", (uint64_t)fact->port);
	host(json, fact);
	if (fact->error > 0 && strerrorname_np(fact->error))
		json_member_text(json, "errno", strerrorname_np(fact->error));
	decider(json, fact);
}

/* ---- lists ---- */

static void write_list(struct json_writer *json, const struct record *record,
		       enum section section,
		       void (*write)(struct json_writer *json,
				     const struct fact *fact))
{
	struct fact **facts = fact_sorted(&record->facts, section);
	size_t i;

	json_write_key(json, section_key(section));
	json_open_array(json);
	for (i = 0; facts[i]; i++) {
		struct json_row row;

		json_row_open(&row);
		write(&row.json, facts[i]);
		json_member_count(&row.json, "count", fact_count(facts[i]));
		json_row_close(&row, json);
	}
	json_close_array(json);
	free(facts);
}

void json_write_lists(struct json_writer *json, const struct record *record)
{
	write_list(json, record, SECTION_BLOCKED, row_blocked);
	json_write_key(json, "files");
	json_open_object(json);
	write_list(json, record, SECTION_READ, row_path);
	write_list(json, record, SECTION_WRITTEN, row_path);
	write_list(json, record, SECTION_CREATED, row_path);
	write_list(json, record, SECTION_DELETED, row_path);
	write_list(json, record, SECTION_RENAMED, row_rename);
	write_list(json, record, SECTION_ATTRIBUTES, row_path);
	json_close_object(json);
	write_list(json, record, SECTION_PROGRAMS, row_path);
	json_write_key(json, "sockets");
	json_open_object(json);
	write_list(json, record, SECTION_CONNECTED, row_address);
	write_list(json, record, SECTION_BOUND, row_address);
	write_list(json, record, SECTION_SOCKETS, row_socket);
	json_close_object(json);
	write_list(json, record, SECTION_SIGNALS, row_signal);
	write_list(json, record, SECTION_OTHER, row_call);
	write_list(json, record, SECTION_CALLS, row_call);
	write_list(json, record, SECTION_TEMPORARY, row_temporary);
}

void json_write_notes(struct json_writer *json, const struct record *record)
{
	size_t i;

	write_list(json, record, SECTION_NOTES, row_note);
	json_write_key(json, "limits");
	json_open_array(json);
	for (i = 0;; i++) {
		BUF_AUTO(text);

		if (!record_limit(record, i, &text))
			break;
		json_write_string(json, buf_text(&text));
	}
	json_close_array(json);
}
