/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * resolve - which object a path names, seen from the program.
 *
 * A path is walked component by component from the task's own root, working
 * directory or descriptor, with O_PATH and without following anything by
 * itself: symlinks are read and walked in the task's view, /proc/self is the
 * task and not us, magic links are opened as the objects they are, ".." stops
 * at the task's root. The answer is the object's absolute path as syswall sees
 * it, whatever the task has done with chroot(2). path_resolution(7)
 */
#ifndef TRACE_RESOLVE_H
#define TRACE_RESOLVE_H

#include <sys/types.h>

#include "syscall/call.h"

/* Resolve all targets of @call that are paths, descriptors or unix sockets
 * with a path. Fills .resolved and .exists, or .error: the errno that the
 * kernel itself would give, as far as we can tell. */
void resolve_targets(pid_t tid, struct call *call);

/* The same, when things may have changed since. What had an error keeps it. */
void resolve_again(pid_t tid, struct call *call);

#endif
