/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * pins - a place in memory that syswall writes and no tracee can.
 *
 * A memfd that is mapped writable here and then sealed: whoever maps it later
 * can only read. memfd_create(2), F_SEAL_FUTURE_WRITE (Linux 5.1). It is cut
 * into slots, one for each call that is under way with pinned arguments.
 * Private to the trace folder.
 */
#ifndef TRACE_PINS_H
#define TRACE_PINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "syscall/call_image.h"

enum {
	PINS_SLOTS = 1024,
	PINS_SIZE = PINS_SLOTS * CALL_IMAGE_SIZE,
};

struct pins {
	int fd;		      /* -1: this kernel cannot */
	unsigned char *bytes; /* our own, writable view */
	dev_t device;
	ino_t inode;
	unsigned char used[PINS_SLOTS];
};

/* Without success pins->fd is -1. */
void pins_open(struct pins *pins);
void pins_close(struct pins *pins);

/* The lowest free slot, or -1. */
int pins_take(struct pins *pins);
void pins_release(struct pins *pins, int slot);

/* Where slot @slot is from the start of the mapping. */
static inline uint64_t pins_offset(int slot)
{
	return (uint64_t)slot * CALL_IMAGE_SIZE;
}

/* Is that what @tid has at @addr, whole and read-only? */
bool pins_are_mapped(const struct pins *pins, pid_t tid, uint64_t addr);

#endif
