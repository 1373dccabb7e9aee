/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * arch - which number is which system call, in each of the ABIs that a program
 * may use on the machine we run on.
 *
 * One ABI is one folder: arch/<abi>/numbers.def (tools/gen-numbers) and one
 * struct arch. The first is that of the machine, whose numbers people write;
 * for registers see arch/regs.h.
 */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include "syscall/call.h"
#include "syscall/catalogue.h"

/* A call as it was made, in the words of the catalogue. */
struct arch_call {
	enum syscall_id id; /* SYSCALL_UNKNOWN: the catalogue has no row */
	uint64_t args[SYSCALL_ARGS_MAX];
	const struct call_form *form; /* NULL: as in the catalogue */
};

/* A call whose arguments stand in memory, and the one that is the same with
 * the arguments in registers. */
struct arch_packed {
	int number;
	uint64_t addr;
	size_t count; /* words of 32 bits there */
	size_t shift; /* the last one is counted in units of 1 << shift */
};

struct arch {
	const char *name;
	uint32_t audit_arch; /* AUDIT_ARCH_* */
	/* Where struct user_regs_struct keeps the arguments, and how many
	 * bytes of that count. */
	size_t arg_offsets[SYSCALL_ARGS_MAX];
	size_t word;

	/* The number of a call; -1: there is none. */
	int (*number)(enum syscall_id id);
	/* What the call @number with these registers is. False: nobody knows,
	 * and it must not run. */
	bool (*read)(int number, const uint64_t regs[SYSCALL_ARGS_MAX],
		     struct arch_call *call);
	/* Put @args of the call @number into @regs, which hold what it was
	 * made with. */
	void (*write)(int number, const uint64_t args[SYSCALL_ARGS_MAX],
		      uint64_t regs[SYSCALL_ARGS_MAX]);
	/* Does it have its arguments in memory? NULL: none does. */
	bool (*packed)(int number, const uint64_t regs[SYSCALL_ARGS_MAX],
		       struct arch_packed *packed);
};

extern const struct arch arch_native, arch_i386;

/* Of a call as seccomp_data and ptrace_syscall_info tell it; NULL when it is
 * none of ours, and must not run: x32 has a bit in the number. */
const struct arch *arch_of(uint32_t audit_arch, uint64_t number);

/* "i386", "x32" ... for a person. */
const char *arch_abi_name(uint32_t audit_arch, uint64_t number);

/* Of the machine itself. SYSCALL_UNKNOWN when no call has this number. */
enum syscall_id arch_syscall_id(int number);

/* -1 when this machine has no such call. */
int arch_syscall_number(enum syscall_id id);

#endif
