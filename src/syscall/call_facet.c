/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * The facets of a call: first every class of the call with every target that
 * the class can speak of, then what is touched on the side. So that
 * rename("a", "b") reads
 *	file-rename a, file-rename b,
 *	file-delete a (implied), file-write b (implied), file-create b (implied)
 */
#include "syscall/classify.h"

static bool is_file(enum target_kind kind)
{
	return kind == TARGET_PATH || kind == TARGET_LINK ||
	       kind == TARGET_NEW || kind == TARGET_FD;
}

bool class_speaks_of(enum call_class class_id, enum target_kind kind)
{
	switch (class_id) {
	case CLASS_FILE_READ:
	case CLASS_FILE_WRITE:
	case CLASS_FILE_CREATE:
	case CLASS_FILE_DELETE:
	case CLASS_FILE_RENAME:
	case CLASS_FILE_ATTR:
	case CLASS_FILE_STAT:
	case CLASS_EXEC:
	case CLASS_TTY:
	case CLASS_SYSTEM:
		return is_file(kind);
	case CLASS_NET_CONNECT:
	case CLASS_NET_BIND:
	case CLASS_NET_SOCKET:
		return kind == TARGET_ADDRESS;
	case CLASS_PROCESS:
	case CLASS_SIGNAL:
		return kind == TARGET_PID || kind == TARGET_PIDFD;
	case CLASS_IPC:
	case CLASS_IO:
	case CLASS_MEMORY:
	case CLASS_SELF:
	case CLASS_COUNT:
		break;
	}
	return false;
}

/* Facet @*i of this class alone; counts *@i down past those there are. */
static bool facet_of_class(const struct call *call, enum call_class class_id,
			   size_t *i, struct facet *facet)
{
	bool named = false;

	for (size_t t = 0; t < call->n_targets; t++) {
		if (!class_speaks_of(class_id, call->targets[t].kind))
			continue;
		named = true;
		if ((*i)-- == 0) {
			*facet = (struct facet){ class_id, &call->targets[t],
						 false };
			return true;
		}
	}
	if (!named && (*i)-- == 0) {
		*facet = (struct facet){ class_id, NULL, false };
		return true;
	}
	return false;
}

static bool implied_facet(const struct call *call, size_t i,
			  struct facet *facet)
{
	for (size_t t = 0; t < call->n_targets; t++) {
		uint32_t implied = call->targets[t].implied & ~call->classes;

		for (unsigned int c = 0; c < CLASS_COUNT; c++) {
			if (!(implied & CLASS_BIT(c)))
				continue;
			if (i-- == 0) {
				*facet = (struct facet){ (enum call_class)c,
							 &call->targets[t],
							 true };
				return true;
			}
		}
	}
	return false;
}

bool call_facet(const struct call *call, size_t i, struct facet *facet)
{
	/* In no class: asked about by number. */
	if (!call->classes) {
		*facet = (struct facet){ CLASS_COUNT, NULL, false };
		return i == 0;
	}
	for (unsigned int c = 0; c < CLASS_COUNT; c++) {
		if ((call->classes & CLASS_BIT(c)) &&
		    facet_of_class(call, (enum call_class)c, &i, facet))
			return true;
	}
	return implied_facet(call, i, facet);
}
