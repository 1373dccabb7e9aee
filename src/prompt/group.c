/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/group.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* "4127 (cat) Z 4100 4127 ...": name, state, parent, group. The name may hold
 * anything, so look for its last parenthesis. proc(5). */
static bool read_stat(const char *pid, char *state, pid_t *group)
{
	char path[64], text[512];
	const char *end;
	FILE *file;
	size_t len;
	int number;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	end = strrchr(text, ')');
	/* NOLINTNEXTLINE(cert-err34-c): the kernel wrote it */
	if (!end || sscanf(end, ") %c %*d %d", state, &number) != 2)
		return false;
	*group = number;
	return true;
}

static bool has_only_zombies(pid_t group)
{
	DIR *proc = opendir("/proc");
	bool zombies = false, alive = false;
	const struct dirent *entry;

	if (!proc)
		return false;
	/* cppcheck-suppress readdirCalled; one thread */
	while (!alive && (entry = readdir(proc))) {
		char state = '\0';
		pid_t its_group = 0;

		if (!isdigit((unsigned char)entry->d_name[0]) ||
		    !read_stat(entry->d_name, &state, &its_group) ||
		    its_group != group)
			continue;
		if (state == 'Z' || state == 'X')
			zombies = true;
		else
			alive = true;
	}
	closedir(proc);
	/* None seen at all: they may be hidden from us (hidepid). */
	return zombies && !alive;
}

bool group_is_dead(pid_t group)
{
	if (group <= 0)
		return false;
	if (kill(-group, 0) < 0 && errno == ESRCH)
		return true;
	return has_only_zombies(group);
}
