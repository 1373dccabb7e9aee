/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The lines of -vv: a call begins, and ends with its result. */
#include "app/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "log_parts.h"
#include "log_select.h"
#include "syscall/print.h"

/* exit and exit_group; rt_sigreturn does come back. */
static bool never_returns(const struct call *call)
{
	return call->def && (call->def->id == SYSCALL_exit ||
			     call->def->id == SYSCALL_exit_group);
}

/* The second half of a call, in the line. */
static void finish_call(struct call_log *log, struct buf *line,
			struct tracer *tracer, struct task *task,
			int64_t result)
{
	const struct mem_reader *mem = log_look_at(log, tracer, task->tid);

	task->logged = false;
	print_exit_args(line, &task->call, task->next_arg, result, mem,
			&log->print);
	print_result(line, &task->call, result, mem, &log->print);
}

static void add_duration(const struct call_log *log, struct buf *line,
			 const struct task *task)
{
	uint64_t us = task->outcome.took_ns / 1000;

	if (log->options->durations)
		buf_printf(line, " <%" PRIu64 ".%06" PRIu64 ">", us / 1000000,
			   us % 1000000);
}

/* Which results are shown is known at the exit: until then the line waits. */
static void hold_call(struct call_log *log, struct tracer *tracer,
		      struct task *task, size_t tasks)
{
	struct buf *line = &task->held;

	buf_clear(line);
	lines_add_prefix(&log->lines, line, task->tid, task->call.number,
			 tasks);
	task->next_arg =
		print_entry(line, &task->call,
			    log_look_at(log, tracer, task->tid), &log->print);
}

static void begin_call(struct call_log *log, struct tracer *tracer,
		       struct task *task, size_t tasks)
{
	struct log_file *file =
		log_begin_line(log, task->tid, task->call.number, tasks);
	size_t from;

	if (!file)
		return;
	from = file->line.len;
	task->next_arg =
		print_entry(&file->line, &task->call,
			    log_look_at(log, tracer, task->tid), &log->print);
	line_put_painted(&log->lines, file, from,
			 from + strcspn(file->line.data + from, "("),
			 log_intent_colour(&task->call));
}

/* Go on in the line of @task's call, or take the call up again in a new one. */
static struct log_file *resume_line(struct call_log *log, struct task *task,
				    size_t tasks)
{
	struct log_file *file = lines_file(&log->lines, task->tid);

	if (!file)
		return NULL;
	if (task->held.len) {
		line_begin(&log->lines, file, task->tid);
		buf_add(&file->line, task->held.data, task->held.len);
		buf_clear(&task->held);
		return file;
	}
	if (file->open_tid == task->tid)
		return file;
	file = log_begin_line(log, task->tid, task->call.number, tasks);
	buf_printf(&file->line, "<... %s resumed>", task->call.name);
	return file;
}

/* The call ends here: its line is complete. */
static void end_silent(struct call_log *log, struct task *task, size_t tasks)
{
	struct log_file *file;

	task->logged = false;
	if (!select_status(log->options, STATUS_UNFINISHED))
		buf_clear(&task->held);
	else if ((file = resume_line(log, task, tasks)))
		line_end(&log->lines, file);
}

/* Say so when a process goes over to calls of 32 bits, or back. The new ones
 * are as who was seen last: the one that made them, as a rule. */
static void note_mode(struct call_log *log, struct task *task, size_t tasks)
{
	bool narrow = task->call.abi != NULL;
	bool before = task->has_mode ? task->narrow_mode : log->narrow_mode;
	char text[64];

	task->has_mode = true;
	task->narrow_mode = log->narrow_mode = narrow;
	if (narrow == before)
		return;
	snprintf(text, sizeof(text), "[ Process PID=%d runs in %d bit mode. ]",
		 (int)task->tid, narrow ? 32 : 64);
	log_whole_line(log, task->tid, task->call.number, tasks, text);
}

void log_call(struct call_log *log, struct tracer *tracer, struct task *task,
	      size_t tasks)
{
	if (log && log->options->every_call)
		note_mode(log, task, tasks);
	if (!log || !log->options->every_call ||
	    !select_call(log->options, task->tid,
			 log_look_at(log, tracer, task->tid), &task->call))
		return;
	if (log->options->has_statuses)
		hold_call(log, tracer, task, tasks);
	else
		begin_call(log, tracer, task, tasks);
	task->logged = true;
	if (never_returns(&task->call)) {
		struct log_file *file = lines_file(&log->lines, task->tid);

		if (!file)
			return;
		/* Its result is aligned to the beginning of the line. */
		if (log->options->has_statuses)
			finish_call(log, &task->held, tracer, task, 0);
		else
			finish_call(log, &file->line, tracer, task, 0);
		end_silent(log, task, tasks);
	}
}

static void add_verdict(struct call_log *log, struct log_file *file,
			const struct task *task)
{
	size_t from = file->line.len + 1;

	buf_printf(&file->line, " [%s: ", verdict_name(task->outcome.verdict));
	log_add_reason(&file->line, task);
	buf_char(&file->line, ']');
	line_put_painted(&log->lines, file, from, file->line.len,
			 log_verdict_colour(task->outcome.verdict));
}

void log_result(struct call_log *log, struct tracer *tracer, struct task *task,
		int64_t result, size_t tasks)
{
	struct log_file *file;

	if (!log || !log->options->every_call || !task->logged)
		return;
	if (!select_result(log->options, result)) {
		task->logged = false;
		buf_clear(&task->held);
		return;
	}
	file = resume_line(log, task, tasks);
	if (!file)
		return;
	finish_call(log, &file->line, tracer, task, result);
	add_duration(log, &file->line, task);
	if (!task->outcome.ran && task->outcome.verdict != VERDICT_ALLOW)
		add_verdict(log, file, task);
	line_end(&log->lines, file);
}

void log_end_call(struct call_log *log, struct task *task, size_t tasks)
{
	struct log_file *file;

	task->logged = false;
	if (!select_status(log->options, STATUS_UNFINISHED)) {
		buf_clear(&task->held);
		return;
	}
	file = resume_line(log, task, tasks);
	if (!file)
		return;
	if (task->next_arg < (int)task->call.n_args)
		buf_str(&file->line, " <unfinished ...>");
	buf_char(&file->line, ')');
	print_no_result(&file->line);
	line_end(&log->lines, file);
}
