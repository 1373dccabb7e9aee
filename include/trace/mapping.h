/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* mapping - the lines of /proc/PID/maps. proc(5) */
#ifndef TRACE_MAPPING_H
#define TRACE_MAPPING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct mapping {
	uint64_t start, end;
	char permissions[5];	   /* "r-xp": private; "rw-s": shared */
	uint64_t offset;	   /* in the file */
	unsigned int major, minor; /* of the file's device */
	uint64_t inode;		   /* 0: no file */
};

/* The mapping that @addr of @tid is in. False when there is none, or when
 * /proc is closed to us. */
bool mapping_find(pid_t tid, uint64_t addr, struct mapping *mapping);

#endif
