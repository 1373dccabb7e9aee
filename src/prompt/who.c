/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/who.h"

#include <stdbool.h>
#include <string.h>

#include "base/escape.h"

enum {
	COMM_BYTES = 15, /* the kernel cuts the name of a thread to that */
	NAME_BYTES = 64,
};

static const char *known(const char *text)
{
	return text ? text : "";
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void who_name(struct buf *out, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789._+@:-";
	size_t len = strlen(name);

	if (len <= NAME_BYTES && strspn(name, plain) == len) {
		buf_str(out, name);
		return;
	}
	if (len > NAME_BYTES)
		len = NAME_BYTES;
	escape_quoted(out, name, len);
	if (name[len])
		buf_str(out, "...");
}

/* A thread may call itself what it likes: say what it really runs. */
static bool is_own_name(const char *comm, const char *exe)
{
	return !strncmp(comm, base_name(exe), COMM_BYTES);
}

void who_text(struct buf *out, const struct subject *subject, size_t limit)
{
	const char *comm = known(subject->comm);
	const char *exe = known(subject->exe);

	if (*comm)
		who_name(out, comm);
	else if (*exe)
		who_name(out, base_name(exe));
	else
		buf_str(out, "a program");
	buf_printf(out, " (pid %d", (int)subject->pid);
	if (subject->tid != subject->pid && subject->tid > 0)
		buf_printf(out, ", thread %d", (int)subject->tid);
	if (*comm && *exe && !is_own_name(comm, exe)) {
		buf_str(out, ", running ");
		escape_elided(out, exe, strlen(exe), limit);
	}
	if (*known(subject->parent_comm)) {
		buf_str(out, ", from ");
		who_name(out, subject->parent_comm);
	}
	buf_char(out, ')');
}
