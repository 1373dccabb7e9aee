/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "policy/variables.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"

/* NULL for what is no absolute path. A directory that is not there yet keeps
 * its name. */
static char *real_directory(const char *path)
{
	char *real, *copy;
	size_t len;

	if (!path || path[0] != '/')
		return NULL;
	real = realpath(path, NULL);
	if (real)
		return real;
	copy = xstrdup(path);
	len = strlen(copy);
	while (len > 1 && copy[len - 1] == '/')
		copy[--len] = '\0';
	return copy;
}

void variables_init(struct variables *variables)
{
	const char *home = getenv("HOME");
	const char *tmp = getenv("TMPDIR");
	struct passwd user, *found = NULL;
	char text[4096];

	if ((!home || !*home) &&
	    getpwuid_r(getuid(), &user, text, sizeof(text), &found) == 0)
		home = found ? found->pw_dir : NULL;
	variables->home = real_directory(home);
	variables->cwd = getcwd(NULL, 0);
	variables->tmp = real_directory(tmp && *tmp ? tmp : "/tmp");
}

void variables_free(struct variables *variables)
{
	free(variables->home);
	free(variables->cwd);
	free(variables->tmp);
	*variables = (struct variables){ NULL, NULL, NULL };
}

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

size_t variables_match(const struct variables *variables, const char *path,
		       size_t len, const char **variable)
{
	/* Of two that mean the same directory, the first. */
	const struct {
		const char *name, *value;
	} rows[] = {
		{ "${HOME}", variables->home },
		{ "${TMP}", variables->tmp },
		{ "${CWD}", variables->cwd },
	};
	size_t best = 0;

	*variable = "";
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *value = rows[i].value;

		if (!value || is_systems(value) || strlen(value) <= best ||
		    !is_below(path, len, value))
			continue;
		*variable = rows[i].name;
		best = strlen(value);
	}
	return best;
}

bool variables_is_temporary(const struct variables *variables, const char *path,
			    size_t len)
{
	static const char *const places[] = { "/tmp", "/var/tmp", "/dev/shm" };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (len == strlen(places[i]) && !memcmp(path, places[i], len))
			return true;
	return variables->tmp && len == strlen(variables->tmp) &&
	       !memcmp(path, variables->tmp, len);
}
