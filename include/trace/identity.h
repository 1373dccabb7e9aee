/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* identity - the user that the program runs as: credentials(7). */
#ifndef TRACE_IDENTITY_H
#define TRACE_IDENTITY_H

#include <stddef.h>
#include <sys/types.h>

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t *groups; /* supplementary */
	size_t n_groups;
};

#endif
