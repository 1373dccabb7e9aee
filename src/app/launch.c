/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Names are looked up here, before the fork: the child makes system calls
 * only. Our own environment stays as it is: ${HOME} of rules, $PATH. */
#include "app/launch.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"

/* ---- the environment ---- */

static size_t name_len(const char *variable)
{
	return strcspn(variable, "=");
}

static void remove_variable(struct launch *launch, const char *name, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < launch->environment.count; i++) {
		char *variable = launch->environment.items[i];

		if (name_len(variable) != len ||
		    memcmp(variable, name, len) != 0)
			launch->environment.items[kept++] = variable;
	}
	launch->environment.count = kept;
}

static void set_variable(struct launch *launch, const char *text)
{
	size_t len = name_len(text);

	remove_variable(launch, text, len);
	if (text[len])
		VEC_PUSH(&launch->environment, (char *)text);
}

/* ---- the user ---- */

static bool refuse(const char *user, const char *why, struct err *err)
{
	BUF_AUTO(shown);

	escape_elided(&shown, user, strlen(user), 60);
	return err_set(err, "-u: '%s': %s", buf_text(&shown), why);
}

static bool find_user(struct launch *launch, const char *name, struct err *err)
{
	struct identity *identity = &launch->identity;
	const struct passwd *user;
	int count = 0;

	if (geteuid())
		return refuse(name, "only root can run a program as another",
			      err);
	errno = 0;
	/* cppcheck-suppress getpwnamCalled; syswall has one thread */
	user = getpwnam(name);
	if (!user)
		return refuse(name, errno ? strerror(errno) : "no such user",
			      err);
	identity->uid = user->pw_uid;
	identity->gid = user->pw_gid;
	/* Without room it says how many there are. getgrouplist(3) */
	getgrouplist(name, identity->gid, NULL, &count);
	identity->groups = xcalloc((size_t)count + 1, sizeof(gid_t));
	if (getgrouplist(name, identity->gid, identity->groups, &count) < 0)
		return refuse(name, "its groups changed meanwhile", err);
	identity->n_groups = (size_t)count;
	launch->has_identity = true;
	return true;
}

/* ---- both ---- */

bool launch_init(struct launch *launch, const struct options *options,
		 struct err *err)
{
	for (char **variable = environ; variable && *variable; variable++)
		VEC_PUSH(&launch->environment, *variable);
	for (size_t i = 0; i < options->variables.count; i++) {
		const char *text = options->variables.items[i];

		if (!name_len(text))
			return err_set(err, "-E: a variable without a name");
		set_variable(launch, text);
	}
	VEC_PUSH(&launch->environment, NULL);
	return !options->user || find_user(launch, options->user, err);
}

void launch_free(struct launch *launch)
{
	VEC_FREE(&launch->environment);
	free(launch->identity.groups);
}
