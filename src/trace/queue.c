/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Stops that were seen and not yet handled, in their order.
 *
 * Whatever has stopped is collected before anything is handled: wait(2) tells
 * of the oldest task first, and two threads that stop all the time would keep
 * the third from ever being heard.
 *
 * A stop can be over before it is handled: the task was killed, or a thread
 * that is not the leader has executed and now bears the leader's number:
 *
 *	leader: stops (openat)
 *	thread:			execve, which kills the leader
 *	tracer: decides openat, and would write into the new program
 *
 * The first harms nobody (ESRCH). For the second, what the leader says waits
 * until the execution has failed, or is dropped when it has not.
 */
#include "trace/engine.h"

static void drop(struct tracer *tracer, pid_t tid)
{
	size_t kept = 0;

	for (size_t i = 0; i < tracer->pending.count; i++) {
		const struct stop *stop = &tracer->pending.items[i];

		/* Who has executed is told in any case. */
		if (stop->tid != tid || stop->kind == STOP_EXEC)
			tracer->pending.items[kept++] = *stop;
	}
	tracer->pending.count = kept;
}

static void mark_queued(struct tracer *tracer, pid_t tid)
{
	struct tracee *tracee = tracee_find(&tracer->tracees, tid);

	if (!tracee)
		return;
	tracee->state = TRACEE_QUEUED;
	/* Any stop answers it: ptrace_stop() of the kernel. */
	tracee->interrupted = false;
}

void queue_collect(struct tracer *tracer, const struct stop *stop)
{
	if (stop->kind == STOP_ENDED || stop->kind == STOP_EXEC)
		drop(tracer, stop->tid);
	if (stop->kind == STOP_EXEC && stop->message)
		mark_queued(tracer, (pid_t)stop->message);
	mark_queued(tracer, stop->tid);
	VEC_PUSH(&tracer->pending, *stop);
}

int queue_drain(struct tracer *tracer)
{
	struct stop stop;
	int got;

	while ((got = stop_wait(&stop, false)) > 0)
		queue_collect(tracer, &stop);
	return got;
}

bool queue_is_held(const struct tracer *tracer, const struct stop *stop)
{
	return stop->kind != STOP_EXEC && stop->kind != STOP_ENDED &&
	       tracee_is_replaced(&tracer->tracees, stop->tid);
}

bool queue_take_of(struct tracer *tracer, pid_t tid, struct stop *stop)
{
	for (size_t i = 0; i < tracer->pending.count; i++) {
		*stop = tracer->pending.items[i];
		if (stop->tid != tid)
			continue;
		VEC_REMOVE(&tracer->pending, i);
		return true;
	}
	return false;
}

bool queue_take(struct tracer *tracer, struct stop *stop)
{
	for (size_t i = 0; i < tracer->pending.count; i++) {
		*stop = tracer->pending.items[i];
		if (queue_is_held(tracer, stop))
			continue;
		VEC_REMOVE(&tracer->pending, i);
		return true;
	}
	return false;
}
