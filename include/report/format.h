/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* format - the formats of a report: formats.def. */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include <stdbool.h>

#include "base/buf.h"

enum report_format {
#define FORMAT(id, name, endings) FORMAT_##id,
#include "report/formats.def"
#undef FORMAT
	FORMAT_COUNT,
};

/* "html" */
const char *format_name(enum report_format format);

/* False, and nothing set, when there is none of that name. */
bool format_by_name(const char *name, enum report_format *format);

/* What the ending of a file's name says; JSON when it says nothing. */
enum report_format format_of_path(const char *path);

/* Append the names: "text, json, ...". */
void format_list(struct buf *out);

#endif
