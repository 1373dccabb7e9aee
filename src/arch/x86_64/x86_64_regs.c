/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Registers of the machine, for all ABIs: the number in rax (kept by the
 * kernel in orig_rax), the result in rax. Of a call of a 32-bit ABI the lower
 * halves count, and the result is a signed one of 32 bits.
 */
#include "arch/regs.h"

#include <errno.h>
#include <stddef.h>
#include <sys/ptrace.h>

enum {
	SYSCALL_INSTRUCTION_LEN = 2, /* 0f 05; cd 80 */
	ERRNO_MAX = 4095,
};

static unsigned long long *argument(struct arch_regs *regs, int index)
{
	char *base = (char *)&regs->native;

	return (unsigned long long *)(base + regs->arch->arg_offsets[index]);
}

static bool is_narrow(const struct arch_regs *regs)
{
	return regs->arch->word == sizeof(uint32_t);
}

int arch_regs_read(pid_t tid, const struct arch *arch, struct arch_regs *regs)
{
	regs->arch = arch;
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
	uint64_t value = *argument((struct arch_regs *)regs, index);

	return is_narrow(regs) ? (uint32_t)value : value;
}

void arch_regs_set_arg(struct arch_regs *regs, int index, uint64_t value)
{
	*argument(regs, index) = is_narrow(regs) ? (uint32_t)value : value;
}

int64_t arch_regs_result(const struct arch_regs *regs)
{
	int64_t result = (int64_t)regs->native.rax;

	if (!is_narrow(regs))
		return result;
	/* An address is no negative number. */
	if ((int32_t)result < 0 && (int32_t)result >= -ERRNO_MAX)
		return (int32_t)result;
	return (uint32_t)result;
}

void arch_regs_set_result(struct arch_regs *regs, int64_t result)
{
	regs->native.rax = (unsigned long long)result;
}

void arch_regs_copy_call(struct arch_regs *to, const struct arch_regs *from)
{
	to->arch = from->arch;
	to->native.orig_rax = from->native.orig_rax;
	for (int i = 0; i < SYSCALL_ARGS_MAX; i++)
		*argument(to, i) = *argument((struct arch_regs *)from, i);
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
