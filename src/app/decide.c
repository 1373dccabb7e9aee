/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What becomes of one call: rules, then the person (ask.c), then the engine's
 * action. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>

#include "app/session.h"
#include "syscall/print.h"
#include "trace/loader.h"
#include "trace/resolve.h"

/* ---- the decision ---- */

/* An unreadable argument or an unresolvable path is never asked about: there
 * is nothing true to show. The program is told what the kernel would say. */
static bool decide_unknown(struct task *task)
{
	for (size_t i = 0; i < task->call.n_targets; i++) {
		int error = task->call.targets[i].error;

		if (error) {
			task->decision.verdict = VERDICT_BLOCK_HARD;
			task->decision.error = -error;
			return true;
		}
	}
	return false;
}

static enum verdict decide(struct session *session,
			   const struct trace_event *event, struct task *task)
{
	struct subject subject;

	if (event->launching) {
		task->decision.by = DECIDED_BY_QUIET;
		return VERDICT_ALLOW;
	}
	if (soft_is_on_soft_socket(&session->soft_sockets, event->tid,
				   &task->call)) {
		call_facet(&task->call, 0, &task->decision.facet);
		return VERDICT_BLOCK_SOFT;
	}
	task->guard = options_only_watch(session->options) ?
			      NULL :
			      protect_reason(&session->protect, &task->call);
	if (task->guard) {
		task->decision.by = DECIDED_BY_GUARD;
		call_facet(&task->call, 0, &task->decision.facet);
		record_note(session->record, "%s refused: %s", task->call.name,
			    task->guard);
		return VERDICT_BLOCK_HARD;
	}
	task_subject(&session->tasks, event, false, &subject);
	policy_decide(session->policy, &task->call, &subject, &task->decision);
	if (session->options->ignore_libs &&
	    task->decision.by != DECIDED_BY_RULE &&
	    loader_opens_library(event->tid, event->instruction, &task->call)) {
		task->unreported = true;
		return VERDICT_ALLOW;
	}
	if (session->learn && task->decision.verdict == VERDICT_ASK) {
		learn_call(session->learn, session->policy, &task->call,
			   &subject,
			   loader_opens_library(event->tid, event->instruction,
						&task->call));
		return VERDICT_ALLOW;
	}
	if (task->decision.verdict == VERDICT_ASK && decide_unknown(task))
		return VERDICT_BLOCK_HARD;
	if (task->decision.verdict != VERDICT_ASK) {
		policy_count_hit(session->policy, &task->decision);
		return task->decision.verdict;
	}
	return session_ask(session, event, task);
}

/* ---- the action ---- */

static void block_hard(struct task *task, struct trace_action *action)
{
	task->outcome.verdict = VERDICT_BLOCK_HARD;
	action->kind = ACTION_FAIL;
	action->error = task->decision.verdict == VERDICT_BLOCK_HARD &&
					task->decision.error ?
				task->decision.error :
				EACCES;
	task->outcome.has_result = true;
	task->outcome.result = -(int64_t)action->error;
}

static void block_soft(struct session *session, struct task *task,
		       struct trace_action *action)
{
	if (!soft_action(&session->soft_sockets, &task->call, action)) {
		block_hard(task, action);
		return;
	}
	soft_mark_socket(&session->soft_sockets, task->tid, &task->call);
	if (action->kind == ACTION_FAKE) {
		task->outcome.has_result = true;
		task->outcome.result = action->value;
	}
}

static void choose_action(struct session *session, struct task *task,
			  struct trace_action *action)
{
	switch (task->outcome.verdict) {
	case VERDICT_ALLOW:
		task->outcome.ran = true;
		action->kind = ACTION_RUN;
		return;
	case VERDICT_BLOCK_SOFT:
		block_soft(session, task, action);
		return;
	case VERDICT_KILL:
		action->kind = ACTION_KILL_ALL;
		return;
	case VERDICT_ASK:
	case VERDICT_BLOCK_HARD:
	case VERDICT_COUNT:
		break;
	}
	block_hard(task, action);
}

