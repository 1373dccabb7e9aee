/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "app/fd_text.h"
#include "base/escape.h"
#include "log_line.h"
#include "log_select.h"
#include "syscall/names.h"
#include "syscall/print.h"

struct call_log {
	const struct log_options *options;
	struct print_options print; /* with our eyes for descriptors */
	struct print_files files;
	struct fd_text fds;
	struct log_lines lines;
};

/* ---- colours ---- */

#define RED	"\033[31m"
#define BOLDRED "\033[1;31m"
#define GREEN	"\033[32m"
#define YELLOW	"\033[33m"
#define MAGENTA "\033[35m"
#define CYAN	"\033[36m"

/* The first that a call is in counts: what harms most stands first. */
static const struct {
	uint32_t classes;
	const char *colour;
} intents[] = {
	{ CLASS_BIT(CLASS_FILE_DELETE) | CLASS_BIT(CLASS_SYSTEM) |
		  CLASS_BIT(CLASS_TTY),
	  RED },
	{ CLASS_BIT(CLASS_EXEC) | CLASS_BIT(CLASS_PROCESS) |
		  CLASS_BIT(CLASS_SIGNAL),
	  MAGENTA },
	{ CLASS_BIT(CLASS_NET_CONNECT) | CLASS_BIT(CLASS_NET_BIND) |
		  CLASS_BIT(CLASS_NET_SOCKET) | CLASS_BIT(CLASS_IPC),
	  CYAN },
	{ CLASS_BIT(CLASS_FILE_WRITE) | CLASS_BIT(CLASS_FILE_CREATE) |
		  CLASS_BIT(CLASS_FILE_RENAME) | CLASS_BIT(CLASS_FILE_ATTR),
	  YELLOW },
	{ CLASS_BIT(CLASS_FILE_READ), GREEN },
};

static const char *intent_colour(const struct call *call)
{
	for (size_t i = 0; i < sizeof(intents) / sizeof(*intents); i++)
		if (call->classes & intents[i].classes)
			return intents[i].colour;
	return "";
}

static const char *verdict_colour(enum verdict verdict)
{
	static const char *const colours[VERDICT_COUNT] = {
		[VERDICT_ALLOW] = GREEN,
		[VERDICT_BLOCK_SOFT] = YELLOW,
		[VERDICT_BLOCK_HARD] = BOLDRED,
		[VERDICT_KILL] = BOLDRED,
	};

	return colours[verdict] ?: "";
}

/* ---- opening and closing ---- */

static bool fail(const struct call_log *log, int error, struct err *err)
{
	BUF_AUTO(shown);

	escape_str(&shown, log->lines.path ?: "standard error");
	return err_set(err, "cannot write the log: %s: %s", buf_text(&shown),
		       strerror(error));
}

struct call_log *log_open(const char *path, const struct log_options *options,
			  bool colour, struct err *err)
{
	struct call_log *log = xcalloc(1, sizeof(*log));

	log->options = options;
	log->print = options->print;
	log->files.describe = fd_text_describe;
	log->files.owner = &log->fds;
	log->fds.details = options->files > 1;
	if (options->files)
		log->print.files = &log->files;
	log->lines.options = options;
	log->lines.path = path;
	log->lines.colour = colour;
	if (lines_open(&log->lines))
		return log;
	fail(log, errno, err);
	free(log);
	return NULL;
}

bool log_close(struct call_log *log, struct err *err)
{
	bool ok;
	int error;

	if (!log)
		return true;
	error = lines_close(&log->lines);
	ok = !error || fail(log, error, err);
	free(log);
	return ok;
}

void log_flush(struct call_log *log)
{
	if (log)
		lines_flush(&log->lines);
}

void log_text(struct call_log *log, const struct buf *text)
{
	lines_text(&log->lines, text);
}

/* ---- lines ---- */

/* Start a line that belongs to @tid, who made the call @number last. NULL:
 * it has nowhere to go. */
static struct log_file *begin_line(struct call_log *log, pid_t tid, int number,
				   size_t tasks)
{
	struct log_file *file = lines_file(&log->lines, tid);

	if (!file)
		return NULL;
	line_begin(&log->lines, file, tid);
	lines_add_prefix(&log->lines, &file->line, tid, number, tasks);
	return file;
}

static int last_number(const struct task *task)
{
	return task && task->has_call ? task->call.number : -1;
}

/* The memory of @tid for the printers, which may ask for its descriptors. */
static const struct mem_reader *look_at(struct call_log *log,
					struct tracer *tracer, pid_t tid)
{
	log->fds.tid = tid;
	return tracer_memory(tracer, tid);
}

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
	const struct mem_reader *mem = look_at(log, tracer, task->tid);

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
		print_entry(line, &task->call, look_at(log, tracer, task->tid),
			    &log->print);
}

