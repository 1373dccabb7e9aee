/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* From arguments, as rules and classes see them, to tests of registers. */
#include "syscall/sieve.h"

/* ---- from arguments to registers ---- */

static unsigned int register_bits(enum arg_width width)
{
	switch (width) {
	case WIDTH_S32:
	case WIDTH_U32:
		return 32;
	case WIDTH_U16:
		return 16;
	case WIDTH_64:
		break;
	}
	return 64;
}

/*
 * The bits above those that the kernel takes are copies of the sign, or 0: a
 * test of them is one of the sign, or of nothing.
 *	int domain == -1: mask ~0, bits ~0 -> mask 0xffffffff, bits 0xffffffff
 */
static bool cut(enum arg_kind kind, uint64_t mask, uint64_t bits,
		struct sieve_test *test)
{
	enum arg_width width = arg_kind_def(kind)->width;
	unsigned int taken = register_bits(width);
	uint64_t low = taken == 64 ? UINT64_MAX : (UINT64_C(1) << taken) - 1;
	uint64_t sign = UINT64_C(1) << (taken - 1);

	if (bits & ~mask)
		return false;
	test->mask = mask & low;
	test->bits = bits & low;
	if (!(mask & ~low))
		return true;
	if (width != WIDTH_S32)
		return !(bits & ~low);
	if ((bits & ~low) != 0 && (bits & ~low) != (mask & ~low))
		return false;
	bits = bits & ~low ? sign : 0;
	if ((test->mask & sign) && (test->bits & sign) != bits)
		return false;
	test->mask |= sign;
	test->bits |= bits;
	return true;
}

void sieve_tests_add(struct sieve_tests *tests, enum arg_kind kind,
		     unsigned int arg, uint64_t mask, uint64_t bits)
{
	struct sieve_test test = { .arg = arg };

	/* A test of no bits is passed by everybody. */
	if (!cut(kind, mask, bits, &test) || !test.mask)
		return;
	for (unsigned int i = 0; i < tests->count; i++) {
		const struct sieve_test *other = &tests->items[i];

		if (other->arg == arg && other->mask == test.mask &&
		    other->bits == test.bits)
			return;
	}
	if (tests->count == SIEVE_TESTS_MAX)
		tests->full = true;
	else
		tests->items[tests->count++] = test;
}

/* ---- what decides the classes ---- */

static const struct row {
	enum classify_kind classify;
	enum arg_kind kind;
	uint64_t mask, bits;
} rows[] = {
#define CLASSIFY_TEST(classify, kind, mask, bits)                              \
	{ CLASSIFY_##classify, ARG_##kind, mask, bits },
#include "syscall/classify_tests.def"
#undef CLASSIFY_TEST
};

static const struct range {
	uint32_t mask, first, last;
} ioctl_ranges[] = {
#define IOCTL_CLASS(mask, first, last, class_id) { mask, first, last },
#include "syscall/ioctl_classes.def"
#undef IOCTL_CLASS
};

/* Cut a range into blocks that begin with the same bits.
 *	0x8901..0x8902 -> 0x8901, 0x8902;  0x4b00..0x4bff -> 0x4b** */
static void add_range(struct sieve_tests *tests, unsigned int arg,
		      const struct range *range)
{
	uint64_t at = range->first;

	while (at <= range->last) {
		uint64_t size = 1;

		while (!(at & size) && at + 2 * size - 1 <= range->last)
			size *= 2;
		sieve_tests_add(tests, ARG_IOCTL_CMD, arg,
				range->mask & ~(size - 1), at);
		at += size;
	}
}

static bool add_commands(struct sieve_tests *tests,
			 const struct syscall_def *def)
{
	for (unsigned int arg = 0; arg < SYSCALL_ARGS_MAX; arg++) {
		if (def->args[arg].kind != ARG_IOCTL_CMD)
			continue;
		for (size_t i = 0;
		     i < sizeof(ioctl_ranges) / sizeof(ioctl_ranges[0]); i++)
			add_range(tests, arg, &ioctl_ranges[i]);
		return true;
	}
	return false;
}

static bool has_memory(const struct syscall_def *def)
{
	for (size_t i = 0; i < syscall_arg_count(def); i++) {
		enum target_kind target =
			arg_kind_def(def->args[i].kind)->target;

		if (target == TARGET_MSG || target == TARGET_MMSG)
			return true;
	}
	return false;
}

bool sieve_tests_of_classes(struct sieve_tests *tests,
			    const struct syscall_def *def)
{
	bool any = false;

	if (def->classify == CLASSIFY_FIXED)
		return true;
	if (def->classify == CLASSIFY_IOCTL)
		return add_commands(tests, def);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (unsigned int arg = 0; arg < SYSCALL_ARGS_MAX; arg++) {
			if (rows[i].classify != def->classify ||
			    rows[i].kind != def->args[arg].kind)
				continue;
			sieve_tests_add(tests, rows[i].kind, arg, rows[i].mask,
					rows[i].bits);
			any = true;
		}
	}
	return any && !has_memory(def);
}
