/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * intent - what a call is for, in the words between "wants to" and the object:
 * "READ a file", "CREATE and WRITE a file", "SEND SIGTERM to process 12".
 *
 * The words of a class are in syscall/classes.def, those of single calls in
 * prompt/intents.def. Nothing in them comes from the program.
 */
#ifndef PROMPT_INTENT_H
#define PROMPT_INTENT_H

#include <sys/types.h>

#include "base/buf.h"
#include "syscall/call.h"

/* @self: the process that makes the call. */
void intent_text(struct buf *out, const struct call *call, pid_t self);

/* Does the intent name the process that the call is aimed at? */
bool intent_names_process(const struct call *call);

#endif
