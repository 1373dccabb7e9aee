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

#include "report/name.h"
#include "report/state.h"

enum { NOTE_MAX = 500 }; /* bytes */

struct record *record_new(char *const argv[])
{
	struct record *record = xcalloc(1, sizeof(*record));

	for (; *argv; argv++)
		VEC_PUSH(&record->command, xstrdup(*argv));
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
	process_table_free(&record->processes);
	fact_store_free(&record->facts);
	free(record);
}

void record_start(struct record *record, pid_t pid, pid_t parent)
{
	process_start(&record->processes, pid, parent);
}

void record_exec(struct record *record, pid_t pid, const char *exe)
{
	struct process *process = process_living(&record->processes, pid);
	struct fact like = fact_like(SECTION_PROGRAMS);
	struct fact *fact;

	like.class_id = CLASS_EXEC;
	like.resolved = true;
	like.name = exe;
	fact = fact_find(&record->facts, &like);
	if (fact)
		fact->events++;
	if (process && fact)
		process_add_program(process, fact->name);
	else if (process)
		process->programs_beyond++;
}

void record_exit(struct record *record, pid_t pid, int status)
{
	struct process *process = process_living(&record->processes, pid);

	clock_gettime(CLOCK_MONOTONIC, &record->ended_clock);
	if (!process)
		return;
	process->ended = true;
	process->status = status;
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

uint64_t record_duration_ms(const struct record *record)
{
	int64_t seconds =
		record->ended_clock.tv_sec - record->started_clock.tv_sec;
	int64_t nanoseconds =
		record->ended_clock.tv_nsec - record->started_clock.tv_nsec;

	return (uint64_t)(seconds * 1000 + nanoseconds / 1000000);
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
	size_t section;

	if (processes > PROCESSES_MAX && i-- == 0) {
		buf_printf(out,
			   "only the first %d of %llu processes are told of",
			   PROCESSES_MAX, (unsigned long long)processes);
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
