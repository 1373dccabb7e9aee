/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * glob - patterns become a row of tokens, and matching walks the text once
 * with the set of all tokens that could come next.
 *
 * The text belongs to the program, so backtracking is out of the question:
 * with "*a*a*a*b" it would let the program choose how long a decision takes.
 */
#include "policy/glob.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "glob_data.h"

size_t glob_next(const char *text, size_t len, unsigned int *code)
{
	unsigned char byte = (unsigned char)*text;
	size_t used;

	*code = byte;
	if (byte < 0x80)
		return 1;
	used = utf8_decode(text, len, code);
	if (used)
		return used;
	*code = 0xdc00 + byte;
	return 1;
}

/* ---- compiling ---- */

struct compiler {
	struct glob *glob;
	const char *at;
	bool is_prefix; /* nothing but literals so far */
	const char *why;
};

static void emit(struct compiler *compiler, enum token_kind kind,
		 unsigned int value)
{
	struct token token = { kind, value };

	compiler->is_prefix = false;
	buf_clear(&compiler->glob->suffix);
	VEC_PUSH(&compiler->glob->tokens, token);
}

static void emit_literal(struct compiler *compiler, const char *bytes,
			 size_t len, unsigned int code)
{
	struct glob *glob = compiler->glob;
	struct token token = { TOKEN_LITERAL, code };

	/* The prefix is compared byte by byte: a byte that is no UTF-8 could
	 * be half a character of the text. */
	if (len == 1 && code >= 0x80)
		compiler->is_prefix = false;
	if (compiler->is_prefix) {
		buf_add(&glob->prefix, bytes, len);
		return;
	}
	buf_add(&glob->suffix, bytes, len);
	VEC_PUSH(&glob->tokens, token);
}

/* Is what begins at @at a final slash and two stars? */
static bool is_tail(const char *at)
{
	return strncmp(at, "/**", 3) == 0 && at[1 + strspn(at + 1, "*")] == 0;
}

static void compile_literal(struct compiler *compiler)
{
	const char *start = compiler->at;
	unsigned int code;
	size_t len;

	if (is_tail(start)) {
		emit(compiler, TOKEN_OPTIONAL, 0);
		emit(compiler, TOKEN_LITERAL, '/');
		emit(compiler, TOKEN_GLOBSTAR, 0);
		compiler->at += strlen(start);
		return;
	}
	len = glob_next(start, strlen(start), &code);
	emit_literal(compiler, start, len, code);
	compiler->at += len;
}

static void compile_stars(struct compiler *compiler, const char *pattern)
{
	const char *start = compiler->at;
	size_t stars = strspn(start, "*");

	compiler->at += stars;
	if (stars == 1) {
		emit(compiler, TOKEN_STAR, 0);
	} else if (start > pattern && start[-1] == '/' && start[stars] == '/') {
		emit(compiler, TOKEN_OPTIONAL, 0);
		emit(compiler, TOKEN_GLOBSTAR, 0);
		emit(compiler, TOKEN_LITERAL, '/');
		compiler->at++;
		/* This slash may be missing at the end of a text. */
	} else {
		emit(compiler, TOKEN_GLOBSTAR, 0);
	}
}

static void compile_bracket(struct compiler *compiler)
{
	struct glob *glob = compiler->glob;
	struct glob_set set = { 0 };
	const char *end = glob_set_compile(&set, compiler->at, &compiler->why);

	if (!end) {
		/* fnmatch(3): a bracket without its end is a character. */
		glob_set_free(&set);
		compile_literal(compiler);
		return;
	}
	emit(compiler, TOKEN_SET, (unsigned int)glob->sets.count);
	VEC_PUSH(&glob->sets, set);
	compiler->at = end;
}

static void compile(struct compiler *compiler, const char *pattern)
{
	while (*compiler->at && !compiler->why) {
		switch (*compiler->at) {
		case '*':
			compile_stars(compiler, pattern);
			break;
		case '?':
			emit(compiler, TOKEN_ANY, 0);
			compiler->at++;
			break;
		case '[':
			compile_bracket(compiler);
			break;
		case '\\':
			compiler->at++;
			if (*compiler->at)
				compile_literal(compiler);
			else
				compiler->why = "a pattern ends in a backslash";
			break;
		default:
			compile_literal(compiler);
		}
	}
}

