/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Calls that no filter stops, seen for a while all the same: the task runs
 * under PTRACE_SYSCALL and so stops at the entry of each call, before the
 * filter is asked. If that stops the call too, its stop follows and decides;
 * nothing is ever decided here. What .number and .restarting say of the last
 * call that was decided stays as it is.
 */
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>

#include "arch/arch.h"
#include "trace/engine.h"

static const enum syscall_id reads[] = {
	SYSCALL_read,	  SYSCALL_readv,   SYSCALL_recvfrom,
	SYSCALL_recvmmsg, SYSCALL_recvmsg,
};

static bool is_read(enum syscall_id id)
{
	for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++)
		if (reads[i] == id)
			return true;
	return false;
}

void follow_entry(struct tracee *tracee)
{
	struct __ptrace_syscall_info info;
	const struct arch *arch;

	/* A call that was skipped has an exit, too. */
	if (ptrace(PTRACE_GET_SYSCALL_INFO, tracee->tid, (void *)sizeof(info),
		   &info) < 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	if (tracee->follow)
		tracee->follow--;
	tracee->in_call = tracee->followed = true;
	tracee->restore = false;
	tracee->read_number = (int)info.entry.nr;
	arch = arch_of(info.arch, info.entry.nr) ?: &arch_native;
	if (tracee->arch != arch)
		tracee->restarting = false;
	tracee->arch = arch;
	if (tracee->arch != &arch_native)
		return;
	tracee->read_id = arch_syscall_id(tracee->read_number);
	tracee->reading = is_read(tracee->read_id);
	memcpy(tracee->read_args, info.entry.args, sizeof(tracee->read_args));
}
