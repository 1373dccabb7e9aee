/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * places - what a path or an address means to the person whose machine it is.
 * The facts are in policy/places.def; the credentials are those that the
 * profile "secrets" keeps from being read and talked to.
 */
#include "policy/places.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "net.h"
#include "pattern.h"
#include "policy/profile.h"

struct place_pattern {
	enum place place;
	struct glob *glob;
};

struct place_net {
	enum place place;
	struct net_prefix prefix;
};

struct places {
	struct variables variables;
	VEC_OF(struct place_pattern) paths;   /* secrets first */
	VEC_OF(struct place_pattern) sockets; /* names of unix sockets */
	VEC_OF(struct place_net) nets;
};

static const struct {
	enum place place;
	const char *pattern;
} path_rows[] = {
#define PLACE_PATH(id, pattern) { PLACE_##id, pattern },
#include "policy/places.def"
};

static const struct {
	enum place place;
	const char *directory;
} below_rows[] = {
#define PLACE_BELOW(id, directory) { PLACE_##id, directory },
#include "policy/places.def"
};

static const struct {
	enum place place;
	const char *prefix;
} net_rows[] = {
#define PLACE_NET(id, prefix) { PLACE_##id, prefix },
#include "policy/places.def"
};

static const char *const words[] = {
#define PLACE(id, text) [PLACE_##id] = (text),
#include "policy/places.def"
};

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

const char *place_words(enum place place)
{
	return words[place];
}

/* ---- making ---- */

/* The values of a member that is one, or a list of them. */
static const struct json *first_value(const struct json *member)
{
	return member && json_is_array(member) ? json_first(member) : member;
}

static const struct json *next_value(const struct json *value)
{
	return json_key(value) ? NULL : json_next(value);
}

static bool has_class(const struct json *rule, enum call_class wanted)
{
	const struct json *value = first_value(json_member(rule, "class"));
	enum call_class class_id;

	for (; value; value = next_value(value))
		if (class_by_name(json_string(value), &class_id) &&
		    class_id == wanted)
			return true;
	return false;
}

/* A pattern whose variable is not known can match nothing. */
static void add_path(struct places *places, enum place place,
		     const char *pattern)
{
	struct place_pattern row = { .place = place };
	const char *why;

	row.glob = pattern_compile(&places->variables, pattern, &why);
	if (row.glob)
		VEC_PUSH(&places->paths, row);
}

static void add_socket(struct places *places, const char *address)
{
	struct place_pattern row = { .place = PLACE_SECRET };
	const char *why;

	if (strncmp(address, "unix:", 5) != 0)
		return;
	row.glob = pattern_compile_text(&places->variables, address + 5, &why);
	if (row.glob)
		VEC_PUSH(&places->sockets, row);
}

static void add_secrets_of_rule(struct places *places, const struct json *rule)
{
	const struct json *path = first_value(json_member(rule, "path"));
	const struct json *address = first_value(json_member(rule, "address"));

	if (has_class(rule, CLASS_FILE_READ))
		for (; path; path = next_value(path))
			add_path(places, PLACE_SECRET, json_string(path));
	if (has_class(rule, CLASS_NET_CONNECT))
		for (; address; address = next_value(address))
			add_socket(places, json_string(address));
}

