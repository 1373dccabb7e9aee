/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* render - one function for each format of formats.def. Every one escapes all
 * that came from the program, in its own way. */
#ifndef REPORT_RENDER_H
#define REPORT_RENDER_H

#include "base/buf.h"
#include "report/record.h"

#define FORMAT(id, name, endings)                                              \
	void name##_render(struct buf *out, const struct record *record,       \
			   const struct layout *layout);
#include "report/formats.def"
#undef FORMAT

#endif
