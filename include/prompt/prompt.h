/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * prompt - one question to the person on the terminal, and the answer.
 *
 * Owns the terminal while a question is open. Touches no tracee: everything
 * it shows comes in struct question, already read.
 */
#ifndef PROMPT_PROMPT_H
#define PROMPT_PROMPT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "policy/policy.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

struct question {
	const struct call *call;
	const struct subject *subject;
	const struct decision *decision; /* why it is asked */
	bool soft_offered;
	/* Append what `i` shows beyond the call itself: process tree, open
	 * files ...; safe to call at any time while the question is open. */
	void (*more)(struct buf *out, void *owner);
	/* Is this process group one of the program's? Then the terminal may
	 * be taken from it; else syswall is a background job and waits. */
	bool (*owns_group)(pid_t pgrp, void *owner);
	/* The rule that a lasting answer would make, for the receipt; see
	 * policy_rule_for_call(). */
	void *owner;
};

enum answer_kind {
	ANSWER_VERDICT,	    /* .verdict, .lasting */
	ANSWER_INTERRUPTED, /* Ctrl-C: end the program */
	ANSWER_NONE, /* no terminal, end of file, failure: block hard */
};

struct answer {
	enum answer_kind kind;
	enum verdict verdict;
	bool lasting; /* "always" */
};

struct prompt;

/* Open /dev/tty (close-on-exec, never the program's descriptors). Always
 * returns a prompt; without a terminal every question gets ANSWER_NONE. */
struct prompt *prompt_open(void);
void prompt_close(struct prompt *prompt);

/* False once the terminal is gone or never was there. */
bool prompt_has_terminal(const struct prompt *prompt);

/* Ask. The caller has frozen all tracees. Returns when there is an answer. */
void prompt_ask(struct prompt *prompt, const struct question *question,
		struct answer *answer);

/* After a lasting answer: the rule that was made and how many calls of this
 * run it would have matched, as one line on the terminal. */
void prompt_receipt(struct prompt *prompt, const struct rule *rule,
		    unsigned long matched_so_far);

#endif
