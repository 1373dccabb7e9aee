/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* memory - a tracee's memory. process_vm_readv(2). Private to trace. */
#ifndef TRACE_MEMORY_H
#define TRACE_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "trace/space.h"

enum { MEMORY_PATIENCE_MS = 5000 };

/* What mem_reader's .owner points to. */
struct memory_owner {
	pid_t tid;	     /* a stopped task */
	struct space *space; /* that it runs in */
	int patience_ms;     /* 0: for ever */
};

/*
 * mem_reader's .read. Memory may be a file of a server that does not answer
 * (FUSE, NFS), or be served by another process (userfaultfd(2)): a page that
 * is not there is fetched by somebody who can be left behind (touch.h). When
 * that takes too long the process is killed, with a line that says so, and
 * whatever else is asked for of that space is not there.
 */
size_t memory_read(void *owner, uint64_t addr, void *out, size_t len);

#endif
