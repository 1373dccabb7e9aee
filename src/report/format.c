/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/format.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *name, *endings;
} formats[] = {
#define FORMAT(id, name, endings) { #name, endings },
#include "report/formats.def"
#undef FORMAT
};

const char *format_name(enum report_format format)
{
	return formats[format].name;
}

bool format_by_name(const char *name, enum report_format *format)
{
	for (int i = 0; i < FORMAT_COUNT; i++) {
		if (strcmp(formats[i].name, name) != 0)
			continue;
		*format = (enum report_format)i;
		return true;
	}
	return false;
}

/* Is @word, @len bytes, one of the words in @list? */
static bool has_word(const char *list, const char *word, size_t len)
{
	while (*list) {
		size_t n = strcspn(list, " ");

		if (n == len && strncasecmp(list, word, len) == 0)
			return true;
		list += n;
		list += strspn(list, " ");
	}
	return false;
}

enum report_format format_of_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	for (int i = 0; dot && i < FORMAT_COUNT; i++)
		if (has_word(formats[i].endings, dot, strlen(dot)))
			return (enum report_format)i;
	return FORMAT_JSON;
}

void format_list(struct buf *out)
{
	for (int i = 0; i < FORMAT_COUNT; i++) {
		buf_str(out, i ? ", " : "");
		buf_str(out, formats[i].name);
	}
}
