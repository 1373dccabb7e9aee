/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * arch - which number is which system call on the machine we run on.
 *
 * The numbers are in arch/<machine>/numbers.def (tools/gen-numbers). For
 * registers see arch/regs.h.
 */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include "syscall/catalogue.h"

/* SYSCALL_UNKNOWN when no call has this number. */
enum syscall_id arch_syscall_id(int number);

/* -1 when this machine has no such call. */
int arch_syscall_number(enum syscall_id id);

#endif
