/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * journal - --log: what is decided and what happens, one JSON object a line.
 *
 * docs/syswall-log.schema.json says what stands where. Lines are gathered in
 * memory: journal_flush() is called before a decided call is let go, before a
 * question, and before syswall sleeps, so that a crash of syswall loses
 * nothing that was decided. The first failure to write lasts.
 */
#ifndef REPORT_JOURNAL_H
#define REPORT_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/mem_reader.h"
#include "policy/policy.h"
#include "report/record.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

struct journal;

/* Open @path and write the header line for @command. Refused when the file is
 * one that the program inherits open for writing. @data: the contents of
 * buffers and the environment are told too. NULL with @err. */
struct journal *journal_open(const char *path, char *const command[], bool data,
			     struct err *err);

/* Frees it. False when anything could not be written; @err says what. */
bool journal_close(struct journal *journal, struct err *err);

/* Bring all lines to the file. False when that has failed now or before. */
bool journal_flush(struct journal *journal);

/* What is known about the end of a call when it is decided. */
enum journal_end {
	JOURNAL_RUNS,	 /* it runs, and journal_result() will tell */
	JOURNAL_UNSEEN,	 /* it runs, and nobody looks at its result */
	JOURNAL_BLOCKED, /* it does not run; .result is minus an errno */
	JOURNAL_FAKED,	 /* it does not run; .result, unless that comes later */
	JOURNAL_KILLED,	 /* it does not run, and neither does anybody else */
};

struct journal_call {
	const struct subject *subject;
	const struct call *call;
	const struct decision *decision;
	const struct outcome *outcome;
	const char *by;	    /* "rule", "answer", "default" ... */
	const char *reason; /* of the engine, or NULL */
	const char *abi;    /* of a foreign call, or NULL */
	enum journal_end end;
	const struct mem_reader *mem; /* looked at for the data alone */
};

/* A decided call. Returns the number of its line. */
uint64_t journal_call(struct journal *journal, const struct journal_call *what);

/* How the call of line @of has ended. */
void journal_result(struct journal *journal, const struct subject *subject,
		    uint64_t of, const struct call *call, int64_t result,
		    const struct mem_reader *mem);

/* Does the log want to know how @call ends, to tell what it filled in? */
bool journal_wants_result(const struct journal *journal,
			  const struct call *call);

/* A process starts, runs another program, ends (@status as from wait(2)). */
void journal_start(struct journal *journal, pid_t pid, pid_t parent);
void journal_exec(struct journal *journal, pid_t pid, const char *exe);
void journal_exit(struct journal *journal, pid_t pid, int status);

/* The run is over: the line that tells a whole log from a cut one. */
void journal_end(struct journal *journal, int status);

#endif
