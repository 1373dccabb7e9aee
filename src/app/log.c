/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/log.h"

#include <errno.h>
#include <string.h>

#include "base/escape.h"
#include "log_parts.h"
#include "syscall/names.h"
#include "syscall/print.h"

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

const char *log_intent_colour(const struct call *call)
{
	for (size_t i = 0; i < sizeof(intents) / sizeof(*intents); i++)
		if (call->classes & intents[i].classes)
			return intents[i].colour;
	return "";
}

const char *log_verdict_colour(enum verdict verdict)
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
	if (options->files)
		log->files.describe = fd_text_describe;
	log->files.netlink = fd_text_netlink;
	log->files.generic = fd_text_generic;
	log->files.owner = &log->fds;
	log->fds.details = options->files > 1;
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

struct log_file *log_begin_line(struct call_log *log, pid_t tid, int number,
				size_t tasks)
{
	struct log_file *file = lines_file(&log->lines, tid);

	if (!file)
		return NULL;
	line_begin(&log->lines, file, tid);
	lines_add_prefix(&log->lines, &file->line, tid, number, tasks);
	return file;
}

int log_last_number(const struct task *task)
{
	return task && task->has_call ? task->call.number : -1;
}

const struct mem_reader *log_look_at(struct call_log *log,
				     struct tracer *tracer, pid_t tid)
{
	log->fds.tid = tid;
	return tracer_memory(tracer, tid);
}

/* ---- decisions ---- */

void log_add_reason(struct buf *out, const struct task *task)
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
	file = log_begin_line(log, task->tid, log_last_number(task), tasks);
	if (!file)
		return;
	line = &file->line;
	from = line->len;
	buf_printf(line, "%-10s ", word);
	line_put_painted(&log->lines, file, from, from + strlen(word),
			 fails ? "" : log_verdict_colour(verdict));
	from = line->len;
	print_call(line, &task->call);
	line_put_painted(&log->lines, file, from,
			 from + strlen(task->call.name),
			 log_intent_colour(&task->call));
	if (task->call.n_targets && task->call.targets[0].resolved) {
		buf_str(line, " <");
		escape_str(line, task->call.targets[0].resolved);
		buf_char(line, '>');
	}
	buf_str(line, " (");
	log_add_reason(line, task);
	buf_str(line, ") ");
	escape_str(line, subject->exe);
	line_end(&log->lines, file);
}
