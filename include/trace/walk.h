/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* walk - one path, component by component. Private to the trace folder. */
#ifndef TRACE_WALK_H
#define TRACE_WALK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

struct walk {
	pid_t tid;	  /* whose /proc/self it is */
	int root;	  /* O_PATH descriptor of the task's root */
	bool follow_last; /* follow a symlink at the end */
	bool in_root;	  /* openat2(2): nothing leads out of the base */

	bool magic; /* out: a magic link was on the way */
	bool ours;  /* and it was one of syswall's own process */
	long fs;    /* out: magic of the file system it ends on; 0: unknown */

	/* private */
	int here;	    /* O_PATH descriptor of the directory we stand in */
	unsigned int links; /* symlinks followed so far */
};

/* Walk @path from the directory @base. Appends the absolute path of what it
 * names; *exists tells whether the last component is there. Returns 0 or a
 * negative errno (ENOENT when a directory on the way is missing). */
int walk_path(struct walk *walk, int base, const char *path, struct buf *found,
	      bool *exists);

#endif
