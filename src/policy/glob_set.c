/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* glob_set - [a-z], [!0-9], [[:digit:]_], see fnmatch(3), glob(7); and
 * [[:0xff:]], a byte that is no UTF-8. */
#include "glob_set.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *name;
	int (*is)(int c);
} classes[] = {
	{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank },
	{ "cntrl", iscntrl }, { "digit", isdigit }, { "graph", isgraph },
	{ "lower", islower }, { "print", isprint }, { "punct", ispunct },
	{ "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
};

enum { N_CLASSES = sizeof(classes) / sizeof(*classes) };

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* "[:0xff:]" at @at: a byte that cannot stand in a rules file, being no UTF-8
 * or NUL. Its number as a character; see glob_next(). */
static bool read_byte(const char *at, unsigned int *code)
{
	int high, low;

	if (strncmp(at, "[:0x", 4) != 0)
		return false;
	high = hex_digit(at[4]);
	low = high < 0 ? -1 : hex_digit(at[5]);
	if (low < 0 || strncmp(at + 6, ":]", 2) != 0)
		return false;
	*code = (unsigned int)(high << 4 | low);
	if (*code >= 0x80)
		*code += 0xdc00;
	return *code == 0 || *code >= 0x80;
}

/* At "[:". Returns what follows ":]", or NULL. */
static const char *read_class(struct glob_set *set, const char *at,
			      const char **why)
{
	struct glob_range byte;

	if (read_byte(at, &byte.first)) {
		byte.last = byte.first;
		VEC_PUSH(&set->ranges, byte);
		return at + strlen("[:0xff:]");
	}
	for (unsigned int i = 0; i < N_CLASSES; i++) {
		size_t len = strlen(classes[i].name);

		if (strncmp(at + 2, classes[i].name, len) == 0 &&
		    strncmp(at + 2 + len, ":]", 2) == 0) {
			set->classes |= 1u << i;
			return at + 2 + len + 2;
		}
	}
	*why = "an unknown [:class:] in a pattern";
	return NULL;
}

/* One character, perhaps behind a backslash. NULL at the end of the pattern
 * and at a slash, which a set cannot hold. */
static const char *read_character(const char *at, unsigned int *code)
{
	if (*at == '\\')
		at++;
	if (!*at || *at == '/')
		return NULL;
	return at + glob_next(at, strlen(at), code);
}

/* x or x-y */
static const char *read_range(struct glob_set *set, const char *at,
			      const char **why)
{
	struct glob_range range;

	at = read_character(at, &range.first);
	if (!at)
		return NULL;
	range.last = range.first;
	if (at[0] == '-' && at[1] && at[1] != ']')
		at = read_character(at + 1, &range.last);
	if (at && range.last < range.first) {
		*why = "a [range] in a pattern runs backwards";
		return NULL;
	}
	if (at)
		VEC_PUSH(&set->ranges, range);
	return at;
}

const char *glob_set_compile(struct glob_set *set, const char *at,
			     const char **why)
{
	bool is_first = true;

	at++;
	set->negated = *at == '!' || *at == '^';
	if (set->negated)
		at++;
	/* A ']' at the beginning is a member. */
	while (at && (*at != ']' || is_first)) {
		is_first = false;
		if (at[0] == '[' && at[1] == ':') {
			at = read_class(set, at, why);
		} else if (at[0] == '[' && (at[1] == '.' || at[1] == '=')) {
			*why = "[. and [= are not known in a pattern";
			return NULL;
		} else {
			at = read_range(set, at, why);
		}
	}
	return at ? at + 1 : NULL;
}

bool glob_set_has(const struct glob_set *set, unsigned int code)
{
	bool found = false;

	for (size_t i = 0; !found && i < set->ranges.count; i++)
		found = code >= set->ranges.items[i].first &&
			code <= set->ranges.items[i].last;
	for (unsigned int i = 0; !found && i < N_CLASSES; i++)
		found = (set->classes >> i & 1) && code < 0x80 &&
			classes[i].is((int)code);
	return found != set->negated;
}

void glob_set_free(struct glob_set *set)
{
	VEC_FREE(&set->ranges);
}
