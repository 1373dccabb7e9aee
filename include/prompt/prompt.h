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

#include "policy/rule.h"
#include "prompt/question.h"
#include "prompt/relay.h"
#include "syscall/verdict.h"

enum answer_kind {
	ANSWER_VERDICT,	    /* .verdict, .lasting, .rule */
	ANSWER_INTERRUPTED, /* Ctrl-C: end the program */
	ANSWER_NONE,	    /* no terminal, end of file, failure: block hard */
};

struct answer {
	enum answer_kind kind;
	enum verdict verdict;
	bool lasting;	  /* "always" */
	struct rule rule; /* when lasting: to be added; the caller's own */
};

struct prompt;

/* Open /dev/tty (close-on-exec, never the program's descriptors). Always
 * returns a prompt; without a terminal every question gets ANSWER_NONE. */
struct prompt *prompt_open(void);
void prompt_close(struct prompt *prompt);

/* The program has a terminal of its own: @relay, which outlives the prompt,
 * stands still while a question is open. */
void prompt_use_relay(struct prompt *prompt, struct relay *relay);

/* False once the terminal is gone or never was there. */
bool prompt_has_terminal(const struct prompt *prompt);

/* Ask. The caller has frozen all tracees. Returns when there is an answer. */
void prompt_ask(struct prompt *prompt, const struct question *question,
		struct answer *answer);

/* All is said about the answer; before the tracees go on. */
void prompt_done(struct prompt *prompt);

/* What there is to say after a lasting answer. */
struct receipt {
	const struct rule *rule;      /* that was made */
	unsigned long matched_so_far; /* so many calls of this run */
	size_t replaced;	      /* narrower answers not needed any more */
	const struct rule *overruled; /* it allows what this one keeps back */
	const char *kept;	      /* ... by this name */
};

/* One line on the terminal; a second one where something is overruled. */
void prompt_receipt(struct prompt *prompt, const struct receipt *receipt);

/* One rule, with what is said about it, for the line of a receipt or an undo:
 * "  WHAT {...}SAID\n", escaped. */
void prompt_rule_line(struct buf *out, const char *what,
		      const struct rule *rule, const char *said);

#endif
