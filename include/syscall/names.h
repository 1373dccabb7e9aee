/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* names - what people call signals, errors and the values of arguments. */
#ifndef SYSCALL_NAMES_H
#define SYSCALL_NAMES_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "syscall/catalogue.h"

/* "SIGINT", "SIGRTMIN" for 32 and "SIGRT_3" for 35, as strace says and the
 * kernel counts. Other numbers come as digits, in a buffer that the next such
 * call overwrites. */
const char *signal_name(int number);

/* 0 when there is no such signal. SIGRTMIN+3 and SIGRT_3 are both known. */
int signal_by_name(const char *name);

/* "ENOENT", or NULL. */
const char *errno_name(int error);

/* 0 when there is no such error. */
int errno_by_name(const char *name);

/* The value of a constant where an argument of this kind stands: "O_CREAT"
 * for ARG_OPEN_FLAGS. False for a name that has no meaning there. */
bool constant_by_name(enum arg_kind kind, const char *name, uint64_t *value);

/* Append "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, ...} ---". */
void print_signal_line(struct buf *out, const siginfo_t *info);

#endif
