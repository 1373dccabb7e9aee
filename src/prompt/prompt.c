/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/prompt.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/die.h"
#include "base/escape.h"
#include "policy/policy.h"
#include "prompt/answers.h"
#include "prompt/lasting.h"
#include "prompt/reader.h"
#include "prompt/terminal.h"

enum {
	VALUE_BYTES = 400,

	/* So many questions in so short a time are not read any more. */
	MANY_QUESTIONS = 8,
	MANY_SECONDS = 10,

	/* So long a receipt stands on the question's own screen. */
	RECEIPT_MS = 1500,
};

struct prompt {
	struct terminal terminal;
	struct relay *relay; /* NULL: the program has the same terminal */
	bool held;	     /* it stands still */
	bool receipt_stands;
	struct question_style style;
	struct places *places;
	bool obeys_escapes;	      /* the terminal is not a dumb one */
	time_t asked[MANY_QUESTIONS]; /* when: the last ones, a ring */
	size_t questions;
};

/* One question while it is open. */
struct asking {
	struct prompt *prompt;
	const struct question *question;
	struct answer_offer offer;
	bool is_one_of_many;
	struct buf first; /* what the next line begins with */
	struct answer *answer;
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
	struct variables variables;

	variables_init(&variables);
	prompt->style.places = prompt->places = places_new(&variables);
	variables_free(&variables);
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
	places_free(prompt->places);
	free(prompt);
}

