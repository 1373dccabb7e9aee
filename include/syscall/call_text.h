/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call_text - a call from words that a person typed, without a program:
 *
 *	openat AT_FDCWD /etc/passwd 'O_RDWR|O_CREAT' 0644
 *	connect 3 10.0.0.1:80
 *
 * One word an argument, in the order of the catalogue: numbers, constants
 * joined by |, texts for paths and strings, NULL; 1.2.3.4:80, [::1]:80,
 * unix:/path or unix:@name for addresses, also where a message has one; the
 * flags alone for struct open_how and struct clone_args. A path in place of a
 * descriptor is the file that is open there; any word will do for what the
 * kernel fills in. What is left out at the end is
 * 0, or the length of what stands before it, which "*" stands for too.
 */
#ifndef SYSCALL_CALL_TEXT_H
#define SYSCALL_CALL_TEXT_H

#include <stdbool.h>

#include "base/err.h"
#include "syscall/call.h"

struct call_text {
	/* A descriptor of the file at @path; negative errno. */
	int (*open_path)(const char *path);
};

/* Decode the call of @def with @words, up to a NULL. Free @call with
 * call_free() when this returns true. The targets are not resolved. */
bool call_from_text(struct call *call, const struct call_text *text,
		    const struct syscall_def *def, int number,
		    char *const *words, struct err *err);

/* Read "10.0.0.1:80" and the like. 0 when it is no address. */
socklen_t address_from_text(const char *text, struct sockaddr_storage *out);

#endif
