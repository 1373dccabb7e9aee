/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "policy/random_name.h"

#include <fcntl.h>
#include <string.h>

enum {
	RANDOM_MIN = 6,	 /* mkstemp(3) */
	RANDOM_MAX = 10, /* mktemp(1) */
	/* The random characters of mkstemp(3) and of Python's tempfile. */
	C_RANDOM = 6,
	PYTHON_RANDOM = 8,
	NUMBER_MIN = 9, /* the digits of an address or of a time */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_alnum(char c)
{
	return is_digit(c) || is_upper(c) || is_lower(c);
}

static bool is_word(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_lower(text[i]))
			return false;
	return true;
}

/* ---- by its looks ---- */

static unsigned int kind_of(char c)
{
	return is_digit(c) ? 1 : is_upper(c) ? 2 : 4;
}

/* "MakeFileName": each word has a capital and two letters or more. */
static bool is_camel_case(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (is_digit(text[i]) ||
		    (is_upper(text[i]) &&
		     (i + 2 >= len || !is_lower(text[i + 1]) ||
		      !is_lower(text[i + 2]))))
			return false;
	return true;
}

/*
 * Letters and digits without a plan: "Xa81Zk", not "config", "python3",
 * "sha256sum", "Makefile" or "LibFoo". @strict: there must be a digit and both
 * cases, as six characters of 62 have more often than not.
 */
static bool looks_random(const char *text, size_t len, bool strict)
{
	unsigned int kinds = 0, changes = 0;

	if (len < RANDOM_MIN || len > RANDOM_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		kinds |= kind_of(text[i]);
		changes += i && kind_of(text[i]) != kind_of(text[i - 1]);
	}
	if (strict)
		return kinds == 7 && changes >= 3;
	if ((kinds & 6) == 6)
		return changes >= 2 && !is_camel_case(text, len);
	return kinds != 4 && changes >= 4;
}

/* The letters and digits in front of @end. */
static size_t letters_before(const char *name, size_t end)
{
	size_t start = end;

	while (start && is_alnum(name[start - 1]))
		start--;
	return start;
}

size_t random_name_start(const char *name, size_t end, bool strict)
{
	size_t start = letters_before(name, end);
	const char *run = name + start;
	size_t len = end - start;
	bool marked = len > 3 && (!memcmp(run, "tmp", 3));

	/* "tmpab12cd9x": Python's and many others' */
	if (marked && looks_random(run + 3, len - 3, false))
		return start + 3;
	/* "tmp.XXXXXXXXXX": mktemp(1) */
	marked = start >= 4 && !memcmp(name + start - 4, "tmp", 3);
	if (marked && looks_random(run, len, false))
		return start;
	/* "ccXXXXXX": a word, and six characters */
	if (len > RANDOM_MIN && is_word(run, len - RANDOM_MIN) &&
	    looks_random(run + len - RANDOM_MIN, RANDOM_MIN, strict))
		return end - RANDOM_MIN;
	return looks_random(run, len, strict) ? start : end;
}

/* ---- by the way it was made ---- */

static bool is_part(char c)
{
	return is_alnum(c) || c == '_';
}

static size_t part_before(const char *name, size_t end)
{
	size_t start = end;

	while (start && is_part(name[start - 1]))
		start--;
	return start;
}

/* "direct_url": what a person calls a file. */
static bool is_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_lower(text[i]) && text[i] != '_')
			return false;
	return true;
}

/* The random part is in front of here: at the end, or before one of the
 * extensions. Words are taken for it when there is nothing better, the last
 * ones first: "direct_url.jsonabcdefgh.tmp" is Python's by chance. */
static size_t random_end(const char *name, size_t len)
{
	size_t word = 0;

	for (size_t end = len; end; end--) {
		size_t start = part_before(name, end);

		if ((end < len && name[end] != '.') || end - start < C_RANDOM)
			continue;
		if (!is_words(name + start, end - start))
			return end;
		if (!word)
			word = end;
	}
	return word ? word : len;
}

static size_t random_len(const char *name, size_t end)
{
	size_t start = part_before(name, end), len = end - start;

	if (len < C_RANDOM)
		return 0;
	if (len < PYTHON_RANDOM)
		return C_RANDOM;
	for (size_t i = end - PYTHON_RANDOM; i < end; i++)
		if (!is_lower(name[i]) && !is_digit(name[i]) && name[i] != '_')
			return C_RANDOM;
	return PYTHON_RANDOM;
}

/* mkstemp(3) opens for both and insists on a new file. */
static bool makes_file(const struct call *call)
{
	const uint64_t all = O_CREAT | O_EXCL | O_ACCMODE;

	return (call_open_flags(call) & all) == (O_CREAT | O_EXCL | O_RDWR);
}

static bool makes_directory(const struct call *call)
{
	int mode = call_arg_index(call, ARG_MODE);

	return call->def && mode >= 0 &&
	       (call->def->id == SYSCALL_mkdir ||
		call->def->id == SYSCALL_mkdirat) &&
	       call->args[mode] == 0700;
}

static bool has_random_name(const struct variables *variables,
			    const struct call *call, const char *path,
			    const char *name)
{
	size_t end = random_end(name, strlen(name));

	if (!makes_file(call) && !makes_directory(call))
		return false;
	if (strstr(name, "tmp") || strstr(name, "temp") ||
	    variables_is_temporary(variables, path, (size_t)(name - path) - 1))
		return true;
	/* Elsewhere others make files like that, too, but not as private. */
	return makes_file(call) && call->open.mode == 0600 &&
	       end - part_before(name, end) >= C_RANDOM &&
	       !is_word(name + end - C_RANDOM, C_RANDOM);
}

/* "x.pyc.140103824413360": Python and others write a file under a name of its
 * own and then rename it. Returns the number's length. */
static size_t number_len(const struct call *call, const char *name)
{
	const uint64_t new_file = O_CREAT | O_EXCL;
	size_t end = strlen(name), start = end;

	while (start && is_digit(name[start - 1]))
		start--;
	if (end - start < NUMBER_MIN || start < 2 || name[start - 1] != '.' ||
	    (call_open_flags(call) & new_file) != new_file)
		return 0;
	return end - start;
}

enum random_kind random_name_made(const struct variables *variables,
				  const struct call *call, const char *path,
				  size_t *start, size_t *len)
{
	const char *slash = path[0] == '/' ? strrchr(path, '/') : NULL;
	size_t end;

	if (!slash || slash == path)
		return RANDOM_NOTHING;
	end = strlen(slash + 1);
	*len = number_len(call, slash + 1);
	if (*len) {
		*start = strlen(path) - *len;
		return RANDOM_NUMBER;
	}
	if (!has_random_name(variables, call, path, slash + 1))
		return RANDOM_NOTHING;
	end = random_end(slash + 1, end);
	*len = random_len(slash + 1, end);
	*start = (size_t)(slash + 1 - path) + end - *len;
	return *len ? RANDOM_LETTERS : RANDOM_NOTHING;
}