static void begin_call(struct call_log *log, struct tracer *tracer,
		       struct task *task, size_t tasks)
{
	struct log_file *file =
		begin_line(log, task->tid, task->call.number, tasks);
	size_t from;

	if (!file)
		return;
	from = file->line.len;
	task->next_arg =
		print_entry(&file->line, &task->call,
			    look_at(log, tracer, task->tid), &log->print);
	line_put_painted(&log->lines, file, from,
			 from + strcspn(file->line.data + from, "("),
			 intent_colour(&task->call));
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
	file = begin_line(log, task->tid, task->call.number, tasks);
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

void log_call(struct call_log *log, struct tracer *tracer, struct task *task,
	      size_t tasks)
{
	if (!log || !log->options->every_call ||
	    !select_call(log->options, task->tid, &task->call))
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
	} else if (decision->by == DECIDED_BY_GUARD) {
		buf_str(out, "syswall");
	} else {
		buf_str(out, "default");
	}
}

static void add_verdict(struct call_log *log, struct log_file *file,
			const struct task *task)
{
	size_t from = file->line.len + 1;

	buf_printf(&file->line, " [%s: ", verdict_name(task->outcome.verdict));
	add_reason(&file->line, task);
	buf_char(&file->line, ']');
	line_put_painted(&log->lines, file, from, file->line.len,
			 verdict_colour(task->outcome.verdict));
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

/* ---- all but calls that run ---- */

static void whole_line(struct call_log *log, pid_t tid, int number,
		       size_t tasks, const char *text)
{
	struct log_file *file = begin_line(log, tid, number, tasks);

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

/* The call that nobody will come back from. */
static void end_call(struct call_log *log, struct task *task, size_t tasks)
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

void log_superseded(struct call_log *log, const struct trace_event *event,
		    struct task *leader, size_t tasks)
{
	struct log_file *file;
	BUF_AUTO(text);

	if (!log || !log->options->every_call)
		return;
	if (leader && leader->logged)
		end_call(log, leader, tasks);
	file = lines_file(&log->lines, event->former_tid);
	if (file && file->open_tid == event->former_tid) {
		buf_printf(&file->line, " <pid changed to %d ...>",
			   (int)event->pid);
		line_end(&log->lines, file);
	}
	buf_printf(&text, "+++ superseded by execve in pid %d +++",
		   (int)event->former_tid);
	whole_line(log, event->pid, last_number(leader), tasks,
		   buf_text(&text));
}

void log_ended(struct call_log *log, const struct trace_event *event,
	       struct task *task, size_t tasks)
{
	BUF_AUTO(text);

	if (!log || !log->options->every_call)
		return;
	if (task && task->logged)
		end_call(log, task, tasks);
	add_end(&text, event->status);
	whole_line(log, event->tid, last_number(task), tasks, buf_text(&text));
}

void log_decision(struct call_log *log, const struct task *task,
		  const struct subject *subject, size_t tasks)
{
	bool fails = task->decision.by == DECIDED_BY_ERROR;
	enum verdict verdict = task->outcome.verdict;
	const char *word = fails ? "fails" : /* as it would have without us */
				   verdict_name(verdict);
	struct log_file *file;
	struct buf *line;
	size_t from;

	if (!log || log->options->every_call)
		return;
	file = begin_line(log, task->tid, last_number(task), tasks);
	if (!file)
		return;
	line = &file->line;
	from = line->len;
	buf_printf(line, "%-10s ", word);
	line_put_painted(&log->lines, file, from, from + strlen(word),
			 fails ? "" : verdict_colour(verdict));
	from = line->len;
	print_call(line, &task->call);
	line_put_painted(&log->lines, file, from,
			 from + strlen(task->call.name),
			 intent_colour(&task->call));
	if (task->call.n_targets && task->call.targets[0].resolved) {
		buf_str(line, " <");
		escape_str(line, task->call.targets[0].resolved);
		buf_char(line, '>');
	}
	buf_str(line, " (");
	add_reason(line, task);
	buf_str(line, ") ");
	escape_str(line, subject->exe);
	line_end(&log->lines, file);
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
	mem = look_at(log, tracer, event->tid);
	call_decode(&call,
		    event->id == SYSCALL_UNKNOWN ? NULL :
						   syscall_def(event->id),
		    event->number, event->args, mem);
	if ((event->reason || (select_call(log->options, event->tid, &call) &&
			       select_result(log->options, event->result))) &&
	    (file = begin_line(log, event->tid, event->number, tasks))) {
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
	whole_line(log, event->tid, last_number(task), tasks, buf_text(&text));
}
