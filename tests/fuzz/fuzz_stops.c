/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The engine against a kernel that is played here: each byte of the input is
 * what some task does next, or what becomes of a call. Linked with --wrap, so
 * that waitpid(2), ptrace(2) and kill(2) are the ones below.
 *
 * Whatever happens in whatever order: no call that is watched goes on before
 * it was decided about; nobody who has stopped is forgotten, or sent on twice;
 * each task is told of once, and its end; and when all are gone, that is said.
 */
#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arch/arch.h"
#include "base/die.h"
#include "trace/engine.h"
#include "trace/procfs.h"
#include "trace/tracer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* As those that they stand for, whatever becomes of these. */
__typeof__(waitpid) __wrap_waitpid;
__typeof__(kill) __wrap_kill;
__typeof__(getpgid) __wrap_getpgid;
__typeof__(nanosleep) __wrap_nanosleep;
__typeof__(procfs_process_of) __wrap_procfs_process_of;
__typeof__(space_is_shared) __wrap_space_is_shared;
__typeof__(arch_regs_read) __wrap_arch_regs_read;
__typeof__(arch_regs_write) __wrap_arch_regs_write;
long __wrap_ptrace(enum __ptrace_request request, pid_t tid, void *addr,
		   void *data);

enum { TASKS = 12, FIRST_TID = 0x300000, INPUT_MAX = 4096 };

enum life { NOBODY, RUNNING, STOPPED, LISTENING };

static struct actor {
	enum life life;
	pid_t tid, pid;
	bool dying;	  /* SIGKILL is on its way */
	bool interrupted; /* PTRACE_INTERRUPT is */
	bool newborn;	  /* its first stop is still to come */
	bool undecided;	  /* stopped at a call that is watched */
	bool in_call;	  /* runs towards the exit of one, that was asked for */
	bool in_exec;	  /* runs, in an execve */
	bool unheard;	  /* has stopped, with .status, and nobody knows yet */
	int status;
	bool told; /* TRACE_STARTED has been seen */
	unsigned long message;
	int op, number;
	uint64_t arg;
} actors[TASKS];

static pid_t next_tid;
static const uint8_t *input;
static size_t left;

static void must(int condition)
{
	if (!condition)
		abort();
}

static unsigned int draw(void)
{
	if (!left)
		return 0;
	left--;
	return *input++;
}

/* ---- the kernel ---- */

static struct actor *find(pid_t tid)
{
	for (int i = 0; i < TASKS; i++)
		if (actors[i].life != NOBODY && actors[i].tid == tid)
			return &actors[i];
	return NULL;
}

static struct actor *add(pid_t pid)
{
	for (int i = 0; i < TASKS; i++) {
		struct actor *actor = &actors[i];
		if (actor->life != NOBODY)
			continue;
		memset(actor, 0, sizeof(*actor));
		actor->life = RUNNING;
		actor->tid = next_tid++;
		actor->pid = pid ? pid : actor->tid;
		return actor;
	}
	return NULL;
}

static bool has_others(const struct actor *actor)
{
	for (int i = 0; i < TASKS; i++)
		if (actors[i].life != NOBODY && &actors[i] != actor &&
		    actors[i].pid == actor->pid)
			return true;
	return false;
}

static int stop(struct actor *actor, int event, int signal)
{
	actor->life = STOPPED;
	actor->interrupted = actor->in_exec = false;
	return event << 16 | signal << 8 | 0x7f;
}

static int at_call(struct actor *actor, unsigned int what)
{
	static const enum syscall_id ids[] = {
		SYSCALL_openat, SYSCALL_unlink, SYSCALL_execve, SYSCALL_clone,
		SYSCALL_rename, SYSCALL_chdir,	SYSCALL_kill,	SYSCALL_clone3,
	};

	actor->op = PTRACE_SYSCALL_INFO_SECCOMP;
	actor->number = what & 8 ? 5000 : arch_syscall_number(ids[what & 7]);
	actor->arg = what & 16 ? 0x00800000 : 0;
	actor->in_call = false;
	/* These two are watched, and so is what nobody knows. */
	actor->undecided = (what & 8) || (what & 7) < 2;
	return stop(actor, PTRACE_EVENT_SECCOMP, SIGTRAP);
}

