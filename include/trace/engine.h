/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* engine - what the files of the trace folder share. Private to it. */
#ifndef TRACE_ENGINE_H
#define TRACE_ENGINE_H

#include "base/mem_reader.h"
#include "base/vec.h"
#include "trace/event.h"
#include "trace/features.h"
#include "trace/memory.h"
#include "trace/pins.h"
#include "trace/poll.h"
#include "trace/stop.h"
#include "trace/tracee.h"

struct __ptrace_syscall_info;

struct tracer {
	struct tracee_table tracees;
	struct tracer_options options;
	struct sieve sieve; /* .options.sieve, as the filters have it */

	struct features features;
	int listener;	   /* of the guard filter: grant.c; -1: none */
	uint64_t door_key; /* opens the door in it */

	pid_t main_pid;
	int main_status;
	bool main_ended;
	size_t processes;

	struct pins pins;
	struct call_image image; /* the one that is being built */
	bool foreign_writers;	 /* somebody can write to others' memory */
	unsigned int freezes;	 /* nested */
	pid_t isolated;		 /* its call runs alone; 0: nobody's */

	bool killing; /* tracer_kill_all() has been called */

	VEC_OF(struct stop) pending; /* queue.c */
	struct poll poll;

	struct memory_owner memory_of;
	struct space no_space; /* of a task that is gone: not to be read */
	struct mem_reader memory;
};

/* Let a task run until its next stop. One stop, one resume: a task whose stop
 * is not being handled stays as it is, for it would go past the next stop,
 * which nobody has decided about. A task that was killed meanwhile is no
 * error; any other failure ends the task: it must not run unwatched. */
void tracee_continue(struct tracee *tracee, int signal);

/* Leave a group-stopped task stopped, as it would be without a tracer. */
void tracee_listen(struct tracee *tracee);

/* Results that never reach the program: the kernel enters the call again, or
 * restart_syscall in its place, or makes it EINTR. linux/errno.h */
enum {
	ERESTARTSYS_ = 512,	      /* unless a handler lacks SA_RESTART */
	ERESTARTNOINTR_ = 513,	      /* in any case */
	ERESTARTNOHAND_ = 514,	      /* unless a handler runs */
	ERESTART_RESTARTBLOCK_ = 516, /* the same, through restart_syscall */
};

static inline bool is_restart_result(int64_t result)
{
	return result == -ERESTARTSYS_ || result == -ERESTARTNOINTR_ ||
	       result == -ERESTARTNOHAND_ || result == -ERESTART_RESTARTBLOCK_;
}

/* ---- queue.c: stops that were seen and not yet handled ---- */

/* Keep a stop that wait(2) has told. */
void queue_collect(struct tracer *tracer, const struct stop *stop);

/* The stop that @tid has told, whatever else waits. */
bool queue_take_of(struct tracer *tracer, pid_t tid, struct stop *stop);

/* Collect all there are at present. Returns 0 or a negative errno. */
int queue_drain(struct tracer *tracer);

/* The oldest stop that may be handled now. */
bool queue_take(struct tracer *tracer, struct stop *stop);

/* May the task of @stop turn into another under our hands? */
bool queue_is_held(const struct tracer *tracer, const struct stop *stop);

/* A call that was broken off by our own interruption: the kernel is to enter
 * it again. freeze.c */
void mend_interrupted_call(struct tracee *tracee);

/* Make those stand still who may be following a path. tracer_thaw() */
void freeze_lookups(struct tracer *tracer);

/* ---- pin.c: arguments that nobody can change ---- */

/* Put the pinned call of @tracee into its registers. */
void pin_apply(const struct tracee *tracee, struct arch_regs *regs);

/* What the program is to be told, at the exit of a pinned call. */
int64_t pin_result(const struct tracee *tracee, int64_t result);

/* The call is over, if there was one. */
void pin_release(struct tracer *tracer, struct tracee *tracee);

/* ---- alone.c: calls that run alone ---- */

/* @tracee is about to run its call: does it have to be alone? */
void alone_begin(struct tracer *tracer, struct tracee *tracee);

/* With its call @tracee gets to write to the memory of others. Whoever could
 * not be raced so far can be from now on; what of theirs is on its way has
 * read its arguments before. */
void alone_write(struct tracer *tracer, const struct tracee *tracee);

/* It runs: until it is through, or sleeps in the kernel. */
void alone_wait(struct tracer *tracer, const struct tracee *tracee);

/* The others may go on, if they were held for @tid. */
void alone_end(struct tracer *tracer, pid_t tid);

/* ---- announce.c: how a task tells that it is about to make a call ---- */

enum announcement {
	ANNOUNCED_CALL,	   /* *event is a TRACE_CALL to decide */
	ANNOUNCED_REFUSED, /* *event is a TRACE_REFUSED, already enforced */
	ANNOUNCED_NOTHING, /* nobody's business: just go on */
};

/* The filter stopped @tracee (RET_TRACE). */
enum announcement announce_call(struct tracer *tracer, struct tracee *tracee,
				struct trace_event *event);

/* ---- follow.c: calls that nobody watches ---- */

/* A syscall stop of a task that is in no call we know of. If it is an entry,
 * the task is in that call from now on. */
void follow_entry(struct tracee *tracee);

/* ---- stop_handle.c ---- */

/* Handle one stop. True: *event is to be told, and the task waits. */
bool stop_handle(struct tracer *tracer, const struct stop *stop,
		 struct trace_event *event);

/* ---- enforce.c: what becomes of the call ---- */

/* At the entry stop: carry out @action in registers and let the task go. */
void enforce_action(struct tracer *tracer, struct tracee *tracee,
		    const struct trace_action *action);

/* The registers of a task at the entry of a call that must not run as it is.
 * A failure other than "it is dead already" would let it: they end the task.
 * False when it is dead. */
bool enforce_read(const struct tracee *tracee, struct arch_regs *regs);
bool enforce_write(const struct tracee *tracee, const struct arch_regs *regs);

/* The same for what PTRACE_GET_SYSCALL_INFO says at the filter's stop. */
bool enforce_info(const struct tracee *tracee,
		  struct __ptrace_syscall_info *info);

/* Before the first change to the registers of a call: the program gets @regs
 * back at its end. */
void enforce_keep(struct tracee *tracee, const struct arch_regs *regs);

/* Change number and result so that the call is skipped; the task stays
 * stopped. False when it is dead. */
bool enforce_skip(struct tracee *tracee, int64_t result);

/* At the exit stop: give the program its registers back, read the result.
 * False when the task is gone. */
bool enforce_exit(struct tracee *tracee, int64_t *result);

/* ---- grant.c: a descriptor of ours for the program ---- */

/*
 * The guard filter sends one call with a secret argument to a listener that
 * only the tracer holds (RET_USER_NOTIF). A task whose registers were changed
 * to that call waits there, and SECCOMP_IOCTL_NOTIF_ADDFD installs a
 * descriptor in it and ends the call with its number, in one step, without
 * touching the program's memory. seccomp_unotify(2), Linux 5.14.
 *
 * @tracee has been resumed into the door: give it a duplicate of @fd. Returns
 * once it has it, or has got an errno instead (EMFILE), or has stopped or
 * ended for another reason.
 */
void grant_fd(struct tracer *tracer, const struct tracee *tracee, int fd,
	      bool cloexec);

#endif
