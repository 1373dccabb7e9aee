/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/timeline.h"

#include <stdlib.h>

#include "base/die.h"

void timeline_add(struct timeline *timeline, const struct moment *moment,
		  const char *host)
{
	struct moment added = *moment;

	if (timeline->moments.count == MOMENTS_MAX) {
		timeline->beyond++;
		return;
	}
	added.host = host ? xstrdup(host) : NULL;
	VEC_PUSH(&timeline->moments, added);
}

void timeline_add_fact(struct timeline *timeline, const struct fact *fact,
		       uint64_t us, unsigned int process)
{
	struct moment moment = {
		.us = us,
		.process = process,
		.section = fact->section,
		.verdict = fact->verdict,
		.safe = fact->safe,
		.name = fact->name,
		.other = fact->section == SECTION_BLOCKED ? fact->call :
							    fact->other,
	};

	timeline_add(timeline, &moment, fact->host);
}

void timeline_free(struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->moments.count; i++)
		free(timeline->moments.items[i].host);
	VEC_FREE(&timeline->moments);
}
