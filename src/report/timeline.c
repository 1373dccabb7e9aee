/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/timeline.h"

void timeline_add(struct timeline *timeline, const struct moment *moment)
{
	if (timeline->moments.count == MOMENTS_MAX)
		timeline->beyond++;
	else
		VEC_PUSH(&timeline->moments, *moment);
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

	timeline_add(timeline, &moment);
}

void timeline_free(struct timeline *timeline)
{
	VEC_FREE(&timeline->moments);
}
