/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a call names: files, sockets with a name, hosts with a port. */
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>

#include "scope_parts.h"

/* Is it the directory itself that is meant, and not something in one? */
static bool is_directory(const struct call *call, const struct target *target)
{
	static const uint32_t changes = CLASS_BIT(CLASS_FILE_CREATE) |
					CLASS_BIT(CLASS_FILE_DELETE) |
					CLASS_BIT(CLASS_FILE_RENAME);
	const char *asked = target->asked ?: "";
	const char *slash = strrchr(asked, '/');
	const char *last = slash ? slash + 1 : asked;

	if (call->classes & changes)
		return false;
	return (call_open_flags(call) & O_DIRECTORY) ||
	       (*asked &&
		(!*last || !strcmp(last, ".") || !strcmp(last, ".."))) ||
	       !strcmp(target->resolved, "/");
}

static const char *read_file(struct thing *thing, const struct call *call,
			     const struct target *target)
{
	if (target->error || !target->resolved)
		return "what the call names is not known";
	if (target->resolved[0] != '/')
		return "a rule cannot name what is open there, for it has no "
		       "path";
	thing->kind = THING_FILE;
	thing->name = target->resolved;
	thing->len = strlen(target->resolved);
	thing->is_directory = is_directory(call, target);
	return NULL;
}

static const char *read_address(struct thing *thing,
				const struct target *target,
				enum call_class class_id)
{
	struct net_address *address = &thing->address;

	if (!net_address_read(address, target, class_id == CLASS_NET_CONNECT,
			      thing->storage))
		return "what the call names is not known";
	if (address->family == AF_UNSPEC)
		return "the call gives no address";
	if (address->family == AF_UNIX) {
		if (!address->name_len)
			return "the unix socket has no name";
		thing->kind = THING_UNIX;
		thing->name = address->name;
		thing->len = address->name_len;
		return NULL;
	}
	if (address->family != AF_INET && address->family != AF_INET6)
		return "rules know no addresses of this family";
	thing->kind = THING_HOST;
	return NULL;
}

/* NULL when it is one that a rule can name. */
static const char *read_thing(struct thing *thing, const struct call *call,
			      const struct facet *facet)
{
	const struct target *target = facet->target;

	if (!target)
		return "the call names no file and no address";
	if (target_is_file(target))
		return read_file(thing, call, target);
	if (target->kind == TARGET_ADDRESS || target->kind == TARGET_MSG ||
	    target->kind == TARGET_MMSG)
		return read_address(thing, target, facet->class_id);
	return "rules cannot name processes";
}

static bool is_same(const struct thing *a, const struct thing *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind != THING_HOST)
		return a->len == b->len && !memcmp(a->name, b->name, a->len);
	return a->address.family == b->address.family &&
	       a->address.port == b->address.port &&
	       !memcmp(a->address.bytes, b->address.bytes,
		       sizeof(a->address.bytes));
}

static bool has(const struct things *things, const struct thing *thing)
{
	for (size_t i = 0; i < things->count; i++)
		if (is_same(&things->items[i], thing))
			return true;
	return false;
}

void things_collect(struct things *things, const struct call *call,
		    uint32_t classes)
{
	struct facet facet;

	for (size_t i = 0; call_facet(call, i, &facet); i++) {
		struct thing thing = { .kind = THING_FILE };
		const char *reason;

		if (facet.implied || facet.class_id == CLASS_COUNT ||
		    !(classes & CLASS_BIT(facet.class_id)))
			continue;
		reason = read_thing(&thing, call, &facet);
		thing.is_stored = thing.name == thing.storage;
		if (reason)
			things->unnamed = reason;
		else if (!has(things, &thing))
			VEC_PUSH(things, thing);
	}
	/* Now that they stay where they are. */
	for (size_t i = 0; i < things->count; i++)
		if (things->items[i].is_stored)
			things->items[i].name = things->items[i].storage;
}

void things_free(struct things *things)
{
	VEC_FREE(things);
}

/* ---- what scopes need ---- */

const char *things_need_things(const struct things *things)
{
	return things->unnamed;
}

const char *things_need_names(const struct things *things)
{
	for (size_t i = 0; i < things->count; i++)
		if (things->items[i].kind == THING_HOST)
			return "the call names an address, and no file";
	return things->unnamed;
}

const char *things_need_hosts(const struct things *things)
{
	for (size_t i = 0; i < things->count; i++) {
		if (things->items[i].kind == THING_UNIX)
			return "a unix socket has a name, and no host or port";
		if (things->items[i].kind == THING_FILE)
			return "the call names a file, and no address";
	}
	return things->unnamed;
}
