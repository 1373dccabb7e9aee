/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * tracer - the ptrace engine, as a source of events.
 *
 * Pull, not callbacks: tracer_next() returns one event, the caller says with
 * tracer_resume() what becomes of the task, and nothing above is known here.
 *
 *	while (tracer_next(tracer, &event)) {
 *		struct trace_action action = decide(&event);
 *		tracer_resume(tracer, &event, &action);
 *	}
 *
 * ESRCH is never an error: a task that was killed at a stop ends with
 * TRACE_ENDED, sooner or later, and its pending call does not run.
 */
#ifndef TRACE_TRACER_H
#define TRACE_TRACER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem_reader.h"
#include "syscall/call.h"
#include "syscall/call_set.h"
#include "syscall/verdict.h"

struct tracer;

enum trace_event_kind {
	TRACE_CALL,    /* at the entry of a watched call: wants an action */
	TRACE_RESULT,  /* a call whose result was wanted has .result */
	TRACE_REFUSED, /* the engine itself refuses a call: .reason */
	TRACE_STARTED, /* a new task */
	TRACE_EXECUTED, /* a process now runs another program */
	TRACE_SIGNAL,  /* a signal is about to be delivered: .siginfo */
	TRACE_STOPPED, /* the task was stopped by .siginfo.si_signo */
	TRACE_ENDED,   /* the task is gone: .status */
	TRACE_NOT_STARTED, /* the program could not be executed: .error */
	TRACE_WOKEN, /* a signal for syswall itself came; no task */
};

struct trace_event {
	enum trace_event_kind kind;
	pid_t tid;    /* the thread */
	pid_t pid;    /* its process */
	pid_t parent; /* parent process, 0 when unknown */

	/* TRACE_CALL, _RESULT, _REFUSED */
	enum syscall_id id; /* SYSCALL_UNKNOWN: the catalogue has no row */
	int number;
	uint64_t args[SYSCALL_ARGS_MAX]; /* whole registers */
	int64_t result;	    /* _RESULT: -4095..-1 errno, -516..-512 restart */
	bool launching;	    /* the program's own execve: nobody is asked */
	bool restarted;	    /* the kernel restarts the call of before */
	const char *reason; /* _REFUSED: a static text */
	const char *abi;    /* _REFUSED: NULL for the native ABI */

	/* TRACE_SIGNAL, TRACE_STOPPED */
	siginfo_t siginfo;

	/* TRACE_ENDED */
	int status; /* as from wait(2) */
	bool process_ended; /* the whole process, not one thread of it */

	/* TRACE_EXECUTED: the thread that called execve; pid != this when it
	 * was not the leader */
	pid_t former_tid;

	/* TRACE_NOT_STARTED: positive errno */
	int error;
};

enum trace_action_kind {
	ACTION_RUN,	 /* let it happen */
	ACTION_FAIL,	 /* not executed; the result is -.error */
	ACTION_FAKE,	 /* not executed; the result is .value */
	ACTION_GIVE_FD,	 /* not executed; the result is a new descriptor of
			  * the program, a duplicate of .fd */
	ACTION_EXIT,	 /* not executed; the process exits with .value */
	ACTION_KILL_ALL, /* not executed; every task gets SIGKILL */
};

struct trace_action {
	enum trace_action_kind kind;
	int error;	  /* positive errno */
	int64_t value;	  /* never -516..-512 */
	int fd;		  /* ours; the caller closes it after resume */
	bool cloexec;	  /* for _GIVE_FD */
	bool want_result; /* TRACE_RESULT at the exit of the call */
};

struct tracer_options {
	struct call_set watched; /* stop at these; unknown calls always */
	bool want_signals; /* TRACE_SIGNAL and TRACE_STOPPED events */
};

/* Start @argv[0] (searched in $PATH like execvp(3)) under the tracer, stopped
 * right before its execve. The program inherits everything that syswall
 * inherited: signal mask and dispositions, environment, descriptors.
 * NULL with @err when the machine does not let us; *@exit_status is then 125,
 * 126 or 127. */
struct tracer *tracer_start(char *const argv[],
			    const struct tracer_options *options,
			    int *exit_status, struct err *err);
void tracer_free(struct tracer *tracer);

/* The next event. False when all tasks are gone. */
bool tracer_next(struct tracer *tracer, struct trace_event *event);

/* Let the task of @event go on. @action is looked at for TRACE_CALL only and
 * may be NULL for other events. Must be called once for every event. */
void tracer_resume(struct tracer *tracer, const struct trace_event *event,
		   const struct trace_action *action);

/* Make everybody stand still, and let them go on. What happens meanwhile is
 * kept for tracer_next(). Tasks in uninterruptible sleep are not waited for
 * longer than a moment. */
void tracer_freeze(struct tracer *tracer);
void tracer_thaw(struct tracer *tracer);

/* Send @signal as a terminal would: to the process group of @pid, and to that
 * of the program's first process. */
void tracer_signal_groups(const struct tracer *tracer, pid_t pid, int signal);

/* SIGKILL for every task. */
void tracer_kill_all(struct tracer *tracer);

/* Memory of the task @tid. The reader lives until the next call of this. */
const struct mem_reader *tracer_memory(struct tracer *tracer, pid_t tid);

/* The program's first process. */
pid_t tracer_main_pid(const struct tracer *tracer);
/* How it ended, as from wait(2). */
int tracer_status(const struct tracer *tracer);
/* True once it has ended (others may still run). */
bool tracer_main_ended(const struct tracer *tracer);
/* How many processes are alive. */
size_t tracer_process_count(const struct tracer *tracer);

/* Is @pgrp the process group of one of the tasks? */
bool tracer_owns_group(const struct tracer *tracer, pid_t pgrp);

#endif
