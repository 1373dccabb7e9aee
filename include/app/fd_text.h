/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fd_text - what a descriptor of the program is open on, for -y and -yy. */
#ifndef APP_FD_TEXT_H
#define APP_FD_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"

struct fd_text {
	pid_t tid;    /* whose descriptors */
	bool details; /* sockets, devices and pidfds, too */
};

/* struct print_files' function; @owner is a struct fd_text. Appends
 * "</etc/passwd>", "<TCP:[127.0.0.1:1->127.0.0.1:2]>" ..., or nothing. */
void fd_text_describe(void *owner, int fd, struct buf *out);

/* The same structure's other functions. */
bool fd_text_netlink(void *owner, int fd, int *protocol);
const char *fd_text_generic(void *owner, uint16_t type);

#endif