/* The same call again, broken off by a stop or by our own freezing: what was
 * said about it still holds as long as it still says the same. */
static bool is_same_call(const struct call *a, const struct call *b)
{
	BUF_AUTO(before);
	BUF_AUTO(now);

	if (a->number != b->number || a->n_targets != b->n_targets)
		return false;
	print_call(&before, a);
	print_call(&now, b);
	if (strcmp(buf_text(&before), buf_text(&now)) != 0)
		return false;
	for (size_t i = 0; i < a->n_targets; i++)
		if (a->targets[i].error || b->targets[i].error ||
		    strcmp(a->targets[i].resolved ?: "",
			   b->targets[i].resolved ?: "") != 0)
			return false;
	return true;
}

/* Who only watches needs the text of a path and not what it leads to. */
static bool needs_objects(const struct options *options)
{
	return options->reports.count || options->log ||
	       !options_only_watch(options);
}

void session_decide(struct session *session, const struct trace_event *event,
		    struct task *task, struct trace_action *action)
{
	const struct syscall_def *def =
		event->id == SYSCALL_UNKNOWN ? NULL : syscall_def(event->id);
	struct call call;

	call_decode_form(&call, event->form, def, event->number, event->args,
			 tracer_memory(session->tracer, event->tid));
	if (needs_objects(session->options))
		resolve_targets(event->tid, &call);
	if (tracer_isolate(session->tracer, event, &call))
		resolve_again(event->tid, &call);
	if (event->restarted && task->has_call &&
	    is_same_call(&task->call, &call)) {
		call_free(&call);
		task->logged = false;
		task->again = true;
		task->outcome.has_result = false;
	} else {
		task_set_call(task, &call);
		task->outcome.verdict = decide(session, event, task);
		if (session->prompt)
			history_add(&session->history, &task->call);
	}
	choose_action(session, task, action);
}

bool session_pin(struct session *session, const struct trace_event *event,
		 struct task *task, struct trace_action *action)
{
	int error;

	if (action->kind != ACTION_RUN || event->launching ||
	    task->decision.by == DECIDED_BY_QUIET)
		return true;
	error = tracer_pin(session->tracer, event, &task->call);
	if (error == -EINPROGRESS)
		return false;
	if (!error)
		return true;
	record_note(session->record,
		    "%s blocked: another thread or process could change its "
		    "arguments, and they cannot be protected (%s)",
		    task->call.name, strerror(-error));
	task->outcome.ran = false;
	task->decision.verdict = VERDICT_BLOCK_HARD;
	task->decision.error = -error;
	block_hard(task, action);
	return true;
}

void session_check_executed(struct session *session,
			    const struct trace_event *event,
			    const struct subject *subject, const char *exe)
{
	struct target target = {
		.kind = TARGET_PATH,
		.dirfd = AT_FDCWD,
		.asked = (char *)exe,
		.resolved = (char *)exe,
		.exists = true,
	};
	struct call call = {
		.def = syscall_def(SYSCALL_execve),
		.name = "execve",
		.classes = CLASS_BIT(CLASS_EXEC),
		.targets = &target,
		.n_targets = 1,
	};
	struct decision decision = { 0 };

	if (!exe || event->launching || options_only_watch(session->options) ||
	    session->learn)
		return;
	policy_decide(session->policy, &call, subject, &decision);
	if (decision.by != DECIDED_BY_RULE ||
	    decision.verdict == VERDICT_ALLOW ||
	    decision.verdict == VERDICT_ASK)
		return;
	kill(event->pid, SIGKILL);
	policy_count_hit(session->policy, &decision);
	record_note(session->record,
		    "a process was killed before its first instruction: what "
		    "it ran (a script, or another format) is run by a program "
		    "that a rule blocks");
}
