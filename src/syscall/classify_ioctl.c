/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <stddef.h>

#include "syscall/classify.h"

static const struct {
	uint32_t mask, first, last;
	enum call_class class_id;
} rows[] = {
#define IOCTL_CLASS(mask, first, last, id) { mask, first, last, CLASS_##id },
#include "syscall/ioctl_classes.def"
#undef IOCTL_CLASS
};

uint32_t classify_ioctl(const struct call *call)
{
	uint32_t command = (uint32_t)call->args[1];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t bits = command & rows[i].mask;

		if (rows[i].first <= bits && bits <= rows[i].last)
			return CLASS_BIT(rows[i].class_id);
	}
	return CLASS_BIT(CLASS_IO);
}
