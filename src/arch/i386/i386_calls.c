/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The i386 ABI: arguments in ebx ecx edx esi edi ebp. syscall(2). Its calls in
 * the words of the catalogue: include/arch/i386/calls.def.
 */
#include <asm/unistd_32.h>
#include <linux/audit.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/user.h>

#include "arch/arch.h"

enum { PAGE_BITS = 12, IPC_CALL_MASK = 0xffff };

enum i386_number {
#define NUMBER(number, name) I386_##name = (number),
#include "arch/i386/numbers.def"
#undef NUMBER
};

/* ---- the tables ---- */

struct row {
	bool known;
	uint16_t id;
	const char *args;
	struct call_form form;
};

#define NAME	      "i386"
#define ANY	      (-1)
#define LAYOUT_NARROW true, false
#define LAYOUT_WIDE   false, false
#define LAYOUT_OPAQUE true, true

static const struct row rows[] = {
#define CALL(call, row, arguments, layout)                                     \
	[I386_##call] = { true,                                                \
			  SYSCALL_##row,                                       \
			  arguments,                                           \
			  { NAME, #call, sizeof(arguments) - 1,                \
			    LAYOUT_##layout } },
#define PACKED(call, selector, count, at, number)
#define IPC(selector, row, arguments)
#include "arch/i386/calls.def"
#undef CALL
#undef PACKED
#undef IPC
};

static const struct {
	int call, selector;
	size_t count;
	int at, number;
} packed_rows[] = {
#define CALL(call, row, arguments, layout)
#define PACKED(call, selector, count, at, number)                              \
	{ I386_##call, selector, count, at, I386_##number },
#define IPC(selector, row, arguments)
#include "arch/i386/calls.def"
#undef CALL
#undef PACKED
#undef IPC
};

static const struct row ipc_rows[] = {
#define CALL(call, row, arguments, layout)
#define PACKED(call, selector, count, at, number)
#define IPC(selector, row, arguments)                                          \
	[selector] = { true,                                                   \
		       SYSCALL_##row,                                          \
		       arguments,                                              \
		       { NAME, #row, sizeof(arguments) - 1, LAYOUT_NARROW } },
#include "arch/i386/calls.def"
#undef CALL
#undef PACKED
#undef IPC
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Rows of different numbers stand for one of the catalogue; this is the one
 * that takes its arguments as the catalogue has them. Later ones are newer. */
static int number_of(enum syscall_id id)
{
	for (size_t i = COUNT(rows); i-- > 0;)
		if (rows[i].known && rows[i].id == id)
			return (int)i;
	return -1;
}

static const struct row *find_row(int number, uint64_t selector)
{
	const struct row *row = NULL;

	if (number == I386_ipc) {
		selector &= IPC_CALL_MASK;
		if (selector < COUNT(ipc_rows))
			row = &ipc_rows[selector];
	} else if (number >= 0 && (size_t)number < COUNT(rows)) {
		row = &rows[number];
	}
	return row && row->known ? row : NULL;
}

/* ---- arguments ---- */

static uint64_t whole(uint64_t low, uint64_t high)
{
	return (high & UINT32_MAX) << 32 | (low & UINT32_MAX);
}

static uint64_t read_arg(char letter, const uint64_t regs[SYSCALL_ARGS_MAX])
{
	uint16_t id;

	switch (letter) {
	case '0' ... '5':
		return (uint32_t)regs[letter - '0'];
	case 'A' ... 'F':
		return (uint64_t)(int32_t)regs[letter - 'A'];
	case 'a' ... 'e':
		return whole(regs[letter - 'a'], regs[letter - 'a' + 1]);
	case 'L':
		return whole(regs[2], regs[1]);
	case 'p' ... 'u':
		id = (uint16_t)regs[letter - 'p'];
		return id == UINT16_MAX ? UINT64_MAX : id;
	case 'P':
		return (regs[5] & UINT32_MAX) << PAGE_BITS;
	default:
		return 0;
	}
}

static bool read_call(int number, const uint64_t regs[SYSCALL_ARGS_MAX],
		      struct arch_call *call)
{
	const struct row *row = find_row(number, regs[0]);

	if (!row)
		return false;
	call->id = (enum syscall_id)row->id;
	call->form = &row->form;
	memset(call->args, 0, sizeof(call->args));
	for (size_t i = 0; row->args[i]; i++)
		call->args[i] = read_arg(row->args[i], regs);
	return true;
}

/* Only what is a register of its own: pointers always are. */
static void write_call(int number, const uint64_t args[SYSCALL_ARGS_MAX],
		       uint64_t regs[SYSCALL_ARGS_MAX])
{
	const struct row *row = find_row(number, regs[0]);

	for (size_t i = 0; row && row->args[i]; i++)
		if (row->args[i] >= '0' && row->args[i] <= '5')
			regs[row->args[i] - '0'] = (uint32_t)args[i];
}

static bool read_packed(int number, const uint64_t regs[SYSCALL_ARGS_MAX],
			struct arch_packed *packed)
{
	for (size_t i = 0; i < COUNT(packed_rows); i++) {
		if (packed_rows[i].call != number ||
		    (packed_rows[i].selector != ANY &&
		     (uint32_t)packed_rows[i].selector != (uint32_t)regs[0]))
			continue;
		*packed = (struct arch_packed){
			.number = packed_rows[i].number,
			.addr = (uint32_t)regs[packed_rows[i].at],
			.count = packed_rows[i].count,
			.shift = number == I386_mmap ? PAGE_BITS : 0,
		};
		return true;
	}
	return false;
}

const struct arch arch_i386 = {
	.name = NAME,
	.audit_arch = AUDIT_ARCH_I386,
	.arg_offsets = {
		offsetof(struct user_regs_struct, rbx),
		offsetof(struct user_regs_struct, rcx),
		offsetof(struct user_regs_struct, rdx),
		offsetof(struct user_regs_struct, rsi),
		offsetof(struct user_regs_struct, rdi),
		offsetof(struct user_regs_struct, rbp),
	},
	.word = sizeof(uint32_t),
	.number = number_of,
	.read = read_call,
	.write = write_call,
	.packed = read_packed,
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
#include "arch/i386/numbers.def"
#undef NUMBER
