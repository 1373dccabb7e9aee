/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * lookups - the answers that the program's own name lookups get.
 *
 * Reading is seldom watched. A process that has just turned to a name server
 * is followed for some calls (tracer_follow()); all others cost nothing.
 */
#ifndef APP_LOOKUPS_H
#define APP_LOOKUPS_H

#include "base/hash.h"
#include "report/record.h"
#include "syscall/call.h"
#include "trace/tracer.h"

enum {
	LOOKUP_SOCKETS_MAX = 16, /* of a process; the oldest is forgotten */
	LOOKUP_CALLS = 64,	 /* a process is followed for, each time */
	LOOKUP_PROCESSES_MAX = 10000,
};

/* The descriptors of a process that lead to a name server. */
struct lookup_process {
	pid_t pid;
	int fds[LOOKUP_SOCKETS_MAX];
	size_t count; /* how many there ever were */
	UT_hash_handle hh;
};

struct lookups {
	bool off;			  /* nobody would read the names */
	bool all_calls;			  /* everything stops anyway */
	struct lookup_process *processes; /* uthash by pid */
};

/* @call is about to run: does it turn to a name server? */
void lookups_call(struct lookups *lookups, struct tracer *tracer,
		  const struct trace_event *event, const struct call *call);

/* The call @id with these registers has ended, TRACE_RESULT or TRACE_READ: did
 * it bring an answer? */
void lookups_read(struct lookups *lookups, struct tracer *tracer,
		  struct record *record, const struct trace_event *event,
		  enum syscall_id id, const uint64_t args[SYSCALL_ARGS_MAX]);

void lookups_forget(struct lookups *lookups, pid_t pid);
void lookups_free(struct lookups *lookups);

#endif
