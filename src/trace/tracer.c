/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The engine as its callers see it: start, next, resume. */
#include "trace/tracer.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/die.h"
#include "trace/engine.h"
#include "trace/filter.h"
#include "trace/memory.h"
#include "trace/sieve_filter.h"
#include "trace/spawn.h"

/* ---- starting and ending ---- */

static bool build_filters(struct tracer *tracer, struct spawn_request *request,
			  struct err *err)
{
	if (getrandom(&tracer->door_key, sizeof(tracer->door_key), 0) !=
	    sizeof(tracer->door_key))
		return err_set(err, "no random numbers: %s", strerror(errno));
	sieve_filter_prepare(&tracer->sieve);
	if (!sieve_filter_build(&tracer->sieve, &request->sieve))
		sieve_flatten(&tracer->sieve);
	return filter_build_watch(&tracer->sieve, &request->watch, err) &&
	       filter_build_guard(tracer->features.error[FEATURE_LISTENER] ?
					  NULL :
					  &tracer->door_key,
				  tracer->options.want_signals,
				  tracer->options.pin, &request->guard, err);
}

struct tracer *tracer_start(char *const argv[],
			    const struct tracer_options *options,
			    int *exit_status, struct err *err)
{
	struct tracer *tracer;
	struct spawn_request request = {
		.argv = argv,
		.environment = options->environment,
		.identity = options->identity,
	};
	struct tracee *tracee;
	char path[PATH_MAX];
	bool ok;

	*exit_status = spawn_search(argv[0], path, err);
	if (*exit_status)
		return NULL;
	*exit_status = EXIT_SYSWALL_FAILED;
	tracer = xcalloc(1, sizeof(*tracer));
	tracer->options = *options;
	sieve_copy(&tracer->sieve, options->sieve);
	tracer->poll.on = options->poll;
	tracer->listener = -1;
	tracer->pins.fd = -1;
	tracer->no_space = (struct space){ .pagemap = -1, .hangs = true };
	if (options->pin)
		pins_open(&tracer->pins);
	features_probe(&tracer->features);
	request.features = &tracer->features;
	request.weaker = options->weaker;
	request.terminal = options->terminal;
	request.path = path;
	request.is_text = spawn_is_text(path);
	ok = features_suffice(&tracer->features, options->weaker, err) &&
	     build_filters(tracer, &request, err) &&
	     spawn(&request, &tracer->main_pid, &tracer->listener, err);
	free(request.watch.filter);
	free(request.guard.filter);
	free(request.sieve.filter);
	if (!ok) {
		tracer_free(tracer);
		return NULL;
	}
	if (options->n_polled)
		poll_also(&tracer->poll, options->polled, options->n_polled);
	tracee = tracee_add(&tracer->tracees, tracer->main_pid);
	if (!tracee)
		die("/proc is not there");
	tracee->announced = tracee->born = true;
	tracee->launching = true;
	tracee->state = TRACEE_QUEUED;
	tracer->processes = 1;
	VEC_PUSH(&tracer->pending,
		 ((struct stop){ .tid = tracee->tid, .kind = STOP_SYSCALL }));
	return tracer;
}

void tracer_free(struct tracer *tracer)
{
	if (!tracer)
		return;
	tracee_free_all(&tracer->tracees);
	VEC_FREE(&tracer->pending);
	sieve_free(&tracer->sieve);
	pins_close(&tracer->pins);
	if (tracer->listener >= 0)
		close(tracer->listener);
	free(tracer);
}

/* ---- letting tasks go ---- */

static void restart(struct tracee *tracee, int request, int signal,
		    enum tracee_state state)
{
	if (tracee->state != TRACEE_STOPPED)
		return;
	tracee->state = state;
	tracee->space->n_seen = 0;
	if (!ptrace((enum __ptrace_request)request, tracee->tid, NULL,
		    (void *)(long)signal) ||
	    errno == ESRCH)
		return;
	warn_line("cannot restart process %d: %s", (int)tracee->tid,
		  strerror(errno));
	kill(tracee->tid, SIGKILL);
}

void tracee_continue(struct tracee *tracee, int signal)
{
	bool stop_at_call =
		tracee->want_exit || tracee->reading || tracee->follow;

	restart(tracee, stop_at_call ? PTRACE_SYSCALL : PTRACE_CONT, signal,
		TRACEE_RUNNING);
}

void tracee_listen(struct tracee *tracee)
{
	restart(tracee, PTRACE_LISTEN, 0, TRACEE_LISTENING);
}

/* ---- the loop ---- */

