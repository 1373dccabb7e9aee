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
	ARGUMENTS_MAX = 2048,	   /* bytes, of one program */
	ARGUMENT_BYTES_MAX = 16 << 20,
};

/* One life of a process between two execs. */
struct process_program {
	const char *path; /* not owned */
	char *arguments;  /* each with its NUL; NULL: not known */
	size_t arguments_len;
	bool arguments_cut; /* there are more */
	uint64_t at_us;	    /* since the start of the run */
};

struct process {
	pid_t pid;
	struct process *parent; /* NULL: the first one, or unknown */
	VEC_OF(struct process_program) programs; /* in order */
	uint64_t programs_beyond;
	bool ended;
	int status;		       /* as from wait(2) */
	uint64_t started_us, ended_us; /* since the start of the run */

	unsigned int id;    /* counted from 1, in order of appearance */
	unsigned int depth; /* set by process_order() */
	struct process *first_child, *last_child, *sibling;
	UT_hash_handle hh;
};

struct process_table {
	VEC_OF(struct process *) all;
	struct process *by_pid; /* the latest life of each pid */
	uint64_t started;
	size_t argument_bytes;
	uint64_t arguments_left_out; /* programs whose words found no room */
};

/* The process starts; NULL when it is one too many to be told of. */
struct process *process_start(struct process_table *table, pid_t pid,
			      pid_t parent);

/* A new life of @pid; NULL as above. */
struct process *process_add(struct process_table *table, pid_t pid);

/* The living process, made when nobody told of its start; NULL as above. */
struct process *process_living(struct process_table *table, pid_t pid);

/* The latest process that had this pid, or NULL. */
struct process *process_latest(const struct process_table *table, pid_t pid);

/* @path must outlive the table. @arguments are @len bytes, a NUL behind each;
 * they are copied as far as there is room. */
void process_add_program(struct process_table *table, struct process *process,
			 const char *path, const char *arguments, size_t len,
			 uint64_t at_us);

/* @child is one of @parent's: the latest one. */
void process_set_parent(struct process *child, struct process *parent);

/* All processes, parents before children, siblings by age, and their depth
 * set. The caller frees the array; it ends with NULL. */
struct process **process_order(const struct process_table *table);

void process_table_free(struct process_table *table);

#endif
