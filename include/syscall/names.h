/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* names - constants by name, for rules and questions. */
#ifndef SYSCALL_NAMES_H
#define SYSCALL_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "syscall/catalogue.h"

/* "ECONNREFUSED" -> 111; 0 when there is no such name. */
int errno_by_name(const char *name);

/* 111 -> "ECONNREFUSED"; NULL when it has no name. */
const char *errno_name(int error);

/* A constant as print shows it for arguments of this kind: "AF_UNIX" of
 * ARG_ADDRESS_FAMILY, "SOCK_STREAM" and "SOCK_CLOEXEC" of ARG_SOCKET_TYPE,
 * "O_RDONLY" and "O_CREAT" of ARG_OPEN_FLAGS. False when the kind has none of
 * this name. */
bool constant_by_name(enum arg_kind kind, const char *name, uint64_t *value);

#endif
