/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "policy/severity.h"

#include <string.h>

/* The place of rows that stand for all other places. */
enum { PLACE_ANY = PLACE_COUNT };

/* One more than the severity: 0 is a place without a row. */
static const unsigned char severities[CLASS_COUNT][PLACE_COUNT + 1] = {
#define SEVERITY(class_id, place, n)                                           \
	[CLASS_##class_id][PLACE_##place] = (n) + 1,
#include "policy/severity.def"
};

static const unsigned char calls[SYSCALL_COUNT] = {
#define SEVERITY_CALL(call, n) [SYSCALL_##call] = (n) + 1,
#include "policy/severity.def"
};

unsigned int severity_of(enum call_class class_id, enum place place)
{
	unsigned int n;

	if (class_id >= CLASS_COUNT)
		return SEVERITY_MAX; /* nobody knows what it is */
	n = severities[class_id][place];
	return n ? n - 1 : severities[class_id][PLACE_ANY] - 1U;
}

unsigned int severity_of_name(const struct places *places,
			      enum call_class class_id, const char *name)
{
	return severity_of(class_id, place_of_name(places, class_id, name));
}

static unsigned int severity_of_classes(uint32_t classes)
{
	unsigned int worst = 0;

	for (int id = 0; id < CLASS_COUNT; id++) {
		unsigned int n = severity_of((enum call_class)id, PLACE_NONE);

		if (classes & CLASS_BIT(id) && n > worst)
			worst = n;
	}
	return worst;
}

unsigned int severity_of_call_name(const char *name)
{
	const struct syscall_def *def = syscall_by_name(name);

	if (!def)
		return SEVERITY_MAX;
	if (calls[def->id])
		return calls[def->id] - 1U;
	return severity_of_classes(syscall_possible_classes(def));
}

/* ---- a call at hand ---- */

static enum place place_of_target(const struct places *places,
				  enum call_class class_id,
				  const struct target *target)
{
	BUF_AUTO(text);

	if (target->address_len &&
	    (class_id == CLASS_NET_CONNECT || class_id == CLASS_NET_BIND)) {
		if (target->resolved)
			buf_printf(&text, "unix:%s", target->resolved);
		else
			address_text(&text, &target->address,
				     target->address_len);
		return place_of_address(places, buf_text(&text));
	}
	return target->resolved ?
		       place_of_name(places, class_id, target->resolved) :
		       PLACE_ELSEWHERE;
}

unsigned int severity_of_call(const struct places *places,
			      const struct call *call)
{
	unsigned int worst = 0;
	struct facet facet;

	if (!call->def)
		return SEVERITY_MAX;
	if (calls[call->def->id])
		return calls[call->def->id] - 1U;
	for (size_t i = 0; call_facet(call, i, &facet); i++) {
		enum place place = PLACE_NONE;
		unsigned int n;

		if (facet.implied)
			continue;
		if (places && facet.target)
			place = place_of_target(places, facet.class_id,
						facet.target);
		n = severity_of(facet.class_id, place);
		if (n > worst)
			worst = n;
	}
	return worst;
}
