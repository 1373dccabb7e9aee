/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* task - what the app keeps about each task and process between events. */
#ifndef APP_TASK_H
#define APP_TASK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/hash.h"
#include "policy/policy.h"
#include "report/record.h"
#include "syscall/call.h"
#include "syscall/verdict.h"
#include "trace/tracer.h"

/* A thread and the call that it is in, or was in last. */
struct task {
	pid_t tid;
	pid_t pid;
	bool has_call;
	struct call call;
	struct decision decision;
	struct outcome outcome;
	bool unreported;  /* the loader's own business: --ignore-libs */
	bool has_mode;	  /* the log knows by which ABI it makes its calls */
	bool narrow_mode; /* by one of 32 bits */
	bool logged;	  /* its first half stands in the log */
	int next_arg;	  /* the first argument that only the exit tells */
	bool again;	  /* the call was broken off, and begins anew */
	bool in_journal;  /* it has the line .journal_line there */
	uint64_t journal_line;
	uint64_t let_go_ns; /* the time when its call was */
	const char *guard;  /* why it is refused whatever the rules say */
	struct buf held;    /* the half of a line that is not written yet */
	UT_hash_handle hh;
};

struct process;

struct task_table {
	struct task *tasks;	   /* uthash by tid */
	struct process *processes; /* uthash by pid: task.c */
};

/* The task of @event, made when it is new. */
struct task *task_get(struct task_table *table, pid_t tid, pid_t pid);

/* The same, NULL when it has made no call that we saw. */
struct task *task_find(const struct task_table *table, pid_t tid);

/* Keep @call (its contents are taken over) as the task's present one. */
void task_set_call(struct task *task, struct call *call);

/* A task ended; its process too when @whole. */
void task_forget(struct task_table *table, pid_t tid, pid_t pid, bool whole);

/* The process runs another program: its other threads are gone, and the
 * thread @former_tid is now called @pid. */
void task_executed(struct task_table *table, pid_t pid, pid_t former_tid);

void task_free_all(struct task_table *table);

/* Who makes the call in @event, in words. The strings live until the next
 * call. @full: also names, cwd and parent, for a question. */
void task_subject(struct task_table *table, const struct trace_event *event,
		  bool full, struct subject *subject);

#endif