void prompt_use_relay(struct prompt *prompt, struct relay *relay)
{
	prompt->relay = relay;
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

/* Note the time. Were there many questions in the last seconds? */
static bool is_one_of_many(struct prompt *prompt)
{
	struct timespec now;
	time_t *oldest = &prompt->asked[prompt->questions++ % MANY_QUESTIONS];
	time_t *next = &prompt->asked[prompt->questions % MANY_QUESTIONS];

	clock_gettime(CLOCK_MONOTONIC, &now);
	*oldest = now.tv_sec;
	return prompt->questions >= MANY_QUESTIONS &&
	       now.tv_sec - *next <= MANY_SECONDS;
}

static void add_way_out(struct buf *out, const struct asking *asking)
{
	buf_printf(out, "  %d questions in %d seconds: ", MANY_QUESTIONS,
		   MANY_SECONDS);
	if (asking->offer.scopes >> RULE_SCOPE_CLASS & 1)
		buf_str(out, "aa class allows and bah class blocks all that "
			     "do the same; ");
	buf_str(out, "k kills the program\n");
}

static bool show_question(const struct asking *asking)
{
	struct prompt *prompt = asking->prompt;
	BUF_AUTO(text);

	if (prompt->obeys_escapes)
		buf_str(&text, plain_letters);
	/* The program may have left the cursor within a line. */
	buf_char(&text, '\n');
	question_text(&text, asking->question, &prompt->style);
	if (asking->is_one_of_many)
		add_way_out(&text, asking);
	return show(prompt, &text);
}

static const char *candidate(const char *before, size_t i, void *owner)
{
	const struct asking *asking = owner;

	return answer_candidate(before, &asking->offer, i);
}

static void tell_undo(struct buf *out, const struct question *question)
{
	if (question->undo)
		question->undo(out, question->owner);
	else
		buf_str(out, "  there is nothing to undo\n");
}

enum step {
	STEP_READ, /* the next line */
	STEP_DRAW, /* the question again */
	STEP_DONE,
};

static enum step say(struct prompt *prompt, struct buf *text, enum step next)
{
	if (text->len && text->data[text->len - 1] != '\n')
		buf_char(text, '\n');
	if (text->len)
		show(prompt, text);
	return next;
}

/* Understand @line. Until it answers the question, all that there is to say
 * about it is shown. */
static enum step take_line(struct asking *asking, const char *line)
{
	struct answer *answer = asking->answer;
	struct answer_choice choice;
	enum step next = STEP_READ;
	BUF_AUTO(text);

	if (!answer_parse(line, &asking->offer, &choice, &text))
		return say(asking->prompt, &text, STEP_READ);
	switch (choice.action) {
	case ANSWER_ACTION_VERDICT:
		if (lasting_pattern(asking->question, &choice, READER_LINE_MAX,
				    &asking->first))
			break;
		if (choice.lasting && !lasting_rule(asking->question, &choice,
						    &answer->rule, &text))
			break;
		answer->kind = ANSWER_VERDICT;
		answer->verdict = choice.verdict;
		answer->lasting = choice.lasting;
		return STEP_DONE;
	case ANSWER_ACTION_MORE:
		question_more(&text, asking->question);
		break;
	case ANSWER_ACTION_HELP:
		answer_help(&text, &asking->offer);
		break;
	case ANSWER_ACTION_UNDO:
		tell_undo(&text, asking->question);
		/* Other rules may be in the way of other scopes now. */
		asking->offer = lasting_offer(asking->question);
		next = STEP_DRAW;
		break;
	}
	return say(asking->prompt, &text, next);
}

/* The shell's screen is the one that the program has. */
static bool suspend(struct prompt *prompt)
{
	bool other_screen = prompt->relay && prompt->obeys_escapes;
	bool again;

	terminal_write(&prompt->terminal, "^Z\n", 3);
	if (other_screen)
		relay_give_back_screen(prompt->relay);
	again = terminal_suspend(&prompt->terminal);
	if (other_screen)
		relay_take_screen(prompt->relay);
	return again;
}

/* The terminal shows the question: read one line, or see why there is none.
 * The answer is a refusal until something else is said. */
static enum step read_answer(struct asking *asking)
{
	struct terminal *terminal = &asking->prompt->terminal;
	enum reader_result result;
	BUF_AUTO(first);
	BUF_AUTO(line);

	buf_str(&first, buf_text(&asking->first));
	buf_clear(&asking->first);
	result = reader_line(terminal, answer_line, buf_text(&first), candidate,
			     asking, &line);
	switch (result) {
	case READER_LINE:
		return take_line(asking, buf_text(&line));
	case READER_INTERRUPTED:
		terminal_write(terminal, "^C\n", 3);
		asking->answer->kind = ANSWER_INTERRUPTED;
		return STEP_DONE;
	case READER_SUSPEND:
		return suspend(asking->prompt) ? STEP_DRAW : STEP_DONE;
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
	struct asking asking = {
		.prompt = prompt,
		.question = question,
		.answer = answer,
	};
	enum step step = STEP_DRAW;

	*answer = (struct answer){
		.kind = ANSWER_NONE,
		.verdict = VERDICT_BLOCK_HARD,
	};
	if (!prompt_has_terminal(prompt))
		return;
	if (prompt->relay)
		relay_hold(prompt->relay, prompt->obeys_escapes);
	prompt->held = prompt->relay;
	if (!terminal_hold(&prompt->terminal, question->owns_group,
			   question->owner))
		return;
	asking.offer = lasting_offer(question);
	asking.is_one_of_many = is_one_of_many(prompt);
	while (step != STEP_DONE) {
		if (step == STEP_DRAW && !show_question(&asking))
			break;
		step = read_answer(&asking);
	}
	buf_free(&asking.first);
	terminal_release(&prompt->terminal);
}

void prompt_done(struct prompt *prompt)
{
	if (prompt->held)
		relay_go_on(prompt->relay,
			    prompt->receipt_stands ? RECEIPT_MS : 0);
	prompt->held = prompt->receipt_stands = false;
}

void prompt_rule_line(struct buf *out, const char *what,
		      const struct rule *rule, const char *said)
{
	BUF_AUTO(json);

	policy_rule_text(&json, rule);
	buf_printf(out, "  %s ", what);
	escape_again(out, buf_text(&json), json.len);
	buf_printf(out, "%s\n", said);
}

/* The answer goes further than the question did. */
static void add_overruled(struct buf *out, const struct receipt *receipt)
{
	static const char *const does[] = {
		[VERDICT_ALLOW] = "allows",
		[VERDICT_ASK] = "asks about",
		[VERDICT_BLOCK_SOFT] = "blocks",
		[VERDICT_BLOCK_HARD] = "blocks",
		[VERDICT_KILL] = "forbids",
	};
	const struct rule *rule = receipt->overruled;

	buf_str(out, "  careful: it also allows what ");
	escape_str(out, rule->origin.file);
	buf_printf(out, " rule %u %s: ", rule->origin.index,
		   does[rule->verdict]);
	escape_quoted(out, receipt->kept, strlen(receipt->kept));
	buf_char(out, '\n');
}

void prompt_receipt(struct prompt *prompt, const struct receipt *receipt)
{
	BUF_AUTO(said);
	BUF_AUTO(text);

	if (!prompt_has_terminal(prompt) || !receipt->rule)
		return;
	buf_printf(&said,
		   "; it would have matched %lu earlier call%s of this run",
		   receipt->matched_so_far,
		   receipt->matched_so_far == 1 ? "" : "s");
	if (receipt->replaced)
		buf_printf(&said, " and replaces %zu narrower answer%s",
			   receipt->replaced,
			   receipt->replaced == 1 ? "" : "s");
	prompt_rule_line(&text, "rule", receipt->rule, buf_text(&said));
	if (receipt->overruled)
		add_overruled(&text, receipt);
	show(prompt, &text);
	prompt->receipt_stands = true;
}
