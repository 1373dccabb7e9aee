/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * grant - hand a descriptor of ours to the program.
 *
 * The guard filter sends one call with a secret argument to a listener that
 * only the tracer holds (RET_USER_NOTIF). A task whose registers were changed
 * to that call waits there, and SECCOMP_IOCTL_NOTIF_ADDFD installs a
 * descriptor in it and ends the call with its number, in one step, without
 * touching the program's memory. seccomp_unotify(2), Linux 5.14.
 */
#ifndef TRACE_GRANT_H
#define TRACE_GRANT_H

#include <stdbool.h>
#include <sys/types.h>

/* The task @tid has been resumed into the door: give it a duplicate of @fd.
 * Returns once it has it, or has got an errno instead (EMFILE), or is gone or
 * stopped by something else. */
void grant_fd(int listener, pid_t tid, int fd, bool cloexec);

#endif
