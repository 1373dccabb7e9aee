/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * answers - what a person may type at a question, and what it means. Pure.
 *
 * The words are in include/prompt/answers.def, the scopes of "always" in
 * include/prompt/scopes.def: parser, help and completion read the same rows.
 */
#ifndef PROMPT_ANSWERS_H
#define PROMPT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "syscall/verdict.h"

enum answer_action {
	ANSWER_ACTION_VERDICT, /* the question is answered */
	ANSWER_ACTION_MORE,
	ANSWER_ACTION_HELP,
};

enum answer_scope {
#define SCOPE(id, word, meaning) ANSWER_SCOPE_##id,
#include "prompt/scopes.def"
#undef SCOPE
};

struct answer_choice {
	enum answer_action action;
	enum verdict verdict; /* with _VERDICT only */
	bool lasting;
	enum answer_scope scope; /* when lasting */
};

/* Understand one line. False: it must be asked again, after showing @message,
 * which is one escaped line without newline, or empty for an empty line. */
bool answer_parse(const char *text, bool soft_offered,
		  struct answer_choice *choice, struct buf *message);

/* Append the help, whole lines. */
void answer_help(struct buf *out, bool soft_offered);

/* The @i-th word that can follow @before, the part of the line in front of the
 * word to be completed; NULL when there are no more. */
const char *answer_candidate(const char *before, bool soft_offered, size_t i);

#endif
