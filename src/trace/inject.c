/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Calls that we make in a task's name, to map the pins into its memory.
 *
 * The task stands at the entry of a call of its own. Instead it comes through
 * the door (grant.c) for a descriptor of the pins, maps them, closes the
 * descriptor and seals the mapping, each by going back to its own system call
 * instruction with other registers; then it goes back once more, with the
 * registers that it had, and makes its own call, which is announced anew.
 *
 * Another thread may do anything meanwhile: put something else at the
 * descriptor's number, at the mapping's place or under the instruction. What
 * counts is what is seen at the end, when the mapping is sealed for good
 * (mseal(2), Linux 6.10). Whatever else the task has to tell meanwhile, a
 * signal above all, comes first: it is sent back at once, and tries again.
 */
#include "trace/inject.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/ptrace.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/filter.h"

struct injection {
	struct tracer *tracer;
	struct tracee *tracee;
	struct arch_regs own; /* what the task came with */
};

/* Its next stop; what others tell is kept. */
static bool wait_for(struct injection *injection, struct stop *stop)
{
	struct tracer *tracer = injection->tracer;

	while (injection->tracee->state != TRACEE_QUEUED) {
		int got = stop_wait(stop, true);

		if (got < 0 && got != -EINTR)
			return false;
		if (got > 0)
			queue_collect(tracer, stop);
	}
	return queue_take_of(tracer, injection->tracee->tid, stop);
}

/* In user mode again, right before its own call. */
static void send_back(struct injection *injection)
{
	struct tracee *tracee = injection->tracee;
	struct arch_regs regs = injection->own;

	arch_regs_repeat(&regs, arch_regs_number(&injection->own));
	enforce_write(tracee, &regs);
	tracee->in_call = tracee->want_exit = tracee->want_result = false;
	tracee->restore = false;
	tracee_execute(&injection->tracer->tracees, tracee, false);
	tracee->number = arch_regs_number(&injection->own);
	tracee->restarting = true;
}

/* It stopped for something else: that is handled first. */
static void give_up(struct injection *injection, const struct stop *stop)
{
	/* After an exec the registers are another program's. */
	if (stop->kind != STOP_ENDED && stop->kind != STOP_EXEC)
		send_back(injection);
	queue_collect(injection->tracer, stop);
}

/* 1: @stop is the end of the call @number; 0: it is on its way; -EPERM: that
 * is another call, which nobody has decided about, or cannot be told. */
static int progress(const struct tracee *tracee, const struct stop *stop,
		    int number)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, tracee->tid, (void *)sizeof(info),
		   &info) <= 0)
		return errno == ESRCH ? -ESRCH : -EPERM;
	if (stop->kind == STOP_SYSCALL && info.op == PTRACE_SYSCALL_INFO_EXIT)
		return 1;
	/* Entry and the filter's stop begin alike. */
	if (arch_of(info.arch, info.entry.nr) != tracee->arch ||
	    (int)info.entry.nr != number)
		return -EPERM;
	return 0;
}

/* Let it run to the end of the call that its registers hold. False: it did
 * not come to that, and somebody else has the task now. */
static bool finish_call(struct injection *injection, int number,
			int64_t *result)
{
	struct tracee *tracee = injection->tracee;
	struct arch_regs regs;
	struct stop stop;

	while (wait_for(injection, &stop)) {
		int step;

		if (stop.kind != STOP_SYSCALL && stop.kind != STOP_SECCOMP) {
			give_up(injection, &stop);
			return false;
		}
		tracee->state = TRACEE_STOPPED;
		step = progress(tracee, &stop, number);
		if (step == -EPERM)
			kill(tracee->pid, SIGKILL);
		if (step > 0 && enforce_read(tracee, &regs)) {
			*result = arch_regs_result(&regs);
			return true;
		}
		tracee_continue(tracee, 0);
	}
	return false;
}

static bool make_call(struct injection *injection, enum syscall_id id,
		      const uint64_t args[SYSCALL_ARGS_MAX], int64_t *result)
{
	struct arch_regs regs = injection->own;
	int number = regs.arch->number(id);

	arch_regs_repeat(&regs, number);
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		arch_regs_set_arg(&regs, i, args[i]);
	if (!enforce_write(injection->tracee, &regs))
		return false;
	tracee_continue(injection->tracee, 0);
	return finish_call(injection, number, result);
}

static bool fetch_descriptor(struct injection *injection, int64_t *fd)
{
	struct tracer *tracer = injection->tracer;
	struct arch_regs regs = injection->own;
	int number = regs.arch->number(FILTER_DOOR_CALL);

	arch_regs_set_number(&regs, number);
	arch_regs_set_arg(&regs, FILTER_DOOR_ARG, tracer->door_key);
	if (!enforce_write(injection->tracee, &regs))
		return false;
	tracee_continue(injection->tracee, 0);
	grant_fd(tracer, injection->tracee, tracer->pins.fd, true);
	return finish_call(injection, number, fd);
}

/* Nobody can unmap, replace or change it from here on. 0, or why not. */
static bool seal(struct injection *injection, uint64_t area, int64_t *result)
{
	struct space *space = injection->tracee->space;
	const uint64_t args[SYSCALL_ARGS_MAX] = { area, PINS_SIZE, 0 };

	if (!make_call(injection, SYSCALL_mseal, args, result))
		return false;
	if (!*result && !pins_are_mapped(&injection->tracer->pins,
					 injection->tracee->tid, area))
		*result = -EFAULT;
	if (!*result)
		space->area = area;
	return true;
}

static bool map(struct injection *injection, int64_t *result)
{
	uint64_t args[SYSCALL_ARGS_MAX] = { 0, PINS_SIZE, PROT_READ,
					    MAP_SHARED };
	int64_t fd, area, closed;

	if (!fetch_descriptor(injection, &fd))
		return false;
	if (fd < 0) {
		*result = fd;
		return true;
	}
	args[4] = (uint64_t)fd;
	if (!make_call(injection, SYSCALL_mmap, args, &area))
		return false;
	args[0] = (uint64_t)fd;
	if (!make_call(injection, SYSCALL_close, args, &closed))
		return false;
	*result = area;
	if (area < 0 && area >= -4095)
		return true;
	return seal(injection, (uint64_t)area, result);
}

void inject_pins(struct tracer *tracer, struct tracee *tracee)
{
	struct injection injection = { .tracer = tracer, .tracee = tracee };
	struct space *space = tracee->space;
	int64_t result = -EFAULT;

	if (!enforce_read(tracee, &injection.own))
		return;
	/* What it came with, before anything was changed. */
	if (tracee->restore)
		injection.own = tracee->entry;
	tracee->want_exit = true;
	tracee->restore = tracee->unpacked = false;
	if (!map(&injection, &result))
		return;
	space->area_error = result < 0 ? (int)result : 0;
	send_back(&injection);
	tracee_continue(tracee, 0);
}
