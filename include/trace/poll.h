/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * poll - wait for the next stop: look a few times, then sleep.
 *
 * Waking a sleeper on another core costs more than most stops do. So where
 * one task stops again and again, soon after it was let go, the tracer looks
 * for some microseconds before it sleeps. It gives its core away at each look
 * to whoever wants it, and does not look at all where several tasks take
 * turns: they need the core.
 */
#ifndef TRACE_POLL_H
#define TRACE_POLL_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "trace/stop.h"

struct poll {
	bool on;	  /* else it always sleeps */
	pid_t last;	  /* who stopped last */
	bool alone;	  /* and before that */
	unsigned int won; /* how often, lately, looking would have paid */
	/* poll_also() */
	struct pollfd *also;
	size_t n_also;
	unsigned int turn;
	sigset_t open; /* the signal mask to sleep with */
};

/* Wait for these descriptors too, from now on: SIGCHLD is blocked, and wakes a
 * wait only. Once in a process. */
void poll_also(struct poll *poll, struct pollfd *polled, size_t count);

/* stop_wait() for a stop, asleep or not: the same results; or -EAGAIN when one
 * of the descriptors is ready. */
int poll_wait(struct poll *poll, struct stop *stop);

/* Would it look before it sleeps? */
bool poll_pays(const struct poll *poll);

/* A stop of @tid came after so long: for the next guess. */
void poll_note(struct poll *poll, pid_t tid, long long waited_ns);

#endif
