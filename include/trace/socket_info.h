/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * socket_info - which socket a descriptor of a task is.
 *
 * The protocol is an attribute of the descriptor, addresses of IP sockets
 * come from the task's own /proc/PID/net (its network namespace), peers of
 * unix sockets from sock_diag(7), which sees our namespace only.
 */
#ifndef TRACE_SOCKET_INFO_H
#define TRACE_SOCKET_INFO_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

/* Append "TCP:[127.0.0.1:1->127.0.0.1:2]", "UDPv6:[[::1]:80]", "NETLINK:[5]",
 * "UNIX-STREAM:[5->6,\"/run/x\"]" for the socket @inode that @fd of @tid is.
 * False when not even the protocol is known. */
bool socket_info_describe(pid_t tid, int fd, unsigned long inode,
			  struct buf *out);

/* Is it a netlink socket, and of which protocol (NETLINK_ROUTE ...)? -1 while it
 * is not bound: until then the kernel has it in no table. */
bool socket_info_netlink(pid_t tid, int fd, int *protocol);

#endif
