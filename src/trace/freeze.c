/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Everybody stands still while a question is open.
 *
 * Running tasks are interrupted; whatever else they stop at meanwhile is kept
 * for tracer_next(). Who waits for a vfork child, or sleeps uninterruptibly in
 * the kernel, cannot stop and cannot do anything either.
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <time.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/tracer.h"

enum {
	STEP_NS = 100000,
	PATIENCE_STEPS = 2000, /* 200 ms in all */
	/* Who sleeps uninterruptibly in the middle of a path, on a slow disk,
	 * must be waited for: what comes next changes paths. */
	LOOKUP_PATIENCE_STEPS = 50000,
};

static bool is_moving(const struct tracee *tracee)
{
	return tracee->state == TRACEE_RUNNING && tracee->interrupted &&
	       !tracee->vforking;
}

static bool anybody_moving(const struct tracer *tracer)
{
	const struct tracee *tracee;

	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		if (is_moving(tracee))
			return true;
	return false;
}

/*
 * A call that our interruption broke off is restarted by the kernel, except
 * for those that answer EINTR whenever they are disturbed (epoll_wait, msgrcv
 * ...; signal(7)). -ERESTARTNOHAND gives these the meaning that holds without
 * a tracer: go on, unless a handler really runs.
 *
 * The same holds for signals that the program ignores: without a tracer they
 * do not even wake it.
 */
void mend_interrupted_call(struct tracee *tracee)
{
	struct arch_regs regs;
	int64_t result;

	tracee->disturbed = false;
	/* The kernel keeps results of 32-bit calls as longs, too; and a call
	 * that nobody has told us of may be of any ABI. */
	if (arch_regs_read(tracee->tid, &arch_native, &regs) ||
	    arch_regs_number(&regs) < 0)
		return;
	result = arch_regs_result(&regs);
	if (result == -EINTR) {
		arch_regs_set_result(&regs, -ERESTARTNOHAND_);
		arch_regs_write(tracee->tid, &regs);
		result = -ERESTARTNOHAND_;
	}
	tracee->restarting = is_restart_result(result);
	if (!tracee->want_exit) /* else it is known, and may be our own */
		tracee->number = arch_regs_number(&regs);
}

static void keep(struct tracer *tracer, const struct stop *stop)
{
	struct tracee *tracee = tracee_find(&tracer->tracees, stop->tid);

	if (tracee && tracee->state == TRACEE_RUNNING &&
	    stop->kind == STOP_TRAP && tracee->interrupted &&
	    !(tracee->emulated && tracee->in_call) && /* its result */
	    !queue_is_held(tracer, stop)) {
		tracee->interrupted = tracee->looks_up = false;
		tracee->state = TRACEE_FROZEN;
		mend_interrupted_call(tracee);
		return;
	}
	queue_collect(tracer, stop);
}

static void interrupt(struct tracer *tracer, bool lookups_only)
{
	struct tracee *tracee;

	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		if (tracee->state == TRACEE_RUNNING && !tracee->interrupted &&
		    (!lookups_only || tracee->looks_up)) {
			if (!ptrace(PTRACE_INTERRUPT, tracee->tid, NULL, NULL))
				tracee->interrupted = tracee->disturbed = true;
			else if (errno != ESRCH)
				kill(tracee->pid, SIGKILL);
		}
}

static void wait_until_still(struct tracer *tracer, int patience_steps)
{
	const struct timespec step = { .tv_nsec = STEP_NS };
	struct stop stop;

	for (int i = 0; i < patience_steps && anybody_moving(tracer); i++) {
		int got;

		while ((got = stop_wait(&stop, false)) > 0)
			keep(tracer, &stop);
		if (got < 0 && got != -EINTR)
			return;
		if (anybody_moving(tracer))
			nanosleep(&step, NULL);
	}
}

void tracer_freeze(struct tracer *tracer)
{
	tracer->freezes++;
	interrupt(tracer, false);
	wait_until_still(tracer, PATIENCE_STEPS);
}

void freeze_lookups(struct tracer *tracer)
{
	tracer->freezes++;
	interrupt(tracer, true);
	wait_until_still(tracer, LOOKUP_PATIENCE_STEPS);
}

void tracer_thaw(struct tracer *tracer)
{
	struct tracee *tracee;

	if (--tracer->freezes)
		return;
	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		if (tracee->state == TRACEE_FROZEN) {
			tracee->state = TRACEE_STOPPED;
			tracee_continue(tracee, 0);
		}
}
