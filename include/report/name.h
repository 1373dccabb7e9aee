/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * name - what a call was done to, as the text under which a fact is kept.
 *
 * Each appends to @name (and @other) nothing when the call names nothing, and
 * sets what @fact says of its name: .safe, .resolved, .port.
 */
#ifndef REPORT_NAME_H
#define REPORT_NAME_H

#include "base/buf.h"
#include "report/fact.h"
#include "syscall/call.h"

/* "/etc/passwd", "10.0.0.1:80", "pid 12", "(unknown: EFAULT)" */
void name_target(struct buf *name, struct fact *fact,
		 const struct target *target);

/* "AF_INET, SOCK_STREAM, IPPROTO_TCP", without the flags in the type. */
void name_socket(struct buf *name, struct fact *fact, const struct call *call);

/* Both paths of a rename. */
void name_rename(struct buf *name, struct buf *other, struct fact *fact,
		 const struct call *call);

/* "SIGTERM", and who gets it. */
void name_signal(struct buf *name, struct buf *other, struct fact *fact,
		 const struct call *call, const struct target *target);

/* Append "SIGTERM", or "signal 34" when it has no name. */
void signal_text(struct buf *out, int number);

#endif
