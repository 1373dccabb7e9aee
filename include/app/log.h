/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call_log - the -v and -vv logs.
 *
 * -vv is strace's format: a line begins at a call's entry and is completed at
 * its exit; when somebody else speaks in between it is cut with
 * "<unfinished ...>" and taken up again with "<... name resumed>".
 */
#ifndef APP_LOG_H
#define APP_LOG_H

#include <stdbool.h>

#include "app/log_options.h"
#include "app/task.h"
#include "base/err.h"
#include "trace/tracer.h"

struct call_log;

/* Log to @path, or to standard error when it is NULL. @options are kept. */
struct call_log *log_open(const char *path, const struct log_options *options,
			  bool colour, struct err *err);

/* False when something could not be written; @err says it once. */
bool log_close(struct call_log *log, struct err *err);

/* The entry of a call, whose decision stands in @task. @tasks is how many are
 * alive: with more than one each line tells whose it is. */
void log_call(struct call_log *log, struct tracer *tracer, struct task *task,
	      size_t tasks);

/* Its result: from the kernel, or what the program was told. */
void log_result(struct call_log *log, struct tracer *tracer, struct task *task,
		int64_t result, size_t tasks);

/* -v: one line for a decision that was made. */
void log_decision(struct call_log *log, const struct task *task,
		  const struct subject *subject, size_t tasks);

/* A call that the engine refused; without a reason only for -vv. */
void log_refused(struct call_log *log, struct tracer *tracer,
		 const struct trace_event *event, size_t tasks);

/* Signals and stops. @task may be NULL. */
void log_event(struct call_log *log, const struct trace_event *event,
	       const struct task *task, size_t tasks);

/* The end of a task; what it was in the middle of has no result. @task may be
 * NULL. */
void log_ended(struct call_log *log, const struct trace_event *event,
	       struct task *task, size_t tasks);

/* Text as it is, whole lines. */
void log_text(struct call_log *log, const struct buf *text);

/* A thread that is not the leader runs another program in the leader's place:
 * @event is its execution, @leader the leader's task or NULL. */
void log_superseded(struct call_log *log, const struct trace_event *event,
		    struct task *leader, size_t tasks);

/* A question is about to appear: complete what is buffered. */
void log_flush(struct call_log *log);

#endif
