/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * loader - is it the dynamic loader that opens a file, and is that a library?
 *
 * Two things must hold, so that neither a name nor a jump into the loader's
 * code is enough: the call comes from the text of the program's interpreter
 * (ld.so(8), the mapping at AT_BASE), and what it opens is the loader's own
 * list of libraries or an ELF shared object.
 */
#ifndef TRACE_LOADER_H
#define TRACE_LOADER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "syscall/call.h"

/* Is @call, made at @instruction by @tid, the loader opening a library, its
 * cache or its preload list for reading, or looking for one where none is? */
bool loader_opens_library(pid_t tid, uint64_t instruction,
			  const struct call *call);

#endif
