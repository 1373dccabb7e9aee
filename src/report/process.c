/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/process.h"

#include <stdlib.h>
#include <string.h>

struct process *process_latest(const struct process_table *table, pid_t pid)
{
	struct process *process;

	HASH_FIND(hh, table->by_pid, &pid, sizeof(pid), process);
	return process;
}

void process_set_parent(struct process *child, struct process *parent)
{
	child->parent = parent;
	if (parent->last_child)
		parent->last_child->sibling = child;
	else
		parent->first_child = child;
	parent->last_child = child;
}

struct process *process_add(struct process_table *table, pid_t pid)
{
	struct process *old = process_latest(table, pid);
	struct process *process;

	table->started++;
	if (old)
		HASH_DEL(table->by_pid, old);
	if (table->all.count == PROCESSES_MAX)
		return NULL;
	process = xcalloc(1, sizeof(*process));
	process->pid = pid;
	VEC_PUSH(&table->all, process);
	process->id = (unsigned int)table->all.count;
	HASH_ADD(hh, table->by_pid, pid, sizeof(pid), process);
	return process;
}

/* The child's own events can come before its parent's word of it; then the
 * process is there already and lacks a parent. */
struct process *process_start(struct process_table *table, pid_t pid,
			      pid_t parent_pid)
{
	struct process *process = process_latest(table, pid);
	struct process *parent;

	if (!process || process->ended ||
	    (process->parent && process->parent->pid != parent_pid))
		process = process_add(table, pid);
	parent = process_latest(table, parent_pid);
	if (process && !process->parent && parent && parent->id < process->id)
		process_set_parent(process, parent);
	return process;
}

struct process *process_living(struct process_table *table, pid_t pid)
{
	struct process *process = process_latest(table, pid);

	if (process && !process->ended)
		return process;
	/* Over the limit there is nothing to find, and nothing starts. */
	if (table->all.count == PROCESSES_MAX)
		return NULL;
	return process_add(table, pid);
}

/* The words that fit, whole. */
static void keep_arguments(struct process_table *table,
			   struct process_program *program,
			   const char *arguments, size_t len)
{
	size_t kept = len > ARGUMENTS_MAX ? ARGUMENTS_MAX : len;

	if (!len)
		return;
	if (table->argument_bytes + kept > ARGUMENT_BYTES_MAX) {
		table->arguments_left_out++;
		return;
	}
	table->argument_bytes += kept;
	program->arguments = xmalloc(kept + 1);
	memcpy(program->arguments, arguments, kept);
	program->arguments[kept] = '\0';
	program->arguments_cut = kept < len || arguments[len - 1] != '\0';
	/* A last word that was cut, or whose NUL was, ends here. */
	program->arguments_len = kept + (program->arguments[kept - 1] != '\0');
}

void process_add_program(struct process_table *table, struct process *process,
			 const char *path, const char *arguments, size_t len,
			 uint64_t at_us)
{
	struct process_program program = { .path = path, .at_us = at_us };

	if (process->programs.count == PROCESS_PROGRAMS_MAX) {
		process->programs_beyond++;
		return;
	}
	keep_arguments(table, &program, arguments, len);
	VEC_PUSH(&process->programs, program);
}

/* The next in depth-first order below the first of its tree, or NULL. */
static struct process *next_in_tree(struct process *process)
{
	if (process->first_child) {
		process->first_child->depth = process->depth + 1;
		return process->first_child;
	}
	while (process && !process->sibling)
		process = process->parent;
	if (!process)
		return NULL;
	process->sibling->depth = process->depth;
	return process->sibling;
}

struct process **process_order(const struct process_table *table)
{
	struct process **order, *process;
	size_t i, n = 0;

	order = xcalloc(table->all.count + 1, sizeof(struct process *));
	for (i = 0; i < table->all.count; i++) {
		process = table->all.items[i];
		if (process->parent)
			continue;
		process->depth = 0;
		for (; process; process = next_in_tree(process))
			order[n++] = process;
	}
	return order;
}

static void free_process(struct process *process)
{
	size_t i;

	for (i = 0; i < process->programs.count; i++)
		free(process->programs.items[i].arguments);
	VEC_FREE(&process->programs);
	free(process);
}

void process_table_free(struct process_table *table)
{
	size_t i;

	HASH_CLEAR(hh, table->by_pid);
	for (i = 0; i < table->all.count; i++)
		free_process(table->all.items[i]);
	VEC_FREE(&table->all);
}
