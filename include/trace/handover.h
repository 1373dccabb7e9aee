/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * handover - what the child that becomes the program tells the tracer before.
 *
 * A socket, so that it can hand over the guard filter's listener, too: nothing
 * has to be allowed for that (pidfd_getfd(2), which containers forbid).
 * Private to the trace folder.
 */
#ifndef TRACE_HANDOVER_H
#define TRACE_HANDOVER_H

#include <stdbool.h>

#include "trace/features.h"

/* What is told about, other than a feature: becoming another user. */
enum { HANDOVER_IDENTITY = FEATURE_COUNT };

struct handover_word {
	int about; /* enum feature_id or HANDOVER_IDENTITY */
	int error; /* 0 or a positive errno */
	int fd;	   /* -1: none; close-on-exec, the reader's to close */
};

/* Two ends, both close-on-exec. 0 or a negative errno. */
int handover_open(int ends[2]);

/* Never blocks; what cannot be said is lost, and so not there. */
void handover_say(int end, const struct handover_word *word);

/* The next word, if there is one now. */
bool handover_hear(int end, struct handover_word *word);

#endif
