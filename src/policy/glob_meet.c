/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * glob_meet - is there a text that two patterns match?
 *
 * Both walk along all texts at once, a place in one with a place in the other.
 * The characters that some token tells apart are enough to try.
 */
#include <stdlib.h>
#include <string.h>

#include "glob_data.h"
#include "policy/glob.h"

enum { WORK_MAX = 20000000 }; /* a good part of a second */

struct meeting {
	const struct glob *a, *b;
	unsigned char *seen;	     /* by place in a, place in b */
	VEC_OF(unsigned int) places; /* to be looked at: a * width + b */
	VEC_OF(unsigned int) codes;
	size_t width;
	size_t work;
	bool found;
};

static void add_code(struct meeting *meeting, unsigned int code)
{
	for (size_t i = 0; i < meeting->codes.count; i++)
		if (meeting->codes.items[i] == code)
			return;
	VEC_PUSH(&meeting->codes, code);
}

static void add_codes(struct meeting *meeting, const struct glob *glob)
{
	for (size_t i = 0; i < glob->tokens.count; i++)
		if (glob->tokens.items[i].kind == TOKEN_LITERAL)
			add_code(meeting, glob->tokens.items[i].value);
	for (size_t i = 0; i < glob->sets.count; i++) {
		const struct glob_set *set = &glob->sets.items[i];

		for (size_t k = 0; k < set->ranges.count; k++) {
			add_code(meeting, set->ranges.items[k].first);
			add_code(meeting, set->ranges.items[k].last + 1);
		}
		/* Members of a [:class:], or of the rest of the world. */
		for (unsigned int code = 1; code <= 0x80; code++)
			add_code(meeting, code);
	}
}

static bool has_state(const struct glob_states *states, size_t i)
{
	return states->words[i / 64] >> (i % 64) & 1;
}

static void add_places(struct meeting *meeting, const struct glob_states *in_a,
		       const struct glob_states *in_b)
{
	for (size_t i = 0; i <= meeting->a->tokens.count; i++) {
		for (size_t k = 0;
		     has_state(in_a, i) && k <= meeting->b->tokens.count; k++) {
			size_t place = i * meeting->width + k;

			meeting->work++;
			if (!has_state(in_b, k) || meeting->seen[place])
				continue;
			meeting->seen[place] = 1;
			VEC_PUSH(&meeting->places, (unsigned int)place);
			if (i == meeting->a->tokens.count &&
			    k == meeting->b->tokens.count)
				meeting->found = true;
		}
	}
}

static void clear(struct glob_states *states, const struct glob *glob)
{
	memset(states->words, 0,
	       (glob->tokens.count / 64 + 1) * sizeof(*states->words));
}

static void step(struct meeting *meeting, size_t i, size_t k)
{
	for (size_t c = 0; c < meeting->codes.count; c++) {
		unsigned int code = meeting->codes.items[c];
		struct glob_states in_a, in_b;

		clear(&in_a, meeting->a);
		clear(&in_b, meeting->b);
		glob_step(meeting->a, &in_a, i, code);
		glob_step(meeting->b, &in_b, k, code);
		add_places(meeting, &in_a, &in_b);
	}
}

/* The pattern with the shorter prefix goes on to where the other's ends. */
static void begin(struct meeting *meeting)
{
	size_t skip = meeting->a->prefix.len;
	const char *text = buf_text(&meeting->b->prefix) + skip;
	size_t len = meeting->b->prefix.len - skip;
	struct glob_states states[2] = { 0 }, start = { 0 };
	unsigned int code, now = 0;

	glob_add_state(meeting->a, &states[now], 0);
	while (len) {
		size_t used = glob_next(text, len, &code);

		clear(&states[!now], meeting->a);
		for (size_t i = 0; i < meeting->a->tokens.count; i++)
			if (has_state(&states[now], i))
				glob_step(meeting->a, &states[!now], i, code);
		now = !now;
		text += used;
		len -= used;
	}
	glob_add_state(meeting->b, &start, 0);
	add_places(meeting, &states[now], &start);
}

static void search(struct meeting *meeting)
{
	/* A character that no token names. */
	add_code(meeting, 1);
	add_code(meeting, '/');
	add_codes(meeting, meeting->a);
	add_codes(meeting, meeting->b);
	begin(meeting);
	while (meeting->places.count && !meeting->found) {
		unsigned int place =
			meeting->places.items[--meeting->places.count];
		size_t i = place / meeting->width, k = place % meeting->width;

		if (meeting->work > WORK_MAX)
			meeting->found = true;
		else if (i < meeting->a->tokens.count &&
			 k < meeting->b->tokens.count)
			step(meeting, i, k);
	}
}

bool glob_meets(const struct glob *a, const struct glob *b)
{
	struct meeting meeting = { .a = a, .b = b };

	if (a->prefix.len > b->prefix.len) {
		meeting.a = b;
		meeting.b = a;
	}
	if (memcmp(buf_text(&a->prefix), buf_text(&b->prefix),
		   meeting.a->prefix.len) != 0)
		return false;
	meeting.width = meeting.b->tokens.count + 1;
	meeting.seen = xcalloc((meeting.a->tokens.count + 1) * meeting.width,
			       sizeof(*meeting.seen));
	search(&meeting);
	free(meeting.seen);
	VEC_FREE(&meeting.places);
	VEC_FREE(&meeting.codes);
	return meeting.found;
}
