/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arch/arch.h"
#include "base/die.h"
#include "trace/guard.h"

/* The kernel hands this number to the tracer. A newer filter of the program
 * can forge it, so nothing is ever decided from it. */
#define RING SCMP_ACT_TRACE(0)

/* libseccomp writes programs to descriptors only. A pipe knows no limit on
 * file sizes, and holds twice the longest program there can be. */
static int export_program(scmp_filter_ctx filter, struct sock_fprog *program)
{
	size_t size = BPF_MAXINSNS * sizeof(*program->filter);
	ssize_t len = -1;
	int ends[2], error;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	error = seccomp_export_bpf(filter, ends[1]);
	if (!error) {
		program->filter = xmalloc(size);
		len = read(ends[0], program->filter, size);
		if (len < 0)
			error = -errno;
	}
	if (!error)
		program->len = (unsigned short)((size_t)len /
						sizeof(*program->filter));
	close(ends[0]);
	close(ends[1]);
	return error;
}

/*
 * The door for calls of 32 bits, before @program: libseccomp would need a
 * filter that knows their ABI, and all others of them ring. Of the key there
 * are 32 bits left; who finds them waits for nothing (grant.c).
 */
static void add_narrow_door(struct sock_fprog *program, uint64_t door_key)
{
	const unsigned int key_at =
		offsetof(struct seccomp_data, args[FILTER_DOOR_ARG]);
	const struct sock_filter door[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch_i386.audit_arch, 0, 5),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			 (unsigned int)arch_i386.number(FILTER_DOOR_CALL), 0,
			 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, key_at), /* lower half */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)door_key, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	};
	size_t size = program->len * sizeof(*program->filter);

	program->filter = xrealloc(program->filter, sizeof(door) + size);
	memmove(program->filter + sizeof(door) / sizeof(*door), program->filter,
		size);
	memcpy(program->filter, door, sizeof(door));
	program->len += sizeof(door) / sizeof(*door);
}

static bool finish(scmp_filter_ctx filter, int error,
		   struct sock_fprog *program, struct err *err)
{
	if (!error)
		error = export_program(filter, program);
	seccomp_release(filter);
	if (error)
		return err_set(err, "cannot build the seccomp filter: %s",
			       strerror(-error));
	return true;
}

static scmp_filter_ctx start(uint32_t action, uint32_t foreign_abi)
{
	scmp_filter_ctx filter = seccomp_init(action);

	if (!filter)
		die("out of memory");
	seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, foreign_abi);
	/* A binary tree instead of a list. Older libraries cannot. */
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	return filter;
}

bool filter_build_watch(const struct sieve *sieve, struct sock_fprog *program,
			struct err *err)
{
	scmp_filter_ctx filter = start(RING, RING);
	int error = 0;

	for (int id = 0; id < SYSCALL_COUNT && !error; id++) {
		int number = arch_syscall_number((enum syscall_id)id);

		if (sieve->start[id] == SIEVE_SHOW || number < 0)
			continue;
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
	}
	return finish(filter, error, program, err);
}

static int add_guard(scmp_filter_ctx filter, const struct guard *guard,
		     bool tell_all)
{
	uint32_t action = guard->effect == GUARD_SILENT && !tell_all ?
				  SCMP_ACT_ERRNO((uint32_t)guard->error) :
				  RING;
	int number = arch_syscall_number(guard->id);
	struct scmp_arg_cmp compare[GUARD_CONDITIONS];
	unsigned int count = 0;

	if (number < 0)
		return 0;
	for (int i = 0; i < GUARD_CONDITIONS; i++) {
		const struct guard_condition *condition = &guard->when[i];

		if (condition->counts)
			compare[count++] =
				SCMP_CMP64((unsigned int)condition->arg,
					   SCMP_CMP_MASKED_EQ, condition->mask,
					   guard_value(condition));
	}
	return seccomp_rule_add_array(filter, action, number, count, compare);
}

bool filter_build_guard(const uint64_t *door_key, bool tell_all, bool pin,
			struct sock_fprog *program, struct err *err)
{
	scmp_filter_ctx filter = start(SCMP_ACT_ALLOW, RING);
	int error = 0;

	for (size_t i = 0; i < guard_count && !error; i++)
		if (guards[i].effect != GUARD_HARMLESS &&
		    (pin || !guard_is_for_pins(&guards[i])))
			error = add_guard(filter, &guards[i], tell_all);
	if (!error && door_key)
		error = seccomp_rule_add(
			filter, SCMP_ACT_NOTIFY,
			arch_syscall_number(FILTER_DOOR_CALL), 1,
			SCMP_CMP64(FILTER_DOOR_ARG, SCMP_CMP_MASKED_EQ,
				   UINT64_MAX, *door_key));
	if (!finish(filter, error, program, err))
		return false;
	if (door_key)
		add_narrow_door(program, *door_key);
	return true;
}
