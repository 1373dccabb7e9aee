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
#include "policy/random_name.h"

enum { DIGITS_MIN = 9 }; /* Go's os.MkdirTemp() */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void quote_text(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0, used; i < len; i += used) {
		unsigned int code;

		used = utf8_decode(text + i, len - i, &code);
		if (!used || !code) {
			used = 1;
			buf_printf(out, "[[:0x%02x:]]", (unsigned char)text[i]);
			continue;
		}
		if (text[i] == '$' && i + 1 < len && text[i + 1] == '{')
			buf_char(out, '\\');
		glob_escape(out, text + i, used);
	}
}

/* ---- random parts ---- */

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

static bool says_temporary(const char *text, size_t len)
{
	return memmem(text, len, "tmp", 3) || memmem(text, len, "temp", 4);
}

/*
 * Must a name in the directory @path[0..at) stay as it is, unless it is said
 * to be temporary by more than its looks? Keys and passwords lie in hidden
 * directories, in the home directory and in /etc: a question about
 * ~/.ssh/Xa81Zk must not lead to ~/.ssh/??????, for that is id_rsa, too.
 */
static bool is_guarded(const struct variables *variables, const char *path,
		       size_t at)
{
	const char *last = memrchr(path, '/', at);

	if (last && says_temporary(last, (size_t)(path + at - last)))
		return false;
	return memmem(path, at, "/.", 2) ||
	       (at >= 4 && memcmp(path, "/etc", 4) == 0) ||
	       (variables->home && at == strlen(variables->home) &&
		memcmp(path, variables->home, at) == 0);
}

/* One component. The volatile part ends with it, or before its extension. */
static void quote_component(struct buf *out, const char *name, size_t len,
			    bool temporary, bool guarded,
			    const struct subject *subject)
{
	const char *dot = memrchr(name, '.', len);
	size_t ends[2] = { len, dot ? (size_t)(dot - name) : len };

	for (size_t i = 0; i < 2; i++) {
		size_t end = ends[i], start;

		start = random_name_start(name, end, !temporary);
		if (start < end && (!guarded || says_temporary(name, start))) {
			quote_text(out, name, start);
			buf_pad(out, out->len + end - start, '?');
			quote_text(out, name + end, len - end);
			return;
		}
		start = temporary ? number_start(name, end, subject) : end;
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
	return random_name_start(name, len, true) < len;
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
	const char *variable;
	size_t at;

	if (!len || name[0] != '/') {
		quote_text(out, name, len);
		return;
	}
	at = variables_match(variables, name, len, &variable);
	buf_str(out, variable);
	while (at < len) {
		const char *component = name + at + 1;
		const char *slash = memchr(component, '/', len - at - 1);
		size_t n = slash ? (size_t)(slash - component) : len - at - 1;

		buf_char(out, '/');
		if (is_process(name, at + 1, n))
			buf_char(out, '*');
		else
			quote_component(
				out, component, n,
				variables_is_temporary(variables, name, at),
				is_guarded(variables, name, at), subject);
		at += n + 1;
	}
}
