/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Calls that run alone.
 *
 * rename(2) and its like change what other calls' paths mean. They wait until
 * every call that was checked before has done its looking up, and no other is
 * checked before they are done. So a path leads where it led when it was
 * checked, whatever tracees do; and no path lookup costs more for it.
 *
 * Calls on descriptors that other tasks share, or on paths through a magic
 * link (/proc/PID/fd/3, /proc/PID/cwd), stand on what others can change in
 * more ways than can be watched. They are checked and run while everybody
 * else stands still.
 */
#include <time.h>

#include "trace/engine.h"
#include "trace/tracer.h"

enum {
	STEP_NS = 20000,
	/* 1 s in all. What still runs then sleeps in the kernel, behind its
	 * arguments: a FIFO that nobody opens, a server that is slow. */
	PATIENCE_STEPS = 15000,
	SPIN_STEPS = 100,
};

static bool stands_on_shared_things(const struct tracee *tracee,
				    const struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];

		if (target->magic)
			return true;
		if (!tracee->shares_files)
			continue;
		if (target->kind == TARGET_FD || target->kind == TARGET_PIDFD ||
		    (target_is_path(target) && target->dirfd >= 0 &&
		     target->asked && *target->asked != '/'))
			return true;
	}
	return false;
}

bool tracer_isolate(struct tracer *tracer, const struct trace_event *event,
		    const struct call *call)
{
	const struct tracee *tracee = tracee_find(&tracer->tracees, event->tid);

	if (!tracer->options.pin || !tracee ||
	    tracee->state != TRACEE_STOPPED || tracer->isolated ||
	    HASH_COUNT(tracer->tracees.tasks) == 1 ||
	    !stands_on_shared_things(tracee, call))
		return false;
	tracer->isolated = tracee->tid;
	tracer_freeze(tracer);
	return true;
}

void alone_begin(struct tracer *tracer, struct tracee *tracee)
{
	bool mutates = tracee->mutates;

	tracee->mutates = false;
	if (!mutates || tracer->isolated ||
	    HASH_COUNT(tracer->tracees.tasks) == 1)
		return;
	tracer->isolated = tracee->tid;
	freeze_lookups(tracer);
}

void alone_write(struct tracer *tracer, const struct tracee *tracee)
{
	if (tracer->foreign_writers)
		return;
	tracer->foreign_writers = true;
	if (tracer->isolated || HASH_COUNT(tracer->tracees.tasks) == 1)
		return;
	tracer->isolated = tracee->tid;
	tracer_freeze(tracer);
}

void alone_wait(struct tracer *tracer, const struct tracee *tracee)
{
	const struct timespec step = { .tv_nsec = STEP_NS };

	for (int i = 0; i < PATIENCE_STEPS; i++) {
		if (queue_drain(tracer) < 0 || tracee->state != TRACEE_RUNNING)
			break;
		if (i > SPIN_STEPS)
			nanosleep(&step, NULL);
	}
}

void alone_end(struct tracer *tracer, pid_t tid)
{
	if (tracer->isolated != tid)
		return;
	tracer->isolated = 0;
	tracer_thaw(tracer);
}
