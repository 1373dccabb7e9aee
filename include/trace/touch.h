/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* touch - have pages fetched without waiting for ever. Private to trace. */
#ifndef TRACE_TOUCH_H
#define TRACE_TOUCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Have the kernel bring the pages from @addr on, @len bytes, into the memory
 * of @tid. *got is how many of the bytes are there then, up to the first page
 * that is not (one behind which userfaultfd(2) stands counts as such). False
 * with errno: they have not come within @patience_ms (ETIMEDOUT), or nobody
 * could be sent for them.
 */
bool touch_pages(pid_t tid, uint64_t addr, size_t len, int patience_ms,
		 size_t *got);

#endif
