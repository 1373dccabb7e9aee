/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/render.h"

#include "base/file.h"

void record_render(const struct record *record, enum report_format format,
		   const struct layout *layout, struct buf *out)
{
	static void (*const renderers[])(struct buf *, const struct record *,
					 const struct layout *) = {
#define FORMAT(id, name, endings) name##_render,
#include "report/formats.def"
#undef FORMAT
	};

	renderers[format](out, record, layout);
}

bool record_save(const struct record *record, enum report_format format,
		 const char *path, struct err *err)
{
	static const struct layout any_width = { false, 0 };
	BUF_AUTO(text);

	record_render(record, format, &any_width, &text);
	return file_write_atomic(path, text.data, text.len, err);
}
