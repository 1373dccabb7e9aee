/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * trace_set - the sets of strace's -e: calls, signals, kinds of result.
 *
 * All three read alike: words separated by commas, "all", "none", and a "!"
 * in front for everything else.
 */
#ifndef APP_TRACE_SET_H
#define APP_TRACE_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "syscall/call_set.h"

/* How a call ended, as a set of bits. */
enum trace_status {
	STATUS_SUCCESSFUL = 1 << 0,
	STATUS_FAILED = 1 << 1,
	STATUS_UNFINISHED = 1 << 2,  /* it does not return */
	STATUS_UNAVAILABLE = 1 << 3, /* nobody could look */
	STATUS_DETACHED = 1 << 4,    /* we let go meanwhile */
	STATUS_ALL = (1 << 5) - 1,
};

/* Names, numbers, %groups (trace_groups.def) and classes of ours, /regular
 * expressions; a "?" in front forgives unknown names. Each fills its set anew;
 * false with @err for a word that is none. */
bool trace_set_calls(const char *text, struct call_set *set, struct err *err);

/* Names with or without SIG, and numbers. Bit number - 1 of *@set. */
bool trace_set_signals(const char *text, uint64_t *set, struct err *err);

/* Names of enum trace_status in small letters. */
bool trace_set_statuses(const char *text, unsigned int *set, struct err *err);

#endif
