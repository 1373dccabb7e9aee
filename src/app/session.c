/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * One run of one program. The engine says what happens, the policy and the
 * person say what becomes of it, log and record keep it.
 */
#include "app/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/job.h"
#include "base/clock.h"
#include "trace/procfs.h"

enum { ENDING_GRACE_TICKS = 3 };

/* ---- one handler for each kind of event ---- */

static void record_outcome(struct session *session,
			   const struct trace_event *event,
			   const struct task *task)
{
	struct subject subject;

	if (task->unreported)
		return;
	task_subject(&session->tasks, event, false, &subject);
	record_call(session->record, &subject, &task->call, &task->decision,
		    &task->outcome);
}

/* Does anybody care how a call that runs ends? The record does; but where
 * nobody will read it, a second stop would be for nothing. */
static bool wants_result(const struct session *session, const struct task *task,
			 const struct trace_action *action)
{
	bool runs =
		action->kind == ACTION_RUN || action->kind == ACTION_GIVE_FD;

	return runs &&
	       (session->options->verbosity >= 2 || session->options->summary ||
		(options_keep_record(session->options) &&
		 record_wants_result(&task->call)) ||
		(session->journal &&
		 journal_wants_result(session->journal, &task->call)));
}

static void on_call(struct session *session, const struct trace_event *event)
{
	struct task *task = task_get(&session->tasks, event->tid, event->pid);
	struct trace_action action = { .fd = -1 };
	size_t tasks = tracer_task_count(session->tracer);

	session_decide(session, event, task, &action);
	if (!session_pin(session, event, task, &action))
		return;
	action.want_result = wants_result(session, task, &action);
	journaling_call(session, event, task, &action);
	log_call(session->log, session->tracer, task, tasks);
	if (task->decision.by != DECIDED_BY_QUIET && !event->launching &&
	    !task->unreported) {
		struct subject subject;

		task_subject(&session->tasks, event, false, &subject);
		log_decision(session->log, task, &subject, tasks);
	}
	if (!action.want_result) {
		if (task->outcome.has_result)
			log_result(session->log, session->tracer, task,
				   task->outcome.result, tasks);
		record_outcome(session, event, task);
	}
	if (action.kind == ACTION_RUN)
		lookups_call(&session->lookups, session->tracer, event,
			     &task->call);
	if (action.want_result)
		task->let_go_ns = clock_ns();
	tracer_resume(session->tracer, event, &action);
	if (action.fd >= 0)
		close(action.fd);
}

static void on_result(struct session *session, const struct trace_event *event)
{
	struct task *task = task_get(&session->tasks, event->tid, event->pid);

	if (task->has_call) {
		task->outcome.has_result = true;
		task->outcome.result = event->result;
		task->outcome.took_ns = clock_ns() - task->let_go_ns;
		log_result(session->log, session->tracer, task, event->result,
			   tracer_task_count(session->tracer));
		journaling_result(session, event, task);
		if (task->call.def && !task->call.narrow)
			lookups_read(&session->lookups, session->tracer,
				     session->record, event, task->call.def->id,
				     task->call.raw);
		record_outcome(session, event, task);
	}
	tracer_resume(session->tracer, event, NULL);
}

static void on_refused(struct session *session, const struct trace_event *event)
{
	log_refused(session->log, session->tracer, event,
		    tracer_task_count(session->tracer));
	journaling_refused(session, event);
	if (event->abi)
		record_note(session->record, "%s: %s", event->abi,
			    event->reason);
	else if (event->reason)
		record_note(session->record, "%s refused: %s",
			    syscall_def(event->id)->name, event->reason);
	tracer_resume(session->tracer, event, NULL);
}

static void on_executed(struct session *session,
			const struct trace_event *event)
{
	struct subject subject, before;
	BUF_AUTO(arguments);
	BUF_AUTO(former);

	task_subject(&session->tasks, event, false, &before);
	buf_str(&former, before.exe ?: "");
	before.exe = buf_text(&former);
	if (event->former_tid != event->pid)
		log_superseded(session->log, event,
			       task_find(&session->tasks, event->pid),
			       tracer_task_count(session->tracer) + 1);
	task_executed(&session->tasks, event->pid, event->former_tid);
	task_subject(&session->tasks, event, false, &subject);
	session_check_executed(session, event, &before, subject.exe);
	procfs_arguments(event->pid, &arguments);
	record_exec(session->record, event->pid, subject.exe,
		    buf_text(&arguments), arguments.len);
	journaling_event(session, event);
	tracer_resume(session->tracer, event, NULL);
}

