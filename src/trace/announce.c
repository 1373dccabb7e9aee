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
#include "trace/tracer.h"

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

/* Clear the guarded bits of a first argument, which is so in all ABIs; parent and child get the register back as it was:
 * the child at its first stop, which finds it in .entry. */
static void strip(struct tracee *tracee, const struct guard *guard)
{
	const struct guard_condition *what = &guard->when[0];
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return;
	enforce_keep(tracee, &regs);
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

/*
 * Give the call its arguments in registers, in place of a pointer to them:
 * nobody can change them there. 0, or the errno that the kernel would give.
 */
static int unpack(struct tracer *tracer, struct tracee *tracee,
		  const struct arch_packed *packed)
{
	uint32_t words[SYSCALL_ARGS_MAX] = { 0 };
	size_t size = packed->count * sizeof(*words);
	struct arch_regs regs;

	if (!mem_read_all(tracer_memory(tracer, tracee->tid), packed->addr,
			  words, size))
		return EFAULT;
	if (words[packed->count - 1] & ((1U << packed->shift) - 1))
		return EINVAL;
	words[packed->count - 1] >>= packed->shift;
	if (!enforce_read(tracee, &regs))
		return ESRCH;
	enforce_keep(tracee, &regs);
	tracee->unpacked = true;
	arch_regs_set_number(&regs, packed->number);
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		arch_regs_set_arg(&regs, i, words[i]);
	return enforce_write(tracee, &regs) ? 0 : ESRCH;
}

/* What call is it? ANNOUNCED_CALL: *event says. */
static enum announcement recognise(struct tracer *tracer, struct tracee *tracee,
				   struct trace_event *event)
{
	uint64_t regs[SYSCALL_ARGS_MAX];
	struct arch_packed packed;
	struct arch_call call;
	struct arch_regs now;
	int error;

	memcpy(regs, event->args, sizeof(regs));
	if (tracee->arch->packed &&
	    tracee->arch->packed(event->number, regs, &packed)) {
		event->abi = tracee->arch->name;
		error = unpack(tracer, tracee, &packed);
		if (error)
			return refuse(tracee, event, error, NULL);
		event->abi = NULL;
		if (!enforce_read(tracee, &now))
			return ANNOUNCED_NOTHING;
		event->number = packed.number;
		for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
			regs[i] = arch_regs_arg(&now, i);
	}
	if (!tracee->arch->read(event->number, regs, &call)) {
		event->abi = tracee->arch->name;
		return refuse(tracee, event, ENOSYS,
			      "this ABI has no such call, or none that can be "
			      "checked");
	}
	event->id = call.id;
	event->form = call.form;
	memcpy(event->args, call.args, sizeof(event->args));
	return ANNOUNCED_CALL;
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
	enum announcement recognised;
	const struct arch *arch;
	const struct guard *guard;

	if (!enforce_info(tracee, &info))
		return ANNOUNCED_NOTHING;
	event->number = (int)info.seccomp.nr;
	event->id = SYSCALL_UNKNOWN;
	event->instruction = info.instruction_pointer;
	tracee->emulated = arch_is_emulated(info.instruction_pointer);
	memcpy(event->args, info.seccomp.args, sizeof(event->args));
	arch = arch_of(info.arch, info.seccomp.nr);
	if (tracee->arch != arch)
		tracee->restarting = false;
	tracee->arch = arch ?: &arch_native;
	tracee->restore = false;
	if (!arch) {
		event->abi = arch_abi_name(info.arch, info.seccomp.nr);
		return refuse(tracee, event, ENOSYS,
			      "calls of this ABI are refused as a whole");
	}
	recognised = recognise(tracer, tracee, event);
	if (recognised != ANNOUNCED_CALL)
		return recognised;
	/* It takes its argument from the stack. */
	if (event->id == SYSCALL_rt_sigreturn)
		event->args[0] = info.stack_pointer;
	event->restarted = is_restart(tracee, event->id, event->number);
	guard = guard_find(event->id, event->args);
	if (guard && apply(tracer, tracee, guard, event))
		return ANNOUNCED_REFUSED;
	tracee->number = event->number;
	if (event->id != SYSCALL_UNKNOWN &&
	    sieve_find(&tracer->sieve, event->id, event->args) == SIEVE_ALLOW &&
	    !(guard && guard->effect == GUARD_SEE && tracer->options.pin))
		return ANNOUNCED_NOTHING;
	event->kind = TRACE_CALL;
	return ANNOUNCED_CALL;
}
