/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The ABI of the machine: arguments in rdi rsi rdx r10 r8 r9. syscall(2). Its
 * calls are the catalogue's.
 */
#include <asm/unistd_64.h>
#include <linux/audit.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/user.h>

#include "arch/arch.h"

/* Both tables hold one more than the value, so that 0 means "none". */
static const uint16_t ids[] = {
#define NUMBER(number, name) [number] = SYSCALL_##name + 1,
#include "arch/x86_64/numbers.def"
#undef NUMBER
};

static const uint16_t numbers[SYSCALL_COUNT] = {
#define NUMBER(number, name) [SYSCALL_##name] = (number) + 1,
#include "arch/x86_64/numbers.def"
#undef NUMBER
};

/* Each number is the kernel header's, where that knows the name: an unknown
 * one stays the word __NR_name. */
#define WORD(text)	 #text
#define EXPANDED(text)	 WORD(text)
#define SAME(one, other) (__builtin_strcmp(one, other) == 0)
#define NUMBER(number, name)                                                   \
	_Static_assert(SAME(EXPANDED(__NR_##name), #number) ||                 \
			       SAME(EXPANDED(__NR_##name), "__NR_" #name),     \
		       #name " has another number");
#include "arch/x86_64/numbers.def"
#undef NUMBER

enum { IDS_COUNT = sizeof(ids) / sizeof(ids[0]) };

enum syscall_id arch_syscall_id(int number)
{
	if (number < 0 || number >= IDS_COUNT || !ids[number])
		return SYSCALL_UNKNOWN;
	return (enum syscall_id)(ids[number] - 1);
}

int arch_syscall_number(enum syscall_id id)
{
	return id < SYSCALL_COUNT ? numbers[id] - 1 : -1;
}

static bool read_call(int number, const uint64_t regs[SYSCALL_ARGS_MAX],
		      struct arch_call *call)
{
	call->id = arch_syscall_id(number);
	call->form = NULL;
	memcpy(call->args, regs, sizeof(call->args));
	return true; /* who asks for calls without a row asks by number */
}

static void write_call(int number __attribute__((unused)),
		       const uint64_t args[SYSCALL_ARGS_MAX],
		       uint64_t regs[SYSCALL_ARGS_MAX])
{
	memcpy(regs, args, SYSCALL_ARGS_MAX * sizeof(*regs));
}

const struct arch arch_native = {
	.name = "x86_64",
	.audit_arch = AUDIT_ARCH_X86_64,
	.arg_offsets = {
		offsetof(struct user_regs_struct, rdi),
		offsetof(struct user_regs_struct, rsi),
		offsetof(struct user_regs_struct, rdx),
		offsetof(struct user_regs_struct, r10),
		offsetof(struct user_regs_struct, r8),
		offsetof(struct user_regs_struct, r9),
	},
	.word = sizeof(uint64_t),
	.number = arch_syscall_number,
	.read = read_call,
	.write = write_call,
};
