/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/escape.h"
#include "syscall/names.h"
#include "syscall/print.h"

struct call_log {
	FILE *out;
	const char *path; /* NULL: standard error */
	bool every_call;
	bool flush_lines; /* somebody is watching */
	pid_t open_tid;	  /* whose line is not complete; 0: nobody's */
	struct buf line;  /* that line */
	int error;
};

static const struct print_options strace_like = { .string_limit = 32 };

struct call_log *log_open(const char *path, bool every_call, struct err *err)
{
	struct call_log *log = xcalloc(1, sizeof(*log));
	struct stat status;
	int fd;

	log->path = path;
	log->every_call = every_call;
	fd = path ? open(path,
			 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY,
			 0600) :
		    fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	log->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!log->out) {
		BUF_AUTO(shown);

		escape_str(&shown, path ? path : "standard error");
		err_set(err, "cannot write the log: %s: %s", buf_text(&shown),
			strerror(errno));
		free(log);
		return NULL;
	}
	log->flush_lines =
		!path || fstat(fd, &status) || !S_ISREG(status.st_mode);
	return log;
}

/* The first failure is kept: a full disk should be told as such. */
static void note_error(struct call_log *log)
{
	if (ferror(log->out) && !log->error)
		log->error = errno ? errno : EIO;
}

bool log_close(struct call_log *log, struct err *err)
{
	BUF_AUTO(shown);
	int error;

	if (!log)
		return true;
	if (log->open_tid)
		fputs(" <unfinished ...>\n", log->out);
	errno = 0;
	fflush(log->out);
	note_error(log);
	if (fclose(log->out) && !log->error)
		log->error = errno;
	error = log->error;
	escape_str(&shown, log->path ? log->path : "standard error");
	buf_free(&log->line);
	free(log);
	if (!error)
		return true;
	return err_set(err, "cannot write the log: %s: %s", buf_text(&shown),
		       strerror(error));
}

static void flush(struct call_log *log)
{
	if (log->flush_lines) {
		fflush(log->out);
		note_error(log);
	}
}

void log_flush(struct call_log *log)
{
	if (!log)
		return;
	fflush(log->out);
	note_error(log);
}

void log_text(struct call_log *log, const struct buf *text)
{
	fwrite(buf_text(text), 1, text->len, log->out);
	flush(log);
}

static void end_line(struct call_log *log)
{
	putc('\n', log->out);
	log->open_tid = 0;
	flush(log);
}

/* Start a line that belongs to @tid. */
static void begin_line(struct call_log *log, pid_t tid, size_t tasks)
{
	if (log->open_tid) {
		fputs(" <unfinished ...>", log->out);
		end_line(log);
	}
	buf_clear(&log->line);
	if (log->path)
		buf_printf(&log->line, "%-5d ", (int)tid);
	else if (tasks > 1)
		buf_printf(&log->line, "[pid %5d] ", (int)tid);
}

static void put(struct call_log *log, size_t from)
{
	fwrite(log->line.data + from, 1, log->line.len - from, log->out);
}

static void whole_line(struct call_log *log, pid_t tid, size_t tasks,
		       const char *text)
{
	begin_line(log, tid, tasks);
	buf_str(&log->line, text);
	put(log, 0);
	end_line(log);
}

/* exit and exit_group; rt_sigreturn does come back. */
static bool never_returns(const struct call *call)
{
	return call->def && (call->def->id == SYSCALL_exit ||
			     call->def->id == SYSCALL_exit_group);
}

/* The second half of a call, in the line. */
static void finish_call(struct call_log *log, struct tracer *tracer,
			struct task *task, int64_t result)
{
	task->logged = false;
	print_exit_args(&log->line, &task->call, task->next_arg, result,
			tracer_memory(tracer, task->tid), &strace_like);
	print_result(&log->line, &task->call, result,
		     tracer_memory(tracer, task->tid), &strace_like);
}

void log_call(struct call_log *log, struct tracer *tracer, struct task *task,
	      size_t tasks)
{
	if (!log || !log->every_call)
		return;
	begin_line(log, task->tid, tasks);
	task->next_arg =
		print_entry(&log->line, &task->call,
			    tracer_memory(tracer, task->tid), &strace_like);
	task->logged = true;
	if (never_returns(&task->call)) {
		finish_call(log, tracer, task, 0);
		put(log, 0);
		end_line(log);
		return;
	}
	put(log, 0);
	log->open_tid = task->tid;
	flush(log);
}

/* "rules.json rule 3", or how else it was decided. */
static void add_reason(struct buf *out, const struct task *task)
{
	const struct decision *decision = &task->decision;

	if (decision->by == DECIDED_BY_RULE) {
		escape_str(out, decision->rule->origin.file);
		if (decision->rule->origin.index)
			buf_printf(out, " rule %u",
				   decision->rule->origin.index);
	} else if (task->outcome.answered) {
		buf_str(out, "answer");
	} else if (decision->by == DECIDED_BY_ERROR) {
		buf_str(out, errno_name(decision->error) ?: "error");
	} else {
		buf_str(out, "default");
	}
}

