/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * tracer - the ptrace engine, as a source of events.
 *
 * Pull, not callbacks: tracer_next() returns one event, the caller says with
 * tracer_resume() what becomes of the task, and nothing above is known here.
 *
 *	while (tracer_next(tracer, &event)) {
 *		struct trace_action action = decide(&event);
 *		tracer_resume(tracer, &event, &action);
 *	}
 *
 * ESRCH is never an error: a task that was killed at a stop ends with
 * TRACE_ENDED, sooner or later, and its pending call does not run.
 */
#ifndef TRACE_TRACER_H
#define TRACE_TRACER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/mem_reader.h"
#include "syscall/call.h"
#include "trace/event.h"
#include "trace/features.h"

struct tracer;

/* Start @argv[0] (searched in $PATH like execvp(3)) under the tracer, stopped
 * right before its execve. The program inherits everything that syswall
 * inherited: signal mask and dispositions, descriptors.
 * NULL with @err when the machine does not let us; *@exit_status is then 125,
 * 126 or 127. */
struct tracer *tracer_start(char *const argv[],
			    const struct tracer_options *options,
			    int *exit_status, struct err *err);
void tracer_free(struct tracer *tracer);

/* What the kernel offers to this run. */
const struct features *tracer_features(const struct tracer *tracer);

/* Would tracer_next() have to wait? */
bool tracer_is_idle(const struct tracer *tracer);

/* The next event. False when all tasks are gone. */
bool tracer_next(struct tracer *tracer, struct trace_event *event);

/* Let the task of @event go on. @action is looked at for TRACE_CALL only and
 * may be NULL for other events. Must be called once for every event. */
void tracer_resume(struct tracer *tracer, const struct trace_event *event,
		   const struct trace_action *action);

/*
 * Between tracer_next() and the decision about a TRACE_CALL: does @call, whose
 * targets have been resolved, stand on something that other tasks can change
 * at any moment? True: from now on until tracer_resume() everybody else stands
 * still, and the targets have to be resolved again.
 */
bool tracer_isolate(struct tracer *tracer, const struct trace_event *event,
		    const struct call *call);

/*
 * Between a decision to let @call run and tracer_resume(): see to it that the
 * kernel acts on the arguments that @call holds. 0: it will. -EINPROGRESS: the
 * task is on its way to make the same call again, now in a better place; this
 * event is over. Any other negative errno: it cannot be done, and the call
 * must not run.
 */
int tracer_pin(struct tracer *tracer, const struct trace_event *event,
	       const struct call *call);

/* Of the next @calls calls of each thread of @pid, tell those that read from a
 * descriptor and nobody watches, at their end, as TRACE_READ. A thread that
 * runs is followed from its next stop on. */
void tracer_follow(struct tracer *tracer, pid_t pid, unsigned int calls);

/* Make everybody stand still, and let them go on. What happens meanwhile is
 * kept for tracer_next(). Tasks in uninterruptible sleep are not waited for
 * longer than a moment. Nests. */
void tracer_freeze(struct tracer *tracer);
void tracer_thaw(struct tracer *tracer);

/* Send @signal as a terminal would: to the process group of @pid, and to that
 * of the program's first process. */
void tracer_signal_groups(const struct tracer *tracer, pid_t pid, int signal);

/* SIGKILL for every task. */
void tracer_kill_all(struct tracer *tracer);

/* Memory of the task @tid. The reader lives until the next call of this. */
const struct mem_reader *tracer_memory(struct tracer *tracer, pid_t tid);

/* The program's first process. */
pid_t tracer_main_pid(const struct tracer *tracer);
/* How it ended, as from wait(2). */
int tracer_status(const struct tracer *tracer);
/* True once it has ended (others may still run). */
bool tracer_main_ended(const struct tracer *tracer);
/* How many processes are alive, and how many tasks (threads). */
size_t tracer_process_count(const struct tracer *tracer);
size_t tracer_task_count(const struct tracer *tracer);

/* Is @pgrp the process group of one of the tasks? */
bool tracer_owns_group(const struct tracer *tracer, pid_t pgrp);

#endif
