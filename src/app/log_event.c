/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The lines of -vv that are no call which runs: signals, ends, refusals. */
#include "app/log.h"

#include <sys/wait.h>

#include "log_parts.h"
#include "log_select.h"
#include "syscall/names.h"
#include "syscall/print.h"

void log_whole_line(struct call_log *log, pid_t tid, int number, size_t tasks,
		    const char *text)
{
	struct log_file *file = log_begin_line(log, tid, number, tasks);

	if (!file)
		return;
	buf_str(&file->line, text);
	line_end(&log->lines, file);
}

static void add_end(struct buf *text, int status)
{
	if (WIFEXITED(status))
		buf_printf(text, "+++ exited with %d +++", WEXITSTATUS(status));
	else
		buf_printf(text, "+++ killed by %s%s +++",
			   signal_name(WTERMSIG(status)),
			   WCOREDUMP(status) ? " (core dumped)" : "");
}

void log_superseded(struct call_log *log, const struct trace_event *event,
		    struct task *leader, size_t tasks)
{
	struct log_file *file;
	BUF_AUTO(text);

	if (!log || !log->options->every_call)
		return;
	if (leader && leader->logged)
		log_end_call(log, leader, tasks);
	file = lines_file(&log->lines, event->former_tid);
	if (file && file->open_tid == event->former_tid) {
		buf_printf(&file->line, " <pid changed to %d ...>",
			   (int)event->pid);
		line_end(&log->lines, file);
	}
	buf_printf(&text, "+++ superseded by execve in pid %d +++",
		   (int)event->former_tid);
	log_whole_line(log, event->pid, log_last_number(leader), tasks,
		       buf_text(&text));
}

void log_ended(struct call_log *log, const struct trace_event *event,
	       struct task *task, size_t tasks)
{
	BUF_AUTO(text);

	if (!log || !log->options->every_call)
		return;
	if (task && task->logged)
		log_end_call(log, task, tasks);
	add_end(&text, event->status);
	log_whole_line(log, event->tid, log_last_number(task), tasks,
		       buf_text(&text));
}

void log_refused(struct call_log *log, struct tracer *tracer,
		 const struct trace_event *event, size_t tasks)
{
	const struct mem_reader *mem;
	struct log_file *file;
	struct call call;
	int next;

	if (!log || (!log->options->every_call && !event->reason))
		return;
	mem = log_look_at(log, tracer, event->tid);
	call_decode_form(&call, event->form,
			 event->id == SYSCALL_UNKNOWN ? NULL :
							syscall_def(event->id),
			 event->number, event->args, mem);
	if ((event->reason ||
	     (select_call(log->options, event->tid, mem, &call) &&
	      select_result(log->options, event->result))) &&
	    (file = log_begin_line(log, event->tid, event->number, tasks))) {
		next = print_entry(&file->line, &call, mem, &log->print);
		print_exit_args(&file->line, &call, next, event->result, mem,
				&log->print);
		print_result(&file->line, &call, event->result, mem,
			     &log->print);
		if (event->abi)
			buf_printf(&file->line, " [%s]", event->abi);
		if (event->reason)
			buf_printf(&file->line, " [refused: %s]",
				   event->reason);
		line_end(&log->lines, file);
	}
	call_free(&call);
}

void log_event(struct call_log *log, const struct trace_event *event,
	       const struct task *task, size_t tasks)
{
	const struct print_options *before;
	BUF_AUTO(text);

	if (!log || !log->options->every_call)
		return;
	if (event->kind != TRACE_SIGNAL && event->kind != TRACE_STOPPED)
		return;
	if (!select_signal(log->options, event->siginfo.si_signo))
		return;
	before = print_set_options(&log->print);
	if (event->kind == TRACE_SIGNAL)
		print_signal_line(&text, &event->siginfo);
	else
		buf_printf(&text, "--- stopped by %s ---",
			   signal_name(event->siginfo.si_signo));
	print_set_options(before);
	log_whole_line(log, event->tid, log_last_number(task), tasks,
		       buf_text(&text));
}
