/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lasting - from what a person typed to the rule that lasts. Pure. */
#ifndef PROMPT_LASTING_H
#define PROMPT_LASTING_H

#include <stdbool.h>

#include "base/buf.h"
#include "policy/rule.h"
#include "prompt/answers.h"
#include "prompt/question.h"

/* What fits the call at hand. */
struct answer_offer lasting_offer(const struct question *question);

/* "glob" without a pattern: append to @line the answer with a pattern for what
 * is at hand, of at most @limit bytes. False when @choice is another one, or
 * there is nothing that could be edited. */
bool lasting_pattern(const struct question *question,
		     const struct answer_choice *choice, size_t limit,
		     struct buf *line);

/* Make the rule of a lasting answer. False: it does not fit, and @why says
 * why in one escaped line without newline. */
bool lasting_rule(const struct question *question,
		  const struct answer_choice *choice, struct rule *rule,
		  struct buf *why);

#endif
