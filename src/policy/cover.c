/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* cover - is one rule a wider form of another? Only what can be proved counts. */
#include <string.h>

#include "policy_data.h"

/* ---- patterns ---- */

static bool patterns_cover(const struct globs *wide, const struct globs *narrow)
{
	if (!wide->count)
		return true;
	for (size_t i = 0; i < narrow->count; i++) {
		size_t k = 0;

		while (k < wide->count &&
		       !glob_covers(wide->items[k], narrow->items[i]))
			k++;
		if (k == wide->count)
			return false;
	}
	return narrow->count > 0;
}

/* ---- addresses and ports ---- */

static bool prefix_covers(const struct matcher *wide, size_t w,
			  const struct matcher *narrow, size_t n)
{
	const struct net_prefix *a = &wide->rule.addresses.items[w];
	const struct net_prefix *b = &narrow->rule.addresses.items[n];

	if (a->family != b->family)
		return false;
	if (a->family == AF_UNIX)
		return glob_covers(wide->names.items[w],
				   narrow->names.items[n]);
	if (a->bits > b->bits || memcmp(a->bytes, b->bytes, a->bits / 8) != 0)
		return false;
	return !(a->bits % 8) ||
	       !((a->bytes[a->bits / 8] ^ b->bytes[a->bits / 8]) >>
		 (8 - a->bits % 8));
}

static bool addresses_cover(const struct matcher *wide,
			    const struct matcher *narrow)
{
	if (!wide->rule.addresses.count)
		return true;
	for (size_t i = 0; i < narrow->rule.addresses.count; i++) {
		size_t k = 0;

		while (k < wide->rule.addresses.count &&
		       !prefix_covers(wide, k, narrow, i))
			k++;
		if (k == wide->rule.addresses.count)
			return false;
	}
	return narrow->rule.addresses.count > 0;
}

static bool ports_cover(const struct rule *wide, const struct rule *narrow)
{
	if (!wide->ports.count)
		return true;
	for (size_t i = 0; i < narrow->ports.count; i++) {
		const struct port_range *inner = &narrow->ports.items[i];
		size_t k = 0;

		while (k < wide->ports.count &&
		       (wide->ports.items[k].first > inner->first ||
			wide->ports.items[k].last < inner->last))
			k++;
		if (k == wide->ports.count)
			return false;
	}
	return narrow->ports.count > 0;
}

/* ---- calls and classes ---- */

static bool names_call(const struct rule *rule, const struct rule_call *call)
{
	for (size_t i = 0; i < rule->calls.count; i++)
		if (rule->calls.items[i].id == call->id &&
		    rule->calls.items[i].number == call->number)
			return true;
	return false;
}

static bool calls_cover(const struct rule *wide, const struct rule *narrow)
{
	if (!wide->calls.count)
		return true;
	for (size_t i = 0; i < narrow->calls.count; i++)
		if (!names_call(wide, &narrow->calls.items[i]))
			return false;
	return narrow->calls.count > 0;
}

/* The classes that what @rule matches can be in; 0: any. */
static uint32_t classes_of(const struct rule *rule)
{
	uint32_t classes = 0;

	if (rule->classes)
		return rule->classes;
	for (size_t i = 0; i < rule->calls.count; i++) {
		enum syscall_id id = rule->calls.items[i].id;
		uint32_t possible =
			id == SYSCALL_UNKNOWN ?
				0 :
				syscall_possible_classes(syscall_def(id));

		if (!possible)
			return 0;
		classes |= possible;
	}
	return classes;
}

static bool classes_cover(const struct rule *wide, const struct rule *narrow)
{
	uint32_t classes = classes_of(narrow);

	/* A rule without classes says nothing of what is done on the side. */
	if (!wide->classes)
		return !narrow->classes;
	return classes && !(classes & ~wide->classes);
}

bool matcher_parts_cover(const struct matcher *wide,
			 const struct matcher *narrow)
{
	return patterns_cover(&wide->paths, &narrow->paths) &&
	       patterns_cover(&wide->programs, &narrow->programs) &&
	       addresses_cover(wide, narrow) &&
	       ports_cover(&wide->rule, &narrow->rule);
}

bool matcher_covers(const struct matcher *wide, const struct matcher *narrow)
{
	const struct rule *a = &wide->rule, *b = &narrow->rule;

	return a->verdict == b->verdict && a->error == b->error &&
	       !a->args.count && calls_cover(a, b) && classes_cover(a, b) &&
	       matcher_parts_cover(wide, narrow);
}
