/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * verdict - the five things that can happen to a call, and who is asking.
 *
 * Spoken by policy, prompt, report and app alike.
 */
#ifndef SYSCALL_VERDICT_H
#define SYSCALL_VERDICT_H

#include <stdbool.h>
#include <sys/types.h>

/* In order of strictness: of two verdicts the greater one stands. */
enum verdict {
	VERDICT_ALLOW,
	VERDICT_ASK,
	VERDICT_BLOCK_SOFT,
	VERDICT_BLOCK_HARD,
	VERDICT_KILL,
	VERDICT_COUNT,
};

/* "allow", "ask", "block-soft", "block-hard", "kill" */
const char *verdict_name(enum verdict verdict);
bool verdict_by_name(const char *name, enum verdict *verdict);

/* Who makes a call. All text is raw: escape it before it is shown. The strings
 * belong to the giver and live as long as the event at hand. */
struct subject {
	pid_t pid;	  /* the process (thread group) */
	pid_t tid;	  /* the thread */
	pid_t parent;	  /* parent process, 0 when unknown */
	const char *comm; /* name of the thread, "" when unknown */
	const char *exe;  /* resolved path of the executable, "" if unknown */
	const char *cwd;  /* working directory, "" if unknown */
	const char *parent_comm; /* "" if unknown */
};

#endif