/* 1: *stop is the next one; 0: all tasks are gone; -EINTR, -EAGAIN. */
static int next_stop(struct tracer *tracer, struct stop *stop)
{
	while (!queue_take(tracer, stop)) {
		int got = poll_wait(&tracer->poll, stop);

		if (got == -ECHILD && !tracer->main_ended)
			die("the program is lost");
		if (got == -ECHILD)
			return 0;
		if (got < 0)
			return got;
		queue_collect(tracer, stop);
		/* One alone has nobody to be fair to. */
		if (HASH_COUNT(tracer->tracees.tasks) > 1)
			queue_drain(tracer);
	}
	return 1;
}

bool tracer_is_idle(const struct tracer *tracer)
{
	return !tracer->pending.count;
}

bool tracer_next(struct tracer *tracer, struct trace_event *event)
{
	struct stop stop;
	int got;

	while ((got = next_stop(tracer, &stop))) {
		memset(event, 0, sizeof(*event));
		event->kind = got == -EAGAIN ? TRACE_READY : TRACE_WOKEN;
		if (got < 0 || stop_handle(tracer, &stop, event))
			return true;
	}
	return false;
}

void tracer_resume(struct tracer *tracer, const struct trace_event *event,
		   const struct trace_action *action)
{
	struct tracee *tracee = tracee_find(&tracer->tracees, event->tid);

	/* It may have been killed while the caller thought about it. */
	if (!tracee || tracee->state != TRACEE_STOPPED) {
		alone_end(tracer, event->tid);
		return;
	}
	switch (event->kind) {
	case TRACE_CALL:
		enforce_action(tracer, tracee, action);
		return;
	case TRACE_SIGNAL:
		tracee_continue(tracee, event->siginfo.si_signo);
		return;
	case TRACE_STOPPED:
		tracee_listen(tracee);
		return;
	case TRACE_RESULT:
	case TRACE_READ:
	case TRACE_REFUSED:
	case TRACE_EXECUTED:
		tracee_continue(tracee, 0);
		return;
	case TRACE_STARTED: /* its first stop is still to be handled */
	case TRACE_ENDED:
	case TRACE_NOT_STARTED:
	case TRACE_WOKEN:
	case TRACE_READY:
		return;
	}
}

/* ---- everything else ---- */

const struct features *tracer_features(const struct tracer *tracer)
{
	return &tracer->features;
}

void tracer_signal_groups(const struct tracer *tracer, pid_t pid, int signal)
{
	pid_t pgrp = getpgid(pid);
	pid_t main_pgrp = tracer->main_ended ? -1 : getpgid(tracer->main_pid);

	if (pgrp > 0)
		kill(-pgrp, signal);
	if (main_pgrp > 0 && main_pgrp != pgrp)
		kill(-main_pgrp, signal);
}

void tracer_follow(struct tracer *tracer, pid_t pid, unsigned int calls)
{
	struct tracee *tracee;

	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		if (tracee->pid == pid && !tracee->launching)
			tracee->follow = calls;
}

void tracer_kill_all(struct tracer *tracer)
{
	struct tracee *tracee;

	tracer->killing = true; /* who turns up later too */
	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		kill(tracee->pid, SIGKILL);
}

const struct mem_reader *tracer_memory(struct tracer *tracer, pid_t tid)
{
	const struct tracee *tracee = tracee_find(&tracer->tracees, tid);

	tracer->memory_of = (struct memory_owner){
		.tid = tid,
		.space = tracee ? tracee->space : &tracer->no_space,
		/* Who only watches hangs with what he watches. */
		.patience_ms = tracer->options.pin ? MEMORY_PATIENCE_MS : 0,
	};
	tracer->memory.read = memory_read;
	tracer->memory.owner = &tracer->memory_of;
	return &tracer->memory;
}

pid_t tracer_main_pid(const struct tracer *tracer)
{
	return tracer->main_pid;
}

int tracer_status(const struct tracer *tracer)
{
	return tracer->main_status;
}

bool tracer_main_ended(const struct tracer *tracer)
{
	return tracer->main_ended;
}

size_t tracer_process_count(const struct tracer *tracer)
{
	return tracer->processes;
}

size_t tracer_task_count(const struct tracer *tracer)
{
	return HASH_COUNT(tracer->tracees.tasks);
}

bool tracer_owns_group(const struct tracer *tracer, pid_t pgrp)
{
	const struct tracee *tracee;

	for (tracee = tracer->tracees.tasks; tracee; tracee = tracee->hh.next)
		if (getpgid(tracee->pid) == pgrp)
			return true;
	return false;
}
