/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/escape.h"
#include "policy/policy.h"
#include "prompt/answers.h"
#include "prompt/reader.h"
#include "prompt/terminal.h"

enum { VALUE_BYTES = 400 };

struct prompt {
	struct terminal terminal;
	struct question_style style;
	bool obeys_escapes; /* the terminal is not a dumb one */
};

/* What the answer line starts with; a mark that the program cannot know can
 * stand in front. */
static const char answer_line[] = "syswall> ";

/*
 * The program may have left the terminal in the middle of an escape sequence,
 * in another character set, or writing in invisible colours: end the sequence
 * (ST), plain letters (SGR 0, SI, ASCII), overwrite, wrap lines, show the
 * cursor.
 */
static const char plain_letters[] = "\033\\\033[0m\017\033(B\033[4l\033[?7h"
				    "\033[?25h";

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

struct prompt *prompt_open(void)
{
	struct prompt *prompt = xcalloc(1, sizeof(*prompt));
	const char *term = getenv("TERM");

	terminal_open(&prompt->terminal);
	prompt->obeys_escapes = term && *term && strcmp(term, "dumb") != 0;
	prompt->style.colour = prompt->obeys_escapes && !is_set("NO_COLOR");
	prompt->style.limit = VALUE_BYTES;
	return prompt;
}

void prompt_close(struct prompt *prompt)
{
	if (!prompt)
		return;
	reader_close();
	terminal_close(&prompt->terminal);
	free(prompt);
}

bool prompt_has_terminal(const struct prompt *prompt)
{
	return prompt && prompt->terminal.fd >= 0;
}

/* ---- one question ---- */

static bool show(struct prompt *prompt, const struct buf *text)
{
	return terminal_write(&prompt->terminal, buf_text(text), text->len);
}

static bool show_question(struct prompt *prompt,
			  const struct question *question)
{
	BUF_AUTO(text);

	if (prompt->obeys_escapes)
		buf_str(&text, plain_letters);
	/* The program may have left the cursor within a line. */
	buf_char(&text, '\n');
	question_text(&text, question, &prompt->style);
	return show(prompt, &text);
}

static const char *candidate(const char *before, size_t i, void *owner)
{
	const struct question *question = owner;

	return answer_candidate(before, question->soft_offered, i);
}

/* Understand @line. True when it answers the question; else all that there is
 * to say about it was shown. */
static bool take_line(struct prompt *prompt, const struct question *question,
		      const char *line, struct answer *answer)
{
	struct answer_choice choice;
	BUF_AUTO(text);

	if (!answer_parse(line, question->soft_offered, &choice, &text)) {
		if (text.len) {
			buf_char(&text, '\n');
			show(prompt, &text);
		}
		return false;
	}
	switch (choice.action) {
	case ANSWER_ACTION_VERDICT:
		answer->kind = ANSWER_VERDICT;
		answer->verdict = choice.verdict;
		answer->lasting = choice.lasting;
		return true;
	case ANSWER_ACTION_MORE:
		question_more(&text, question);
		break;
	case ANSWER_ACTION_HELP:
		answer_help(&text, question->soft_offered);
		break;
	}
	show(prompt, &text);
	return false;
}

enum step {
	STEP_READ, /* the next line */
	STEP_DRAW, /* the question again */
	STEP_DONE,
};

/* The terminal shows the question: read one line, or see why there is none.
 * @answer is a refusal until something else is said. */
static enum step read_answer(struct prompt *prompt,
			     const struct question *question,
			     struct answer *answer)
{
	struct terminal *terminal = &prompt->terminal;
	BUF_AUTO(line);

	switch (reader_line(terminal, answer_line, candidate, (void *)question,
			    &line)) {
	case READER_LINE:
		return take_line(prompt, question, buf_text(&line), answer) ?
			       STEP_DONE :
			       STEP_READ;
	case READER_INTERRUPTED:
		terminal_write(terminal, "^C\n", 3);
		answer->kind = ANSWER_INTERRUPTED;
		return STEP_DONE;
	case READER_SUSPEND:
		terminal_write(terminal, "^Z\n", 3);
		return terminal_suspend(terminal) ? STEP_DRAW : STEP_DONE;
	case READER_REDRAW:
		return terminal_hold_again(terminal) ? STEP_DRAW : STEP_DONE;
	case READER_END:
	case READER_SIGNAL:
		terminal_write(terminal, "\n", 1);
		break;
	case READER_GONE:
		break;
	}
	return STEP_DONE;
}

void prompt_ask(struct prompt *prompt, const struct question *question,
		struct answer *answer)
{
	enum step step = STEP_DRAW;

	*answer = (struct answer){
		.kind = ANSWER_NONE,
		.verdict = VERDICT_BLOCK_HARD,
	};
	if (!prompt_has_terminal(prompt) ||
	    !terminal_hold(&prompt->terminal, question->owns_group,
			   question->owner))
		return;
	while (step != STEP_DONE) {
		if (step == STEP_DRAW && !show_question(prompt, question))
			break;
		step = read_answer(prompt, question, answer);
	}
	terminal_release(&prompt->terminal);
}

void prompt_receipt(struct prompt *prompt, const struct rule *rule,
		    unsigned long matched_so_far)
{
	BUF_AUTO(json);
	BUF_AUTO(text);

	if (!prompt_has_terminal(prompt) || !rule)
		return;
	policy_rule_text(&json, rule);
	buf_str(&text, "  rule ");
	escape_again(&text, buf_text(&json), json.len);
	buf_printf(&text,
		   "; it would have matched %lu earlier call%s of this "
		   "run\n",
		   matched_so_far, matched_so_far == 1 ? "" : "s");
	show(prompt, &text);
}
