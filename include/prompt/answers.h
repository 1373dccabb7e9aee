/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * answers - what a person may type at a question, and what it means. Pure.
 *
 * The words are in include/prompt/answers.def, the scopes of "always" in
 * include/policy/scopes.def: parser, help and completion read the same rows.
 */
#ifndef PROMPT_ANSWERS_H
#define PROMPT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "policy/scope.h"
#include "syscall/verdict.h"

enum answer_action {
	ANSWER_ACTION_VERDICT, /* the question is answered */
	ANSWER_ACTION_MORE,
	ANSWER_ACTION_HELP,
	ANSWER_ACTION_UNDO,
};

/* What can be offered for the call at hand. */
struct answer_offer {
	bool soft;
	uint32_t scopes; /* bit (1 << enum rule_scope): it fits */
};

struct answer_choice {
	enum answer_action action;
	enum verdict verdict; /* with _VERDICT only */
	bool lasting;
	enum rule_scope scope; /* when lasting; it need not fit */
	const char *pattern;   /* RULE_SCOPE_GLOB: within the text */
	size_t pattern_len;    /* 0: none was given */
};

/* Understand one line. False: it must be asked again, after showing @message,
 * which is one escaped line without newline, or empty for an empty line. */
bool answer_parse(const char *text, const struct answer_offer *offer,
		  struct answer_choice *choice, struct buf *message);

/* Append the help, whole lines. */
void answer_help(struct buf *out, const struct answer_offer *offer);

/* The @i-th word that can follow @before, the part of the line in front of the
 * word to be completed; NULL when there are no more. */
const char *answer_candidate(const char *before,
			     const struct answer_offer *offer, size_t i);

/* "aa glob PATTERN": the line in which a pattern can be edited. @pattern, the
 * name of something of the program's, is quoted already; what a terminal could
 * take for more than a letter becomes "?", which matches it. */
void answer_pattern_line(struct buf *out, enum verdict verdict,
			 const char *pattern, size_t len);

#endif
