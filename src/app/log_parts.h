/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* log_parts - the log as its own files see it: log.c, log_call.c, log_event.c.
 */
#ifndef APP_LOG_PARTS_H
#define APP_LOG_PARTS_H

#include "app/fd_text.h"
#include "app/log_options.h"
#include "app/task.h"
#include "log_line.h"
#include "syscall/print.h"
#include "trace/tracer.h"

struct call_log {
	const struct log_options *options;
	struct print_options print; /* with our eyes for descriptors */
	struct print_files files;
	struct fd_text fds;
	struct log_lines lines;
	bool narrow_mode; /* of whoever made the last call */
};

/* The colour of what a call is about to do, of what became of it; "": none. */
const char *log_intent_colour(const struct call *call);
const char *log_verdict_colour(enum verdict verdict);

/* Start a line that belongs to @tid, who made the call @number last. NULL: it
 * has nowhere to go. */
struct log_file *log_begin_line(struct call_log *log, pid_t tid, int number,
				size_t tasks);

/* The line @text, which belongs to @tid in the same way. */
void log_whole_line(struct call_log *log, pid_t tid, int number, size_t tasks,
		    const char *text);

/* The number of the call that @task made last, -1 without one. */
int log_last_number(const struct task *task);

/* The memory of @tid for the printers, which may ask for its descriptors. */
const struct mem_reader *log_look_at(struct call_log *log,
				     struct tracer *tracer, pid_t tid);

/* "rules.json rule 3", or how else it was decided. */
void log_add_reason(struct buf *out, const struct task *task);

/* The call of @task has begun in the log, and nobody will come back from it. */
void log_end_call(struct call_log *log, struct task *task, size_t tasks);

#endif
