/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * filter - the seccomp programs; the only door to libseccomp.
 *
 * Two filters are installed before the program's execve, and the kernel takes
 * the stricter answer of the two (seccomp(2)):
 *   watch: calls that nobody wants to see are allowed, at native speed;
 *	    everything else, unknown numbers and every call of another ABI
 *	    rings (RET_TRACE)
 *   guard: what trace/guards.def refuses, and the door through which the
 *	    tracer hands over descriptors (RET_USER_NOTIF, grant.c)
 */
#ifndef TRACE_FILTER_H
#define TRACE_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "syscall/sieve.h"

/* The call with this last argument is the door; the argument is secret. */
#define FILTER_DOOR_CALL SYSCALL_getppid
enum { FILTER_DOOR_ARG = 5 };

/* Both fill @program; free .filter with free(3). */
/* Of calls of other ABIs all are watched that @sieve does not let pass whatever
 * their arguments are; of native ones those that only it can tell are left to
 * sieve_filter.h. */
bool filter_build_watch(const struct sieve *sieve, struct sock_fprog *program,
			struct err *err);
/* @door_key: NULL, no door. @tell_all: ring for what would be refused silently, too. @pin: and for what
 * matters to those who decide on arguments. */
bool filter_build_guard(const uint64_t *door_key, bool tell_all, bool pin,
			struct sock_fprog *program, struct err *err);

#endif
