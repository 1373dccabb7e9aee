/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * regs - a stopped task's registers, in the calling convention's words.
 *
 * The machine that syswall runs on has them; which ones are arguments, and how
 * much of them counts, is the ABI's business (arch/arch.h). All functions that touch a task return 0 or a negative
 * errno; -ESRCH means that the task was killed meanwhile.
 */
#ifndef ARCH_REGS_H
#define ARCH_REGS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/user.h>

#include "arch/arch.h"

struct arch_regs {
	struct user_regs_struct native;
	const struct arch *arch; /* whose calling convention holds */
};

/* Read and write all general registers of a task in a ptrace-stop. */
int arch_regs_read(pid_t tid, const struct arch *arch, struct arch_regs *regs);
int arch_regs_write(pid_t tid, const struct arch_regs *regs);

/* The number of the call (-1: none, or skipped). */
int arch_regs_number(const struct arch_regs *regs);
void arch_regs_set_number(struct arch_regs *regs, int number);

/* Argument @index, 0 to 5, as the whole register: what the ABI counts of it. */
uint64_t arch_regs_arg(const struct arch_regs *regs, int index);
void arch_regs_set_arg(struct arch_regs *regs, int index, uint64_t value);

/* The result; -4095..-1 is an errno. */
int64_t arch_regs_result(const struct arch_regs *regs);
void arch_regs_set_result(struct arch_regs *regs, int64_t result);

/* Put the number and all six arguments of @from into @to, every bit of them. */
void arch_regs_copy_call(struct arch_regs *to, const struct arch_regs *from);

/* At any stop outside of a call's entry: the task goes back to the system call
 * instruction that it has just left, and makes the call @number there. */
void arch_regs_repeat(struct arch_regs *regs, int number);

/* Does the kernel do the call that was made at @instruction in a page fault,
 * without system call entry and exit? vdso(7), "vsyscall". */
bool arch_is_emulated(uint64_t instruction);

#endif
