/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * quote - what is volatile in a name, and what must stay as it is.
 *
 * Both mistakes are bad: a rule that never matches again makes people answer
 * the same question for ever, and a rule that is wider than it sounds allows
 * what nobody meant. So a variable stands for a directory that belongs to a
 * person, never for one of the system's; and a random part, being as long each
 * time, becomes as many "?" as it has characters. Away from the places for
 * temporary files a name has to look quite random before it counts.
 */
#include "quote.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"

enum {
	RANDOM_MIN = 6,	 /* mkstemp(3) */
	RANDOM_MAX = 10, /* mktemp(1) */
	DIGITS_MIN = 9,	 /* Go's os.MkdirTemp() */
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

void quote_text(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0, used; i < len; i += used) {
		unsigned int code;

		used = utf8_decode(text + i, len - i, &code);
		if (!used || !code) {
			used = 1;
			buf_char(out, '?');
			continue;
		}
		if (text[i] == '$' && i + 1 < len && text[i + 1] == '{')
			buf_char(out, '\\');
		glob_escape(out, text + i, used);
	}
}

/* ---- directories with names ---- */

/* Is @path @directory, or below it? */
static bool is_below(const char *path, size_t len, const char *directory)
{
	size_t n = strlen(directory);

	return len >= n && !memcmp(path, directory, n) &&
	       (len == n || path[n] == '/');
}

/* A run in /etc must not turn /etc/passwd into a passwd anywhere. */
static bool is_systems(const char *directory)
{
	static const char *const places[] = {
		"/bin",	  "/boot", "/dev", "/etc",  "/lib", "/lib32",
		"/lib64", "/proc", "/run", "/sbin", "/sys", "/usr",
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (is_below(directory, strlen(directory), places[i]))
			return true;
	return strcmp(directory, "/") == 0;
}

/* Append the variable for the longest beginning that has one. Returns how many
 * bytes of @path it stands for. */
static size_t quote_beginning(struct buf *out,
			      const struct variables *variables,
			      const char *path, size_t len)
{
	/* Of two that mean the same directory, the first. */
	const struct {
		const char *name, *value;
	} rows[] = {
		{ "${HOME}", variables->home },
		{ "${TMP}", variables->tmp },
		{ "${CWD}", variables->cwd },
	};
	const char *name = "";
	size_t best = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *value = rows[i].value;

		if (!value || is_systems(value) || strlen(value) <= best ||
		    !is_below(path, len, value))
			continue;
		name = rows[i].name;
		best = strlen(value);
	}
	buf_str(out, name);
	return best;
}

/* ---- random parts ---- */

static bool is_temporary_place(const struct variables *variables,
			       const char *path, size_t len)
{
	static const char *const places[] = { "/tmp", "/var/tmp", "/dev/shm" };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (len == strlen(places[i]) && !memcmp(path, places[i], len))
			return true;
	return variables->tmp && len == strlen(variables->tmp) &&
	       !memcmp(path, variables->tmp, len);
}

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
static size_t run_before(const char *name, size_t end)
{
	size_t start = end;

	while (start && is_alnum(name[start - 1]))
		start--;
	return start;
}

static bool is_lower_word(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_lower(text[i]))
			return false;
	return true;
}

/* Where in the run [start, end) of @name does a random part begin? @end when
 * there is none. */
static size_t random_start(const char *name, size_t start, size_t end,
			   bool strict)
{
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
	if (len > RANDOM_MIN && is_lower_word(run, len - RANDOM_MIN) &&
	    looks_random(run + len - RANDOM_MIN, RANDOM_MIN, strict))
		return end - RANDOM_MIN;
	return looks_random(run, len, strict) ? start : end;
}

/* A number that is no other's the next time. */
static size_t number_start(const char *name, size_t end,
			   const struct subject *subject)
{
	char pid[16], tid[16];
	size_t start = end;

	while (start && is_digit(name[start - 1]))
		start--;
	if (end - start >= DIGITS_MIN)
		return start;
	if (!subject || start == end)
		return end;
	snprintf(pid, sizeof(pid), "%d", (int)subject->pid);
	snprintf(tid, sizeof(tid), "%d", (int)subject->tid);
	if ((strlen(pid) == end - start &&
	     !memcmp(name + start, pid, end - start)) ||
	    (strlen(tid) == end - start &&
	     !memcmp(name + start, tid, end - start)))
		return start;
	return end;
}

/* One component. The volatile part ends with it, or before its extension. */
static void quote_component(struct buf *out, const char *name, size_t len,
			    bool temporary, const struct subject *subject)
{
	const char *dot = memrchr(name, '.', len);
	size_t ends[2] = { len, dot ? (size_t)(dot - name) : len };

	for (size_t i = 0; i < 2; i++) {
		size_t end = ends[i], start;

		start = random_start(name, run_before(name, end), end,
				     !temporary);
		if (start < end) {
			quote_text(out, name, start);
			buf_pad(out, out->len + end - start, '?');
			quote_text(out, name + end, len - end);
			return;
		}
		if (temporary)
			start = number_start(name, end, subject);
		if (start && start < end) {
			quote_text(out, name, start);
			buf_char(out, '*');
			quote_text(out, name + end, len - end);
			return;
		}
	}
	quote_text(out, name, len);
}

bool quote_is_random(const char *name, size_t len)
{
	return random_start(name, run_before(name, len), len, true) < len;
}

/* ---- all of it ---- */

static bool is_number(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(text[i]))
			return false;
	return len > 0;
}

/* Is the component at [start, start + len) of @path a process or a thread? */
static bool is_process(const char *path, size_t start, size_t len)
{
	const char *rest = path + 6; /* behind "/proc/" */

	if (start < 6 || strncmp(path, "/proc/", 6) != 0 ||
	    !is_number(path + start, len))
		return false;
	if (start == 6)
		return true;
	while (is_digit(*rest))
		rest++;
	return rest > path + 6 && strncmp(rest, "/task/", 6) == 0 &&
	       path + start == rest + 6;
}

void quote_name(struct buf *out, const struct variables *variables,
		const struct subject *subject, const char *name, size_t len)
{
	size_t at;

	if (!len || name[0] != '/') {
		quote_text(out, name, len);
		return;
	}
	at = quote_beginning(out, variables, name, len);
	while (at < len) {
		const char *component = name + at + 1;
		const char *slash = memchr(component, '/', len - at - 1);
		size_t n = slash ? (size_t)(slash - component) : len - at - 1;

		buf_char(out, '/');
		if (is_process(name, at + 1, n))
			buf_char(out, '*');
		else
			quote_component(out, component, n,
					is_temporary_place(variables, name, at),
					subject);
		at += n + 1;
	}
}
