/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/classify.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/* Newer than some installed headers. */
#ifndef PR_SCHED_CORE
#define PR_SCHED_CORE 62
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

#define TMPFILE_BIT (O_TMPFILE & ~O_DIRECTORY)

uint32_t classify_fixed(const struct call *call __attribute__((unused)))
{
	return 0;
}

uint32_t classify_open_flags(const struct call *call)
{
	uint64_t flags = call->open.flags;
	uint32_t classes = 0;

	/* An O_PATH descriptor opens nothing; the kernel drops O_CREAT and
	 * O_TRUNC next to it. */
	if (flags & O_PATH)
		return CLASS_BIT(CLASS_FILE_STAT);
	/* Access mode 3 wants the rights to read and to write. */
	if ((flags & O_ACCMODE) != O_WRONLY)
		classes |= CLASS_BIT(CLASS_FILE_READ);
	if ((flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC))
		classes |= CLASS_BIT(CLASS_FILE_WRITE);
	if (flags & O_CREAT)
		classes |= CLASS_BIT(CLASS_FILE_CREATE);
	if (flags & TMPFILE_BIT)
		classes |= CLASS_BIT(CLASS_FILE_CREATE) |
			   CLASS_BIT(CLASS_FILE_WRITE);
	return classes;
}

uint32_t classify_clone_flags(const struct call *call)
{
	const uint64_t new_namespaces =
		CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
		CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;
	uint64_t flags = call->clone_flags;
	uint32_t classes = CLASS_BIT(CLASS_PROCESS);

	/* The bits of CLONE_NEWTIME are the exit signal of clone(2). */
	if (call->def->id == SYSCALL_clone)
		flags &= ~(uint64_t)CSIGNAL;
	if (flags & CLONE_THREAD)
		classes = CLASS_BIT(CLASS_SELF);
	if (flags & new_namespaces)
		classes |= CLASS_BIT(CLASS_SYSTEM);
	return classes;
}

static bool has_address(const struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		if (call->targets[i].kind == TARGET_ADDRESS)
			return true;
	}
	return false;
}

uint32_t classify_send_to(const struct call *call)
{
	int flags_at = call_arg_index(call, ARG_MSG_FLAGS);
	uint32_t classes = CLASS_BIT(CLASS_IO);

	/* MSG_FASTOPEN connects while it sends. */
	if (has_address(call) ||
	    (flags_at >= 0 && (call->args[flags_at] & MSG_FASTOPEN)))
		classes |= CLASS_BIT(CLASS_NET_CONNECT);
	return classes;
}

uint32_t classify_fcntl(const struct call *call)
{
	switch (call->args[1]) {
	case F_SETOWN:
	case F_SETOWN_EX:
	case F_SETSIG:
		return CLASS_BIT(CLASS_SIGNAL);
	default:
		return CLASS_BIT(CLASS_IO);
	}
}

uint32_t classify_prctl(const struct call *call)
{
	switch ((int)call->args[0]) {
	case PR_SET_MM:
	case PR_SET_PTRACER:
	case PR_SET_SECUREBITS:
	case PR_SET_KEEPCAPS:
	case PR_CAP_AMBIENT:
	case PR_SCHED_CORE:
		return CLASS_BIT(CLASS_PROCESS);
	case PR_SET_VMA:
		return CLASS_BIT(CLASS_MEMORY);
	default:
		return CLASS_BIT(CLASS_SELF);
	}
}

/* Only the caller itself can be told without asking the kernel: pid 0. */
uint32_t classify_pid_self(const struct call *call)
{
	int which_at = call_arg_index(call, ARG_PRIO_WHICH);
	bool self = call->n_targets == 1 && call->targets[0].pid == 0;

	/* 0 is the own process group or user for the other words. */
	if (which_at >= 0 && call->args[which_at] != 0 /* PRIO_PROCESS */)
		self = false;
	which_at = call_arg_index(call, ARG_IOPRIO_WHICH);
	if (which_at >= 0 && call->args[which_at] != 1 /* _WHO_PROCESS */)
		self = false;
	return CLASS_BIT(self ? CLASS_SELF : CLASS_PROCESS);
}

uint32_t classify_call(const struct call *call)
{
	static uint32_t (*const functions[])(const struct call *) = {
#define CLASSIFY(id, function, ...) [CLASSIFY_##id] = function,
#include "syscall/classify_kinds.def"
#undef CLASSIFY
	};

	if (!call->def)
		return 0;
	return call->def->classes | functions[call->def->classify](call);
}

uint32_t syscall_possible_classes(const struct syscall_def *def)
{
	static const uint32_t possible[] = {
#define CLASSIFY(id, function, how_many, classes) [CLASSIFY_##id] = (classes),
#include "syscall/classify_kinds.def"
#undef CLASSIFY
	};

	return def->classes | possible[def->classify];
}

bool syscall_is_in_one_class(const struct syscall_def *def)
{
	enum how_many { MANY, ONE };
	static const enum how_many kinds[] = {
#define CLASSIFY(id, function, how_many, classes) [CLASSIFY_##id] = (how_many),
#include "syscall/classify_kinds.def"
#undef CLASSIFY
	};

	return !def->classes && kinds[def->classify] == ONE;
}
