/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * One handler for each kind of stop: one stop in, at most one event out.
 *
 * A handler returns true when *event is to be told; the task then waits for
 * tracer_resume(). Otherwise it has let the task go on by itself.
 */
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/guard.h"

static const struct trace_action run_it = { .kind = ACTION_RUN };

static bool tell(struct trace_event *event, const struct tracee *tracee,
		 enum trace_event_kind kind)
{
	event->kind = kind;
	event->tid = tracee->tid;
	event->pid = tracee->pid;
	event->parent = tracee->parent;
	return true;
}

static bool tell_started(struct tracer *tracer, struct tracee *tracee,
			 struct trace_event *event)
{
	tracee->announced = true;
	if (tracee->tid == tracee->pid)
		tracer->processes++;
	if (tracer->killing)
		kill(tracee->pid, SIGKILL);
	return tell(event, tracee, TRACE_STARTED);
}

static bool on_ended(struct tracer *tracer, struct tracee *tracee,
		     const struct stop *stop, struct trace_event *event)
{
	bool launching = tracee->launching;
	bool leader = tracee->tid == tracee->pid;

	tell(event, tracee, TRACE_ENDED);
	event->status = stop->status;
	event->process_ended = leader;
	if (tracee->tid == tracer->main_pid) {
		tracer->main_ended = true;
		tracer->main_status = stop->status;
	}
	if (leader && tracer->processes)
		tracer->processes--;
	pin_release(tracer, tracee);
	tracee_remove(&tracer->tracees, tracee);
	if (launching && WIFEXITED(stop->status)) {
		event->kind = TRACE_NOT_STARTED;
		event->error = WEXITSTATUS(stop->status);
	}
	return true;
}

static bool on_seccomp(struct tracer *tracer, struct tracee *tracee,
		       struct trace_event *event)
{
	if (tracee->launching) {
		/* The execve that was told at its entry stop rings too. */
		tracee_continue(tracee, 0);
		return false;
	}
	/* Whatever call the task was in has no exit stop (a vsyscall). */
	tracee->in_call = tracee->want_exit = tracee->want_result = false;
	tracee->mutates = false;
	pin_release(tracer, tracee);
	tracee->followed = tracee->reading = tracee->unpacked = false;
	tracee_execute(&tracer->tracees, tracee, false);
	switch (announce_call(tracer, tracee, event)) {
	case ANNOUNCED_CALL:
		return tell(event, tracee, TRACE_CALL);
	case ANNOUNCED_REFUSED:
		return tell(event, tracee, TRACE_REFUSED);
	case ANNOUNCED_NOTHING:
		break;
	}
	enforce_action(tracer, tracee, &run_it);
	return false;
}

/* The program's own execve, which is watched whatever the filter says. */
static bool on_launch(struct tracee *tracee, struct trace_event *event)
{
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return false;
	event->number = arch_regs_number(&regs);
	event->id = SYSCALL_execve;
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		event->args[i] = arch_regs_arg(&regs, i);
	event->launching = true;
	tracee->number = event->number;
	return tell(event, tracee, TRACE_CALL);
}

static bool end_read(struct tracee *tracee, struct trace_event *event)
{
	tracee->reading = false;
	event->id = tracee->read_id;
	event->number = tracee->read_number;
	memcpy(event->args, tracee->read_args, sizeof(event->args));
	return tell(event, tracee, TRACE_READ);
}

/* Only tasks in a call that somebody wants the exit of run under
 * PTRACE_SYSCALL, and those that are followed; the launching child is left at
 * an entry. */
static bool on_syscall(struct tracer *tracer, struct tracee *tracee,
		       struct trace_event *event)
{
	bool want_result = tracee->want_result && !tracee->launching;

	tracee->emulated = false;
	if (tracee->launching && !tracee->in_call)
		return on_launch(tracee, event);
	if (tracee->launching) {
		/* execve has failed: the child tries the shell, or ends. */
		tracee_continue(tracee, 0);
		return false;
	}
	if (!tracee->in_call && !tracee->want_exit) {
		/* Followed: an entry, or the exit of a call that was skipped. */
		follow_entry(tracee);
		tracee_continue(tracee, 0);
		return false;
	}
	if (tracee->disturbed)
		mend_interrupted_call(tracee);
	tracee->in_call = tracee->want_exit = tracee->want_result = false;
	tracee_execute(&tracer->tracees, tracee, false);
	if (!enforce_exit(tracee, &event->result))
		want_result = false;
	else if (!tracee->followed)
		tracee->restarting = is_restart_result(event->result);
	pin_release(tracer, tracee);
	tracee->followed = false;
	if (want_result)
		return tell(event, tracee, TRACE_RESULT);
	if (tracee->reading)
		return end_read(tracee, event);
	tracee_continue(tracee, 0);
	return false;
}

static bool on_exec(struct tracer *tracer, const struct stop *stop,
		    struct trace_event *event)
{
	pid_t former = stop->message ? (pid_t)stop->message : stop->tid;
	struct tracee *survivor =
		tracee_rename(&tracer->tracees, former, stop->tid);
	struct tracee *tracee, *next;

	if (!survivor)
		survivor = tracee_add(&tracer->tracees, stop->tid);
	if (!survivor)
		return false; /* killed meanwhile */
	HASH_ITER(hh, tracer->tracees.tasks, tracee, next)
		if (tracee != survivor && tracee->pid == survivor->pid) {
			pin_release(tracer, tracee);
			tracee_remove(&tracer->tracees, tracee);
		}
	pin_release(tracer, survivor);
	tracee_renew_space(survivor);
	survivor->state = TRACEE_STOPPED;
	survivor->announced = survivor->born = true;
	tracee_execute(&tracer->tracees, survivor, false);
	event->launching = survivor->launching;
	survivor->launching = false;
	survivor->followed = survivor->reading = false;
	survivor->follow = 0;
	survivor->restore = false; /* those registers are no more */
	event->former_tid = former;
	return tell(event, survivor, TRACE_EXECUTED);
}

