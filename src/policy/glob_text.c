/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* glob_text - what can be said of the texts that match, without one at hand. */
#include "glob_data.h"
#include "policy/glob.h"

/* As UTF-8; or the byte that glob_next() made this of. */
static void add_character(struct buf *out, unsigned int code)
{
	if (code < 0x80) {
		buf_char(out, (char)code);
	} else if (code < 0x800) {
		buf_char(out, (char)(0xc0 | code >> 6));
		buf_char(out, (char)(0x80 | (code & 0x3f)));
	} else if (code >= 0xdc80 && code <= 0xdcff) {
		buf_char(out, (char)(code - 0xdc00));
	} else if (code < 0x10000) {
		buf_char(out, (char)(0xe0 | code >> 12));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_char(out, (char)(0x80 | (code & 0x3f)));
	} else {
		buf_char(out, (char)(0xf0 | code >> 18));
		buf_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_char(out, (char)(0x80 | (code & 0x3f)));
	}
}

bool glob_next_run(const struct glob *glob, size_t *at, struct buf *out)
{
	buf_clear(out);
	while (*at < glob->tokens.count) {
		const struct token *token = &glob->tokens.items[*at];

		if (token->kind == TOKEN_LITERAL) {
			add_character(out, token->value);
			++*at;
			continue;
		}
		if (out->len)
			return true;
		*at += token->kind == TOKEN_OPTIONAL ? 3 : 1;
	}
	return out->len > 0;
}

/* Any member will do; 0 when none is at hand. */
static unsigned int member(const struct glob_set *set)
{
	for (size_t i = 0; i < set->ranges.count; i++)
		if (set->ranges.items[i].first != '/' &&
		    glob_set_has(set, set->ranges.items[i].first))
			return set->ranges.items[i].first;
	for (unsigned int code = 1; code < 0x80; code++)
		if (code != '/' && glob_set_has(set, code))
			return code;
	return 0;
}

bool glob_sample(const struct glob *glob, struct buf *out)
{
	buf_clear(out);
	buf_add(out, glob->prefix.data, glob->prefix.len);
	for (size_t i = 0; i < glob->tokens.count; i++) {
		const struct token *token = &glob->tokens.items[i];
		unsigned int code;

		switch (token->kind) {
		case TOKEN_LITERAL:
			add_character(out, token->value);
			break;
		case TOKEN_ANY:
			/* What no pattern has as a literal. */
			buf_char(out, '\x01');
			break;
		case TOKEN_SET:
			code = member(&glob->sets.items[token->value]);
			if (!code)
				return false;
			add_character(out, code);
			break;
		case TOKEN_STAR:
		case TOKEN_GLOBSTAR:
			break;
		case TOKEN_OPTIONAL:
			i += 2;
			break;
		}
	}
	return true;
}
