/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "learn_path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* The random characters of mkstemp(3) and of Python's tempfile. */
enum { C_RANDOM = 6, PYTHON_RANDOM = 8 };

/* The digits of an address or of a time. */
enum { NUMBER_MIN = 9 };

struct temporary {
	char *path;
	char *pattern;
	UT_hash_handle hh;
};

static struct temporary *find(const struct temporaries *temporaries,
			      const char *path, size_t len)
{
	struct temporary *found;

	HASH_FIND(hh, temporaries->all, path, len, found);
	return found;
}

void temporaries_free(struct temporaries *temporaries)
{
	struct temporary *one = temporaries->all, *next;

	HASH_CLEAR(hh, temporaries->all);
	for (; one; one = next) {
		next = one->hh.next;
		free(one->path);
		free(one->pattern);
		free(one);
	}
}

/* ---- which part is random ---- */

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_part(char c)
{
	return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t run_before(const char *name, size_t end)
{
	size_t start = end;

	while (start && is_part(name[start - 1]))
		start--;
	return start;
}

static bool is_word(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_lower(text[i]))
			return false;
	return true;
}

/* The random part is in front of here: at the end, or before one of the
 * extensions. Words are taken for it when there is nothing better. */
static size_t random_end(const char *name, size_t len)
{
	size_t word = 0;

	for (size_t end = len; end; end--) {
		size_t start = run_before(name, end);

		if ((end < len && name[end] != '.') || end - start < C_RANDOM)
			continue;
		if (!is_word(name + start, end - start))
			return end;
		if (!word)
			word = end;
	}
	return word ? word : len;
}

static size_t random_len(const char *name, size_t end)
{
	size_t start = run_before(name, end), len = end - start;

	if (len < C_RANDOM)
		return 0;
	if (len < PYTHON_RANDOM)
		return C_RANDOM;
	for (size_t i = end - PYTHON_RANDOM; i < end; i++)
		if (!is_lower(name[i]) && !is_digit(name[i]) && name[i] != '_')
			return C_RANDOM;
	return PYTHON_RANDOM;
}

/* ---- what is made with one ---- */

static bool is_temporary_directory(const struct variables *variables,
				   const char *path, size_t len)
{
	const char *const places[] = { "/tmp", "/var/tmp", "/dev/shm",
				       variables->tmp };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i] && len == strlen(places[i]) &&
		    !memcmp(path, places[i], len))
			return true;
	return false;
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

static bool has_random_name(const struct variables *variables,
			    const struct call *call, const char *path,
			    const char *name)
{
	size_t end = random_end(name, strlen(name));

	if (!makes_file(call) && !makes_directory(call))
		return false;
	if (strstr(name, "tmp") || strstr(name, "temp") ||
	    is_temporary_directory(variables, path, (size_t)(name - path) - 1))
		return true;
	/* Elsewhere others make files like that, too, but not as private. */
	return makes_file(call) && call->open.mode == 0600 &&
	       end - run_before(name, end) >= C_RANDOM &&
	       !is_word(name + end - C_RANDOM, C_RANDOM);
}

/* The last component as a pattern; nothing when no part of it is random. */
static void quote_last(struct buf *out, const struct call *call,
		       const char *name, bool random_name)
{
	size_t len = strlen(name), number = number_len(call, name);
	size_t end = random_end(name, len);
	size_t random = random_name ? random_len(name, end) : 0;

	if (number) {
		quote_text(out, name, len - number);
		buf_str(out, "[0-9]*");
	} else if (random) {
		quote_text(out, name, end - random);
		buf_pad(out, out->len + random, '?');
		quote_text(out, name + end, len - end);
	}
}

/* From now on the path is known by a pattern. Known is how the directory
 * reads. */
static void add(struct temporaries *temporaries,
		const struct variables *variables,
		const struct subject *subject, const struct call *call,
		const char *path, const char *name)
{
	struct temporary *one;
	BUF_AUTO(parent);
	BUF_AUTO(last);
	BUF_AUTO(pattern);

	if (find(temporaries, path, strlen(path)))
		return;
	quote_last(&last, call, name,
		   has_random_name(variables, call, path, name));
	if (!last.len)
		return;
	buf_add(&parent, path, (size_t)(name - path) - 1);
	temporaries_quote(temporaries, variables, subject, buf_text(&parent),
			  &pattern);
	buf_printf(&pattern, "/%s", buf_text(&last));
	one = xcalloc(1, sizeof(*one));
	one->path = xstrdup(path);
	one->pattern = buf_steal(&pattern);
	HASH_ADD_KEYPTR(hh, temporaries->all, one->path, strlen(one->path),
			one);
}

void temporaries_note(struct temporaries *temporaries,
		      const struct variables *variables,
		      const struct subject *subject, const struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++) {
		const char *path = call->targets[i].resolved;
		const char *slash = path ? strrchr(path, '/') : NULL;

		if (!slash || slash == path || path[0] != '/' ||
		    call->targets[i].error)
			continue;
		add(temporaries, variables, subject, call, path, slash + 1);
	}
}

/* ---- patterns ---- */

/* Where the last @count components of @pattern begin, with their slash. */
static const char *last_components(const struct buf *pattern, size_t count)
{
	const char *at = pattern->data + pattern->len;

	while (count && at > pattern->data)
		if (*--at == '/')
			count--;
	return at;
}

/* The terminal that a run is given is another one the next time. */
static bool is_terminal(const char *name, size_t len)
{
	static const char pts[] = "/dev/pts/";
	size_t at = strlen(pts);

	if (len <= at || memcmp(name, pts, at) != 0)
		return false;
	while (at < len && is_digit(name[at]))
		at++;
	return at == len;
}

void temporaries_quote_name(const struct temporaries *temporaries,
			    const struct variables *variables,
			    const struct subject *subject, const char *name,
			    size_t len, struct buf *out)
{
	BUF_AUTO(plain);
	size_t below = 0;

	if (is_terminal(name, len)) {
		buf_str(out, "/dev/pts/*");
		return;
	}
	quote_name(&plain, variables, subject, name, len);
	if (len && name[0] == '/') {
		for (size_t end = len; end; end--) {
			const struct temporary *one = NULL;

			if (end < len && name[end] != '/')
				continue;
			one = find(temporaries, name, end);
			if (one) {
				buf_str(out, one->pattern);
				buf_str(out, last_components(&plain, below));
				return;
			}
			below++;
		}
	}
	buf_str(out, buf_text(&plain));
}

void temporaries_quote(const struct temporaries *temporaries,
		       const struct variables *variables,
		       const struct subject *subject, const char *path,
		       struct buf *out)
{
	temporaries_quote_name(temporaries, variables, subject, path,
			       strlen(path), out);
}

/* ---- noise ---- */

bool path_is_noise(const char *path)
{
	static const char *const beginnings[] = {
		"/etc/ld.so.",		"/etc/locale.",
		"/etc/localtime",	"/etc/terminfo/",
		"/lib/terminfo/",	"/usr/lib/locale/",
		"/usr/lib/terminfo/",	"/usr/share/i18n/",
		"/usr/share/locale/",	"/usr/share/terminfo/",
		"/usr/share/zoneinfo/",
	};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(path, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return strstr(path, "/gconv/") && strncmp(path, "/usr/lib", 8) == 0;
}
