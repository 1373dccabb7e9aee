/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The rows of scopes.def, each by its function: what the rule names. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "policy/scope.h"
#include "quote.h"
#include "scope_parts.h"

/* ---- files, and unix sockets by name ---- */

static bool has_text(char *const *texts, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(texts[i], text) == 0)
			return true;
	return false;
}

/* Take @pattern as a path, or as the name of a unix socket. */
static void add_pattern(struct making *making, const struct thing *thing,
			struct buf *pattern)
{
	struct rule *rule = making->rule;
	struct net_prefix prefix = { .family = AF_UNIX };

	if (thing->kind == THING_FILE) {
		if (has_text(rule->paths.items, rule->paths.count,
			     buf_text(pattern)))
			buf_clear(pattern);
		else
			VEC_PUSH(&rule->paths, buf_steal(pattern));
		return;
	}
	for (size_t i = 0; i < rule->addresses.count; i++)
		if (!strcmp(rule->addresses.items[i].glob, buf_text(pattern)))
			return;
	prefix.glob = buf_steal(pattern);
	VEC_PUSH(&rule->addresses, prefix);
}

static void quote(const struct making *making, const char *name, size_t len,
		  struct buf *out)
{
	quote_name(out, &making->policy->variables, making->request->subject,
		   name, len);
}

/* The directory that a name stands in, 0 for the root: as a length. */
static size_t directory_len(const struct thing *thing)
{
	const char *slash = memrchr(thing->name, '/', thing->len);

	return slash ? (size_t)(slash - thing->name) : 0;
}

static const char *need_paths(const struct making *making)
{
	for (size_t i = 0; i < making->things->count; i++)
		if (making->things->items[i].name[0] != '/')
			return "an abstract socket stands in no directory";
	return NULL;
}

/* Append the directory that @thing is or stands in, for "/x" to follow. */
static void quote_directory(const struct making *making,
			    const struct thing *thing, struct buf *out)
{
	size_t len = thing->is_directory ? thing->len : directory_len(thing);

	if (len > 1)
		quote(making, thing->name, len, out);
}

const char *scope_make_dir(struct making *making)
{
	const char *reason = need_paths(making);

	for (size_t i = 0; !reason && i < making->things->count; i++) {
		const struct thing *thing = &making->things->items[i];
		BUF_AUTO(itself);
		BUF_AUTO(pattern);

		if (thing->is_directory) {
			quote(making, thing->name, thing->len, &itself);
			add_pattern(making, thing, &itself);
		}
		quote_directory(making, thing, &pattern);
		buf_str(&pattern, "/*");
		add_pattern(making, thing, &pattern);
	}
	return reason;
}

const char *scope_make_tree(struct making *making)
{
	const char *reason = need_paths(making);

	for (size_t i = 0; !reason && i < making->things->count; i++) {
		const struct thing *thing = &making->things->items[i];
		BUF_AUTO(pattern);

		quote_directory(making, thing, &pattern);
		buf_str(&pattern, "/**");
		add_pattern(making, thing, &pattern);
	}
	return reason;
}

/* "txt" of "/a/b.txt"; NULL for "/a/.profile", "/a/b" and "/a/b.". */
static const char *extension(const struct thing *thing, size_t *len)
{
	const char *dot = memrchr(thing->name, '.', thing->len);
	size_t name = directory_len(thing) + 1;

	if (!dot || (size_t)(dot - thing->name) <= name ||
	    dot + 1 == thing->name + thing->len)
		return NULL;
	*len = (size_t)(thing->name + thing->len - (dot + 1));
	return dot + 1;
}

const char *scope_make_ext(struct making *making)
{
	const char *reason = need_paths(making);

	for (size_t i = 0; !reason && i < making->things->count; i++) {
		const struct thing *thing = &making->things->items[i];
		const char *ext;
		size_t len;
		BUF_AUTO(pattern);

		ext = thing->is_directory ? NULL : extension(thing, &len);
		if (!ext)
			return "the name has no extension";
		if (quote_is_random(ext, len))
			return "the extension will be another one next time";
		quote_directory(making, thing, &pattern);
		buf_str(&pattern, "/*.");
		quote_text(&pattern, ext, len);
		add_pattern(making, thing, &pattern);
	}
	return reason;
}

/* ---- hosts ---- */

static void add_prefix(struct rule *rule, const struct net_prefix *prefix)
{
	for (size_t i = 0; i < rule->addresses.count; i++) {
		const struct net_prefix *other = &rule->addresses.items[i];

		if (other->family == prefix->family &&
		    other->bits == prefix->bits &&
		    !memcmp(other->bytes, prefix->bytes, sizeof(prefix->bytes)))
			return;
	}
	VEC_PUSH(&rule->addresses, *prefix);
}

static void add_port(struct rule *rule, const struct net_address *address)
{
	struct port_range range = { (uint16_t)address->port,
				    (uint16_t)address->port };

	for (size_t i = 0; i < rule->ports.count; i++)
		if (rule->ports.items[i].first == range.first)
			return;
	VEC_PUSH(&rule->ports, range);
}

