/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/usual.h"

#include <stdlib.h>
#include <string.h>

#include "policy/severity.h"

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
	if (!fact->resolved || fact->section == SECTION_BLOCKED)
		return false;
	if (fact->section == SECTION_READ && is_own_proc(record, fact->name))
		return true;
	return severity_of_name(record->places, fact->class_id, fact->name) ==
	       SEVERITY_NONE;
}
