/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "learn_path.h"

#include <stdlib.h>
#include <string.h>

#include "policy/random_name.h"

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

/* Put question marks for the random part of the last component. Known is how
 * the directory reads. */
static void add(struct temporaries *temporaries,
		const struct variables *variables,
		const struct subject *subject, const char *path,
		enum random_kind kind, size_t start, size_t random)
{
	const char *name = strrchr(path, '/') + 1;
	const char *rest = path + start + random;
	struct temporary *one;
	BUF_AUTO(parent);
	BUF_AUTO(pattern);

	if (find(temporaries, path, strlen(path)))
		return;
	buf_add(&parent, path, (size_t)(name - path) - 1);
	temporaries_quote(temporaries, variables, subject, buf_text(&parent),
			  &pattern);
	buf_char(&pattern, '/');
	quote_text(&pattern, name, (size_t)(path + start - name));
	if (kind == RANDOM_NUMBER)
		buf_str(&pattern, "[0-9]*");
	else
		buf_pad(&pattern, pattern.len + random, '?');
	quote_text(&pattern, rest, strlen(rest));
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
		enum random_kind kind = RANDOM_NOTHING;
		size_t start, len;

		if (path && !call->targets[i].error)
			kind = random_name_made(variables, call, path, &start,
						&len);
		if (kind != RANDOM_NOTHING)
			add(temporaries, variables, subject, path, kind, start,
			    len);
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
	while (at < len && name[at] >= '0' && name[at] <= '9')
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
