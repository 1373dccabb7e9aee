/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * stop - why a task has stopped, in one word.
 *
 * The only place that knows the bits of a wait status (ptrace(2), "Stopped
 * states"). Everything else speaks of struct stop.
 */
#ifndef TRACE_STOP_H
#define TRACE_STOP_H

#include <stdbool.h>
#include <sys/types.h>

enum stop_kind {
	STOP_ENDED,	 /* the task is gone: .status */
	STOP_SECCOMP,	 /* the filter said RET_TRACE: entry of a call */
	STOP_SYSCALL,	 /* entry or exit, PTRACE_GET_SYSCALL_INFO tells */
	STOP_EXEC,	 /* exec succeeded: .message is the former tid */
	STOP_CHILD,	 /* fork or clone: .message is the new tid */
	STOP_VFORK,	 /* vfork: the same, and the task waits for it */
	STOP_VFORK_DONE, /* the task need not wait any longer */
	STOP_GROUP,	 /* stopped by .signal, as without a tracer */
	STOP_TRAP,	 /* newborn, interrupted by us, or continued */
	STOP_SIGNAL,	 /* .signal is about to be delivered */
};

struct stop {
	pid_t tid;
	enum stop_kind kind;
	int signal;
	int status;	       /* STOP_ENDED: as from wait(2) */
	unsigned long message; /* PTRACE_GETEVENTMSG; 0 when it vanished */
};

/* Classify a wait status of a task attached with PTRACE_SEIZE and
 * PTRACE_O_TRACESYSGOOD. Pure; .message stays 0. */
struct stop stop_classify(pid_t tid, int wait_status);

/* Wait for the next stop of any task. @block: sleep until there is one.
 * Returns 1 with *stop; 0 when there is none now; -ECHILD when there are no
 * tasks left; -EINTR when a signal for syswall itself came. */
int stop_wait(struct stop *stop, bool block);

#endif