static int gives_birth(struct actor *actor, unsigned int what)
{
	struct actor *child = add(what & 1 ? actor->pid : 0);

	if (!child)
		return stop(actor, 0, SIGUSR1);
	child->newborn = true;
	actor->message = (unsigned long)child->tid;
	return stop(actor, what & 2 ? PTRACE_EVENT_VFORK : PTRACE_EVENT_CLONE,
		    SIGTRAP);
}

/* The others are gone, without a word; the survivor has the leader's number. */
static int executes(struct actor *actor)
{
	struct actor *leader = find(actor->pid);

	actor->message = (unsigned long)actor->tid;
	for (int i = 0; i < TASKS; i++)
		if (&actors[i] != actor && actors[i].pid == actor->pid) {
			if (&actors[i] == leader)
				actor->told |= leader->told;
			actors[i].life = NOBODY;
		}
	actor->tid = actor->pid;
	actor->dying = false;
	actor->undecided = false;
	return stop(actor, PTRACE_EVENT_EXEC, SIGTRAP);
}

static int ends(struct actor *actor, int status)
{
	actor->life = NOBODY;
	return status;
}

static int does(struct actor *actor, unsigned int what)
{
	if (actor->newborn) {
		actor->newborn = false;
		return stop(actor, PTRACE_EVENT_STOP, SIGTRAP);
	}
	if (actor->interrupted && what & 1)
		return stop(actor, PTRACE_EVENT_STOP, SIGTRAP);
	if (actor->in_call && what & 2) {
		actor->in_call = false;
		actor->op = PTRACE_SYSCALL_INFO_EXIT;
		return stop(actor, 0, SIGTRAP | 0x80);
	}
	switch (what >> 4) {
	case 0:
	case 1:
		/* A leader ends when it is the last. */
		if (actor->tid == actor->pid && has_others(actor))
			return stop(actor, 0, SIGUSR2);
		return ends(actor, what & 4 ? SIGSEGV : (int)(what & 3) << 8);
	case 2:
	case 3:
		return gives_birth(actor, what);
	case 4:
		if (actor->in_exec)
			return executes(actor);
		return at_call(actor, 2);
	case 5:
		return stop(actor, PTRACE_EVENT_STOP, SIGTSTP);
	case 6:
		return stop(actor, 0, (int)(what & 15) + 1);
	case 7:
		return stop(actor, PTRACE_EVENT_VFORK_DONE, SIGTRAP);
	case 8: /* one that nobody asked for */
		return stop(actor, what & 1 ? PTRACE_EVENT_EXIT : 99, SIGTRAP);
	default:
		return at_call(actor, what);
	}
}

/* While the engine looks at one task, another executes. */
static void meanwhile(void)
{
	if (!left || *input != 0x77)
		return;
	draw();
	for (int i = 0; i < TASKS; i++)
		if (actors[i].life == RUNNING && actors[i].in_exec &&
		    !actors[i].dying) {
			actors[i].status = executes(&actors[i]);
			actors[i].unheard = true;
			return;
		}
}

static struct actor *choose(unsigned int which)
{
	for (unsigned int i = 0; i < TASKS; i++) {
		struct actor *actor = &actors[(which + i) % TASKS];

		if (actor->life != NOBODY && actor->dying &&
		    !(actor->tid == actor->pid && has_others(actor)))
			return actor;
	}
	for (unsigned int i = 0; i < TASKS; i++) {
		struct actor *actor = &actors[(which + i) % TASKS];

		if (actor->life == RUNNING || actor->unheard)
			return actor;
	}
	return NULL;
}

/* The input is over: all end, leaders last. NULL: nobody can for now. */
static struct actor *last_words(struct actor *actor)
{
	if (actor->tid != actor->pid || !has_others(actor))
		return actor;
	for (int i = 0; i < TASKS; i++)
		if ((actors[i].life == RUNNING ||
		     actors[i].life == LISTENING) &&
		    (actors[i].tid != actors[i].pid || !has_others(&actors[i])))
			return &actors[i];
	return NULL;
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
	unsigned int which = draw();
	struct actor *actor = choose(which);
	bool anybody = false;
	pid_t tid;

