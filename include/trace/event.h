/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* event - what the engine tells, and what it is told to do. */
#ifndef TRACE_EVENT_H
#define TRACE_EVENT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "syscall/call.h"
#include "syscall/sieve.h"
#include "syscall/catalogue.h"
#include "trace/identity.h"

enum trace_event_kind {
	TRACE_CALL,	/* at the entry of a watched call: wants an action */
	TRACE_RESULT,	/* a call whose result was wanted has .result */
	TRACE_READ,	/* a call that reads has ended, see tracer_follow() */
	TRACE_REFUSED,	/* the engine itself refuses a call: .reason */
	TRACE_STARTED,	/* a new task */
	TRACE_EXECUTED, /* a process now runs another program */
	TRACE_SIGNAL,	/* a signal is about to be delivered: .siginfo */
	TRACE_STOPPED,	/* the task was stopped by .siginfo.si_signo */
	TRACE_ENDED,	/* the task is gone: .status */
	TRACE_NOT_STARTED, /* the program could not be executed: .error */
	TRACE_WOKEN,	   /* a signal for syswall itself came; no task */
	TRACE_READY, /* a descriptor of tracer_options.polled is; no task */
};

struct trace_event {
	enum trace_event_kind kind;
	pid_t tid;    /* the thread */
	pid_t pid;    /* its process */
	pid_t parent; /* parent process, 0 when unknown */

	/* TRACE_CALL, _RESULT, _READ, _REFUSED */
	enum syscall_id id; /* SYSCALL_UNKNOWN: the catalogue has no row */
	int number;
	uint64_t args
		[SYSCALL_ARGS_MAX];   /* whole registers, in the row's order */
	const struct call_form *form; /* NULL: as the catalogue has it */
	uint64_t instruction; /* where the call is made; behind it, really */
	int64_t result;	      /* _RESULT: -4095..-1 errno, -516..-512 restart */
	bool launching;	      /* the program's own execve: nobody is asked;
			       * in _EXECUTED too */
	bool restarted;	      /* the kernel restarts the call of before */
	const char *reason;   /* _REFUSED: a static text; NULL when no person
			     * need hear of it: a fallback follows */
	const char *abi;      /* _REFUSED: NULL for the native ABI */

	/* TRACE_SIGNAL, TRACE_STOPPED */
	siginfo_t siginfo;

	/* TRACE_ENDED */
	int status;	    /* as from wait(2) */
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
	const struct sieve *sieve; /* what to stop at; unknown calls always */
	bool want_signals;	   /* TRACE_SIGNAL and TRACE_STOPPED events */
	bool poll;		   /* look for a stop before sleeping: poll.h */
	char *const *environment;  /* of the program */
	const struct identity *identity; /* NULL: as we are */
	/* The program leads a session of its own on this terminal, which takes
	 * the place of each standard descriptor that is one; 0: it stays where
	 * syswall is. */
	int terminal;
	/* Looked at while waiting: TRACE_READY. The caller's own, may change
	 * between calls of tracer_next(). */
	struct pollfd *polled;
	size_t n_polled;
	bool weaker; /* run although a promise cannot be kept */
	bool pin;    /* somebody decides: see tracer_pin(), tracer_isolate() */
};

#endif
