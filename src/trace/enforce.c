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
#include <stddef.h>
#include <sys/ptrace.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/filter.h"
#include "trace/tracer.h"

/* The kernel skips the call of a task that is about to die. ESRCH: it does
 * already, perhaps alone, because another thread of it has executed. */
static bool go_on_or_kill(const struct tracee *tracee, int error)
{
	if (error && error != -ESRCH)
		kill(tracee->pid, SIGKILL);
	return !error;
}

bool enforce_read(const struct tracee *tracee, struct arch_regs *regs)
{
	return go_on_or_kill(tracee,
			     arch_regs_read(tracee->tid, tracee->arch, regs));
}

bool enforce_write(const struct tracee *tracee, const struct arch_regs *regs)
{
	return go_on_or_kill(tracee, arch_regs_write(tracee->tid, regs));
}

bool enforce_info(const struct tracee *tracee,
		  struct __ptrace_syscall_info *info)
{
	long size = ptrace(PTRACE_GET_SYSCALL_INFO, tracee->tid,
			   (void *)sizeof(*info), info);

	if (size < 0)
		return go_on_or_kill(tracee, -errno);
	return go_on_or_kill(
		tracee, info->op == PTRACE_SYSCALL_INFO_SECCOMP ? 0 : -EPROTO);
}

bool enforce_skip(struct tracee *tracee, int64_t result)
{
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return false;
	if (tracee->restore)
		arch_regs_copy_call(&regs, &tracee->entry);
	tracee->restore = false;
	arch_regs_set_number(&regs, -1);
	arch_regs_set_result(&regs, result);
	return enforce_write(tracee, &regs);
}

void enforce_keep(struct tracee *tracee, const struct arch_regs *regs)
{
	if (!tracee->restore)
		tracee->entry = *regs;
	tracee->restore = true;
}

/* Run another call in place of this one. With @restore the program gets its
 * own registers back at the exit. */
static bool replace_call(struct tracee *tracee, enum syscall_id id, int arg,
			 uint64_t value, bool restore)
{
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return false;
	enforce_keep(tracee, &regs);
	tracee->restore = restore;
	tracee->unpacked = false;
	arch_regs_set_number(&regs, regs.arch->number(id));
	arch_regs_set_arg(&regs, arg, value);
	return enforce_write(tracee, &regs);
}

static void run(struct tracer *tracer, struct tracee *tracee, bool want_result)
{
	bool alone = tracer->isolated == tracee->tid;

	tracee->in_call = true;
	tracee->want_result = want_result;
	tracee->want_exit = want_result || tracee->restore ||
			    tracee->executing || tracee->disturbed || alone;
	/* The next stop would be that of another call: ask for one before the
	 * program goes on, where the result is. PTRACE_INTERRUPT, ptrace(2) */
	if (tracee->emulated && want_result)
		ptrace(PTRACE_INTERRUPT, tracee->tid, NULL, NULL);
	tracee_continue(tracee, 0);
	if (alone)
		alone_wait(tracer, tracee);
	alone_end(tracer, tracee->tid);
}

/* The program's own call, on the arguments that were decided on. */
static void run_own(struct tracer *tracer, struct tracee *tracee,
		    bool want_result)
{
	struct arch_regs regs;

	alone_begin(tracer, tracee);
	if (tracee->pin.set && enforce_read(tracee, &regs)) {
		enforce_keep(tracee, &regs);
		pin_apply(tracee, &regs);
		enforce_write(tracee, &regs);
	}
	run(tracer, tracee, want_result);
}

static void give_fd(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action)
{
	if (tracer->listener < 0 ||
	    !replace_call(tracee, FILTER_DOOR_CALL, FILTER_DOOR_ARG,
			  tracer->door_key, true)) {
		enforce_skip(tracee, -EACCES);
		run(tracer, tracee, false);
		return;
	}
	run(tracer, tracee, action->want_result);
	grant_fd(tracer, tracee, action->fd, action->cloexec);
}

void enforce_action(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action)
{
	if (action->kind != ACTION_RUN) {
		pin_release(tracer, tracee);
		alone_end(tracer, tracee->tid);
	}
	switch (action->kind) {
	case ACTION_RUN:
		run_own(tracer, tracee, action->want_result);
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
	tracee_execute(&tracer->tracees, tracee, false);
	run(tracer, tracee, false);
	tracee->in_call = false;
}

bool enforce_exit(struct tracee *tracee, int64_t *result)
{
	struct arch_regs regs;

	if (!enforce_read(tracee, &regs))
		return false;
	*result = arch_regs_result(&regs);
	if (!tracee->restore)
		return true;
	if (tracee->pin.set) {
		*result = pin_result(tracee, *result);
		arch_regs_set_result(&regs, *result);
	}
	/* Our call in place of the program's was broken off by a signal: it
	 * never was, and the program's begins anew, after any handler. */
	if (*result == -ERESTARTSYS_ && !tracee->pin.set && !tracee->unpacked &&
	    arch_regs_number(&regs) != arch_regs_number(&tracee->entry)) {
		*result = -ERESTARTNOINTR_;
		arch_regs_set_result(&regs, *result);
	}
	/* Number too: a restart must enter the program's call, not ours. */
	tracee->restore = false;
	arch_regs_copy_call(&regs, &tracee->entry);
	return enforce_write(tracee, &regs);
}
