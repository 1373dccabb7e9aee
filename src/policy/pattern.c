/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * pattern - from the text in a rules file to a glob.
 *
 * A pattern that no resolved path can look like ("/a//b", "/a/../b", "tmp/x")
 * is refused: in a rule that blocks, it would be a hole that looks shut.
 */
#include "pattern.h"

#include <string.h>

/* At "${". Append the value; returns what follows "}", or NULL. */
static const char *expand_one(const struct variables *variables, const char *at,
			      struct buf *out, const char **why)
{
	const struct {
		const char *name;
		const char *value;
	} table[] = {
		{ "${HOME}", variables->home },
		{ "${CWD}", variables->cwd },
		{ "${TMP}", variables->tmp },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		size_t len = strlen(table[i].name);

		if (strncmp(at, table[i].name, len) != 0)
			continue;
		if (!table[i].value) {
			*why = "the variable has no value here";
			return NULL;
		}
		/* "/" before "/x": one slash is enough. */
		if (strcmp(table[i].value, "/") != 0 || at[len] != '/')
			glob_escape(out, table[i].value,
				    strlen(table[i].value));
		return at + len;
	}
	*why = "an unknown variable; known are ${HOME}, ${CWD} and ${TMP}";
	return NULL;
}

static bool expand(const struct variables *variables, const char *at,
		   struct buf *out, const char **why)
{
	while (at && *at) {
		if (at[0] == '$' && at[1] == '{') {
			at = expand_one(variables, at, out, why);
			continue;
		}
		/* A backslash protects the dollar behind it. */
		if (at[0] == '\\' && at[1])
			buf_char(out, *at++);
		buf_char(out, *at++);
	}
	return at != NULL;
}

/* Is the component that begins at @at this one? */
static bool component_is(const char *at, const char *name)
{
	size_t len = strlen(name);

	return strncmp(at, name, len) == 0 &&
	       (at[len] == '/' || at[len] == '\0');
}

static bool can_be_a_path(const char *pattern, const char **why)
{
	if (pattern[0] != '/' && strncmp(pattern, "**", 2) != 0) {
		*why = "a path pattern begins with /, ** or a variable";
		return false;
	}
	if (strcmp(pattern, "/") == 0)
		return true;
	for (const char *at = strchr(pattern, '/'); at;
	     at = strchr(at + 1, '/')) {
		if (at[1] == '\0') {
			*why = "a path pattern must not end in /: write /** "
			       "for all that is below";
			return false;
		}
		if (at[1] == '/' || component_is(at + 1, ".") ||
		    component_is(at + 1, "..")) {
			*why = "//, /./ and /../ never stand in a resolved "
			       "path";
			return false;
		}
	}
	return true;
}

struct glob *pattern_compile(const struct variables *variables,
			     const char *pattern, const char **why)
{
	BUF_AUTO(text);

	if (!expand(variables, pattern, &text, why) ||
	    !can_be_a_path(buf_text(&text), why))
		return NULL;
	return glob_compile(buf_text(&text), why);
}

struct glob *pattern_compile_text(const struct variables *variables,
				  const char *pattern, const char **why)
{
	BUF_AUTO(text);

	if (!expand(variables, pattern, &text, why))
		return NULL;
	return glob_compile(buf_text(&text), why);
}
