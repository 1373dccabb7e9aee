/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* soft - blocking so that the program goes on: what success looks like. */
#ifndef APP_SOFT_H
#define APP_SOFT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/hash.h"
#include "syscall/call.h"
#include "trace/tracer.h"

/* Sockets that are nobody's, by inode: connect, bind and listen succeed. */
struct soft_socket {
	unsigned long inode;
	UT_hash_handle hh;
};

struct soft_sockets {
	struct soft_socket *all;
};

/* Fill @action with the fake for @call. False when there is no honest one, or
 * it cannot be made now: block hard instead. action->fd may be a descriptor
 * that the caller has to close after tracer_resume(). */
bool soft_action(struct soft_sockets *sockets, const struct call *call,
		 struct trace_action *action);

/* A soft-blocked connect, bind or listen: the socket is nobody's from now. */
void soft_mark_socket(struct soft_sockets *sockets, pid_t tid,
		      const struct call *call);

/* Is @call a connect, bind or listen on a socket that is nobody's? */
bool soft_is_on_soft_socket(const struct soft_sockets *sockets, pid_t tid,
			    const struct call *call);

void soft_free(struct soft_sockets *sockets);

#endif
