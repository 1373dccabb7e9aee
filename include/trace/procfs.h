/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * procfs - what /proc tells about a task.
 *
 * All of it may be gone, or closed to us (a task that is not dumpable), at any
 * moment: functions then return false or a negative errno and leave "".
 */
#ifndef TRACE_PROCFS_H
#define TRACE_PROCFS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

/* The thread group of @tid and the parent of that. 0 or a negative errno, and
 * both unchanged: -ENOENT or -ESRCH when there is no such task. */
int procfs_process_of(pid_t tid, pid_t *pid, pid_t *parent);

/* Append the target of the link /proc/@tid/@name ("exe", "cwd", "fd/3").
 * Returns 0 or a negative errno. */
int procfs_link(pid_t tid, const char *name, struct buf *out);

/* Which process the pidfd @fd of @tid refers to (0: it is gone). False when it
 * is none. */
bool procfs_pidfd(pid_t tid, int fd, pid_t *pid);

/* Append the thread's name (comm). Returns 0 or a negative errno. */
int procfs_comm(pid_t tid, struct buf *out);

/* Append the arguments, a NUL behind each; of very many the first. Right after
 * an exec they are those that it was given: nobody else has that memory yet.
 * Returns 0 or a negative errno. */
int procfs_arguments(pid_t tid, struct buf *out);

/* Open /proc/@tid/@name with O_PATH, following its last link: the object.
 * Returns a descriptor or a negative errno. */
int procfs_open_object(pid_t tid, const char *name);

/* Open /proc/@tid/@name for reading. A descriptor or a negative errno. */
int procfs_open(pid_t tid, const char *name);

/* Append one line "  3 -> /etc/passwd" for each open descriptor. */
void procfs_list_fds(pid_t tid, struct buf *out);

#endif
