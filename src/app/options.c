/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"

enum option_id {
#define OPTION(id, letter, name, argument, help) OPTION_##id,
#include "app/options.def"
#undef OPTION
	OPTION_COUNT,
};

static const struct option_row {
	char letter;
	const char *name, *argument, *help;
} rows[] = {
#define OPTION(id, letter, name, argument, help)                               \
	{ letter, name, argument, help },
#include "app/options.def"
#undef OPTION
};

/* getopt's values: the row's id, above all letters. */
#define LONG_BASE 256

static void build_getopt(char letters[2 * OPTION_COUNT + 3],
			 struct option longs[OPTION_COUNT + 1])
{
	size_t n = 0;

	/* '+': options end at the program's name. ':': we word the errors. */
	*letters++ = '+';
	*letters++ = ':';
	for (int id = 0; id < OPTION_COUNT; id++) {
		if (rows[id].letter) {
			*letters++ = rows[id].letter;
			if (rows[id].argument)
				*letters++ = ':';
		}
		if (rows[id].name)
			longs[n++] =
				(struct option){ rows[id].name,
						 rows[id].argument ?
							 required_argument :
							 no_argument,
						 NULL, LONG_BASE + id };
	}
	*letters = '\0';
	longs[n] = (struct option){ 0 };
}

static enum option_id option_of(int value)
{
	if (value >= LONG_BASE)
		return (enum option_id)(value - LONG_BASE);
	for (int id = 0; id < OPTION_COUNT; id++)
		if (rows[id].letter == value)
			return (enum option_id)id;
	return OPTION_COUNT;
}

static bool apply_format(struct options *options, struct err *err)
{
	BUF_AUTO(names);

	if (!options->format_text || options->mode == MODE_COMPARE)
		return true;
	options->has_format = true;
	if (format_by_name(options->format_text, &options->format))
		return true;
	format_list(&names);
	return err_set(err, "--format: '%.40s': not one of %s",
		       options->format_text, buf_text(&names));
}

/* "-e", "--string-limit": the letter where there is one. */
static const char *word_of(enum option_id id)
{
	static char words[OPTION_COUNT][32];

	if (rows[id].letter)
		snprintf(words[id], sizeof(words[id]), "-%c", rows[id].letter);
	else
		snprintf(words[id], sizeof(words[id]), "--%s", rows[id].name);
	return words[id];
}

static bool apply(struct options *options, enum option_id id, struct err *err)
{
	switch ((int)id) {
	case OPTION_CONFIG:
		VEC_PUSH(&options->configs, optarg);
		return true;
	case OPTION_PROFILE:
		VEC_PUSH(&options->profiles, optarg);
		return true;
	case OPTION_SAVE:
		options->save = optarg;
		return true;
	case OPTION_VERBOSE:
		options->verbosity++;
		return true;
	case OPTION_OUTPUT:
		options->output = optarg;
		return true;
	case OPTION_ASK:
		VEC_PUSH(&options->asks, optarg);
		return true;
	case OPTION_ON_UNMATCHED:
		options->has_unmatched = true;
		if (verdict_by_name(optarg, &options->unmatched))
			return true;
		return err_set(err,
			       "--on-unmatched: '%.40s': not one of ask, "
			       "allow, block-hard, block-soft, kill",
			       optarg);
	case OPTION_NO_PROMPT:
		options->no_prompt = true;
		return true;
	case OPTION_IGNORE_LIBS:
		options->ignore_libs = true;
		return true;
	case OPTION_LEARN:
		options->learn = true;
		return true;
	case OPTION_LOG:
		options->log = optarg;
		return true;
	case OPTION_LOG_DATA:
		options->log_data = true;
		return true;
	case OPTION_SUMMARY:
		options->summary = true;
		return true;
	case OPTION_SUMMARY_SORT:
		options->summary = true;
		if (stats_order_by_name(optarg, &options->summary_order))
			return true;
		return err_set(err,
			       "--summary-sort: '%.40s': not one of time, "
			       "waited, calls, errors, name",
			       optarg);
	case OPTION_REPORT:
		VEC_PUSH(&options->reports, optarg);
		return true;
	case OPTION_FORMAT:
		options->format_text = optarg;
		return true;
	case OPTION_COMPARE:
		options->mode = MODE_COMPARE;
		return true;
	case OPTION_SHOW:
		options->mode = MODE_SHOW;
		return true;
	case OPTION_VARIABLE:
		VEC_PUSH(&options->variables, optarg);
		return true;
	case OPTION_USER:
		options->user = optarg;
		return true;
	case OPTION_PTY:
		options->pty = true;
		return true;
	case OPTION_QUIET:
		options->quiet = true;
		return true;
	case OPTION_NO_POLL:
		options->no_poll = true;
		return true;
	case OPTION_WEAKER:
		options->weaker = true;
		return true;
	case OPTION_NO_FILTER_VERDICTS:
		options->no_filter_verdicts = true;
		return true;
	case OPTION_CHECK:
		options->mode = MODE_CHECK;
		return true;
	case OPTION_EXPLAIN:
		options->mode = MODE_EXPLAIN;
		return true;
	case OPTION_STRICT:
		options->strict = true;
		return true;
	case OPTION_LIST_PROFILES:
		options->mode = MODE_LIST_PROFILES;
		return true;
	case OPTION_LIST_CLASSES:
		options->mode = MODE_LIST_CLASSES;
		return true;
	case OPTION_LIST_SYSCALLS:
		options->mode = MODE_LIST_SYSCALLS;
		return true;
	case OPTION_HELP:
		options->mode = MODE_HELP;
		return true;
	case OPTION_VERSION:
		options->mode = MODE_VERSION;
		return true;
	}
	return false;
}