/* Are these the arguments of the call that @task is in, without the bits that
 * a guard has cleared? */
static bool stripped_from(const struct arch_regs *regs,
			  const struct tracee *task)
{
	uint64_t args[SYSCALL_ARGS_MAX];
	const struct guard *guard;

	struct arch_call call;
	struct arch_regs child = *regs;

	child.arch = task->entry.arch;
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		args[i] = arch_regs_arg(&task->entry, i);
	if (!child.arch->read(task->number, args, &call))
		return false;
	guard = guard_find(call.id, call.args);
	if (!guard || guard->effect != GUARD_STRIP)
		return false;
	call.args[guard->when[0].arg] &= ~guard->when[0].mask;
	child.arch->write(task->number, call.args, args);
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		if (args[i] != arch_regs_arg(&child, i))
			return false;
	return true;
}

/* Whose call has made the child with these registers? Its parent need not be
 * its creator (CLONE_PARENT), and other threads make children too. */
static const struct tracee *find_creator(const struct tracer *tracer,
					 const struct arch_regs *child)
{
	const struct tracee *task;

	for (task = tracer->tracees.tasks; task; task = task->hh.next)
		if (task->in_call && task->restore &&
		    stripped_from(child, task))
			return task;
	return NULL;
}

/* The child inherits registers that a guard has changed: give it those that
 * the program had put there. Its first stop may come before its creator's. */
static void mend_child(const struct tracer *tracer, struct tracee *child)
{
	const struct tracee *source = child->restore ? child : NULL;
	struct arch_regs regs;

	if (arch_regs_read(child->tid, &arch_native, &regs))
		return;
	if (!source)
		source = find_creator(tracer, &regs);
	if (!source)
		return;
	arch_regs_copy_call(&regs, &source->entry);
	arch_regs_write(child->tid, &regs);
	child->restore = false;
}

static bool on_child(struct tracer *tracer, struct tracee *tracee,
		     const struct stop *stop, struct trace_event *event)
{
	pid_t tid = (pid_t)stop->message;
	struct tracee *child = tracee_find(&tracer->tracees, tid);
	bool news = tid && !child;

	if (stop->kind == STOP_VFORK)
		tracee_vfork(tracee, true);
	if (news) /* Its own first stop is still to come. */
		child = tracee_add(&tracer->tracees, tid);
	if (child)
		tracee_relate(tracee, child);
	if (news && child) {
		child->restore = tracee->restore;
		child->entry = tracee->entry;
		tell_started(tracer, child, event);
	}
	tracee_continue(tracee, 0);
	return news && child;
}

/* Who is stopped and continued may be told EINTR indeed. signal(7) */
static bool is_job_control(int signal)
{
	return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN ||
	       signal == SIGTTOU || signal == SIGCONT;
}

static bool on_signal(struct tracer *tracer, struct tracee *tracee,
		      const struct stop *stop, struct trace_event *event)
{
	memset(&event->siginfo, 0, sizeof(event->siginfo));
	event->siginfo.si_signo = stop->signal;
	if (stop->kind == STOP_GROUP)
		return tell(event, tracee, TRACE_STOPPED);
	if (!is_job_control(stop->signal))
		mend_interrupted_call(tracee);
	if (!tracer->options.want_signals) {
		tracee_continue(tracee, stop->signal);
		return false;
	}
	ptrace(PTRACE_GETSIGINFO, tracee->tid, NULL, &event->siginfo);
	return tell(event, tracee, TRACE_SIGNAL);
}

bool stop_handle(struct tracer *tracer, const struct stop *stop,
		 struct trace_event *event)
{
	struct tracee *tracee = tracee_find(&tracer->tracees, stop->tid);

	if (stop->kind == STOP_ENDED)
		return tracee && on_ended(tracer, tracee, stop, event);
	if (stop->kind == STOP_EXEC)
		return on_exec(tracer, stop, event);
	if (!tracee)
		tracee = tracee_add(&tracer->tracees, stop->tid);
	if (!tracee)
		return false; /* a late word of a thread that exec ended */
	if (!tracee->announced) {
		queue_collect(tracer, stop);
		return tell_started(tracer, tracee, event);
	}
	tracee->state = TRACEE_STOPPED;
	tracee->looks_up = false;
	if (!tracee->born)
		mend_child(tracer, tracee);
	tracee->born = true;

	switch (stop->kind) {
	case STOP_SECCOMP:
		return on_seccomp(tracer, tracee, event);
	case STOP_SYSCALL:
		return on_syscall(tracer, tracee, event);
	case STOP_CHILD:
	case STOP_VFORK:
		return on_child(tracer, tracee, stop, event);
	case STOP_VFORK_DONE:
		tracee_vfork(tracee, false);
		tracee_continue(tracee, 0);
		return false;
	case STOP_TRAP:
		if (tracee->emulated && tracee->in_call)
			return on_syscall(tracer, tracee, event);
		if (tracee->disturbed)
			mend_interrupted_call(tracee);
		tracee_continue(tracee, 0);
		return false;
	case STOP_GROUP:
	case STOP_SIGNAL:
		return on_signal(tracer, tracee, stop, event);
	case STOP_EXEC:
	case STOP_ENDED:
		break;
	}
	return false;
}
