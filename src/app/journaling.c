/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The line of a decided call is in the file before the call runs; all others
 * before syswall sleeps. A log that cannot be written any more ends the
 * program: what happened then could not be told.
 */
#include "app/session.h"

#include "base/die.h"

/* ---- failure ---- */

static bool flush(struct session *session)
{
	if (journal_flush(session->journal))
		return true;
	if (!session->journal_failed)
		warn_line("the log cannot be written: killing the program");
	session->journal_failed = true;
	return false;
}

void journaling_flush(struct session *session)
{
	if (session->journal && !flush(session))
		tracer_kill_all(session->tracer);
}

bool journaling_finish(struct session *session)
{
	struct journal *journal = session->journal;
	struct err err;

	if (!journal)
		return true;
	if (!session->start_error)
		journal_end(journal, tracer_status(session->tracer));
	session->journal = NULL;
	if (journal_close(journal, &err))
		return true;
	warn_line("%s", err.text);
	return false;
}

/* ---- calls ---- */

/* Who decided, in the word of docs/syswall-log.schema.json. */
static const char *decider(const struct session *session,
			   const struct trace_event *event,
			   const struct task *task)
{
	const struct decision *decision = &task->decision;

	if (event->launching)
		return "launch";
	if (task->guard)
		return "guard";
	if (task->outcome.answered)
		return "answer";
	if (decision->by == DECIDED_BY_ERROR)
		return "error";
	if (decision->verdict == VERDICT_ASK)
		return session->learn ? "learn" : "no-answer";
	if (decision->by == DECIDED_BY_QUIET)
		return "quiet";
	if (decision->by == DECIDED_BY_RULE)
		return decision->rule->origin.index ? "rule" : "answer";
	if (task->outcome.verdict == VERDICT_BLOCK_SOFT &&
	    decision->verdict == VERDICT_ALLOW)
		return "soft-socket";
	return session->options->has_unmatched ? "on-unmatched" : "default";
}

static enum journal_end end_of(const struct trace_action *action)
{
	switch (action->kind) {
	case ACTION_RUN:
		return action->want_result ? JOURNAL_RUNS : JOURNAL_UNSEEN;
	case ACTION_FAKE:
	case ACTION_GIVE_FD:
	case ACTION_EXIT:
		return JOURNAL_FAKED;
	case ACTION_KILL_ALL:
		return JOURNAL_KILLED;
	case ACTION_FAIL:
		break;
	}
	return JOURNAL_BLOCKED;
}

static bool is_told(const struct session *session,
		    const struct trace_event *event, const struct task *task)
{
	if (!session->journal || task->unreported || task->again)
		return false;
	return task->decision.by != DECIDED_BY_QUIET || event->launching ||
	       session->options->verbosity >= 2;
}

void journaling_call(struct session *session, const struct trace_event *event,
		     struct task *task, struct trace_action *action)
{
	struct subject subject;
	struct journal_call what = {
		.subject = &subject,
		.call = &task->call,
		.decision = &task->decision,
		.outcome = &task->outcome,
		.by = decider(session, event, task),
		.reason = task->guard,
		.abi = task->call.abi,
		.end = end_of(action),
	};

	if (!is_told(session, event, task))
		return;
	task_subject(&session->tasks, event, false, &subject);
	what.mem = tracer_memory(session->tracer, event->tid);
	task->journal_line = journal_call(session->journal, &what);
	task->in_journal = true;
	if (flush(session))
		return;
	action->kind = ACTION_KILL_ALL;
	action->want_result = false;
	task->outcome = (struct outcome){ .verdict = VERDICT_KILL };
}

void journaling_result(struct session *session, const struct trace_event *event,
		       struct task *task)
{
	struct subject subject = { .pid = event->pid, .tid = event->tid };

	if (!session->journal || !task->in_journal)
		return;
	journal_result(session->journal, &subject, task->journal_line,
		       &task->call, event->result,
		       tracer_memory(session->tracer, event->tid));
}

void journaling_refused(struct session *session,
			const struct trace_event *event)
{
	struct outcome outcome = {
		.verdict = VERDICT_BLOCK_HARD,
		.has_result = true,
		.result = event->result,
	};
	struct call call;
	struct subject subject;
	struct journal_call what = {
		.subject = &subject,
		.call = &call,
		.outcome = &outcome,
		.by = "guard",
		.reason = event->reason,
		.abi = event->abi,
		.end = JOURNAL_BLOCKED,
	};

	/* Without a reason no person need hear of it: a fallback follows. */
	if (!session->journal ||
	    (!event->reason && session->options->verbosity < 2))
		return;
	what.mem = tracer_memory(session->tracer, event->tid);
	call_decode_form(&call, event->form,
			 event->id == SYSCALL_UNKNOWN ? NULL :
							syscall_def(event->id),
			 event->number, event->args, what.mem);
	task_subject(&session->tasks, event, false, &subject);
	journal_call(session->journal, &what);
	call_free(&call);
}

/* ---- processes ---- */

void journaling_event(struct session *session, const struct trace_event *event)
{
	struct subject subject;

	if (!session->journal)
		return;
	if (event->kind == TRACE_STARTED && event->tid == event->pid) {
		journal_start(session->journal, event->pid, event->parent);
	} else if (event->kind == TRACE_EXECUTED) {
		task_subject(&session->tasks, event, false, &subject);
		journal_exec(session->journal, event->pid, subject.exe);
	} else if (event->kind == TRACE_ENDED && event->process_ended) {
		journal_exit(session->journal, event->pid, event->status);
	}
}
