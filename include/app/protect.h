/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * protect - what no rule can allow: changing the files that this run or the
 * next one stands on, and looking into syswall through /proc.
 *
 * Protected are the rules, what -s, -r, -o and --log write, and the
 * directories that lead to them against being moved or removed.
 */
#ifndef APP_PROTECT_H
#define APP_PROTECT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/vec.h"
#include "syscall/call.h"
#include "syscall/call_set.h"

struct options;

struct protected_file {
	char *path; /* absolute, without symlinks */
	bool exists;
	dev_t device;
	ino_t inode;
};

struct protect {
	VEC_OF(struct protected_file) files;
};

/* All that @options name. */
void protect_files(struct protect *protect, const struct options *options);
void protect_free(struct protect *protect);

/* The calls that have to be seen for it. */
void protect_add_watched(const struct protect *protect, struct call_set *set);

/* Why this call must not run, a static text; NULL: it may. Its targets have
 * been resolved. */
const char *protect_reason(const struct protect *protect,
			   const struct call *call);

#endif
