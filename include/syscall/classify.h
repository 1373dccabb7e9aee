/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * classify - how the arguments of a call decide what it does.
 *
 * Each function looks at a call whose arguments and targets are decoded and
 * gives the classes that come to the row's own. In doubt it gives the one that
 * is asked about. The list is include/syscall/classify_kinds.def.
 */
#ifndef SYSCALL_CLASSIFY_H
#define SYSCALL_CLASSIFY_H

#include <stdint.h>

#include "syscall/call.h"

#define CLASSIFY(id, function, ...) uint32_t function(const struct call *call);
#include "syscall/classify_kinds.def"
#undef CLASSIFY

/* All classes of @call: the row's, and what its arguments add. */
uint32_t classify_call(const struct call *call);

/* Is a call in this class decided for each target of this kind? */
bool class_speaks_of(enum call_class class_id, enum target_kind kind);

#endif
