/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * state - what a record holds, for the files that gather and tell it. The
 * rest of the program knows report/record.h alone.
 */
#ifndef REPORT_STATE_H
#define REPORT_STATE_H

#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/vec.h"
#include "policy/places.h"
#include "report/dns.h"
#include "report/fact.h"
#include "report/process.h"
#include "report/stats.h"
#include "report/timeline.h"
#include "syscall/class.h"
#include "syscall/verdict.h"

struct json_doc;

/* A rule and how often it decided. */
struct record_rule {
	char *file;
	unsigned int index;
	uint64_t hits;
	char *text; /* JSON on one line */
};

struct record {
	VEC_OF(char *) command;
	struct variables directories;  /* at the start */
	struct places *places;	       /* by these */
	struct timespec started;       /* wall time */
	struct timespec started_clock; /* the monotonic clock then, ... */
	struct timespec ended_clock;   /* and at the last process's end */

	uint64_t calls;	   /* ruled or watched */
	uint64_t answered; /* by a person */
	/* Calls of each class, the last row being those in no class. */
	uint64_t decided[CLASS_COUNT + 1][VERDICT_COUNT];

	bool keeps_stats;
	struct stats stats;
	struct fact_store facts;
	struct process_table processes;
	struct dns_names names;
	struct timeline timeline;
	VEC_OF(struct record_rule) rules;

	/* A record that was read from a file: the document, which holds the
	 * strings of the timeline and of the processes' programs. */
	struct json_doc *doc;
	VEC_OF(char *) limits; /* as told there */
};

/* The time since the start of the run. */
uint64_t record_now_us(const struct record *record);

/* From the start to the last end, 0 while nothing has ended. */
uint64_t record_duration_ms(const struct record *record);

/* Append how a process ended, from wait(2)'s status: "exit status 1",
 * "killed by SIGKILL". */
void ending_text(struct buf *out, int status);

/* The limits that this run hit, one after the other: false when there is no
 * @i-th one, else its text is appended. */
bool record_limit(const struct record *record, size_t i, struct buf *out);

#endif
