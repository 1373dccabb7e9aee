/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Asking the person: what the prompt cannot know, and what becomes of the
 * answer. */
#include <signal.h>

#include "app/job.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/escape.h"
#include "trace/procfs.h"

struct asking {
	struct session *session;
	const struct trace_event *event;
};

static bool owns_group(pid_t pgrp, void *owner)
{
	const struct asking *asking = owner;

	return tracer_owns_group(asking->session->tracer, pgrp);
}

/* What `i` adds: the line of parents, where it stands, what it has open. */
static void tell_more(struct buf *out, void *owner)
{
	const struct asking *asking = owner;
	pid_t pid = asking->event->pid, parent;

	buf_str(out, "  processes\n");
	for (int depth = 0; pid > 0 && depth < 32; depth++) {
		BUF_AUTO(comm);
		BUF_AUTO(exe);

		procfs_comm(pid, &comm);
		procfs_link(pid, "exe", &exe);
		buf_printf(out, "%7d ", (int)pid);
		escape_str(out, buf_text(&comm));
		buf_str(out, "  ");
		escape_str(out, buf_text(&exe));
		buf_char(out, '\n');
		if (pid == tracer_main_pid(asking->session->tracer) ||
		    procfs_process_of(pid, &pid, &parent))
			break;
		pid = parent;
	}
	buf_str(out, "  open files\n");
	procfs_list_fds(asking->event->tid, out);
}

static enum verdict verdict_unasked(struct session *session)
{
	if (!session->blocked_unasked && !session->ending)
		warn_line("there is no terminal to ask on: blocking");
	session->blocked_unasked = true;
	return VERDICT_BLOCK_HARD;
}

static void undo(struct buf *out, void *owner)
{
	const struct asking *asking = owner;
	const struct rule *rule = policy_undo_answer(asking->session->policy);

	if (rule)
		prompt_rule_line(out, "undone: rule", rule,
				 "; what it decided stays as it is");
	else
		buf_str(out, "  there is no lasting answer to undo\n");
}

/* An "always": from now on a rule decides. */
static void take_rule(struct session *session, struct task *task,
		      struct rule *rule)
{
	const struct rule *asked = task->decision.rule;
	const struct rule *added = policy_add_answer(session->policy, rule);
	struct receipt receipt = { .rule = added };
	BUF_AUTO(kept);

	if (!added) {
		rule_free(rule);
		return;
	}
	task->decision.by = DECIDED_BY_RULE;
	task->decision.rule = added;
	policy_count_hit(session->policy, &task->decision);
	receipt.matched_so_far = history_matches(&session->history, added);
	receipt.replaced = policy_replaced_count(session->policy, added);
	receipt.overruled =
		policy_overruled(session->policy, added, asked, &kept);
	receipt.kept = buf_text(&kept);
	prompt_receipt(session->prompt, &receipt);
}

enum verdict session_ask(struct session *session,
			 const struct trace_event *event, struct task *task)
{
	struct asking asking = { session, event };
	struct subject subject;
	struct answer answer;
	uint64_t began;
	struct question question = {
		.call = &task->call,
		.subject = &subject,
		.decision = &task->decision,
		.soft_offered = task->call.soft != SOFT_NONE,
		.policy = session->policy,
		.more = tell_more,
		.undo = undo,
		.owns_group = owns_group,
		.owner = &asking,
	};

	if (session->ending || !session->prompt)
		return verdict_unasked(session);
	task_subject(&session->tasks, event, true, &subject);
	log_flush(session->log);
	journaling_flush(session);
	tracer_freeze(session->tracer);
	began = clock_ns();
	prompt_ask(session->prompt, &question, &answer);
	task->outcome.waited_ns = clock_ns() - began;
	if (answer.kind == ANSWER_VERDICT) {
		task->outcome.answered = true;
		if (answer.lasting)
			take_rule(session, task, &answer.rule);
	} else if (answer.kind == ANSWER_INTERRUPTED) {
		session->ending = true;
		job_tick(true);
		tracer_signal_groups(session->tracer, event->pid, SIGINT);
	}
	prompt_done(session->prompt);
	tracer_thaw(session->tracer);
	if (answer.kind == ANSWER_VERDICT)
		return answer.verdict;
	if (answer.kind == ANSWER_NONE && !prompt_has_terminal(session->prompt))
		return verdict_unasked(session);
	return VERDICT_BLOCK_HARD;
}
