/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The operands: OLD NEW, or OLD... -- NEW...; a directory stands for all
 * records (*.json) in it.
 */
#include "app/compare.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/show.h"
#include "base/die.h"
#include "base/escape.h"
#include "report/compare.h"

static bool add_file(struct compare *compare, enum compare_side side,
		     const char *path, struct err *err)
{
	struct record *record = record_load(path, err);

	if (!record)
		return false;
	compare_add(compare, side, record, path);
	record_free(record);
	return true;
}

static int is_record(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && strcmp(dot, ".json") == 0;
}

static bool add_directory(struct compare *compare, enum compare_side side,
			  const char *path, struct err *err)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_record, alphasort);
	bool ok = count > 0;
	BUF_AUTO(shown);

	escape_str(&shown, path);
	if (count < 0)
		return err_set(err, "%s: cannot be read: %m", buf_text(&shown));
	if (!count)
		err_set(err, "%s: no record (*.json) in it", buf_text(&shown));
	for (int i = 0; i < count; i++) {
		BUF_AUTO(file);

		buf_printf(&file, "%s/%s", path, entries[i]->d_name);
		ok = ok && add_file(compare, side, buf_text(&file), err);
		free(entries[i]);
	}
	free(entries);
	return ok;
}

static bool add_operand(struct compare *compare, enum compare_side side,
			const char *path, struct err *err)
{
	struct stat st;

	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return add_directory(compare, side, path, err);
	return add_file(compare, side, path, err);
}

/* Where the new side begins among the operands; 0 when they make no sense. */
static size_t find_new(char *const *operands, size_t *old_count)
{
	size_t count = 0, dashes = 0;

	for (; operands[count]; count++)
		if (!dashes && count && strcmp(operands[count], "--") == 0)
			dashes = count;
	*old_count = dashes ? dashes : 1;
	if (dashes)
		return operands[dashes + 1] ? dashes + 1 : 0;
	return count == 2 ? 1 : 0;
}

static bool add_all(struct compare *compare, char *const *operands,
		    struct err *err)
{
	size_t old_count, first = find_new(operands, &old_count);
	bool ok = true;

	if (!first)
		return err_set(err, "--compare: needs OLD NEW, or OLD... -- "
				    "NEW... (try --help)");
	for (size_t i = 0; ok && i < old_count; i++)
		ok = add_operand(compare, SIDE_OLD, operands[i], err);
	for (size_t i = first; ok && operands[i]; i++)
		ok = add_operand(compare, SIDE_NEW, operands[i], err);
	return ok;
}

static bool print(const struct compare *compare, const char *format,
		  struct err *err)
{
	const struct layout layout = show_layout(STDOUT_FILENO);
	BUF_AUTO(text);

	if (!compare_render(compare, format, &layout, &text))
		return err_set(err,
			       "--compare: no format '%.40s': text, markdown "
			       "or json",
			       format);
	return show_text(STDOUT_FILENO, &text) ||
	       err_set(err, "cannot write to standard output");
}

int compare_records(const struct options *options)
{
	const char *format = options->format_text ?: "text";
	struct compare *compare = compare_new();
	int status = EXIT_TROUBLE;
	struct err err;

	if (add_all(compare, options->argv, &err)) {
		compare_finish(compare, options->strict);
		if (!print(compare, format, &err))
			warn_line("%s", err.text);
		else if (!compare_is_same(compare))
			status = EXIT_NO;
		else if (!compare_is_incomplete(compare))
			status = EXIT_YES;
	} else {
		warn_line("%s", err.text);
	}
	compare_free(compare);
	return status;
}