static struct net_prefix whole_prefix(const struct net_address *address)
{
	struct net_prefix prefix = { .family = address->family };

	prefix.bits = address->family == AF_INET ? 32 : 128;
	memcpy(prefix.bytes, address->bytes, prefix.bits / 8);
	return prefix;
}

const char *scope_make_host(struct making *making)
{
	for (size_t i = 0; i < making->things->count; i++) {
		struct net_prefix prefix =
			whole_prefix(&making->things->items[i].address);

		add_prefix(making->rule, &prefix);
	}
	return NULL;
}

const char *scope_make_port(struct making *making)
{
	for (size_t i = 0; i < making->things->count; i++)
		add_port(making->rule, &making->things->items[i].address);
	return NULL;
}

static bool is_zero(const unsigned char *bytes, size_t len)
{
	while (len && !bytes[len - 1])
		len--;
	return !len;
}

static bool is_loopback(const struct net_address *address)
{
	if (address->family == AF_INET)
		return address->bytes[0] == IN_LOOPBACKNET;
	return is_zero(address->bytes, 15) && address->bytes[15] == 1;
}

static void add_loopback(struct rule *rule)
{
	static const struct net_prefix all[] = {
		{ .family = AF_INET, .bytes = { IN_LOOPBACKNET }, .bits = 8 },
		{ .family = AF_INET6, .bytes = { [15] = 1 }, .bits = 128 },
	};

	add_prefix(rule, &all[0]);
	add_prefix(rule, &all[1]);
}

const char *scope_make_net(struct making *making)
{
	for (size_t i = 0; i < making->things->count; i++) {
		const struct net_address *address =
			&making->things->items[i].address;
		struct net_prefix prefix = whole_prefix(address);

		if (is_zero(address->bytes, sizeof(address->bytes)))
			return "it means all addresses of this host, and they "
			       "are in many networks";
		if (is_loopback(address)) {
			add_loopback(making->rule);
			continue;
		}
		prefix.bits = address->family == AF_INET ? 24 : 64;
		memset(prefix.bytes + prefix.bits / 8, 0,
		       sizeof(prefix.bytes) - prefix.bits / 8);
		add_prefix(making->rule, &prefix);
	}
	return NULL;
}

const char *scope_make_this(struct making *making)
{
	const struct rule *rule = making->rule;

	for (size_t i = 0; i < making->things->count; i++) {
		const struct thing *thing = &making->things->items[i];
		struct net_prefix prefix;
		BUF_AUTO(pattern);

		if (thing->kind == THING_HOST) {
			prefix = whole_prefix(&thing->address);
			add_prefix(making->rule, &prefix);
			add_port(making->rule, &thing->address);
			continue;
		}
		quote(making, thing->name, thing->len, &pattern);
		add_pattern(making, thing, &pattern);
	}
	/* Lists would also mean the first address with the second port. */
	if (rule->addresses.count > 1 && rule->ports.count > 1)
		return "the call names several addresses with several ports";
	return NULL;
}

/* ---- a pattern of one's own ---- */

static const char *match_all(const struct making *making, const char *pattern,
			     bool is_unix)
{
	const struct variables *variables = &making->policy->variables;
	const char *why = NULL;
	struct glob *glob =
		is_unix ? pattern_compile_text(variables, pattern, &why) :
			  pattern_compile(variables, pattern, &why);

	if (!glob)
		return why;
	for (size_t i = 0; i < making->things->count; i++) {
		const struct thing *thing = &making->things->items[i];

		if (!glob_match(glob, thing->name, thing->len))
			why = "the pattern does not match what the call names";
	}
	glob_free(glob);
	return why;
}

const char *scope_make_glob(struct making *making)
{
	static const char prefix[] = "unix:";
	const struct thing *first = making->things->items;
	bool is_unix = first->kind == THING_UNIX;
	const char *pattern = making->request->pattern ?: "";
	const char *reason;
	BUF_AUTO(copy);

	if (is_unix && strncmp(pattern, prefix, strlen(prefix)) == 0)
		pattern += strlen(prefix);
	if (!*pattern)
		return "no pattern is there";
	reason = match_all(making, pattern, is_unix);
	if (reason)
		return reason;
	buf_str(&copy, pattern);
	add_pattern(making, first, &copy);
	return NULL;
}

/* How much of all names is the same directory. */
static size_t common_directory(const struct things *things)
{
	const struct thing *first = things->items;
	size_t len = directory_len(first);

	for (size_t i = 1; i < things->count; i++) {
		const struct thing *other = &things->items[i];

		while (len && (other->len <= len || other->name[len] != '/' ||
			       memcmp(first->name, other->name, len) != 0))
			do
				len--;
			while (len && first->name[len] != '/');
	}
	return len;
}

void scope_first_pattern(const struct making *making, struct buf *out)
{
	const struct thing *first = making->things->items;

	if (!making->things->count)
		return; /* the call names nothing, or is unknown */
	if (making->things->count == 1) {
		quote(making, first->name, first->len, out);
		return;
	}
	if (need_paths(making))
		return;
	quote(making, first->name, common_directory(making->things), out);
	buf_str(out, "/**");
}
