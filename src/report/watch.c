/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What the record has to see, even where no rule cares. */
#include "report/record.h"

#define RECORDED                                                               \
	(CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_WRITE) |            \
	 CLASS_BIT(CLASS_FILE_CREATE) | CLASS_BIT(CLASS_FILE_DELETE) |         \
	 CLASS_BIT(CLASS_FILE_RENAME) | CLASS_BIT(CLASS_FILE_ATTR) |           \
	 CLASS_BIT(CLASS_EXEC) | CLASS_BIT(CLASS_NET_CONNECT) |                \
	 CLASS_BIT(CLASS_NET_BIND) | CLASS_BIT(CLASS_NET_SOCKET) |             \
	 CLASS_BIT(CLASS_SIGNAL))

/* A call that failed has not read or written anything. */
bool record_wants_result(const struct call *call)
{
	return call->classes & RECORDED;
}

/* ioctl and fcntl are too many, and what they change is told by few of them:
 * they are recorded where a rule makes them stop. */
static bool is_telling(const struct syscall_def *def)
{
	return def->classify != CLASSIFY_IOCTL &&
	       def->classify != CLASSIFY_FCNTL;
}

void record_add_watched(struct call_set *set)
{
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def =
			syscall_def((enum syscall_id)id);

		if (is_telling(def) && syscall_possible_classes(def) & RECORDED)
			set->in[id] |= RECORDED;
	}
}
