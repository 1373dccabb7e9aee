/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* variables - the directories that patterns call ${HOME}, ${CWD}, ${TMP}. */
#ifndef POLICY_VARIABLES_H
#define POLICY_VARIABLES_H

#include <stdbool.h>
#include <stddef.h>

struct variables {
	char *home, *cwd, *tmp; /* NULL: not known */
};

/* Take them from the environment. Symlinks are followed, because patterns are
 * compared with resolved paths. */
void variables_init(struct variables *variables);
void variables_free(struct variables *variables);

/* Which variable stands for the longest beginning of @path? Returns how many
 * bytes that is, 0 when there is none; *@variable is "${HOME}", say, or "".
 * A directory of the system's stands for itself. */
size_t variables_match(const struct variables *variables, const char *path,
		       size_t len, const char **variable);

/* Are the first @len bytes of @path a directory for temporary files? */
bool variables_is_temporary(const struct variables *variables, const char *path,
			    size_t len);

#endif
