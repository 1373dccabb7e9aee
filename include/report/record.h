/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * record - what the program did, gathered as it happens, in bounded memory.
 *
 * Fed with the checked copy of each call, so the program cannot lie to it.
 * From it come the text for a person and the JSON that --compare reads.
 */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/err.h"
#include "policy/policy.h"
#include "report/format.h"
#include "report/stats.h"
#include "syscall/call.h"
#include "syscall/call_set.h"
#include "syscall/verdict.h"

struct record;

struct record *record_new(char *const argv[]);
void record_free(struct record *record);

/* How a decision was enforced, for one call. */
struct outcome {
	enum verdict verdict; /* never _ASK */
	bool answered;	      /* by a person */
	bool ran;	      /* the kernel executed it */
	bool has_result;      /* .result is known */
	int64_t result;	      /* -4095..-1 is an errno; or the faked value */
	uint64_t waited_ns;   /* for a person's answer */
	uint64_t took_ns;     /* from letting it go to its exit, where seen */
};

/* A ruled or watched call. With outcome.ran and a known result an object
 * counts as read, written ... only when the call succeeded. */
void record_call(struct record *record, const struct subject *subject,
		 const struct call *call, const struct decision *decision,
		 const struct outcome *outcome);

/* Does the record need to know how @call ended, to be true? */
bool record_wants_result(const struct call *call);

/* Add the calls that the record wants to see even when nobody rules them. */
void record_add_watched(struct call_set *set);

void record_start(struct record *record, pid_t pid, pid_t parent);
/* @arguments as in /proc/PID/cmdline: @len bytes, a NUL behind each. */
void record_exec(struct record *record, pid_t pid, const char *exe,
		 const char *arguments, size_t len);
/* @status as from wait(2). */
void record_exit(struct record *record, pid_t pid, int status);

/* Something a person should know: a foreign ABI was refused, memory could not
 * be read, a limit was hit. Same texts are counted, not repeated. */
void record_note(struct record *record, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Take over the rules of @policy as they stand now, with their hits. */
void record_set_rules(struct record *record, const struct policy *policy);

/* A message that a name server sent: from now on the addresses in it have a
 * name. Anything else does nothing. Returns whether it told an address. */
bool record_learn_names(struct record *record, const void *message, size_t len);

/* --summary: keep statistics of all calls from now on. They come into the
 * record too. */
void record_keep_stats(struct record *record);

/* Were calls counted and timed? */
bool record_has_stats(const struct record *record);

/* Append their table. */
void record_add_stats(const struct record *record, enum stats_order order,
		      struct buf *out);

/* How a report for a person is laid out; other formats know neither. */
struct layout {
	bool colour;
	unsigned int width; /* columns; 0: lines may be as long as they like */
};

/* Append the record in @format. */
void record_render(const struct record *record, enum report_format format,
		   const struct layout *layout, struct buf *out);

/* The same into @path: temporary file, rename, 0600. */
bool record_save(const struct record *record, enum report_format format,
		 const char *path, struct err *err);

/* A record that record_save() wrote as JSON, or NULL. Nothing in it is
 * believed: it may come from anywhere. */
struct record *record_load(const char *path, struct err *err);

/* The same from memory; @name stands in messages. */
struct record *record_load_text(const char *name, const char *text, size_t len,
				struct err *err);

#endif
