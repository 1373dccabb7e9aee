/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/class.h"

#include <string.h>

static const struct {
	const char *name;
	bool quiet;
	const char *verb;
	const char *summary;
} classes[] = {
#define CLASS(id, name, quiet, verb, summary)                                  \
	[CLASS_##id] = { name, quiet, verb, summary },
#include "syscall/classes.def"
#undef CLASS
};

_Static_assert(CLASS_COUNT <= 32, "a set of classes has 32 bits");

const char *class_name(enum call_class class_id)
{
	return class_id < CLASS_COUNT ? classes[class_id].name : "unknown";
}

const char *class_verb(enum call_class class_id)
{
	return class_id < CLASS_COUNT ? classes[class_id].verb :
					"make an UNKNOWN system call";
}

const char *class_summary(enum call_class class_id)
{
	return class_id < CLASS_COUNT ? classes[class_id].summary :
					"system calls that are not known";
}

bool class_by_name(const char *name, enum call_class *class_id)
{
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		if (strcmp(classes[i].name, name) == 0) {
			*class_id = (enum call_class)i;
			return true;
		}
	}
	return false;
}

uint32_t class_quiet_set(void)
{
	uint32_t set = 0;

	for (size_t i = 0; i < CLASS_COUNT; i++) {
		if (classes[i].quiet)
			set |= CLASS_BIT(i);
	}
	return set;
}
