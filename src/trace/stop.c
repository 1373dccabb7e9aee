/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "base/die.h"

/* PTRACE_EVENT_* to what it means here. */
static const enum stop_kind event_kinds[] = {
	[PTRACE_EVENT_FORK] = STOP_CHILD,
	[PTRACE_EVENT_VFORK] = STOP_VFORK,
	[PTRACE_EVENT_CLONE] = STOP_CHILD,
	[PTRACE_EVENT_EXEC] = STOP_EXEC,
	[PTRACE_EVENT_VFORK_DONE] = STOP_VFORK_DONE,
	[PTRACE_EVENT_SECCOMP] = STOP_SECCOMP,
};

static enum stop_kind event_kind(int event, int signal)
{
	if (event == PTRACE_EVENT_STOP)
		return signal == SIGTRAP ? STOP_TRAP : STOP_GROUP;
	if (event > 0 &&
	    (size_t)event < sizeof(event_kinds) / sizeof(event_kinds[0]) &&
	    event_kinds[event] != STOP_ENDED)
		return event_kinds[event];
	return STOP_TRAP; /* an event nobody asked for: go on */
}

struct stop stop_classify(pid_t tid, int wait_status)
{
	struct stop stop = { .tid = tid, .status = wait_status };

	if (!WIFSTOPPED(wait_status)) {
		stop.kind = STOP_ENDED;
		return stop;
	}
	stop.signal = WSTOPSIG(wait_status);
	if (stop.signal == (SIGTRAP | 0x80)) {
		stop.kind = STOP_SYSCALL;
		stop.signal = 0;
	} else if (wait_status >> 16) {
		stop.kind = event_kind(wait_status >> 16, stop.signal);
	} else {
		stop.kind = STOP_SIGNAL;
	}
	return stop;
}

int stop_wait(struct stop *stop, bool block)
{
	int wait_status;
	pid_t tid = waitpid(-1, &wait_status, __WALL | (block ? 0 : WNOHANG));

	if (tid < 0 && errno != ECHILD && errno != EINTR)
		die("cannot wait for the program: %s", strerror(errno));
	if (tid < 0)
		return -errno;
	if (tid == 0)
		return 0;
	*stop = stop_classify(tid, wait_status);
	if (stop->kind == STOP_CHILD || stop->kind == STOP_VFORK ||
	    stop->kind == STOP_EXEC)
		/* Fails only when the task was killed: 0 stays. */
		ptrace(PTRACE_GETEVENTMSG, tid, NULL, &stop->message);
	return 1;
}
