/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * process - the processes of a run: who started whom, what each ran, how each
 * ended. Pids come again in a long run; a process here is one life of one.
 */
#ifndef REPORT_PROCESS_H
#define REPORT_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/hash.h"
#include "base/vec.h"

enum {
	PROCESSES_MAX = 10000,	   /* told of in detail */
	PROCESS_PROGRAMS_MAX = 64, /* of one process */
};

struct process {
	pid_t pid;
	struct process *parent;	       /* NULL: the first one, or unknown */
	VEC_OF(const char *) programs; /* in order; strings are not owned */
	uint64_t programs_beyond;
	bool ended;
	int status; /* as from wait(2) */

	unsigned int id;    /* counted from 1, in order of appearance */
	unsigned int depth; /* set by process_order() */
	struct process *first_child, *last_child, *sibling;
	UT_hash_handle hh;
};

struct process_table {
	VEC_OF(struct process *) all;
	struct process *by_pid; /* the latest life of each pid */
	uint64_t started;
};

/* The process starts; NULL when it is one too many to be told of. */
struct process *process_start(struct process_table *table, pid_t pid,
			      pid_t parent);

/* The living process, made when nobody told of its start; NULL as above. */
struct process *process_living(struct process_table *table, pid_t pid);

/* The latest process that had this pid, or NULL. */
struct process *process_latest(const struct process_table *table, pid_t pid);

/* @program must outlive the table. */
void process_add_program(struct process *process, const char *program);

/* All processes, parents before children, siblings by age, and their depth
 * set. The caller frees the array; it ends with NULL. */
struct process **process_order(const struct process_table *table);

void process_table_free(struct process_table *table);

#endif