/* The rows of log_options.def stand together in the table. */
static bool apply_any(struct options *options, enum option_id id,
		      struct err *err)
{
	int first = OPTION_COUNT;

#define OPTION(id, ...) first = first < OPTION_##id ? first : OPTION_##id;
#include "app/log_options.def"
#undef OPTION
	if ((int)id < first || (int)id >= first + LOG_OPTION_COUNT)
		return apply(options, id, err);
	return log_options_apply(&options->trace,
				 (enum log_option)((int)id - first),
				 word_of(id), optarg, err);
}

static bool complain(int value, char *argv[], struct err *err)
{
	BUF_AUTO(word);

	/* A long option stands in argv, a letter of several in optopt. */
	if (optopt > 0 && optopt < LONG_BASE) {
		char letter = (char)optopt;

		buf_char(&word, '-');
		escape_text(&word, &letter, 1);
	} else {
		escape_elided(&word, argv[optind - 1], strlen(argv[optind - 1]),
			      80);
	}
	return err_set(err, "option %s: %s (try --help)", buf_text(&word),
		       value == ':'	   ? "its argument is missing" :
		       optopt >= LONG_BASE ? "takes no argument" :
					     "unknown or ambiguous");
}

bool options_parse(struct options *options, int argc, char *argv[],
		   struct err *err)
{
	char letters[2 * OPTION_COUNT + 3];
	struct option longs[OPTION_COUNT + 1];
	int value;

	memset(options, 0, sizeof(*options));
	log_options_init(&options->trace);
	build_getopt(letters, longs);
	opterr = 0;
	while ((value = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (value == '?' || value == ':')
			return complain(value, argv, err);
		if (!apply_any(options, option_of(value), err))
			return false;
	}
	options->argv = argv + optind;
	if (!apply_format(options, err))
		return false;
	options->trace.every_call = options->verbosity >= 2;
	if (options->trace.needs_every_call && !options->trace.every_call &&
	    !options->summary)
		return err_set(err, "%s says what -vv shows: add -vv",
			       options->trace.needs_every_call);
	if (options->trace.follow > 1 && !options->output)
		return err_set(err, "-ff writes to files: add -o FILE");
	if (options->mode == MODE_RUN && optind == argc)
		return err_set(err, "no program to run (try --help)");
	return true;
}

bool options_only_watch(const struct options *options)
{
	return options->verbosity >= 2 && !options->configs.count &&
	       !options->profiles.count && !options->asks.count &&
	       !options->save && !options->has_unmatched &&
	       !options->no_prompt && !options->learn;
}

bool options_keep_record(const struct options *options)
{
	return !options->quiet || options->reports.count || options->log;
}

void options_free(struct options *options)
{
	VEC_FREE(&options->configs);
	VEC_FREE(&options->profiles);
	VEC_FREE(&options->asks);
	VEC_FREE(&options->reports);
	VEC_FREE(&options->variables);
	log_options_free(&options->trace);
}

void options_print_help(void)
{
	puts("usage: syswall [OPTIONS] [--] PROGRAM [ARGS...]\n"
	     "Run PROGRAM, ask before it does what matters, block or allow "
	     "it, report.\n");
	for (int id = 0; id < OPTION_COUNT; id++) {
		const struct option_row *row = &rows[id];
		char left[40];
		int n = 0;

		if (row->letter)
			n = snprintf(left, sizeof(left), "-%c%s", row->letter,
				     row->name ? ", " : "");
		else
			n = snprintf(left, sizeof(left), "    ");
		if (row->name)
			n += snprintf(left + n, sizeof(left) - (size_t)n,
				      "--%s", row->name);
		if (row->argument)
			snprintf(left + n, sizeof(left) - (size_t)n, " %s",
				 row->argument);
		printf("  %-26s %s\n", left, row->help);
	}
	puts("\nAt the prompt, ? explains the answers. See syswall(1) and "
	     "syswall-rules(5).");
}
