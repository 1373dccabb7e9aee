/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* glob_data - what a pattern is made of; for glob.c and glob_cover.c alone. */
#ifndef POLICY_GLOB_DATA_H
#define POLICY_GLOB_DATA_H

#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"
#include "glob_set.h"

enum {
	PATTERN_MAX = 4096,	  /* PATH_MAX: nothing longer could match */
	TOKENS_MAX = PATTERN_MAX, /* no character makes more than one */
	WORDS_MAX = TOKENS_MAX / 64 + 1,
};

enum token_kind {
	TOKEN_LITERAL,
	TOKEN_ANY,	/* ? */
	TOKEN_SET,	/* [...], value: index in sets */
	TOKEN_STAR,	/* * */
	TOKEN_GLOBSTAR, /* ** */
	TOKEN_OPTIONAL, /* the two tokens after this one may be left out */
};

struct token {
	enum token_kind kind;
	unsigned int value;
};

struct glob {
	VEC_OF(struct token) tokens; /* after the prefix */
	VEC_OF(struct glob_set) sets;
	struct buf prefix; /* literal bytes at the beginning */
	struct buf suffix; /* literal bytes at the end, beyond the prefix */
};

/* The tokens that could come next; bit tokens.count: the text may end. */
struct glob_states {
	uint64_t words[WORDS_MAX];
};

/* Token @i could come next; and so could those behind it that it allows to
 * come at once. */
void glob_add_state(const struct glob *glob, struct glob_states *states,
		    size_t i);

/* Token @i meets the character @code: add what could come next. */
void glob_step(const struct glob *glob, struct glob_states *next, size_t i,
	       unsigned int code);

#endif
