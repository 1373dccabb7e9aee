/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json - the record as JSON: docs/syswall-record.schema.json says what stands
 * where. Every entry of a list is one line, and lists are sorted, so that two
 * records can be compared with diff(1).
 */
#include "report/record.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/json.h"
#include "report/json_lists.h"
#include "report/name.h"
#include "report/state.h"

enum { RECORD_VERSION = 1 };

static void write_ending(struct json_writer *json,
			 const struct process *process)
{
	BUF_AUTO(name);

	json_write_key(json, "ended");
	if (!process || !process->ended) {
		json_write_raw(json, "null");
		return;
	}
	json_open_object(json);
	if (WIFEXITED(process->status)) {
		json_member_count(json, "exit",
				  (uint64_t)WEXITSTATUS(process->status));
	} else {
		signal_text(&name, WTERMSIG(process->status));
		json_member_text(json, "signal", buf_text(&name));
		json_write_key(json, "core");
		json_write_bool(json, WCOREDUMP(process->status));
	}
	json_close_object(json);
}

static void write_process(struct json_writer *json,
			  const struct process *process)
{
	struct json_row row;
	struct json_writer *line = &row.json;
	size_t i;

	json_row_open(&row);
	json_member_count(line, "id", process->id);
	if (process->parent)
		json_member_count(line, "parent", process->parent->id);
	json_member_count(line, "pid", (uint64_t)process->pid);
	json_write_key(line, "programs");
	json_open_array(line);
	for (i = 0; i < process->programs.count; i++)
		json_write_bytes(line, process->programs.items[i],
				 strlen(process->programs.items[i]));
	json_close_array(line);
	if (process->programs_beyond)
		json_member_count(line, "more_programs",
				  process->programs_beyond);
	write_ending(line, process);
	json_row_close(&row, json);
}

static void write_processes(struct json_writer *json,
			    const struct record *record)
{
	struct process **order = process_order(&record->processes);
	size_t i;

	json_write_key(json, "processes");
	json_open_array(json);
	for (i = 0; order[i]; i++)
		write_process(json, order[i]);
	json_close_array(json);
	free(order);
}

/* {"allow": 3, "block-hard": 1}; nothing for a class without calls. */
static void write_counts(struct json_writer *json, const char *key,
			 const uint64_t counts[VERDICT_COUNT])
{
	struct json_row row;
	uint64_t sum = 0;
	int i;

	for (i = 0; i < VERDICT_COUNT; i++)
		sum += counts[i];
	if (!sum)
		return;
	json_row_open(&row);
	for (i = 0; i < VERDICT_COUNT; i++)
		if (counts[i])
			json_member_count(&row.json,
					  verdict_name((enum verdict)i),
					  counts[i]);
	json_write_key(json, key);
	json_row_close(&row, json);
}

static void write_decisions(struct json_writer *json,
			    const struct record *record)
{
	int i;

	json_write_key(json, "decisions");
	json_open_object(json);
	for (i = 0; i < CLASS_COUNT; i++)
		write_counts(json, class_name((enum call_class)i),
			     record->decided[i]);
	write_counts(json, "no-class", record->decided[CLASS_COUNT]);
	json_close_object(json);
}

static void write_rules(struct json_writer *json, const struct policy *policy)
{
	const struct rule *rule;
	size_t i;

	json_write_key(json, "rules");
	json_open_array(json);
	for (i = 0; policy && (rule = policy_rule_at(policy, i)); i++) {
		struct json_row row;
		BUF_AUTO(written);

		json_row_open(&row);
		json_member_text(&row.json, "file", rule->origin.file ?: "");
		json_member_count(&row.json, "index", rule->origin.index);
		json_member_count(&row.json, "hits", rule->hits);
		json_write_key(&row.json, "rule");
		policy_rule_text(&written, rule);
		json_write_raw(&row.json, buf_text(&written));
		json_row_close(&row, json);
	}
	json_close_array(json);
}

static void write_head(struct json_writer *json, const struct record *record)
{
	char when[sizeof("2026-01-01T00:00:00")];
	struct tm utc;
	size_t i;
	BUF_AUTO(text);

	json_write_key(json, "version");
	json_write_int(json, RECORD_VERSION);
	json_member_text(json, "syswall", SYSWALL_VERSION);
	json_write_key(json, "command");
	json_open_array(json);
	for (i = 0; i < record->command.count; i++)
		json_write_bytes(json, record->command.items[i],
				 strlen(record->command.items[i]));
	json_close_array(json);
	gmtime_r(&record->started.tv_sec, &utc);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &utc);
	buf_printf(&text, "%s.%03ldZ", when, record->started.tv_nsec / 1000000);
	json_member_text(json, "started", buf_text(&text));
	json_member_count(json, "duration_ms", record_duration_ms(record));
}

bool record_save(const struct record *record, const struct policy *policy,
		 const char *path, struct err *err)
{
	const struct process_table *processes = &record->processes;
	struct json_writer json;
	BUF_AUTO(text);

	json_writer_init(&json, &text, true);
	json_open_object(&json);
	write_head(&json, record);
	write_ending(&json,
		     processes->all.count ? processes->all.items[0] : NULL);
	json_member_count(&json, "n_calls", record->calls);
	json_member_count(&json, "n_answers", record->answered);
	json_member_count(&json, "n_processes", processes->started);
	json_write_lists(&json, record);
	write_decisions(&json, record);
	write_rules(&json, policy);
	write_processes(&json, record);
	json_write_notes(&json, record);
	json_close_object(&json);
	buf_char(&text, '\n');
	return file_write_atomic(path, text.data, text.len, err);
}
