/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/filter.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arch/arch.h"
#include "base/die.h"
#include "trace/guard.h"

/* The kernel hands this number to the tracer. A newer filter of the program
 * can forge it, so nothing is ever decided from it. */
#define RING SCMP_ACT_TRACE(0)

/* libseccomp writes programs to descriptors only. */
static int export_program(scmp_filter_ctx filter, struct sock_fprog *program)
{
	int fd = memfd_create("seccomp", MFD_CLOEXEC);
	struct stat status;
	int error;

	if (fd < 0)
		return -errno;
	error = seccomp_export_bpf(filter, fd);
	if (!error && fstat(fd, &status))
		error = -errno;
	if (!error) {
		size_t size = (size_t)status.st_size;

		program->filter = xmalloc(size);
		program->len =
			(unsigned short)(size / sizeof(*program->filter));
		if (pread(fd, program->filter, size, 0) != status.st_size)
			error = -EIO;
	}
	close(fd);
	return error;
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

bool filter_build_watch(const struct call_set *watched,
			struct sock_fprog *program, struct err *err)
{
	scmp_filter_ctx filter = start(RING, RING);
	int error = 0;

	for (int id = 0; id < SYSCALL_COUNT && !error; id++) {
		int number = arch_syscall_number((enum syscall_id)id);

		if (watched->has[id] || number < 0)
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

	if (number < 0)
		return 0;
	if (guard->arg == GUARD_NO_ARG)
		return seccomp_rule_add(filter, action, number, 0);
	return seccomp_rule_add(filter, action, number, 1,
				SCMP_CMP64((unsigned int)guard->arg,
					   SCMP_CMP_MASKED_EQ, guard->mask,
					   guard->value));
}

bool filter_build_guard(uint64_t door_key, bool tell_all, bool pin,
			struct sock_fprog *program, struct err *err)
{
	scmp_filter_ctx filter = start(SCMP_ACT_ALLOW, RING);
	int error = 0;

	for (size_t i = 0; i < guard_count && !error; i++)
		if (pin || !guard_is_for_pins(&guards[i]))
			error = add_guard(filter, &guards[i], tell_all);
	if (!error)
		error = seccomp_rule_add(
			filter, SCMP_ACT_NOTIFY,
			arch_syscall_number(FILTER_DOOR_CALL), 1,
			SCMP_CMP64(FILTER_DOOR_ARG, SCMP_CMP_EQ, door_key));
	return finish(filter, error, program, err);
}
