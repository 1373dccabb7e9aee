/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <asm/unistd_64.h>
#include <stdint.h>

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
