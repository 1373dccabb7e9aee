/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What becomes of a call, in registers.
 *
 * A skipped call has the number -1 and its result already in place: the
 * kernel then runs nothing and returns what it finds (seccomp(2), since 4.8).
 * One stop, and all other registers are as after a real call.
 */
#include <errno.h>
#include <signal.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/filter.h"
#include "trace/grant.h"
#include "trace/tracer.h"

/* A failure other than "it is dead already" leaves a call that we decided
 * about in an unknown state: end the task rather than let it run. */
static bool write_or_kill(struct tracee *tracee, const struct arch_regs *regs)
{
	int error = arch_regs_write(tracee->tid, regs);

	if (error && error != -ESRCH)
		kill(tracee->tid, SIGKILL);
	return !error;
}

bool enforce_skip(struct tracee *tracee, int64_t result)
{
	struct arch_regs regs;

	if (arch_regs_read(tracee->tid, &regs))
		return false;
	if (tracee->restore)
		arch_regs_copy_call(&regs, &tracee->entry);
	tracee->restore = false;
	arch_regs_set_number(&regs, -1);
	arch_regs_set_result(&regs, result);
	return write_or_kill(tracee, &regs);
}

/* Run another call in place of this one. With @restore the program gets its
 * own registers back at the exit. */
static bool replace_call(struct tracee *tracee, enum syscall_id id, int arg,
			 uint64_t value, bool restore)
{
	struct arch_regs regs;

	if (arch_regs_read(tracee->tid, &regs))
		return false;
	tracee->entry = regs;
	tracee->restore = restore;
	arch_regs_set_number(&regs, arch_syscall_number(id));
	arch_regs_set_arg(&regs, arg, value);
	return write_or_kill(tracee, &regs);
}

static void run(struct tracee *tracee, bool want_result)
{
	tracee->in_call = true;
	tracee->want_result = want_result;
	tracee->want_exit = want_result || tracee->restore;
	tracee_continue(tracee, 0);
}

static void give_fd(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action)
{
	if (!replace_call(tracee, FILTER_DOOR_CALL, FILTER_DOOR_ARG,
			  tracer->door_key, true)) {
		run(tracee, false);
		return;
	}
	run(tracee, action->want_result);
	grant_fd(tracer->listener, tracee->tid, action->fd, action->cloexec);
}

void enforce_action(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action)
{
	switch (action->kind) {
	case ACTION_RUN:
		run(tracee, action->want_result);
		return;
	case ACTION_FAIL:
		enforce_skip(tracee, -(int64_t)action->error);
		break;
	case ACTION_FAKE:
		enforce_skip(tracee, action->value);
		break;
	case ACTION_GIVE_FD:
		give_fd(tracer, tracee, action);
		return;
	case ACTION_EXIT:
		replace_call(tracee, SYSCALL_exit_group, 0,
			     (uint64_t)action->value, false);
		break;
	case ACTION_KILL_ALL:
		enforce_skip(tracee, -EPERM);
		tracer_kill_all(tracer);
		break;
	}
	run(tracee, false);
	tracee->in_call = false;
}

bool enforce_exit(struct tracee *tracee, int64_t *result)
{
	struct arch_regs regs;

	if (arch_regs_read(tracee->tid, &regs))
		return false;
	*result = arch_regs_result(&regs);
	if (!tracee->restore)
		return true;
	/* Number too: a restart must enter the program's call, not ours. */
	tracee->restore = false;
	arch_regs_copy_call(&regs, &tracee->entry);
	return write_or_kill(tracee, &regs);
}