static void on_ended(struct session *session, const struct trace_event *event)
{
	journaling_event(session, event);
	/* The one that is gone counts: its line still tells whose it is. */
	log_ended(session->log, event, task_find(&session->tasks, event->tid),
		  tracer_task_count(session->tracer) + 1);
	task_forget(&session->tasks, event->tid, event->pid,
		    event->process_ended);
	if (event->process_ended)
		lookups_forget(&session->lookups, event->pid);
	if (event->process_ended)
		record_exit(session->record, event->pid, event->status);
	if (event->pid == tracer_main_pid(session->tracer) &&
	    event->process_ended) {
		if (session->relay)
			relay_finish(session->relay);
		job_set_program(0);
		job_tick(true);
	}
}

static void on_stopped(struct session *session, const struct trace_event *event)
{
	tracer_resume(session->tracer, event, NULL);
	if (event->tid == tracer_main_pid(session->tracer)) {
		log_flush(session->log);
		/* In a session of its own nobody's job stops with it. */
		if (!session->relay)
			job_stop_like(event->siginfo.si_signo);
	}
}

/* A second has passed, or somebody wants an end. */
static void on_woken(struct session *session)
{
	size_t left = tracer_process_count(session->tracer);

	if (session->ending && ++session->ending_ticks > ENDING_GRACE_TICKS) {
		warn_line("the program does not end by itself: killing it");
		session->ending_ticks = 0;
		tracer_kill_all(session->tracer);
	}
	if (!tracer_main_ended(session->tracer))
		return;
	if (job_end_requested())
		tracer_kill_all(session->tracer);
	else if (left && !session->waiting_said && !session->options->quiet)
		warn_line("waiting for %zu process%s that the program left "
			  "behind (Ctrl-C ends them)",
			  left, left == 1 ? "" : "es");
	session->waiting_said = true;
}

static void handle_event(struct session *session,
			 const struct trace_event *event)
{
	if (event->kind != TRACE_CALL && event->kind != TRACE_RESULT)
		log_event(session->log, event,
			  task_find(&session->tasks, event->tid),
			  tracer_task_count(session->tracer));
	switch (event->kind) {
	case TRACE_CALL:
		on_call(session, event);
		return;
	case TRACE_RESULT:
		on_result(session, event);
		return;
	case TRACE_READ:
		lookups_read(&session->lookups, session->tracer,
			     session->record, event, event->id, event->args);
		tracer_resume(session->tracer, event, NULL);
		return;
	case TRACE_REFUSED:
		on_refused(session, event);
		return;
	case TRACE_EXECUTED:
		on_executed(session, event);
		return;
	case TRACE_STARTED:
		if (event->tid == event->pid)
			record_start(session->record, event->pid,
				     event->parent);
		journaling_event(session, event);
		tracer_resume(session->tracer, event, NULL);
		return;
	case TRACE_SIGNAL:
		tracer_resume(session->tracer, event, NULL);
		return;
	case TRACE_STOPPED:
		on_stopped(session, event);
		return;
	case TRACE_ENDED:
		on_ended(session, event);
		return;
	case TRACE_NOT_STARTED:
		session->start_error = event->error;
		return;
	case TRACE_WOKEN:
		on_woken(session);
		return;
	case TRACE_READY:
		relay_pump(session->relay);
		return;
	}
}

/* ---- the run ---- */

static bool next_event(struct session *session, struct trace_event *event)
{
	if (tracer_is_idle(session->tracer))
		journaling_flush(session);
	return tracer_next(session->tracer, event);
}

static void run(struct session *session)
{
	struct trace_event event;

	while (next_event(session, &event))
		handle_event(session, &event);
	job_tick(false);
}

int session_run(const struct options *options)
{
	struct session session = { .options = options };
	struct err err;
	int status;

	if (session_start(&session, &status, &err)) {
		run(&session);
		status = session_finish(&session);
	} else {
		warn_line("%s", err.text);
	}
	session_free(&session);
	return status;
}
