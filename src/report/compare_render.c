/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <string.h>

#include "report/compare.h"
#include "report/compare_data.h"

static const struct {
	const char *name;
	void (*render)(const struct compare *compare,
		       const struct layout *layout, struct buf *out);
} formats[] = {
	{ "text", compare_text },
	{ "markdown", compare_markdown },
	{ "json", compare_json },
};

bool compare_render(const struct compare *compare, const char *format,
		    const struct layout *layout, struct buf *out)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		formats[i].render(compare, layout, out);
		return true;
	}
	return false;
}
