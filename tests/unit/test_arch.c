/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What calls of other ABIs are in the words of the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/audit.h>

#include "arch/arch.h"
#include "arch/regs.h"

#define UPPER 0xdeadbeef00000000
#define REGS(...)                                                              \
	(const uint64_t[SYSCALL_ARGS_MAX])                                     \
	{                                                                      \
		__VA_ARGS__                                                    \
	}

static void test_which_abi(void **state)
{
	(void)state;
	assert_ptr_equal(arch_of(AUDIT_ARCH_X86_64, 2), &arch_native);
	assert_ptr_equal(arch_of(AUDIT_ARCH_X86_64, UINT64_MAX), &arch_native);
	assert_ptr_equal(arch_of(AUDIT_ARCH_I386, 5), &arch_i386);
	assert_null(arch_of(AUDIT_ARCH_X86_64, 0x40000002));
	assert_null(arch_of(AUDIT_ARCH_AARCH64, 56));
	assert_string_equal(arch_abi_name(AUDIT_ARCH_X86_64, 0x40000002),
			    "x32");
	assert_string_equal(arch_abi_name(AUDIT_ARCH_I386, 5), "i386");
}

static struct arch_call read_call(int number, const uint64_t *regs)
{
	struct arch_call call;

	assert_true(arch_i386.read(number, regs, &call));
	return call;
}

static void test_numbers_are_its_own(void **state)
{
	struct arch_call call =
		read_call(5, REGS(UPPER | 0x1000, UPPER | 2, UPPER | 0600));

	(void)state;
	assert_int_equal(call.id, SYSCALL_open);
	assert_int_equal(call.args[0], 0x1000);
	assert_int_equal(call.args[1], 2);
	assert_int_equal(call.args[2], 0600);
	assert_true(call.form->narrow);
	assert_int_equal(read_call(195, REGS(1, 2)).id, SYSCALL_stat);
	assert_string_equal(read_call(195, REGS(1, 2)).form->name, "stat64");
}

static void test_what_nobody_knows(void **state)
{
	struct arch_call call;
	static const int numbers[] = { -1,   17,  69,	102, 113,	166,
				       4095, 600, 1024, 90,  0x40000005 };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		assert_false(arch_i386.read(numbers[i], REGS(1), &call));
	assert_false(arch_i386.read(117, REGS(3), &call)); /* semctl */
	assert_false(arch_i386.read(117, REGS(99), &call));
}

static void test_halves(void **state)
{
	(void)state;
	assert_int_equal(read_call(193, REGS(1, 2, UPPER | 3)).args[1],
			 0x300000002);
	assert_int_equal(read_call(180, REGS(0, 0, 0, 4, 5)).args[3],
			 0x500000004);
	assert_int_equal(read_call(140, REGS(3, 1, 2)).args[1], 0x100000002);
	assert_int_equal(read_call(19, REGS(3, 0xffffffff, 0)).args[1],
			 UINT64_MAX);
	assert_int_equal(read_call(192, REGS(0, 0, 0, 0, 0, 3)).args[5],
			 0x3000);
}

/* The kernel looks at 16 bits: an owner of 65536 is root. */
static void test_short_user_ids(void **state)
{
	(void)state;
	assert_int_equal(read_call(182, REGS(1, 0x10000, 0x1ffff)).args[1], 0);
	assert_int_equal(read_call(182, REGS(1, 0x10000, 0x1ffff)).args[2],
			 UINT64_MAX);
	assert_int_equal(read_call(212, REGS(1, 0x10000, 5)).args[1], 0x10000);
}

static void test_clone_has_another_order(void **state)
{
	struct arch_call call = read_call(120, REGS(1, 2, 3, 4, 5));

	(void)state;
	assert_int_equal(call.id, SYSCALL_clone);
	assert_int_equal(call.args[3], 5);
	assert_int_equal(call.args[4], 4);
}

static void test_packed_calls(void **state)
{
	struct arch_packed packed;

	(void)state;
	assert_true(arch_i386.packed(102, REGS(UPPER | 3, UPPER | 0x2000),
				     &packed));
	assert_int_equal(packed.number, 362);
	assert_int_equal(packed.addr, 0x2000);
	assert_int_equal(packed.count, 3);
	assert_true(arch_i386.packed(90, REGS(0x2000), &packed));
	assert_int_equal(packed.number, 192);
	assert_int_equal(packed.shift, 12);
	assert_false(arch_i386.packed(102, REGS(0, 0x2000), &packed));
	assert_false(arch_i386.packed(102, REGS(21, 0x2000), &packed));
	assert_false(arch_i386.packed(5, REGS(1, 0x2000), &packed));
}

/* What is read can be written back, wherever there is a pointer. */
static void test_write_is_the_reverse(void **state)
{
	uint64_t regs[SYSCALL_ARGS_MAX] = { 1, 2, 3, 4, 5, 6 };
	struct arch_call call = read_call(193, regs);

	(void)state;
	call.args[0] = 0x7000;
	arch_i386.write(193, call.args, regs);
	assert_int_equal(regs[0], 0x7000);
	assert_int_equal(regs[1], 2);
	assert_int_equal(regs[2], 3);
	for (int number = 0; number < 512; number++) {
		uint64_t before[SYSCALL_ARGS_MAX] = { 1, 2, 3, 4, 5, 6 };

		if (!arch_i386.read(number, before, &call))
			continue;
		arch_i386.write(number, call.args, before);
		for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
			assert_int_equal(before[i], i + 1);
	}
}

/* Every argument that names something is a register of its own: it can be
 * pinned. */
static void test_targets_can_be_written(void **state)
{
	(void)state;
	for (int number = 0; number < 512; number++) {
		uint64_t regs[SYSCALL_ARGS_MAX] = { 0 };
		struct arch_call call;

		if (!arch_i386.read(number, regs, &call))
			continue;
		for (size_t i = 0; i < call.form->n_args; i++) {
			enum arg_kind kind = syscall_def(call.id)->args[i].kind;
			uint64_t args[SYSCALL_ARGS_MAX] = { 0 };

			if (arg_kind_def(kind)->target == TARGET_NONE)
				continue;
			args[i] = 0x1234;
			arch_i386.write(number, args, regs);
			assert_true(arch_i386.read(number, regs, &call));
			assert_int_equal(call.args[i], 0x1234);
			memset(regs, 0, sizeof(regs));
		}
	}
}

static void test_results(void **state)
{
	struct arch_regs regs = { .arch = &arch_i386 };

	(void)state;
	regs.native.rax = 0xfffffffe;
	assert_int_equal(arch_regs_result(&regs), -2);
	regs.native.rax = (unsigned long long)-2LL;
	assert_int_equal(arch_regs_result(&regs), -2);
	regs.native.rax = 0xf7fb2000;
	assert_int_equal(arch_regs_result(&regs), 0xf7fb2000);
	regs.native.rbx = UPPER | 7;
	assert_int_equal(arch_regs_arg(&regs, 0), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_abi),
		cmocka_unit_test(test_numbers_are_its_own),
		cmocka_unit_test(test_what_nobody_knows),
		cmocka_unit_test(test_halves),
		cmocka_unit_test(test_short_user_ids),
		cmocka_unit_test(test_clone_has_another_order),
		cmocka_unit_test(test_packed_calls),
		cmocka_unit_test(test_write_is_the_reverse),
		cmocka_unit_test(test_targets_can_be_written),
		cmocka_unit_test(test_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
