/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* engine - what the files of the trace folder share. Private to it. */
#ifndef TRACE_ENGINE_H
#define TRACE_ENGINE_H

#include "base/mem_reader.h"
#include "base/vec.h"
#include "trace/event.h"
#include "trace/stop.h"
#include "trace/tracee.h"

struct tracer {
	struct tracee_table tracees;
	struct tracer_options options;

	int listener;	   /* of the guard filter: trace/grant.h */
	uint64_t door_key; /* opens the door in it */

	pid_t main_pid;
	int main_status;
	bool main_ended;
	size_t processes;

	VEC_OF(struct stop) pending; /* seen while everybody stood still */

	pid_t memory_tid;
	struct mem_reader memory;
};

/* Let a task run until its next stop. A task that was killed meanwhile is no
 * error; any other failure ends the task: it must not run unwatched. */
void tracee_continue(struct tracee *tracee, int signal);

/* Leave a group-stopped task stopped, as it would be without a tracer. */
void tracee_listen(struct tracee *tracee);

/* A result that never reaches the program: the kernel enters the call again,
 * or restart_syscall in its place (ERESTARTSYS and its kin). */
static inline bool is_restart_result(int64_t result)
{
	return result == -512 || result == -513 || result == -514 ||
	       result == -516;
}

/* ---- announce.c: how a task tells that it is about to make a call ---- */

enum announcement {
	ANNOUNCED_CALL,	   /* *event is a TRACE_CALL to decide */
	ANNOUNCED_REFUSED, /* *event is a TRACE_REFUSED, already enforced */
	ANNOUNCED_NOTHING, /* nobody's business: just go on */
};

/* The filter stopped @tracee (RET_TRACE). */
enum announcement announce_call(struct tracer *tracer, struct tracee *tracee,
				struct trace_event *event);

/* ---- stop_handle.c ---- */

/* Handle one stop. True: *event is to be told, and the task waits. */
bool stop_handle(struct tracer *tracer, const struct stop *stop,
		 struct trace_event *event);

/* ---- enforce.c: what becomes of the call ---- */

/* At the entry stop: carry out @action in registers and let the task go. */
void enforce_action(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action);

/* Change number and result so that the call is skipped; the task stays
 * stopped. False when the task had to be killed. */
bool enforce_skip(struct tracee *tracee, int64_t result);

/* At the exit stop: give the program its registers back, read the result.
 * False when the task is gone. */
bool enforce_exit(struct tracee *tracee, int64_t *result);

#endif