	must(pid == -1);
	for (int i = 0; i < TASKS; i++)
		anybody |= actors[i].life != NOBODY;
	if (!anybody) {
		errno = ECHILD;
		return -1;
	}
	if ((options & WNOHANG) && (!actor || (which & 0xc0) == 0xc0))
		return 0;
	if (actor && actor->unheard && !actor->dying) {
		actor->unheard = false;
		*status = actor->status;
		return actor->tid;
	}
	if (actor && !actor->dying && !left && !actor->newborn)
		actor = last_words(actor);
	/* Who listens is continued by somebody; but who has stopped waits for
	 * us, and we are about to wait for ever. */
	for (int i = 0; i < TASKS && !actor; i++)
		if (actors[i].life == LISTENING)
			actor = &actors[i];
	if (!actor && (options & WNOHANG))
		return 0;
	must(actor != NULL);
	tid = actor->tid; /* which an exec changes, to what is told */
	if (actor->dying)
		*status = ends(actor, SIGKILL);
	else if (!left && !actor->newborn)
		*status = ends(actor, 0);
	else
		*status = does(actor, draw());
	return actor->life == NOBODY ? tid : actor->tid;
}

static long resume(struct actor *actor, enum __ptrace_request request)
{
	if (actor->dying) {
		errno = ESRCH;
		return -1;
	}
	must(actor->life == STOPPED && !actor->unheard);
	must(!actor->undecided);
	actor->in_exec = actor->op == PTRACE_SYSCALL_INFO_SECCOMP &&
			 actor->number == arch_syscall_number(SYSCALL_execve);
	actor->op = PTRACE_SYSCALL_INFO_NONE;
	actor->in_call = request == PTRACE_SYSCALL;
	actor->life = request == PTRACE_LISTEN ? LISTENING : RUNNING;
	return 0;
}

long __wrap_ptrace(enum __ptrace_request request, pid_t tid, void *addr,
		   void *data)
{
	struct __ptrace_syscall_info *info = data;
	struct actor *actor;

	(void)addr;
	meanwhile();
	actor = find(tid);
	if (!actor || (actor->dying && request != PTRACE_INTERRUPT)) {
		errno = ESRCH;
		return -1;
	}
	switch ((int)request) {
	case PTRACE_CONT:
	case PTRACE_SYSCALL:
	case PTRACE_LISTEN:
		return resume(actor, request);
	case PTRACE_INTERRUPT:
		actor->interrupted = true;
		return 0;
	case PTRACE_GETEVENTMSG:
		must(actor->life == STOPPED);
		*(unsigned long *)data = actor->message;
		return 0;
	case PTRACE_GET_SYSCALL_INFO:
		must(actor->life == STOPPED);
		memset(info, 0, sizeof(*info));
		info->op = (uint8_t)actor->op;
		info->arch = AUDIT_ARCH_X86_64;
		info->seccomp.nr = (uint64_t)actor->number;
		info->seccomp.args[0] = actor->arg;
		return sizeof(*info);
	case PTRACE_GETSIGINFO:
		return 0;
	default:
		abort();
	}
}

int __wrap_kill(pid_t pid, int signal)
{
	must(pid > 0);
	for (int i = 0; i < TASKS; i++)
		if (actors[i].life != NOBODY && actors[i].pid == pid &&
		    signal == SIGKILL)
			actors[i].dying = true;
	return 0;
}

pid_t __wrap_getpgid(pid_t pid)
{
	return pid;
}

int __wrap_nanosleep(const struct timespec *time, struct timespec *rest)
{
	(void)time;
	(void)rest;
	return 0;
}

int __wrap_procfs_process_of(pid_t tid, pid_t *pid, pid_t *parent)
{
	const struct actor *actor = find(tid);

	if (!actor)
		return -ENOENT;
	*pid = actor->pid;
	*parent = FIRST_TID;
	return 0;
}

