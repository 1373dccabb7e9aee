/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/mapping.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool parse(const char *line, struct mapping *mapping)
{
	/* NOLINTNEXTLINE(cert-err34-c): the kernel wrote it */
	return sscanf(line,
		      "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64,
		      &mapping->start, &mapping->end, mapping->permissions,
		      &mapping->offset, &mapping->major, &mapping->minor,
		      &mapping->inode) == 7;
}

bool mapping_find(pid_t tid, uint64_t addr, struct mapping *mapping)
{
	char path[32], line[256];
	bool found = false, at_start = true;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)tid);
	maps = fopen(path, "re");
	if (!maps)
		return false;
	while (!found && fgets(line, sizeof(line), maps)) {
		/* A long name fills several pieces, and may look like a line
		 * of its own: the program has chosen it. */
		found = at_start && parse(line, mapping) &&
			mapping->start <= addr && addr < mapping->end;
		at_start = strchr(line, '\n') != NULL;
	}
	fclose(maps);
	return found;
}
