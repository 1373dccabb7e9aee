/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* memory - a tracee's memory. process_vm_readv(2). */
#ifndef TRACE_MEMORY_H
#define TRACE_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* mem_reader's read(): @owner points to the pid_t of a stopped task. */
size_t memory_read(void *owner, uint64_t addr, void *out, size_t len);

#endif