bool __wrap_space_is_shared(pid_t a, pid_t b, int type)
{
	return (a ^ b ^ type) & 1;
}

int __wrap_arch_regs_read(pid_t tid, const struct arch *arch,
			  struct arch_regs *regs)
{
	const struct actor *actor;

	meanwhile();
	actor = find(tid);
	if (!actor || actor->dying)
		return -ESRCH;
	/* Else it is another program's registers. */
	must(actor->life == STOPPED && !actor->unheard);
	memset(regs, 0, sizeof(*regs));
	regs->arch = arch;
	arch_regs_set_number(regs, actor->number);
	arch_regs_set_arg(regs, 0, actor->arg);
	return 0;
}

int __wrap_arch_regs_write(pid_t tid, const struct arch_regs *regs)
{
	struct arch_regs unused;

	return __wrap_arch_regs_read(tid, regs->arch, &unused);
}

/* ---- who decides ---- */

static struct tracer *begin(void)
{
	struct tracer *tracer = xcalloc(1, sizeof(*tracer));
	struct actor *actor;
	struct tracee *tracee;

	memset(actors, 0, sizeof(actors));
	next_tid = FIRST_TID;
	actor = add(0);
	actor->told = true;
	tracer->listener = -1;
	tracer->pins.fd = -1;
	tracer->main_pid = actor->tid;
	tracer->options.want_signals = true;
	tracer->options.pin = true;
	sieve_init(&tracer->sieve);
	for (int id = 0; id < SYSCALL_COUNT; id++)
		if (id != SYSCALL_openat && id != SYSCALL_unlink)
			tracer->sieve.start[id] = SIEVE_ALLOW;
	tracee = tracee_add(&tracer->tracees, actor->tid);
	tracee->announced = tracee->born = true;
	tracee->state = TRACEE_RUNNING;
	tracer->processes = 1;
	return tracer;
}

static void decide(struct tracer *tracer, const struct trace_event *event)
{
	static const enum trace_action_kind kinds[] = {
		ACTION_RUN,  ACTION_RUN, ACTION_FAIL, ACTION_FAKE,
		ACTION_EXIT, ACTION_RUN, ACTION_FAIL, ACTION_RUN,
	};
	unsigned int what = draw();
	struct trace_action action = {
		.kind = what == 255 ? ACTION_KILL_ALL : kinds[what & 7],
		.error = EACCES,
		.fd = -1,
		.want_result = what & 8,
	};
	bool asks = what & 16;
	struct actor *actor;

	if (asks)
		tracer_freeze(tracer);
	if (asks && what & 32)
		__wrap_kill(event->pid, SIGKILL); /* in the middle of it */
	actor = find(event->tid);
	if (actor)
		actor->undecided = false;
	if (asks)
		tracer_thaw(tracer);
	tracer_resume(tracer, event, &action);
}

static void handle(struct tracer *tracer, const struct trace_event *event)
{
	struct actor *actor = find(event->tid);

	switch (event->kind) {
	case TRACE_CALL:
		decide(tracer, event);
		return;
	case TRACE_STARTED:
		if (actor) {
			must(!actor->told);
			actor->told = true;
		}
		break;
	case TRACE_REFUSED:
		if (actor)
			actor->undecided = false;
		break;
	case TRACE_NOT_STARTED:
	case TRACE_WOKEN:
	case TRACE_READY:
		abort();
	case TRACE_RESULT:
	case TRACE_READ:
	case TRACE_EXECUTED:
	case TRACE_SIGNAL:
	case TRACE_STOPPED:
	case TRACE_ENDED:
		break;
	}
	tracer_resume(tracer, event, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trace_event event;
	struct tracer *tracer;

	if (size > INPUT_MAX)
		return 0;
	input = data;
	left = size;
	tracer = begin();
	while (tracer_next(tracer, &event))
		handle(tracer, &event);
	for (int i = 0; i < TASKS; i++)
		must(actors[i].life == NOBODY);
	must(tracer_main_ended(tracer));
	tracer_free(tracer);
	return 0;
}