struct glob *glob_compile(const char *pattern, const char **why)
{
	struct glob *glob = xcalloc(1, sizeof(*glob));
	struct compiler compiler = {
		.glob = glob,
		.at = pattern,
		.is_prefix = true,
	};

	if (strlen(pattern) >= PATTERN_MAX)
		compiler.why = "a pattern longer than any path";
	else
		compile(&compiler, pattern);
	if (!compiler.why)
		return glob;
	*why = compiler.why;
	glob_free(glob);
	return NULL;
}

void glob_free(struct glob *glob)
{
	if (!glob)
		return;
	for (size_t i = 0; i < glob->sets.count; i++)
		glob_set_free(&glob->sets.items[i]);
	VEC_FREE(&glob->sets);
	VEC_FREE(&glob->tokens);
	buf_free(&glob->prefix);
	buf_free(&glob->suffix);
	free(glob);
}

const char *glob_prefix(const struct glob *glob, size_t *len)
{
	*len = glob->prefix.len;
	return buf_text(&glob->prefix);
}

void glob_escape(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] && strchr("*?[]\\", text[i]))
			buf_char(out, '\\');
		buf_char(out, text[i]);
	}
}

/* ---- matching ---- */

/* A set bit has been followed already. */
void glob_add_state(const struct glob *glob, struct glob_states *states,
		    size_t i)
{
	for (;;) {
		uint64_t bit = UINT64_C(1) << (i % 64);
		enum token_kind kind;

		if (states->words[i / 64] & bit)
			return;
		states->words[i / 64] |= bit;
		if (i == glob->tokens.count)
			return;
		kind = glob->tokens.items[i].kind;
		if (kind == TOKEN_OPTIONAL)
			glob_add_state(glob, states, i + 3);
		else if (kind != TOKEN_STAR && kind != TOKEN_GLOBSTAR)
			return;
		i++;
	}
}

void glob_step(const struct glob *glob, struct glob_states *next, size_t i,
	       unsigned int code)
{
	const struct token *token = &glob->tokens.items[i];

	switch (token->kind) {
	case TOKEN_LITERAL:
		if (code == token->value)
			glob_add_state(glob, next, i + 1);
		return;
	case TOKEN_ANY:
		if (code != '/')
			glob_add_state(glob, next, i + 1);
		return;
	case TOKEN_SET:
		if (code != '/' &&
		    glob_set_has(&glob->sets.items[token->value], code))
			glob_add_state(glob, next, i + 1);
		return;
	case TOKEN_STAR:
		if (code != '/')
			glob_add_state(glob, next, i);
		return;
	case TOKEN_GLOBSTAR:
		glob_add_state(glob, next, i);
		return;
	case TOKEN_OPTIONAL:
		return; /* glob_add_state() went through it */
	}
}

static bool run(const struct glob *glob, const char *text, size_t len)
{
	size_t count = glob->tokens.count;
	size_t words = count / 64 + 1;
	struct glob_states states[2];
	struct glob_states *now = &states[0], *next = &states[1];

	memset(now->words, 0, words * sizeof(*now->words));
	glob_add_state(glob, now, 0);
	while (len) {
		struct glob_states *swap = now;
		unsigned int code;
		size_t used = glob_next(text, len, &code);
		uint64_t any = 0;

		memset(next->words, 0, words * sizeof(*next->words));
		for (size_t word = 0; word < words; word++) {
			uint64_t bits = now->words[word];

			for (; bits; bits &= bits - 1) {
				size_t i = word * 64 +
					   (size_t)__builtin_ctzll(bits);

				if (i < count)
					glob_step(glob, next, i, code);
			}
		}
		for (size_t word = 0; word < words; word++)
			any |= next->words[word];
		if (!any)
			return false;
		now = next;
		next = swap;
		text += used;
		len -= used;
	}
	return now->words[count / 64] >> (count % 64) & 1;
}

bool glob_match(const struct glob *glob, const char *text, size_t len)
{
	size_t prefix = glob->prefix.len, suffix = glob->suffix.len;

	/* The cheap ways to say no come first. */
	if (len < prefix + suffix ||
	    memcmp(text, buf_text(&glob->prefix), prefix) != 0 ||
	    memcmp(text + len - suffix, buf_text(&glob->suffix), suffix) != 0)
		return false;
	if (!glob->tokens.count)
		return len == prefix;
	return run(glob, text + prefix, len - prefix);
}
