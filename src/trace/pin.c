/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What was checked is what runs.
 *
 * Between our look at a call and the kernel's, somebody may change
 *
 *	the bytes that its pointers lead to	another task of the same memory,
 *						or somebody with access to it
 *	what the paths in them mean		whoever renames or links
 *	what its descriptors stand for		whoever shares them
 *
 * Against the first the call gets pointers to a copy that no tracee can write
 * (pins.h). Who cannot be raced pays nothing: one task, and its arguments in
 * memory of its own. Against the other two the one call that could do harm
 * runs alone (alone.c).
 */
#include <errno.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/uio.h>

#include "arch/arch.h"
#include "trace/engine.h"
#include "trace/inject.h"
#include "trace/memory.h"
#include "trace/tracer.h"

enum { PAGE = 4096 };

/* ---- can it be raced? ---- */

static bool is_alone_in(const struct space *space, const struct tracee *tracee)
{
	return space->tasks - space->vforking - (tracee->vforking ? 0 : 1) == 0;
}

static bool owns_span(const struct tracee *tracee, const struct call_span *span)
{
	uint64_t first = span->addr & ~(uint64_t)(PAGE - 1);

	for (uint64_t page = first; page < span->addr + span->len; page += PAGE)
		if (!space_owns_page(tracee->space, tracee->tid, page))
			return false;
	return true;
}

/* A page that has become private only now may have changed before. */
static bool still_holds(const struct tracee *tracee,
			const struct call_image *image,
			const struct call_span *span)
{
	unsigned char now[PAGE];
	struct memory_owner owner = {
		.tid = tracee->tid,
		.space = tracee->space,
		.patience_ms = MEMORY_PATIENCE_MS,
	};

	for (size_t done = 0; done < span->len; done += sizeof(now)) {
		size_t len = span->len - done;

		if (len > sizeof(now))
			len = sizeof(now);
		if (memory_read(&owner, span->addr + done, now, len) != len ||
		    memcmp(now, image->bytes + span->at + done, len) != 0)
			return false;
	}
	return true;
}

/* @image is laid out for the address 0: its bytes are the program's. */
static bool may_race(const struct tracer *tracer, const struct tracee *tracee,
		     const struct call_image *image)
{
	if (!is_alone_in(tracee->space, tracee) || tracer->foreign_writers)
		return true;
	for (size_t i = 0; i < image->n_spans; i++)
		if (!owns_span(tracee, &image->spans[i]) ||
		    !still_holds(tracee, image, &image->spans[i]))
			return true;
	return false;
}

/* ---- the pin ---- */

static int lay_out(struct tracer *tracer, struct tracee *tracee,
		   const struct call *call)
{
	struct call_image *image = &tracer->image;
	int slot = pins_take(&tracer->pins);
	uint64_t at;

	if (slot < 0)
		return -ENOMEM;
	at = pins_offset(slot);
	if (!call_image_build(call, tracee->space->area + at, image)) {
		pins_release(&tracer->pins, slot);
		return -ENAMETOOLONG;
	}
	memcpy(tracer->pins.bytes + at, image->bytes, image->len);
	tracee->pin.set = true;
	tracee->pin.slot = slot;
	tracee->pin.id = image->id;
	tracee->pin.other = image->id != call->def->id;
	tracee->pin.sent_at = image->sent_at;
	memcpy(tracee->pin.args, image->args, sizeof(image->args));
	return 0;
}

/* The area was mapped for 64-bit calls, where others cannot point to. */
static bool is_out_of_reach(const struct tracee *tracee)
{
	return tracee->arch->word < sizeof(uint64_t) &&
	       tracee->space->area + PINS_SIZE > UINT32_MAX;
}

static int take_error(struct space *space)
{
	int error = space->area_error;

	space->area_error = 0;
	return error;
}

/* /proc/PID/mem, wherever that is mounted, to be written to. proc(5) */
static bool opens_memory(const struct call *call)
{
	static const char name[] = "/mem";

	if (!(call->classes & CLASS_BIT(CLASS_FILE_WRITE)))
		return false;
	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];
		size_t len = target->resolved ? strlen(target->resolved) : 0;

		if (target->fs == PROC_SUPER_MAGIC && len >= strlen(name) &&
		    !strcmp(target->resolved + len - strlen(name), name))
			return true;
	}
	return false;
}

int tracer_pin(struct tracer *tracer, const struct trace_event *event,
	       const struct call *call)
{
	struct tracee *tracee = tracee_find(&tracer->tracees, event->tid);
	struct call_image *image = &tracer->image;
	int error;

	if (!tracer->options.pin || !tracee || tracee->state != TRACEE_STOPPED)
		return 0;
	tracee->looks_up = call_names_path(call);
	if (opens_memory(call))
		alone_write(tracer, tracee);
	if (!call_image_build(call, 0, image))
		return -ENAMETOOLONG;
	if (!image->n_spans || !may_race(tracer, tracee, image))
		return 0;
	if (tracer->pins.fd < 0 || tracer->listener < 0)
		return -ENOSYS;
	if (tracee->space->area && is_out_of_reach(tracee))
		return -EFAULT;
	if (tracee->space->area)
		return lay_out(tracer, tracee, call);
	error = take_error(tracee->space);
	if (error)
		return error;
	inject_pins(tracer, tracee);
	alone_end(tracer, event->tid);
	return -EINPROGRESS;
}

void pin_apply(const struct tracee *tracee, struct arch_regs *regs)
{
	const struct arch *arch = regs->arch;
	int number = arch_regs_number(regs);
	uint64_t args[SYSCALL_ARGS_MAX];

	if (tracee->pin.other)
		number = arch->number(tracee->pin.id);
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		args[i] = arch_regs_arg(regs, i);
	arch->write(number, tracee->pin.args, args);
	arch_regs_set_number(regs, number);
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		arch_regs_set_arg(regs, i, args[i]);
}

void pin_release(struct tracer *tracer, struct tracee *tracee)
{
	if (tracee->pin.set)
		pins_release(&tracer->pins, tracee->pin.slot);
	tracee->pin.set = false;
}

int64_t pin_result(const struct tracee *tracee, int64_t result)
{
	unsigned int sent = (unsigned int)result;
	struct iovec local = { &sent, sizeof(sent) };
	struct iovec remote = { (void *)tracee->pin.sent_at, sizeof(sent) };

	if (!tracee->pin.set || !tracee->pin.sent_at || result < 0)
		return result;
	/* The kernel too has sent it by the time it finds that it cannot say
	 * so. sendmmsg(2) */
	if (process_vm_writev(tracee->tid, &local, 1, &remote, 1, 0) !=
	    sizeof(sent))
		return -EFAULT;
	return 1;
}