static void add_secrets(struct places *places)
{
	size_t len;
	const char *text = profile_text(PROFILE_SECRETS, &len);
	struct json_doc *doc = json_parse("secrets", text, len, NULL);
	const struct json *rules =
		doc ? json_member(json_root(doc), "rules") : NULL;
	const struct json *rule = rules ? json_first(rules) : NULL;

	for (; rule; rule = json_next(rule))
		add_secrets_of_rule(places, rule);
	json_doc_free(doc);
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct places *places_new(const struct variables *variables)
{
	struct places *places = xcalloc(1, sizeof(*places));

	places->variables = (struct variables){
		copy(variables->home),
		copy(variables->cwd),
		copy(variables->tmp),
	};
	add_secrets(places);
	for (size_t i = 0; i < ROWS(path_rows); i++)
		add_path(places, path_rows[i].place, path_rows[i].pattern);
	for (size_t i = 0; i < ROWS(net_rows); i++) {
		struct place_net row = { .place = net_rows[i].place };
		const char *why;

		if (net_prefix_parse(&row.prefix, net_rows[i].prefix, &why))
			VEC_PUSH(&places->nets, row);
	}
	return places;
}

void places_free(struct places *places)
{
	if (!places)
		return;
	for (size_t i = 0; i < places->paths.count; i++)
		glob_free(places->paths.items[i].glob);
	for (size_t i = 0; i < places->sockets.count; i++)
		glob_free(places->sockets.items[i].glob);
	VEC_FREE(&places->paths);
	VEC_FREE(&places->sockets);
	VEC_FREE(&places->nets);
	variables_free(&places->variables);
	free(places);
}

/* ---- paths ---- */

static enum place below(const char *path)
{
	for (size_t i = 0; i < ROWS(below_rows); i++) {
		size_t len = strlen(below_rows[i].directory);

		if (strncmp(path, below_rows[i].directory, len) == 0 &&
		    (path[len] == '/' || !path[len]))
			return below_rows[i].place;
	}
	return PLACE_ELSEWHERE;
}

enum place place_of_path(const struct places *places, const char *path)
{
	const char *variable;
	size_t len = strlen(path);

	/* What was not resolved may lead anywhere: "/usr/../etc". */
	if (path[0] != '/' || strstr(path, "/../") || strstr(path, "/./"))
		return PLACE_ELSEWHERE;
	for (size_t i = 0; i < places->paths.count; i++)
		if (glob_match(places->paths.items[i].glob, path, len))
			return places->paths.items[i].place;
	variables_match(&places->variables, path, len, &variable);
	if (strcmp(variable, "${CWD}") == 0)
		return PLACE_WORKING;
	if (strcmp(variable, "${HOME}") == 0)
		return PLACE_HOME;
	if (strcmp(variable, "${TMP}") == 0)
		return PLACE_TEMPORARY;
	return below(path);
}

/* ---- addresses ---- */

/* "10.0.0.1:80" or "[::1]:80" */
static bool parse_inet(const char *text, struct net_address *address)
{
	const char *colon = strrchr(text, ':');
	bool brackets = text[0] == '[';
	char host[INET6_ADDRSTRLEN] = "";
	size_t len, zone;

	if (!colon || (brackets && (colon == text || colon[-1] != ']')))
		return false;
	len = (size_t)(colon - text) - (brackets ? 2 : 0);
	zone = strcspn(text, "%");
	if (brackets && zone - 1 < len)
		len = zone - 1;
	if (len >= sizeof(host))
		return false;
	memcpy(host, text + brackets, len);
	address->family = brackets ? AF_INET6 : AF_INET;
	return inet_pton(address->family, host, address->bytes) == 1;
}

static enum place of_unix(const struct places *places, const char *name)
{
	for (size_t i = 0; i < places->sockets.count; i++)
		if (glob_match(places->sockets.items[i].glob, name,
			       strlen(name)))
			return places->sockets.items[i].place;
	return PLACE_LOCAL;
}

enum place place_of_address(const struct places *places, const char *text)
{
	struct net_address address = { 0 };

	if (strncmp(text, "unix:", 5) == 0)
		return of_unix(places, text + 5);
	if (strncmp(text, "netlink:", 8) == 0)
		return PLACE_KERNEL;
	if (!parse_inet(text, &address))
		return PLACE_ELSEWHERE;
	for (size_t i = 0; i < places->nets.count; i++)
		if (net_prefix_match(&places->nets.items[i].prefix, NULL,
				     &address))
			return places->nets.items[i].place;
	return PLACE_INTERNET;
}

enum place place_of_socket(const char *text)
{
	if (strncmp(text, "AF_UNIX", 7) == 0)
		return PLACE_LOCAL;
	if (strstr(text, "SOCK_RAW") && strncmp(text, "AF_INET", 7) == 0)
		return PLACE_RAW;
	if (strncmp(text, "AF_PACKET", 9) == 0)
		return PLACE_RAW;
	if (strncmp(text, "AF_NETLINK", 10) == 0)
		return PLACE_KERNEL;
	return PLACE_ELSEWHERE;
}

enum place place_of_name(const struct places *places, enum call_class class_id,
			 const char *name)
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
		return place_of_path(places, name);
	case CLASS_NET_CONNECT:
	case CLASS_NET_BIND:
		return place_of_address(places, name);
	case CLASS_NET_SOCKET:
		return place_of_socket(name);
	case CLASS_PROCESS:
	case CLASS_SIGNAL:
	case CLASS_IPC:
	case CLASS_TTY:
	case CLASS_SYSTEM:
	case CLASS_IO:
	case CLASS_MEMORY:
	case CLASS_SELF:
	case CLASS_COUNT:
		break;
	}
	return PLACE_NONE;
}
