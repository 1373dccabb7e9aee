/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/usual.h"

#include <stdlib.h>
#include <string.h>

/* Places that every program reads or writes. An ending '*' stands for
 * anything. */
static const struct usual {
	const char *path;
	bool written; /* usual to write, too */
} usual_places[] = {
	{ "/bin/*", false },
	{ "/dev/full", true },
	{ "/dev/null", true },
	{ "/dev/ptmx", true },
	{ "/dev/pts/*", true },
	{ "/dev/random", false },
	{ "/dev/tty", true },
	{ "/dev/urandom", false },
	{ "/dev/zero", true },
	{ "/etc/ld.so.*", false },
	{ "/etc/locale.alias", false },
	{ "/etc/localtime", false },
	{ "/lib/*", false },
	{ "/lib32/*", false },
	{ "/lib64/*", false },
	{ "/libx32/*", false },
	{ "/proc/cpuinfo", false },
	{ "/proc/filesystems", false },
	{ "/proc/meminfo", false },
	{ "/proc/self/*", false },
	{ "/proc/stat", false },
	{ "/proc/sys/*", false },
	{ "/proc/thread-self/*", false },
	{ "/sbin/*", false },
	{ "/sys/devices/system/*", false },
	{ "/usr/*", false },
};

/* /proc/PID/... of a process of this run, which is its /proc/self. */
static bool is_own_proc(const struct record *record, const char *path)
{
	char *end;
	long pid;

	if (strncmp(path, "/proc/", 6) != 0)
		return false;
	pid = strtol(path + 6, &end, 10);
	return *end == '/' && pid > 0 && pid <= INT32_MAX &&
	       process_latest(&record->processes, (pid_t)pid);
}

/* A path that was not resolved may lead anywhere, "/usr/../etc". */
bool usual_fact(const struct record *record, const struct fact *fact)
{
	bool written = fact->section != SECTION_READ;
	size_t i, len;

	if (!fact->resolved || fact->section == SECTION_BLOCKED)
		return false;
	for (i = 0; i < sizeof(usual_places) / sizeof(*usual_places); i++) {
		const struct usual *usual = &usual_places[i];

		if (written && !usual->written)
			continue;
		len = strlen(usual->path);
		if (usual->path[len - 1] == '*' ?
			    strncmp(fact->name, usual->path, len - 1) == 0 :
			    strcmp(fact->name, usual->path) == 0)
			return true;
	}
	return !written && is_own_proc(record, fact->name);
}
