/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * record - life of a record, its processes and notes. What calls do to it is
 * in gather.c; what it says, in text.c and json.c.
 */
#include "report/record.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/json.h"
#include "report/name.h"
#include "report/state.h"

enum { NOTE_MAX = 500 }; /* bytes */

struct record *record_new(char *const argv[])
{
	struct record *record = xcalloc(1, sizeof(*record));

	for (; *argv; argv++)
		VEC_PUSH(&record->command, xstrdup(*argv));
	variables_init(&record->directories);
	record->places = places_new(&record->directories);
	clock_gettime(CLOCK_REALTIME, &record->started);
	clock_gettime(CLOCK_MONOTONIC, &record->started_clock);
	record->ended_clock = record->started_clock;
	return record;
}

void record_free(struct record *record)
{
	size_t i;

	if (!record)
		return;
	for (i = 0; i < record->command.count; i++)
		free(record->command.items[i]);
	VEC_FREE(&record->command);
	for (i = 0; i < record->rules.count; i++) {
		free(record->rules.items[i].file);
		free(record->rules.items[i].text);
	}
	VEC_FREE(&record->rules);
	for (i = 0; i < record->limits.count; i++)
		free(record->limits.items[i]);
	VEC_FREE(&record->limits);
	timeline_free(&record->timeline);
	variables_free(&record->directories);
	places_free(record->places);
	process_table_free(&record->processes);
	fact_store_free(&record->facts);
	json_doc_free(record->doc);
	stats_free(&record->stats);
	dns_free(&record->names);
	free(record);
}

bool record_learn_names(struct record *record, const void *message, size_t len)
{
	return dns_learn(&record->names, message, len);
}

void record_keep_stats(struct record *record)
{
	record->keeps_stats = true;
}

bool record_has_stats(const struct record *record)
{
	return record->stats.rows;
}

void record_add_stats(const struct record *record, enum stats_order order,
		      struct buf *out)
{
	stats_text(&record->stats, order, out);
}

void record_start(struct record *record, pid_t pid, pid_t parent)
{
	uint64_t before = record->processes.started;
	struct process *process =
		process_start(&record->processes, pid, parent);

	if (process && record->processes.started > before)
		process->started_us = record_now_us(record);
}

/* Its start can be told after its first events. */
static struct process *living(struct record *record, pid_t pid)
{
	uint64_t before = record->processes.started;
	struct process *process = process_living(&record->processes, pid);

	if (process && record->processes.started > before)
		process->started_us = record_now_us(record);
	return process;
}

void record_exec(struct record *record, pid_t pid, const char *exe,
		 const char *arguments, size_t len)
{
	struct process *process = living(record, pid);
	struct fact like = fact_like(SECTION_PROGRAMS);
	struct fact *fact;

	like.class_id = CLASS_EXEC;
	like.resolved = true;
	like.name = exe;
	fact = fact_find(&record->facts, &like);
	if (fact)
		fact->events++;
	if (process && fact)
		process_add_program(&record->processes, process, fact->name,
				    arguments, len, record_now_us(record));
	else if (process)
		process->programs_beyond++;
}

void record_exit(struct record *record, pid_t pid, int status)
{
	struct process *process = living(record, pid);

	clock_gettime(CLOCK_MONOTONIC, &record->ended_clock);
	if (!process)
		return;
	process->ended = true;
	process->status = status;
	process->ended_us = record_now_us(record);
}

void record_set_rules(struct record *record, const struct policy *policy)
{
	const struct rule *rule;
	size_t i;

	for (i = 0; (rule = policy_rule_at(policy, i)); i++) {
		struct record_rule row = { .index = rule->origin.index,
					   .hits = rule->hits };
		BUF_AUTO(text);

		policy_rule_text(&text, rule);
		row.file = xstrdup(rule->origin.file ?: "");
		row.text = buf_steal(&text);
		VEC_PUSH(&record->rules, row);
	}
}

void record_note(struct record *record, const char *format, ...)
{
	struct fact like = fact_like(SECTION_NOTES);
	struct fact *fact;
	va_list args;
	BUF_AUTO(text);

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	if (text.len > NOTE_MAX)
		text.data[NOTE_MAX] = '\0';
	like.name = buf_text(&text);
	fact = fact_find(&record->facts, &like);
	if (fact)
		fact->count++;
}

static uint64_t microseconds(const struct timespec *from,
			     const struct timespec *to)
{
	int64_t seconds = to->tv_sec - from->tv_sec;
	int64_t nanoseconds = to->tv_nsec - from->tv_nsec;

	return (uint64_t)(seconds * 1000000 + nanoseconds / 1000);
}

uint64_t record_duration_ms(const struct record *record)
{
	return microseconds(&record->started_clock, &record->ended_clock) /
	       1000;
}

uint64_t record_now_us(const struct record *record)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return microseconds(&record->started_clock, &now);
}

void ending_text(struct buf *out, int status)
{
	if (WIFEXITED(status)) {
		buf_printf(out, "exit status %d", WEXITSTATUS(status));
		return;
	}
	buf_str(out, "killed by ");
	signal_text(out, WTERMSIG(status));
	if (WCOREDUMP(status))
		buf_str(out, " (core dumped)");
}

bool record_limit(const struct record *record, size_t i, struct buf *out)
{
	uint64_t processes = record->processes.started;
	uint64_t wordless = record->processes.arguments_left_out;
	size_t section;

	if (record->doc) {
		if (i < record->limits.count)
			buf_str(out, record->limits.items[i]);
		return i < record->limits.count;
	}
	if (processes > PROCESSES_MAX && i-- == 0) {
		buf_printf(out,
			   "only the first %d of %llu processes are told of",
			   PROCESSES_MAX, (unsigned long long)processes);
		return true;
	}
	if (wordless && i-- == 0) {
		buf_printf(out, "the arguments of %llu programs are left out",
			   (unsigned long long)wordless);
		return true;
	}
	if (record->timeline.beyond && i-- == 0) {
		buf_printf(out,
			   "the timeline ends after %d things: %llu more "
			   "stand in the lists only",
			   MOMENTS_MAX,
			   (unsigned long long)record->timeline.beyond);
		return true;
	}
	if (record->names.beyond && i-- == 0) {
		buf_printf(out,
			   "only %d addresses have the name of their host, "
			   "%llu more had one",
			   DNS_HOSTS_MAX,
			   (unsigned long long)record->names.beyond);
		return true;
	}
	for (section = 0; section < SECTION_COUNT; section++) {
		uint64_t beyond = record->facts.beyond[section];

		if (!beyond || i-- != 0)
			continue;
		buf_printf(out,
			   "the list \"%s\" is not complete: it left out "
			   "%llu mentions of what came late",
			   section_key((enum section)section),
			   (unsigned long long)beyond);
		return true;
	}
	return false;
}
