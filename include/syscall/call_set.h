/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* call_set - a set of system calls of the catalogue, or of some of each. */
#ifndef SYSCALL_CALL_SET_H
#define SYSCALL_CALL_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "syscall/catalogue.h"

/* Calls that have no row are always in every set: see trace/filter.h. */
struct call_set {
	unsigned char has[SYSCALL_COUNT]; /* whatever its arguments are */
	uint32_t in[SYSCALL_COUNT]; /* when it is in one of these classes */
};

static inline void call_set_fill(struct call_set *set, bool value)
{
	memset(set->has, value, sizeof(set->has));
}

#endif
