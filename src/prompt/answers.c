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

static const struct scope_row {
	enum answer_scope id;
	const char *word; /* "": nothing follows the answer */
	const char *meaning;
} scopes[] = {
#define SCOPE(id, word, meaning) { ANSWER_SCOPE_##id, word, meaning },
#include "prompt/scopes.def"
#undef SCOPE
};

enum {
	ROW_COUNT = sizeof(rows) / sizeof(*rows),
	SCOPE_COUNT = sizeof(scopes) / sizeof(*scopes),
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

static const struct scope_row *find_scope(struct word word)
{
	size_t i;

	for (i = 0; i < SCOPE_COUNT; i++)
		if (word_is(word, scopes[i].word))
			return &scopes[i];
	return NULL;
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
			  struct word word)
{
	size_t i;

	add_word(message, word);
	buf_printf(message, " is no scope; what may follow %s:", row->word);
	for (i = 0; i < SCOPE_COUNT; i++)
		buf_printf(message, "%s %s", i ? "," : "",
			   *scopes[i].word ? scopes[i].word : "nothing");
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

bool answer_parse(const char *text, bool soft_offered,
		  struct answer_choice *choice, struct buf *message)
{
	struct word rest;
	struct word word = split(text, &rest);
	const struct answer_row *row;
	const struct scope_row *scope;

	if (!word.len)
		return false;
	row = find_row(word);
	if (!row)
		return unknown_answer(message, word);
	if (!row->lasting && rest.len)
		return no_scope_wanted(message, row, rest);
	scope = find_scope(rest);
	if (!scope)
		return unknown_scope(message, row, rest);
	if (row->needs_soft && !soft_offered)
		return no_soft(message, row);
	*choice = (struct answer_choice){
		.action = row->action,
		.verdict = row->verdict,
		.lasting = row->lasting,
		.scope = scope->id,
	};
	return true;
}

void answer_help(struct buf *out, bool soft_offered)
{
	size_t i;

	for (i = 0; i < ROW_COUNT; i++)
		buf_printf(out, "    %-4s %s%s\n", rows[i].word,
			   rows[i].meaning,
			   rows[i].needs_soft && !soft_offered ?
				   " (not possible for this call)" :
				   "");
	buf_str(out, "  \"always\" lasts for this run, and is written by -s;"
		     " it speaks of\n");
	for (i = 0; i < SCOPE_COUNT; i++)
		buf_printf(out, "    %-8s %s\n",
			   *scopes[i].word ? scopes[i].word : "(alone)",
			   scopes[i].meaning);
}

/* The @i-th word of the first column that may be offered. */
static const char *answer_word(bool soft_offered, size_t i)
{
	size_t row;

	for (row = 0; row < ROW_COUNT; row++) {
		if (rows[row].needs_soft && !soft_offered)
			continue;
		if (!i--)
			return rows[row].word;
	}
	return NULL;
}

static const char *scope_word(size_t i)
{
	size_t scope;

	for (scope = 0; scope < SCOPE_COUNT; scope++)
		if (*scopes[scope].word && !i--)
			return scopes[scope].word;
	return NULL;
}

const char *answer_candidate(const char *before, bool soft_offered, size_t i)
{
	struct word rest;
	struct word word = split(before, &rest);
	const struct answer_row *row;

	if (!word.len)
		return answer_word(soft_offered, i);
	row = find_row(word);
	if (!row || !row->lasting || rest.len)
		return NULL;
	return scope_word(i);
}
