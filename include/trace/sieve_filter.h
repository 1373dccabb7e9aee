/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * sieve_filter - a sieve (syscall/sieve.h) as a seccomp program.
 *
 * It is installed beside those of trace/filter.h and has a say only where
 * registers beyond the number count, or where a call fails in the kernel. It is
 * written by hand because libseccomp has no decision trees: one comparison an
 * argument and rule, and no "else".
 */
#ifndef TRACE_SIEVE_FILTER_H
#define TRACE_SIEVE_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>

#include "syscall/sieve.h"

/* Does the program speak of calls @id of the native ABI? All others it lets
 * pass, and another filter has to care for them. */
bool sieve_filter_speaks_of(const struct sieve *sieve, enum syscall_id id);

/* Calls that a guard watches, and those that the tracer makes in a task's
 * name, never fail in the kernel, whose answer would come before every other:
 * make @sieve show them instead. */
void sieve_filter_prepare(struct sieve *sieve);

/* Fills @program; free .filter with free(3). .len is 0 when there is nothing
 * to say. False: it would be too long for the kernel. */
bool sieve_filter_build(const struct sieve *sieve, struct sock_fprog *program);

#endif
