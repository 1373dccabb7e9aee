/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/answers.h"

#include <string.h>

#include "base/escape.h"

static const struct answer_row {
	const char *word;
	enum answer_action action;
	enum verdict verdict;
	bool lasting;
	bool needs_soft;
	const char *meaning;
} rows[] = {
#define ANSWER(word, action, verdict, lasting, needs_soft, meaning)            \
	{ word, ANSWER_ACTION_##action, verdict, lasting, needs_soft, meaning },
#include "prompt/answers.def"
#undef ANSWER
};

enum {
	ROW_COUNT = sizeof(rows) / sizeof(*rows),
	SHOWN_BYTES = 40, /* of a word that is not known */
};

static const char blanks[] = " \t";

/* A word of the line, by place and length. */
struct word {
	const char *text;
	size_t len;
};

static bool word_is(struct word word, const char *text)
{
	return strlen(text) == word.len && !memcmp(text, word.text, word.len);
}

/* The first word of @text, and all behind it without blanks at the ends. */
static struct word split(const char *text, struct word *rest)
{
	struct word first;

	first.text = text + strspn(text, blanks);
	first.len = strcspn(first.text, blanks);
	rest->text = first.text + first.len;
	rest->text += strspn(rest->text, blanks);
	rest->len = strlen(rest->text);
	while (rest->len && strchr(blanks, rest->text[rest->len - 1]))
		rest->len--;
	return first;
}

static const struct answer_row *find_row(struct word word)
{
	size_t i;

	for (i = 0; i < ROW_COUNT; i++)
		if (word_is(word, rows[i].word))
			return &rows[i];
	return NULL;
}

static bool is_offered(const struct answer_offer *offer, enum rule_scope scope)
{
	return scope == RULE_SCOPE_CALL || (offer->scopes >> scope & 1);
}

static void add_word(struct buf *out, struct word word)
{
	buf_char(out, '"');
	escape_elided(out, word.text, word.len, SHOWN_BYTES);
	buf_char(out, '"');
}

static bool unknown_answer(struct buf *message, struct word word)
{
	size_t i;

	add_word(message, word);
	buf_str(message, " is no answer; the answers are");
	for (i = 0; i < ROW_COUNT; i++)
		buf_printf(message, " %s", rows[i].word);
	return false;
}

static bool unknown_scope(struct buf *message, const struct answer_row *row,
			  const struct answer_offer *offer, struct word word)
{
	enum rule_scope scope;

	add_word(message, word);
	buf_printf(message, " is no scope; what may follow %s: nothing",
		   row->word);
	for (scope = RULE_SCOPE_CALL + 1; scope < RULE_SCOPE_COUNT; scope++)
		if (is_offered(offer, scope))
			buf_printf(message, ", %s", scope_word(scope));
	return false;
}

/* What stands behind the scope: a pattern where one may. */
static bool too_much(struct buf *message, enum rule_scope scope,
		     struct word word)
{
	buf_printf(message, "nothing may follow %s: ", scope_word(scope));
	add_word(message, word);
	return false;
}

static bool no_scope_wanted(struct buf *message, const struct answer_row *row,
			    struct word word)
{
	buf_printf(message, "%s stands alone, without ", row->word);
	add_word(message, word);
	return false;
}

static bool no_soft(struct buf *message, const struct answer_row *row)
{
	buf_printf(message,
		   "%s: the success of this call cannot be faked, so it cannot "
		   "be blocked soft; bh blocks it",
		   row->word);
	return false;
}

bool answer_parse(const char *text, const struct answer_offer *offer,
		  struct answer_choice *choice, struct buf *message)
{
	struct word rest, pattern;
	struct word word = split(text, &rest);
	struct word named;
	const struct answer_row *row;
	enum rule_scope scope;

	if (!word.len)
		return false;
	row = find_row(word);
	if (!row)
		return unknown_answer(message, word);
	if (!row->lasting && rest.len)
		return no_scope_wanted(message, row, rest);
	named = split(rest.text, &pattern);
	if (!scope_by_word(named.text, named.len, &scope))
		return unknown_scope(message, row, offer, named);
	if (pattern.len && scope != RULE_SCOPE_GLOB)
		return too_much(message, scope, pattern);
	if (row->needs_soft && !offer->soft)
		return no_soft(message, row);
	*choice = (struct answer_choice){
		.action = row->action,
		.verdict = row->verdict,
		.lasting = row->lasting,
		.scope = scope,
		.pattern = pattern.text,
		.pattern_len = pattern.len,
	};
	return true;
}

void answer_help(struct buf *out, const struct answer_offer *offer)
{
	enum rule_scope scope;
	size_t i;

	for (i = 0; i < ROW_COUNT; i++)
		buf_printf(out, "    %-4s %s%s\n", rows[i].word,
			   rows[i].meaning,
			   rows[i].needs_soft && !offer->soft ?
				   " (not possible for this call)" :
				   "");
	buf_str(out, "  \"always\" lasts for this run, and is written by -s;"
		     " what may follow it:\n");
	for (scope = 0; scope < RULE_SCOPE_COUNT; scope++)
		if (is_offered(offer, scope))
			buf_printf(out, "    %-8s %s\n",
				   scope == RULE_SCOPE_CALL ? "nothing" :
							      scope_word(scope),
				   scope_meaning(scope));
}

/* The @i-th word of the first column that may be offered. */
static const char *answer_word(const struct answer_offer *offer, size_t i)
{
	size_t row;

	for (row = 0; row < ROW_COUNT; row++) {
		if (rows[row].needs_soft && !offer->soft)
			continue;
		if (!i--)
			return rows[row].word;
	}
	return NULL;
}

static const char *offered_scope(const struct answer_offer *offer, size_t i)
{
	enum rule_scope scope;

	for (scope = RULE_SCOPE_CALL + 1; scope < RULE_SCOPE_COUNT; scope++)
		if (is_offered(offer, scope) && !i--)
			return scope_word(scope);
	return NULL;
}

const char *answer_candidate(const char *before,
			     const struct answer_offer *offer, size_t i)
{
	struct word rest;
	struct word word = split(before, &rest);
	const struct answer_row *row;

	if (!word.len)
		return answer_word(offer, i);
	row = find_row(word);
	if (!row || !row->lasting || rest.len)
		return NULL;
	return offered_scope(offer, i);
}

void answer_pattern_line(struct buf *out, enum verdict verdict,
			 const char *pattern, size_t len)
{
	size_t i, used;

	for (i = 0; i < ROW_COUNT; i++)
		if (rows[i].lasting && rows[i].verdict == verdict)
			buf_str(out, rows[i].word);
	buf_printf(out, " %s ", scope_word(RULE_SCOPE_GLOB));
	for (i = 0; i < len; i += used) {
		unsigned int code;
		BUF_AUTO(shown);

		used = utf8_decode(pattern + i, len - i, &code);
		if (!used)
			used = 1;
		escape_again(&shown, pattern + i, used);
		/* A blank at the end would get lost. */
		if (shown.len != used || (pattern[i] == ' ' && i + 1 == len))
			buf_char(out, '?');
		else
			buf_add(out, pattern + i, used);
	}
}
