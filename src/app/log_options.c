/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/log_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

enum {
	STRING_DEFAULT = 32,
	TWICE = 2,
	THRICE = 3,
};

void log_options_init(struct log_options *options)
{
	options->print.string_limit = STRING_DEFAULT;
}

void log_options_free(struct log_options *options)
{
	for (size_t i = 0; i < options->paths.count; i++)
		free(options->paths.items[i]);
	VEC_FREE(&options->paths);
}

void log_add_watched(const struct log_options *options, struct call_set *set)
{
	for (int id = 0; id < SYSCALL_COUNT; id++)
		if (!options->has_calls || options->calls.has[id])
			set->has[id] = true;
}

static bool refuse(const char *word, const char *argument, const char *hint,
		   struct err *err)
{
	BUF_AUTO(shown);

	escape_elided(&shown, argument, strlen(argument), 60);
	return err_set(err, "%s: '%s': %s", word, buf_text(&shown), hint);
}

static bool set_statuses(struct log_options *options, unsigned int statuses)
{
	options->has_statuses = true;
	options->statuses = statuses;
	return true;
}

/* "trace=%file", or "%file" alone. */
static bool apply_expression(struct log_options *options, const char *text,
			     struct err *err)
{
	static const struct {
		const char *name;
		char what;
	} keys[] = {
		{ "trace=", 't' },    { "t=", 't' }, { "signal=", 's' },
		{ "signals=", 's' },  { "s=", 's' }, { "status=", 'r' },
		{ "statuses=", 'r' },
	};
	char what = 't';

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		size_t len = strlen(keys[i].name);

		if (strncmp(text, keys[i].name, len) != 0)
			continue;
		what = keys[i].what;
		text += len;
		break;
	}
	if (what == 's') {
		options->has_signals = true;
		return trace_set_signals(text, &options->signals, err);
	}
	if (what == 'r')
		return set_statuses(options, 0) &&
		       trace_set_statuses(text, &options->statuses, err);
	options->has_calls = true;
	return trace_set_calls(text, &options->calls, err);
}

static bool apply_const_style(struct log_options *options, const char *word,
			      const char *name, struct err *err)
{
	static const char *const names[] = {
		[CONST_NAMES] = "abbrev",
		[CONST_NUMBERS] = "raw",
		[CONST_BOTH] = "verbose",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		options->print.consts = (enum const_style)i;
		return true;
	}
	return refuse(word, name, "not one of raw, abbrev, verbose", err);
}

static bool apply_string_limit(struct log_options *options, const char *word,
			       const char *text, struct err *err)
{
	char *end;
	unsigned long limit;

	errno = 0;
	limit = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno)
		return refuse(word, text, "not a number", err);
	options->print.string_limit = limit;
	return true;
}

static void add_path(struct log_options *options, const char *path)
{
	char *real = realpath(path, NULL);

	VEC_PUSH(&options->paths, xstrdup(path));
	if (real && strcmp(real, path) != 0)
		VEC_PUSH(&options->paths, real);
	else
		free(real);
}

static void count_up(int *value, int most)
{
	if (*value < most)
		++*value;
}

/* These make sense in the log of -v, too. */
static bool fits_decisions(enum log_option option)
{
	return option == LOG_OPTION_CLOCK || option == LOG_OPTION_RELATIVE ||
	       option == LOG_OPTION_FOLLOW;
}

bool log_options_apply(struct log_options *options, enum log_option option,
		       const char *word, const char *argument, struct err *err)
{
	if (!fits_decisions(option))
		options->needs_every_call = word;
	switch (option) {
	case LOG_OPTION_EXPRESSION:
		return apply_expression(options, argument, err);
	case LOG_OPTION_TRACE_PATH:
		add_path(options, argument);
		return true;
	case LOG_OPTION_SUCCESSFUL:
		return set_statuses(options, STATUS_SUCCESSFUL);
	case LOG_OPTION_FAILED:
		return set_statuses(options, STATUS_FAILED);
	case LOG_OPTION_FILES:
		count_up(&options->files, TWICE);
		return true;
	case LOG_OPTION_STRING_LIMIT:
		return apply_string_limit(options, word, argument, err);
	case LOG_OPTION_HEX:
		if (options->print.strings < STRINGS_HEX)
			options->print.strings++;
		return true;
	case LOG_OPTION_CONST_STYLE:
		return apply_const_style(options, word, argument, err);
	case LOG_OPTION_ARG_NAMES:
		options->print.arg_names = true;
		return true;
	case LOG_OPTION_NUMBERS:
		options->numbers = true;
		return true;
	case LOG_OPTION_CLOCK:
		count_up(&options->clock, THRICE);
		return true;
	case LOG_OPTION_RELATIVE:
		options->relative = true;
		return true;
	case LOG_OPTION_DURATION:
		options->durations = true;
		return true;
	case LOG_OPTION_FOLLOW:
		count_up(&options->follow, TWICE);
		return true;
	case LOG_OPTION_COUNT:
		break;
	}
	return false;
}
