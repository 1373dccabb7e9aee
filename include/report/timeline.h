/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * timeline - when notable things happened first, in bounded memory: the first
 * so many of them, the rest counted. What processes did (start, run, end)
 * stands with the processes.
 */
#ifndef REPORT_TIMELINE_H
#define REPORT_TIMELINE_H

#include <stdint.h>

#include "base/vec.h"
#include "report/fact.h"

enum { MOMENTS_MAX = 2000 };

struct moment {
	uint64_t us;	      /* since the start of the run */
	unsigned int process; /* its id; 0: unknown */
	enum section section; /* what was done, ... */
	enum verdict verdict; /* SECTION_BLOCKED: how */
	bool safe;	      /* as in struct fact */
	const char *name;     /* to what; not owned */
	const char *other;    /* new name, receiver, or the call blocked; "" */
	char *host;	      /* that had led to the address, or NULL; owned */
};

struct timeline {
	VEC_OF(struct moment) moments;
	uint64_t beyond;
};

/* @moment's names must outlive the timeline; @host (NULL: none) is copied. */
void timeline_add(struct timeline *timeline, const struct moment *moment,
		  const char *host);

/* What is worth a place: the first time that something was done to it. */
void timeline_add_fact(struct timeline *timeline, const struct fact *fact,
		       uint64_t us, unsigned int process);

void timeline_free(struct timeline *timeline);

#endif
