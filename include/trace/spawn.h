/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * spawn - fork, hand-over, and everything up to the program's own execve.
 *
 * The child lets itself be traced, stops, and is taken over with PTRACE_SEIZE
 * (job control works only so). It then installs the filters, hands over the
 * listener, so that no later filter can have one (EBUSY), and is left at the
 * entry of execve.
 */
#ifndef TRACE_SPAWN_H
#define TRACE_SPAWN_H

#include <linux/filter.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "trace/features.h"
#include "trace/identity.h"

struct spawn_request {
	const char *path; /* of the executable */
	bool is_text;	  /* the shell runs it if the kernel cannot */
	char *const *argv;
	char *const *environment;
	const struct identity *identity; /* NULL: as we are */
	struct sock_fprog watch, guard;
	struct sock_fprog sieve;   /* .len may be 0 */
	int terminal;		   /* tracer_options.terminal */
	bool weaker;		   /* go on although a promise cannot be kept */
	struct features *features; /* out: what turned out to be missing */
	int handover;		   /* private: the child's end */
};

/* Start it. On success *pid stands at the entry of its execve, attached with
 * all options, and *listener is the guard filter's listener (close-on-exec),
 * or -1, which is possible only with .weaker.
 * Should that execve fail, the child exits with the errno as its status. */
bool spawn(struct spawn_request *request, pid_t *pid, int *listener,
	   struct err *err);

/* What the program is to inherit, as it was before syswall touched it. Call
 * once at start, before any handler is set. */
void spawn_save_signals(void);
/* The saved disposition of @signal was "ignore". */
bool spawn_signal_was_ignored(int signal);

/* Where execvp(3) would find @name. Fills @path (PATH_MAX bytes). Returns 0
 * or the exit status of a shell, 126 or 127, with @err. */
int spawn_search(const char *name, char *path, struct err *err);

/* Could this file be a script? Its first line has no NUL byte. */
bool spawn_is_text(const char *path);

#endif
