/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* options - the command line, read once: include/app/options.def. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>

#include "app/log_options.h"
#include "base/err.h"
#include "base/vec.h"
#include "report/format.h"
#include "report/stats.h"
#include "syscall/verdict.h"

enum run_mode {
	MODE_RUN,
	MODE_CHECK,
	MODE_EXPLAIN,
	MODE_SHOW,
	MODE_COMPARE,
	MODE_LIST_PROFILES,
	MODE_LIST_CLASSES,
	MODE_LIST_SYSCALLS,
	MODE_HELP,
	MODE_VERSION,
};

struct options {
	enum run_mode mode;
	VEC_OF(const char *) configs;
	VEC_OF(const char *) profiles;
	VEC_OF(const char *) asks;
	const char *save;
	const char *output;
	VEC_OF(const char *) reports; /* files */
	const char *format_text;      /* --format, as it stands there */
	bool has_format;	      /* of a report */
	enum report_format format;
	bool summary;
	enum stats_order summary_order;
	VEC_OF(const char *) variables; /* -E, as given */
	const char *user;		/* -u, or NULL */
	const char *log;
	bool log_data; /* contents of buffers, and the environment */
	int verbosity;
	struct log_options trace; /* what -v and -vv show */
	bool has_unmatched;
	enum verdict unmatched;
	bool no_prompt;
	bool ignore_libs;
	bool learn;
	bool quiet;
	bool no_poll;		 /* sleep at once between stops */
	bool no_filter_verdicts; /* decide everything in syswall itself */
	bool weaker;
	bool pty;	   /* the program gets a terminal of its own */
	bool strict;	   /* --check: warnings count; --compare: everything */
	char *const *argv; /* the program and its arguments; the files of
			   * --check, the call of --explain, the
			   * record of --show, those of --compare */
};

/* Read the command line. Strings point into @argv. */
bool options_parse(struct options *options, int argc, char *argv[],
		   struct err *err);

/* -vv with nothing that decides: only watch. */
bool options_only_watch(const struct options *options);

/* Will anybody read the record of the run? */
bool options_keep_record(const struct options *options);

void options_free(struct options *options);

/* Print the usage on standard output. */
void options_print_help(void);

#endif
