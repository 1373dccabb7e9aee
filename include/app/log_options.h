/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* log_options - what the lines of -v and -vv show: strace's options. */
#ifndef APP_LOG_OPTIONS_H
#define APP_LOG_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/trace_set.h"
#include "base/err.h"
#include "base/vec.h"
#include "syscall/print.h"

enum log_option {
#define OPTION(id, letter, name, argument, help) LOG_OPTION_##id,
#include "app/log_options.def"
#undef OPTION
	LOG_OPTION_COUNT,
};

struct log_options {
	bool every_call; /* -vv */

	/* which lines */
	bool has_calls; /* -e trace= */
	struct call_set calls;
	bool has_signals; /* -e signal= */
	uint64_t signals;
	bool has_statuses; /* -e status=, -z, -Z */
	unsigned int statuses;
	VEC_OF(char *) paths; /* -P: as given, and where it leads */

	/* what stands in them */
	struct print_options print;
	int files; /* 1: -y, 2: -yy */
	int clock; /* 1: -t, 2: -tt, 3: -ttt */
	bool relative;
	bool durations;
	bool numbers;
	int follow; /* 2: a file for each task */

	const char *needs_every_call; /* an option that needs -vv, or NULL */
};

/* The defaults: strace's own. */
void log_options_init(struct log_options *options);

/* Apply one. @word is how it reads ("-e"), for errors. */
bool log_options_apply(struct log_options *options, enum log_option option,
		       const char *word, const char *argument, struct err *err);

/* Add the calls that the lines of -vv tell of to @set. */
void log_add_watched(const struct log_options *options, struct call_set *set);

void log_options_free(struct log_options *options);

#endif
