/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* load_processes - the tree of processes of a record, read back. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "report/load.h"
#include "report/name.h"

static const uint64_t count_max = UINT64_C(1) << 53;

/* ---- one process ---- */

static int signal_by_name(const char *name)
{
	for (int i = 1; i < NSIG; i++) {
		BUF_AUTO(text);

		signal_text(&text, i);
		if (strcmp(buf_text(&text), name) == 0)
			return i;
	}
	return 0;
}

static bool load_ending(struct loader *loader, const struct json *row,
			struct process *process)
{
	const struct json *ended = json_member(row, "ended");
	const char *signal;
	uint64_t status;
	bool core;

	if (!ended || !json_is_object(ended))
		return true;
	if (!load_count(loader, ended, "exit", 255, &status) ||
	    !load_text(loader, ended, "signal", &signal) ||
	    !load_true(loader, ended, "core", &core))
		return false;
	process->ended = true;
	process->status = W_EXITCODE((int)status, 0);
	if (!*signal)
		return true;
	process->status = signal_by_name(signal) | (core ? WCOREFLAG : 0);
	return WIFSIGNALED(process->status) ||
	       load_err(loader, ended, "no such signal");
}

static bool load_arguments(struct loader *loader, const struct json *row,
			   struct buf *words)
{
	const struct json *list = json_member(row, "arguments"), *word;

	for (word = list ? json_first(list) : NULL; word;
	     word = json_next(word)) {
		if (!json_string(word))
			return load_err(loader, word, "not a string");
		buf_add(words, json_string(word),
			strlen(json_string(word)) + 1);
	}
	return true;
}

static bool load_programs(struct loader *loader, const struct json *row,
			  struct process *process)
{
	struct process_table *table = &loader->record->processes;
	const struct json *list = json_member(row, "programs"), *program;

	for (program = list ? json_first(list) : NULL; program;
	     program = json_next(program)) {
		size_t n = process->programs.count;
		const char *path;
		uint64_t at_us;
		bool cut;
		BUF_AUTO(words);

		if (!json_is_object(program))
			return load_err(loader, program, "not an object");
		if (!load_text(loader, program, "path", &path) ||
		    !load_count(loader, program, "at_us", count_max, &at_us) ||
		    !load_true(loader, program, "arguments_cut", &cut) ||
		    !load_arguments(loader, program, &words))
			return false;
		process_add_program(table, process, path, buf_text(&words),
				    words.len, at_us);
		if (process->programs.count > n)
			process->programs.items[n].arguments_cut |= cut;
	}
	return true;
}

static bool load_details(struct loader *loader, const struct json *row,
			 struct process *process)
{
	uint64_t beyond;

	if (!load_count(loader, row, "more_programs", count_max, &beyond) ||
	    !load_count(loader, row, "started_us", count_max,
			&process->started_us) ||
	    !load_count(loader, row, "ended_us", count_max,
			&process->ended_us) ||
	    !load_ending(loader, row, process) ||
	    !load_programs(loader, row, process))
		return false;
	process->programs_beyond += beyond;
	return true;
}

/* ---- the tree ---- */

struct rows {
	const struct json **by_id;
	size_t count;
};

static void free_rows(struct rows *rows)
{
	free(rows->by_id);
}

/* The file has children behind their parents, the table has the ids in
 * order. */
static bool sort_rows(struct loader *loader, const struct json *list,
		      struct rows *rows)
{
	const struct json *row;
	uint64_t id;

	for (row = json_first(list); row; row = json_next(row))
		rows->count++;
	rows->by_id = xcalloc(rows->count + 1, sizeof(struct json *));
	for (row = json_first(list); row; row = json_next(row)) {
		if (!json_is_object(row))
			return load_err(loader, row, "not an object");
		if (!load_count(loader, row, "id", rows->count, &id))
			return false;
		if (!id || rows->by_id[id - 1])
			return load_err(loader, row, "no id, or one twice");
		rows->by_id[id - 1] = row;
	}
	return rows->count <= PROCESSES_MAX ||
	       load_err(loader, list, "too many");
}

static bool load_process(struct loader *loader, const struct json *row)
{
	struct process_table *table = &loader->record->processes;
	struct process *process;
	uint64_t pid, parent;

	/* Who is younger than its parent is no ancestor of it. */
	if (!load_count(loader, row, "pid", INT32_MAX, &pid) ||
	    !load_count(loader, row, "parent", table->all.count, &parent))
		return false;
	process = process_add(table, (pid_t)pid);
	if (process && parent)
		process_set_parent(process, table->all.items[parent - 1]);
	return process && load_details(loader, row, process);
}

bool load_processes(struct loader *loader, const struct json *root)
{
	const struct json *list = json_member(root, "processes");
	struct rows rows __attribute__((cleanup(free_rows))) = { 0 };

	if (!json_is_array(list))
		return load_err(loader, list, "not a list");
	if (!sort_rows(loader, list, &rows))
		return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!load_process(loader, rows.by_id[i]))
			return false;
	return true;
}
