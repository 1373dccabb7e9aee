/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Processes that a call names, in the words of kill(2). */
#include <asm-generic/ioctls.h>
#include <asm-generic/sockios.h>
#include <errno.h>
#include <fcntl.h>

#include "syscall/call_decode.h"

static pid_t group(pid_t id)
{
	return (pid_t)(0U - (unsigned int)id);
}

static void add_pid(struct decoder *decoder, int arg, pid_t pid, int error)
{
	struct target *target = call_add_target(decoder->call, TARGET_PID, arg);

	target->pid = pid;
	target->error = error;
}

/* setpriority(which, who), ioprio_set(which, who) */
static void decode_who(struct decoder *decoder, int arg)
{
	const struct call *call = decoder->call;
	uint64_t which = call->args[arg - 1];
	pid_t who = (pid_t)call->args[arg];

	/* IOPRIO_WHO_PROCESS is 1, PRIO_PROCESS is 0, and so on. */
	if (call->def->args[arg - 1].kind == ARG_IOPRIO_WHICH)
		which--;
	if (which == 0)
		add_pid(decoder, arg, who, 0);
	else if (which == 1)
		add_pid(decoder, arg, group(who), 0);
	else
		add_pid(decoder, arg, -1, 0); /* all of a user's */
}

static void decode_fcntl_owner(struct decoder *decoder, int arg)
{
	uint64_t value = decoder->call->args[arg];
	struct {
		int type, pid;
	} owner;

	if (decoder->call->args[1] == F_SETOWN) {
		add_pid(decoder, arg, (pid_t)value, 0);
	} else if (decoder->call->args[1] == F_SETOWN_EX) {
		if (!mem_read_all(decoder->mem, value, &owner, sizeof(owner))) {
			add_pid(decoder, arg, 0, -EFAULT);
			return;
		}
		decode_copy(decoder, value, &owner, sizeof(owner));
		if (owner.type == F_OWNER_PGRP)
			add_pid(decoder, arg, group(owner.pid), 0);
		else if (owner.type == F_OWNER_PID || owner.type == F_OWNER_TID)
			add_pid(decoder, arg, owner.pid, 0);
		else
			add_pid(decoder, arg, 0, -EINVAL);
	}
}

static void decode_ioctl_owner(struct decoder *decoder, int arg)
{
	uint64_t command = decoder->call->args[1];
	uint64_t value = decoder->call->args[arg];
	int pid = 0;

	if (command != FIOSETOWN && command != SIOCSPGRP)
		return;
	if (!mem_read_all(decoder->mem, value, &pid, sizeof(pid))) {
		add_pid(decoder, arg, 0, -EFAULT);
		return;
	}
	decode_copy(decoder, value, &pid, sizeof(pid));
	add_pid(decoder, arg, pid, 0);
}

void decode_pid(struct decoder *decoder, int arg)
{
	const struct call *call = decoder->call;

	switch (call->def->args[arg].kind) {
	case ARG_WHO_TARGET:
		decode_who(decoder, arg);
		break;
	case ARG_FCNTL_ARG:
		decode_fcntl_owner(decoder, arg);
		break;
	case ARG_IOCTL_ARG:
		decode_ioctl_owner(decoder, arg);
		break;
	default:
		add_pid(decoder, arg, (pid_t)call->args[arg], 0);
		break;
	}
}
