/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * How a task announces a call: the filter's RET_TRACE stop.
 *
 * What the call is comes from PTRACE_GET_SYSCALL_INFO, never from the filter's
 * data (which a newer filter of the program can forge) nor from counting
 * stops. The guards of trace/guards.def and foreign ABIs end here.
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/guard.h"

static enum announcement refuse(struct tracee *tracee,
				struct trace_event *event, int error,
				const char *reason)
{
	event->kind = TRACE_REFUSED;
	event->reason = reason;
	event->result = -error;
	enforce_skip(tracee, -error);
	return ANNOUNCED_REFUSED;
}

/* Clear the guarded bits; parent and child get the register back as it was:
 * the child at its first stop, which finds it in .entry. */
static void strip(struct tracee *tracee, const struct guard *guard)
{
	const struct guard_condition *what = &guard->when[0];
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return;
	tracee->entry = regs;
	tracee->restore = true;
	arch_regs_set_arg(&regs, what->arg,
			  arch_regs_arg(&regs, what->arg) & ~what->mask);
	enforce_write(tracee, &regs);
}

/*
 * kill(2) with a signal that nobody can catch. Where it would reach syswall
 * too, in its group, the program's processes get it from us: it
 * ends or stops as it meant to, and syswall can still say so.
 */
static bool signal_group(struct tracer *tracer, struct tracee *tracee,
			 struct trace_event *event)
{
	pid_t target = (pid_t)event->args[0];
	pid_t group = target == 0 ? getpgid(tracee->pid) : -target;
	const struct tracee *other;

	if (target > 0 || group != getpgrp())
		return false;
	enforce_skip(tracee, 0);
	for (other = tracer->tracees.tasks; other; other = other->hh.next)
		if (other->tid == other->pid && getpgid(other->pid) == group)
			kill(other->pid, (int)event->args[1]);
	return true;
}

/* True when that was all: the call is refused. */
static bool apply(struct tracer *tracer, struct tracee *tracee,
		  const struct guard *guard, struct trace_event *event)
{
	switch (guard->effect) {
	case GUARD_STRIP:
		strip(tracee, guard);
		return false;
	case GUARD_EXECUTE:
		tracee_execute(&tracer->tracees, tracee, true);
		return false;
	case GUARD_NAMES:
		tracee->mutates = true;
		return false;
	case GUARD_CWD:
		tracee->mutates = tracee->shares_fs;
		return false;
	case GUARD_SEE:
	case GUARD_HARMLESS:
		return false;
	case GUARD_WRITER:
		alone_write(tracer, tracee);
		return false;
	case GUARD_GROUP:
		if (!signal_group(tracer, tracee, event))
			return false;
		event->kind = TRACE_REFUSED;
		event->reason = guard->reason;
		event->result = 0;
		return true;
	case GUARD_SILENT:
	case GUARD_REFUSE:
		break;
	}
	refuse(tracee, event, guard->error, guard->reason);
	return true;
}

static bool is_restart(struct tracee *tracee, enum syscall_id id, int number)
{
	bool restart = tracee->restarting && (id == SYSCALL_restart_syscall ||
					      number == tracee->number);

	tracee->restarting = false;
	return restart;
}

enum announcement announce_call(struct tracer *tracer, struct tracee *tracee,
				struct trace_event *event)
{
	struct __ptrace_syscall_info info;
	const struct guard *guard;

	if (!enforce_info(tracee, &info))
		return ANNOUNCED_NOTHING;
	event->number = (int)info.seccomp.nr;
	event->id = SYSCALL_UNKNOWN;
	event->instruction = info.instruction_pointer;
	tracee->emulated = arch_is_emulated(info.instruction_pointer);
	memcpy(event->args, info.seccomp.args, sizeof(event->args));
	if (!arch_is_native(info.arch, info.seccomp.nr)) {
		event->abi = arch_abi_name(info.arch, info.seccomp.nr);
		return refuse(tracee, event, ENOSYS,
			      "calls of this ABI are refused as a whole");
	}
	event->id = arch_syscall_id(event->number);
	/* It takes its argument from the stack. */
	if (event->id == SYSCALL_rt_sigreturn)
		event->args[0] = info.stack_pointer;
	event->restarted = is_restart(tracee, event->id, event->number);
	tracee->restore = false;
	guard = guard_find(event->id, event->args);
	if (guard && apply(tracer, tracee, guard, event))
		return ANNOUNCED_REFUSED;
	tracee->number = event->number;
	if (event->id != SYSCALL_UNKNOWN &&
	    !tracer->options.watched.has[event->id] &&
	    !(guard && guard->effect == GUARD_SEE && tracer->options.pin))
		return ANNOUNCED_NOTHING;
	event->kind = TRACE_CALL;
	return ANNOUNCED_CALL;
}
