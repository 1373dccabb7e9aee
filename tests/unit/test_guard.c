/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Which calls the engine refuses or watches on its own account. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <unistd.h>
#include <errno.h>

#include "trace/guard.h"

static const struct guard *find(enum syscall_id id, int arg, uint64_t value)
{
	uint64_t args[SYSCALL_ARGS_MAX] = { 0 };

	args[arg] = value;
	return guard_find(id, args);
}

static void test_unguarded(void **state)
{
	(void)state;
	assert_null(find(SYSCALL_openat, 0, 0));
	assert_null(find(SYSCALL_UNKNOWN, 0, 0));
	assert_null(find(SYSCALL_clone, 0, 17));
	assert_null(find(SYSCALL_ioctl, 1, 0x5401));
}

static void test_untraced_is_stripped(void **state)
{
	const struct guard *guard = find(SYSCALL_clone, 0, 0x00800011);

	(void)state;
	assert_non_null(guard);
	assert_int_equal(guard->effect, GUARD_STRIP);
	assert_int_equal(guard->when[0].arg, 0);
	assert_int_equal(0x00800011 & ~guard->when[0].mask, 0x11);
	assert_int_equal(find(SYSCALL_clone3, 0, 0)->error, ENOSYS);
}

/* The kernel looks at the low 32 bits of an ioctl's command. */
static void test_typing_into_the_terminal_is_refused(void **state)
{
	(void)state;
	assert_int_equal(find(SYSCALL_ioctl, 1, 0x5412)->effect, GUARD_REFUSE);
	assert_non_null(find(SYSCALL_ioctl, 1, 0xffffffff00005412));
	assert_non_null(find(SYSCALL_ioctl, 1, 0x100005412));
	assert_non_null(find(SYSCALL_ioctl, 1, 0x541c));
	assert_null(find(SYSCALL_ioctl, 2, 0x5412));
}

static void test_refused_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < guard_count; i++) {
		const struct guard *guard = &guards[i];

		if (guard->effect != GUARD_REFUSE)
			continue;
		assert_true(guard->error > 0);
		assert_non_null(guard->reason);
	}
	assert_int_equal(find(SYSCALL_io_uring_setup, 0, 1)->error, ENOSYS);
	assert_int_equal(find(SYSCALL_userfaultfd, 0, 0)->error, EPERM);
}

static const struct guard *find3(enum syscall_id id, uint64_t a, uint64_t b,
				 uint64_t c)
{
	const uint64_t args[SYSCALL_ARGS_MAX] = { a, b, c };

	return guard_find(id, args);
}

static void test_syswall_is_out_of_reach(void **state)
{
	uint64_t self = (uint64_t)getpid();

	(void)state;
	assert_int_equal(find3(SYSCALL_kill, self, 15, 0)->effect,
			 GUARD_REFUSE);
	assert_int_equal(find3(SYSCALL_kill, self, 0, 0)->effect,
			 GUARD_HARMLESS);
	assert_int_equal(find3(SYSCALL_kill, self | 1ULL << 40, 9, 0)->effect,
			 GUARD_REFUSE);
	assert_int_equal(find3(SYSCALL_ptrace, 16, self, 0)->error, EPERM);
	assert_null(find3(SYSCALL_kill, self + 1, 15, 0));
	assert_null(find3(SYSCALL_kill, 0, 15, 0));
	assert_int_equal(find3(SYSCALL_kill, 0, 9, 0)->effect, GUARD_GROUP);
	/* F_SETOWN of it, F_SETSIG of SIGKILL; not dup of descriptor 9. */
	assert_non_null(find3(SYSCALL_fcntl, 3, 8, self));
	assert_non_null(find3(SYSCALL_fcntl, 3, 10, 9));
	assert_null(find3(SYSCALL_fcntl, 3, 0, 9));
	assert_null(find3(SYSCALL_fcntl, 3, 0, self));
}

static void test_executions_are_watched(void **state)
{
	(void)state;
	assert_int_equal(find(SYSCALL_execve, 0, 0)->effect, GUARD_EXECUTE);
	assert_int_equal(find(SYSCALL_execveat, 0, 0)->effect, GUARD_EXECUTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unguarded),
		cmocka_unit_test(test_untraced_is_stripped),
		cmocka_unit_test(test_typing_into_the_terminal_is_refused),
		cmocka_unit_test(test_refused_with_a_reason),
		cmocka_unit_test(test_syswall_is_out_of_reach),
		cmocka_unit_test(test_executions_are_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
