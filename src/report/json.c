/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * json - the record as JSON: docs/syswall-record.schema.json says what stands
 * where. Every entry of a list is one line, and lists are sorted, so that two
 * records can be compared with diff(1).
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/json.h"
#include "report/json_lists.h"
#include "report/name.h"
#include "report/render.h"
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

static void write_program(struct json_writer *json,
			  const struct process_program *program)
{
	size_t at, len;

	json_open_object(json);
	json_member_text(json, "path", program->path);
	if (program->arguments) {
		json_write_key(json, "arguments");
		json_open_array(json);
		for (at = 0; at < program->arguments_len; at += len + 1) {
			len = strlen(program->arguments + at);
			json_write_bytes(json, program->arguments + at, len);
		}
		json_close_array(json);
	}
	if (program->arguments_cut) {
		json_write_key(json, "arguments_cut");
		json_write_bool(json, true);
	}
	json_member_count(json, "at_us", program->at_us);
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
		write_program(line, &process->programs.items[i]);
	json_close_array(line);
	if (process->programs_beyond)
		json_member_count(line, "more_programs",
				  process->programs_beyond);
	json_member_count(line, "started_us", process->started_us);
	if (process->ended)
		json_member_count(line, "ended_us", process->ended_us);
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

static void write_rules(struct json_writer *json, const struct record *record)
{
	size_t i;

	json_write_key(json, "rules");
	json_open_array(json);
	for (i = 0; i < record->rules.count; i++) {
		const struct record_rule *rule = &record->rules.items[i];
		struct json_row row;

		json_row_open(&row);
		json_member_text(&row.json, "file", rule->file);
		json_member_count(&row.json, "index", rule->index);
		json_member_count(&row.json, "hits", rule->hits);
		json_write_key(&row.json, "rule");
		json_write_raw(&row.json, rule->text);
		json_row_close(&row, json);
	}
	json_close_array(json);
}

static void write_moment(struct json_writer *json, const struct moment *moment)
{
	struct json_row row;

	json_row_open(&row);
	json_member_count(&row.json, "us", moment->us);
	if (moment->process)
		json_member_count(&row.json, "process", moment->process);
	json_member_text(&row.json, "what", section_key(moment->section));
	if (moment->section == SECTION_BLOCKED)
		json_member_text(&row.json, "verdict",
				 verdict_name(moment->verdict));
	json_member_text(&row.json, "name", moment->name);
	if (*moment->other)
		json_member_text(&row.json, "other", moment->other);
	if (moment->host)
		json_member_text(&row.json, "host", moment->host);
	json_row_close(&row, json);
}

static void write_timeline(struct json_writer *json,
			   const struct record *record)
{
	size_t i;

	json_write_key(json, "timeline");
	json_open_array(json);
	for (i = 0; i < record->timeline.moments.count; i++)
		write_moment(json, &record->timeline.moments.items[i]);
	json_close_array(json);
}

static void write_directory(struct json_writer *json, const char *key,
			    const char *path)
{
	json_write_key(json, key);
	if (path)
		json_write_bytes(json, path, strlen(path));
	else
		json_write_raw(json, "null");
}

/* What differs from run to run without meaning anything. */
static void write_directories(struct json_writer *json,
			      const struct variables *directories)
{
	json_write_key(json, "directories");
	json_open_object(json);
	write_directory(json, "home", directories->home);
	write_directory(json, "cwd", directories->cwd);
	write_directory(json, "tmp", directories->tmp);
	json_close_object(json);
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
	write_directories(json, &record->directories);
	gmtime_r(&record->started.tv_sec, &utc);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &utc);
	buf_printf(&text, "%s.%03ldZ", when, record->started.tv_nsec / 1000000);
	json_member_text(json, "started", buf_text(&text));
	json_member_count(json, "duration_ms", record_duration_ms(record));
}

static void write_stats(struct json_writer *json, const struct record *record)
{
	struct stats_row **rows = stats_sorted(&record->stats, STATS_BY_NAME);

	json_write_key(json, "statistics");
	json_open_array(json);
	for (size_t i = 0; rows[i]; i++) {
		struct json_row row;

		json_row_open(&row);
		json_member_text(&row.json, "call", rows[i]->name);
		json_member_count(&row.json, "count", rows[i]->calls);
		json_member_count(&row.json, "errors", rows[i]->errors);
		json_write_key(&row.json, "time_ns");
		json_write_u64_string(&row.json, rows[i]->took_ns);
		json_write_key(&row.json, "waited_ns");
		json_write_u64_string(&row.json, rows[i]->waited_ns);
		json_row_close(&row, json);
	}
	json_close_array(json);
	free(rows);
}

void json_render(struct buf *out, const struct record *record,
		 const struct layout *layout)
{
	const struct process_table *processes = &record->processes;
	struct json_writer json;

	(void)layout;
	json_writer_init(&json, out, true);
	json_open_object(&json);
	write_head(&json, record);
	write_ending(&json,
		     processes->all.count ? processes->all.items[0] : NULL);
	json_member_count(&json, "n_calls", record->calls);
	json_member_count(&json, "n_answers", record->answered);
	json_member_count(&json, "n_processes", processes->started);
	json_write_lists(&json, record);
	write_decisions(&json, record);
	write_rules(&json, record);
	if (record->keeps_stats)
		write_stats(&json, record);
	write_processes(&json, record);
	write_timeline(&json, record);
	json_write_notes(&json, record);
	json_close_object(&json);
	buf_char(out, '\n');
}
