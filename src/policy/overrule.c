/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * overrule - what a new answer takes away from the rules behind it.
 *
 * An answer that allows goes to the top, where it also beats the rules that
 * keep something back by its name: "always class" at a harmless file lets the
 * secrets out that a profile blocks. Whoever answers has to be told. Here, too
 * much is told rather than too little.
 */
#include <string.h>

#include "net.h"
#include "policy_data.h"

/* ---- do two rules speak of the same? ---- */

/* The classes that a rule can be about; 0: any. */
static uint32_t classes_of(const struct rule *rule)
{
	uint32_t classes = 0;

	if (rule->classes)
		return rule->classes;
	for (size_t i = 0; i < rule->calls.count; i++) {
		enum syscall_id id = rule->calls.items[i].id;

		if (id == SYSCALL_UNKNOWN)
			return 0;
		classes |= syscall_possible_classes(syscall_def(id));
	}
	return classes;
}

static bool same_calls(const struct rule *a, const struct rule *b)
{
	for (size_t i = 0; i < a->calls.count; i++)
		for (size_t k = 0; k < b->calls.count; k++)
			if (a->calls.items[i].id == b->calls.items[k].id &&
			    a->calls.items[i].number ==
				    b->calls.items[k].number)
				return true;
	return !a->calls.count || !b->calls.count;
}

static bool same_classes(const struct rule *a, const struct rule *b)
{
	uint32_t left = classes_of(a), right = classes_of(b);

	return !left || !right || (left & right);
}

static bool ports_meet(const struct rule *a, const struct rule *b)
{
	for (size_t i = 0; i < a->ports.count; i++)
		for (size_t k = 0; k < b->ports.count; k++)
			if (a->ports.items[i].first <= b->ports.items[k].last &&
			    b->ports.items[k].first <= a->ports.items[i].last)
				return true;
	return !a->ports.count || !b->ports.count;
}

static bool any_meets(const struct globs *globs, const struct glob *glob)
{
	for (size_t i = 0; i < globs->count; i++)
		if (glob_meets(globs->items[i], glob))
			return true;
	return globs->count == 0;
}

/* The shorter prefix decides. */
static bool prefixes_meet(const struct net_prefix *a,
			  const struct net_prefix *b)
{
	unsigned int bits = a->bits < b->bits ? a->bits : b->bits;

	if (a->family != b->family)
		return false;
	if (memcmp(a->bytes, b->bytes, bits / 8) != 0)
		return false;
	return !(bits % 8) ||
	       !((a->bytes[bits / 8] ^ b->bytes[bits / 8]) >> (8 - bits % 8));
}

static bool address_meets(const struct matcher *answer,
			  const struct matcher *kept, size_t k)
{
	const struct glob *name = kept->names.items[k];
	const struct net_prefix *prefix = &kept->rule.addresses.items[k];

	/* A unix address has no port. */
	if (name && answer->rule.ports.count)
		return false;
	for (size_t i = 0; i < answer->names.count; i++) {
		const struct glob *other = answer->names.items[i];

		if (name && other && glob_meets(name, other))
			return true;
		if (!name && !other &&
		    prefixes_meet(&answer->rule.addresses.items[i], prefix))
			return true;
	}
	return answer->names.count == 0;
}

/* ---- what is kept back, by which name ---- */

/* Append the first name of @kept that @answer allows something of. False when
 * there is none. */
static bool name_overruled(const struct matcher *answer,
			   const struct matcher *kept, struct buf *name)
{
	const struct rule *rule = &kept->rule;

	for (size_t i = 0; i < kept->paths.count; i++) {
		if (answer->names.count || answer->rule.ports.count ||
		    !any_meets(&answer->paths, kept->paths.items[i]))
			continue;
		buf_str(name, rule->paths.items[i]);
		return true;
	}
	for (size_t i = 0; i < kept->names.count; i++) {
		if (answer->paths.count || !address_meets(answer, kept, i))
			continue;
		net_prefix_text(name, &rule->addresses.items[i]);
		return true;
	}
	return false;
}

const struct rule *policy_overruled(const struct policy *policy,
				    const struct rule *answer,
				    const struct rule *asked, struct buf *name)
{
	const struct matcher *matcher = matcher_of(answer);
	const struct rule *rule;

	if (answer->verdict != VERDICT_ALLOW)
		return NULL;
	for (size_t i = 0; (rule = policy_rule_at(policy, i)); i++) {
		const struct matcher *kept = matcher_of(rule);

		if (rule != asked && kept->order > matcher->order &&
		    !kept->undone && rule->verdict != VERDICT_ALLOW &&
		    same_calls(answer, rule) && same_classes(answer, rule) &&
		    ports_meet(answer, rule) &&
		    name_overruled(matcher, kept, name))
			return rule;
	}
	return NULL;
}
