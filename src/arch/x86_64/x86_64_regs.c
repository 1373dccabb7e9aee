/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Registers of the x86_64 ABI: the number in rax (kept by the kernel in
 * orig_rax), arguments in rdi rsi rdx r10 r8 r9, the result in rax. syscall(2).
 */
#include "arch/regs.h"

#include <errno.h>
#include <linux/audit.h>
#include <stddef.h>
#include <sys/ptrace.h>

enum { SYSCALL_INSTRUCTION_LEN = 2 }; /* 0f 05 */

#define X32_SYSCALL_BIT 0x40000000u

static const size_t arg_offsets[SYSCALL_ARGS_MAX] = {
	offsetof(struct user_regs_struct, rdi),
	offsetof(struct user_regs_struct, rsi),
	offsetof(struct user_regs_struct, rdx),
	offsetof(struct user_regs_struct, r10),
	offsetof(struct user_regs_struct, r8),
	offsetof(struct user_regs_struct, r9),
};

int arch_regs_read(pid_t tid, struct arch_regs *regs)
{
	return ptrace(PTRACE_GETREGS, tid, NULL, &regs->native) ? -errno : 0;
}

int arch_regs_write(pid_t tid, const struct arch_regs *regs)
{
	return ptrace(PTRACE_SETREGS, tid, NULL, &regs->native) ? -errno : 0;
}

int arch_regs_number(const struct arch_regs *regs)
{
	return (int)regs->native.orig_rax; /* the kernel looks at 32 bits */
}

void arch_regs_set_number(struct arch_regs *regs, int number)
{
	regs->native.orig_rax = (unsigned long long)(long long)number;
}

uint64_t arch_regs_arg(const struct arch_regs *regs, int index)
{
	const char *base = (const char *)&regs->native;

	return *(const unsigned long long *)(base + arg_offsets[index]);
}

void arch_regs_set_arg(struct arch_regs *regs, int index, uint64_t value)
{
	char *base = (char *)&regs->native;

	*(unsigned long long *)(base + arg_offsets[index]) = value;
}

int64_t arch_regs_result(const struct arch_regs *regs)
{
	return (int64_t)regs->native.rax;
}

void arch_regs_set_result(struct arch_regs *regs, int64_t result)
{
	regs->native.rax = (unsigned long long)result;
}

void arch_regs_copy_call(struct arch_regs *to, const struct arch_regs *from)
{
	to->native.orig_rax = from->native.orig_rax;
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		arch_regs_set_arg(to, i, arch_regs_arg(from, i));
}

void arch_regs_repeat(struct arch_regs *regs, int number)
{
	regs->native.rip -= SYSCALL_INSTRUCTION_LEN;
	regs->native.rax = (unsigned long long)(long long)number;
	/* No call is under way that the kernel could restart by itself. */
	regs->native.orig_rax = ~0ULL;
}

bool arch_is_emulated(uint64_t instruction)
{
	const uint64_t page = 0xffffffffff600000, size = 4096;

	return instruction >= page && instruction - page < size;
}

bool arch_is_native(uint32_t audit_arch, uint64_t number)
{
	/* -1 has the x32 bit, but is nobody's call. */
	return audit_arch == AUDIT_ARCH_X86_64 &&
	       (!(number & X32_SYSCALL_BIT) || (int)number == -1);
}

const char *arch_abi_name(uint32_t audit_arch, uint64_t number)
{
	if (audit_arch == AUDIT_ARCH_I386)
		return "i386";
	if (audit_arch == AUDIT_ARCH_X86_64)
		return number & X32_SYSCALL_BIT ? "x32" : "x86_64";
	return "unknown";
}
