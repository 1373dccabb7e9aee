/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * glob_cover - does one pattern match all that another one matches?
 *
 * Both walk along all texts at once: a place in the narrow pattern together
 * with the set of places in the wide one where the same text leads. A text
 * that ends the narrow pattern and not the wide one is the counterexample.
 * Of the characters only those count that some token tells apart.
 */
#include <stdlib.h>
#include <string.h>

#include "glob_data.h"
#include "policy/glob.h"

enum {
	PLACES_MAX = 2000,   /* the search is quadratic in them */
	WORK_MAX = 20000000, /* a good part of a second */
};

struct place {
	size_t at; /* in the narrow pattern */
	uint64_t *wide;
};

struct search {
	const struct glob *wide, *narrow;
	size_t words;		     /* of a set of places in .wide */
	VEC_OF(struct place) places; /* found so far */
	VEC_OF(unsigned int) codes;
	size_t work;
};

/* ---- the characters that matter: where a new region begins ---- */

static void add_code(struct search *search, unsigned int code)
{
	for (size_t i = 0; i < search->codes.count; i++)
		if (search->codes.items[i] == code)
			return;
	VEC_PUSH(&search->codes, code);
}

static void add_region(struct search *search, unsigned int first,
		       unsigned int last)
{
	add_code(search, first);
	add_code(search, last + 1);
}

static void add_set(struct search *search, const struct glob_set *set)
{
	for (size_t i = 0; i < set->ranges.count; i++)
		add_region(search, set->ranges.items[i].first,
			   set->ranges.items[i].last);
	for (unsigned int code = 0; set->classes && code <= 0x80; code++)
		add_code(search, code);
}

static void add_codes(struct search *search, const struct glob *glob)
{
	for (size_t i = 0; i < glob->tokens.count; i++) {
		const struct token *token = &glob->tokens.items[i];

		if (token->kind == TOKEN_LITERAL)
			add_region(search, token->value, token->value);
		else if (token->kind == TOKEN_SET)
			add_set(search, &glob->sets.items[token->value]);
	}
}

/* ---- walking ---- */

static bool is_subset(const uint64_t *a, const uint64_t *b, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (a[i] & ~b[i])
			return false;
	return true;
}

/* Fewer places in the wide pattern are the worse case: what holds there holds
 * here. */
static void add_place(struct search *search, size_t at,
		      const struct glob_states *wide)
{
	size_t size = search->words * sizeof(*wide->words);
	struct place place = { .at = at };

	search->work += search->places.count;
	for (size_t i = 0; i < search->places.count; i++)
		if (search->places.items[i].at == at &&
		    is_subset(search->places.items[i].wide, wide->words,
			      search->words))
			return;
	place.wide = xmalloc(size);
	memcpy(place.wide, wide->words, size);
	VEC_PUSH(&search->places, place);
}

static bool has_state(const uint64_t *words, size_t i)
{
	return words[i / 64] >> (i % 64) & 1;
}

/* Where @words lead with @code. */
static void step_all(const struct glob *glob, const uint64_t *words,
		     unsigned int code, struct glob_states *next)
{
	memset(next->words, 0, (glob->tokens.count / 64 + 1) * sizeof(*words));
	for (size_t i = 0; i < glob->tokens.count; i++)
		if (has_state(words, i))
			glob_step(glob, next, i, code);
}

static void step_place(struct search *search, size_t at, const uint64_t *words,
		       unsigned int code)
{
	const struct glob *narrow = search->narrow;
	struct glob_states next, wide;

	memset(next.words, 0,
	       (narrow->tokens.count / 64 + 1) * sizeof(*next.words));
	glob_step(narrow, &next, at, code);
	search->work += narrow->tokens.count + search->wide->tokens.count;
	step_all(search->wide, words, code, &wide);
	for (size_t i = 0; i <= narrow->tokens.count; i++)
		if (has_state(next.words, i))
			add_place(search, i, &wide);
}

static bool look_at(struct search *search, size_t done)
{
	const struct glob *narrow = search->narrow;
	struct place place = search->places.items[done];

	if (place.at == narrow->tokens.count)
		return has_state(place.wide, search->wide->tokens.count);
	if (narrow->tokens.items[place.at].kind == TOKEN_LITERAL) {
		step_place(search, place.at, place.wide,
			   narrow->tokens.items[place.at].value);
		return true;
	}
	for (size_t i = 0; i < search->codes.count; i++)
		step_place(search, place.at, place.wide,
			   search->codes.items[i]);
	return true;
}

/* Both stand behind the narrow pattern's prefix. */
static void begin(struct search *search)
{
	const struct glob *wide = search->wide, *narrow = search->narrow;
	const char *text = buf_text(&narrow->prefix) + wide->prefix.len;
	size_t len = narrow->prefix.len - wide->prefix.len;
	struct glob_states states[2] = { 0 }, start = { 0 };
	unsigned int code, now = 0;

	glob_add_state(wide, &states[now], 0);
	while (len) {
		size_t used = glob_next(text, len, &code);

		step_all(wide, states[now].words, code, &states[!now]);
		now = !now;
		text += used;
		len -= used;
	}
	glob_add_state(narrow, &start, 0);
	for (size_t i = 0; i <= narrow->tokens.count; i++)
		if (has_state(start.words, i))
			add_place(search, i, &states[now]);
}

static bool prove(struct search *search)
{
	add_code(search, 0);
	add_region(search, '/', '/');
	add_codes(search, search->wide);
	add_codes(search, search->narrow);
	begin(search);
	for (size_t done = 0; done < search->places.count; done++)
		if (done == PLACES_MAX || search->work > WORK_MAX ||
		    !look_at(search, done))
			return false;
	return true;
}

/* Every pattern matches something, and that begins with its prefix and ends in
 * its suffix. */
static bool ends_differ(const struct glob *wide, const struct glob *narrow)
{
	const struct buf *a = &wide->suffix, *b = &narrow->suffix;
	size_t len = a->len < b->len ? a->len : b->len;

	return wide->prefix.len > narrow->prefix.len ||
	       memcmp(buf_text(&wide->prefix), buf_text(&narrow->prefix),
		      wide->prefix.len) != 0 ||
	       (len && memcmp(a->data + a->len - len, b->data + b->len - len,
			      len) != 0);
}

/* The cheap way to say no: one text that only the narrow one matches. */
static bool sample_differs(const struct glob *wide, const struct glob *narrow)
{
	BUF_AUTO(sample);

	return glob_sample(narrow, &sample) &&
	       !glob_match(wide, buf_text(&sample), sample.len) &&
	       glob_match(narrow, buf_text(&sample), sample.len);
}

bool glob_covers(const struct glob *wide, const struct glob *narrow)
{
	struct search search = {
		.wide = wide,
		.narrow = narrow,
		.words = wide->tokens.count / 64 + 1,
	};
	bool covers;

	if (ends_differ(wide, narrow) || sample_differs(wide, narrow))
		return false;
	covers = prove(&search);
	for (size_t i = 0; i < search.places.count; i++)
		free(search.places.items[i].wide);
	VEC_FREE(&search.places);
	VEC_FREE(&search.codes);
	return covers;
}