/* Go on in the line of @task's call, or take the call up again in a new one.
 * Returns from where on the line is not written yet. */
static size_t resume_line(struct call_log *log, const struct task *task,
			  size_t tasks)
{
	if (log->open_tid == task->tid)
		return log->line.len;
	begin_line(log, task->tid, tasks);
	buf_printf(&log->line, "<... %s resumed>", task->call.name);
	return 0;
}

void log_result(struct call_log *log, struct tracer *tracer, struct task *task,
		int64_t result, size_t tasks)
{
	size_t from;

	if (!log || !log->every_call || !task->logged)
		return;
	from = resume_line(log, task, tasks);
	finish_call(log, tracer, task, result);
	if (!task->outcome.ran && task->outcome.verdict != VERDICT_ALLOW) {
		buf_printf(&log->line,
			   " [%s: ", verdict_name(task->outcome.verdict));
		add_reason(&log->line, task);
		buf_char(&log->line, ']');
	}
	put(log, from);
	end_line(log);
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

/* The call that nobody will come back from. */
static void end_call(struct call_log *log, struct task *task, size_t tasks)
{
	size_t from = resume_line(log, task, tasks);

	if (task->next_arg < (int)task->call.n_args)
		buf_str(&log->line, " <unfinished ...>");
	buf_char(&log->line, ')');
	print_no_result(&log->line);
	put(log, from);
	end_line(log);
	task->logged = false;
}

void log_superseded(struct call_log *log, const struct trace_event *event,
		    struct task *leader, size_t tasks)
{
	BUF_AUTO(text);

	if (!log || !log->every_call)
		return;
	if (leader && leader->logged)
		end_call(log, leader, tasks);
	if (log->open_tid == event->former_tid) {
		fprintf(log->out, " <pid changed to %d ...>", (int)event->pid);
		end_line(log);
	}
	buf_printf(&text, "+++ superseded by execve in pid %d +++",
		   (int)event->former_tid);
	whole_line(log, event->pid, tasks, buf_text(&text));
}

void log_ended(struct call_log *log, const struct trace_event *event,
	       struct task *task, size_t tasks)
{
	BUF_AUTO(text);

	if (!log || !log->every_call)
		return;
	if (task && task->logged)
		end_call(log, task, tasks);
	add_end(&text, event->status);
	whole_line(log, event->tid, tasks, buf_text(&text));
}

void log_decision(struct call_log *log, const struct task *task,
		  const struct subject *subject, size_t tasks)
{
	BUF_AUTO(text);

	if (!log || log->every_call)
		return;
	buf_printf(&text, "%-10s ",
		   task->decision.by == DECIDED_BY_ERROR ?
			   "fails" : /* as it would have without us */
			   verdict_name(task->outcome.verdict));
	print_call(&text, &task->call);
	if (task->call.n_targets && task->call.targets[0].resolved) {
		buf_str(&text, " <");
		escape_str(&text, task->call.targets[0].resolved);
		buf_char(&text, '>');
	}
	buf_str(&text, " (");
	add_reason(&text, task);
	buf_str(&text, ") ");
	escape_str(&text, subject->exe);
	whole_line(log, task->tid, tasks, buf_text(&text));
}

void log_refused(struct call_log *log, struct tracer *tracer,
		 const struct trace_event *event, size_t tasks)
{
	const struct mem_reader *mem = tracer_memory(tracer, event->tid);
	struct call call;
	int next;

	if (!log || (!log->every_call && !event->reason))
		return;
	call_decode(&call,
		    event->id == SYSCALL_UNKNOWN ? NULL :
						   syscall_def(event->id),
		    event->number, event->args, mem);
	begin_line(log, event->tid, tasks);
	next = print_entry(&log->line, &call, mem, &strace_like);
	print_exit_args(&log->line, &call, next, event->result, mem,
			&strace_like);
	print_result(&log->line, &call, event->result, mem, &strace_like);
	if (event->abi)
		buf_printf(&log->line, " [%s]", event->abi);
	if (event->reason)
		buf_printf(&log->line, " [refused: %s]", event->reason);
	put(log, 0);
	end_line(log);
	call_free(&call);
}

void log_event(struct call_log *log, const struct trace_event *event,
	       size_t tasks)
{
	BUF_AUTO(text);

	if (!log || !log->every_call)
		return;
	if (event->kind == TRACE_SIGNAL)
		print_signal_line(&text, &event->siginfo);
	else if (event->kind == TRACE_STOPPED)
		buf_printf(&text, "--- stopped by %s ---",
			   signal_name(event->siginfo.si_signo));
	if (!text.len)
		return;
	whole_line(log, event->tid, tasks, buf_text(&text));
}
