/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * learn_path - patterns for the paths of a run.
 *
 * Whoever sees files being made knows more than their names say: what is
 * created as mkstemp(3) and mkdtemp(3) do has a random name, however much it
 * looks like a word.
 */
#ifndef POLICY_LEARN_PATH_H
#define POLICY_LEARN_PATH_H

#include <stdbool.h>

#include "base/hash.h"
#include "quote.h"
#include "syscall/call.h"

struct temporary;

struct temporaries {
	struct temporary *all; /* uthash by path */
};

/* Does @call make something with a random name? Call it before quoting. */
void temporaries_note(struct temporaries *temporaries,
		      const struct variables *variables,
		      const struct subject *subject, const struct call *call);

/* Append the pattern for @path, as quote_name() does, but knowing these. */
void temporaries_quote(const struct temporaries *temporaries,
		       const struct variables *variables,
		       const struct subject *subject, const char *path,
		       struct buf *out);

/* The same for the name of a unix socket, which may have NUL bytes. */
void temporaries_quote_name(const struct temporaries *temporaries,
			    const struct variables *variables,
			    const struct subject *subject, const char *name,
			    size_t len, struct buf *out);

void temporaries_free(struct temporaries *temporaries);

/* Data that libraries read for themselves: locale, time zone, terminal. */
bool path_is_noise(const char *path);

#endif
