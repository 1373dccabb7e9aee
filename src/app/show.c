/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/show.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/job.h"
#include "base/die.h"

/* 0 where it is no terminal: a file takes lines of any length. */
static unsigned int terminal_width(int fd)
{
	struct winsize size;

	if (!isatty(fd))
		return 0;
	if (ioctl(fd, TIOCGWINSZ, &size) || !size.ws_col)
		return 80;
	return size.ws_col;
}

static bool wants_colour(int fd)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	return isatty(fd) && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0;
}

struct layout show_layout(int fd)
{
	return (struct layout){ wants_colour(fd), terminal_width(fd) };
}

bool show_text(int fd, const struct buf *text)
{
	size_t done = 0;
	ssize_t n;

	while (done < text->len) {
		n = write(fd, text->data + done, text->len - done);
		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool print(const struct record *record, const struct options *options,
		  int fd)
{
	const struct layout layout = show_layout(fd);
	BUF_AUTO(text);

	record_render(record,
		      options->has_format ? options->format : FORMAT_TEXT,
		      &layout, &text);
	/* As much at once as can be: nothing comes between its lines. */
	return show_text(fd, &text);
}

/* The table of a record that has one. It is text, and goes with text alone. */
static bool print_summary(const struct record *record,
			  const struct options *options)
{
	BUF_AUTO(text);

	if (!options->summary ||
	    (options->has_format && options->format != FORMAT_TEXT))
		return true;
	if (!record_has_stats(record)) {
		warn_line("the record has no statistics: make it with "
			  "--summary");
		return true;
	}
	record_add_stats(record, options->summary_order, &text);
	return show_text(STDOUT_FILENO, &text);
}

void show_print(const struct record *record, const struct options *options,
		int fd)
{
	print(record, options, fd);
}

bool show_save(const struct record *record, const struct options *options)
{
	struct err err;
	bool ok = true;

	for (size_t i = 0; i < options->reports.count; i++) {
		const char *path = options->reports.items[i];

		if (record_save(record,
				options->has_format ? options->format :
						      format_of_path(path),
				path, &err))
			continue;
		warn_line("%s", err.text);
		ok = false;
	}
	return ok;
}

int show_record(const struct options *options)
{
	struct record *record;
	struct err err;
	bool ok;

	if (!options->argv[0] || options->argv[1]) {
		warn_line("--show: one record is needed (try --help)");
		return EXIT_TROUBLE;
	}
	record = record_load(options->argv[0], &err);
	if (!record) {
		warn_line("%s", err.text);
		return EXIT_TROUBLE;
	}
	if (options->reports.count) {
		ok = show_save(record, options);
	} else {
		ok = print(record, options, STDOUT_FILENO) &&
		     print_summary(record, options);
		if (!ok)
			warn_line("cannot write to standard output");
	}
	record_free(record);
	return ok ? EXIT_YES : EXIT_TROUBLE;
}
