/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* load_lists - facts and processes of a record, read back. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/load.h"
#include "report/name.h"

static const uint64_t count_max = UINT64_C(1) << 53;

bool section_by_key(const char *key, enum section *section)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		if (strcmp(section_key((enum section)i), key) != 0)
			continue;
		*section = (enum section)i;
		return true;
	}
	return false;
}

bool load_is_safe(const char *name)
{
	return *name != '/' && strncmp(name, "unix:/", 6) != 0;
}

/* ---- facts ---- */

/* Which member of a row holds the name of the fact. */
static const char *name_key(enum section section)
{
	switch (section) {
	case SECTION_BLOCKED:
		return "target";
	case SECTION_RENAMED:
		return "from";
	case SECTION_CONNECTED:
	case SECTION_BOUND:
		return "address";
	case SECTION_SIGNALS:
		return "signal";
	case SECTION_OTHER:
	case SECTION_CALLS:
		return "call";
	case SECTION_NOTES:
		return "text";
	default:
		return "path";
	}
}

/* "AF_INET, SOCK_STREAM, IPPROTO_TCP" */
static bool load_socket(struct loader *loader, const struct json *row,
			struct buf *name)
{
	static const char *const keys[] = { "family", "type", "protocol" };
	const char *part;

	for (size_t i = 0; i < 3; i++) {
		if (!load_text(loader, row, keys[i], &part))
			return false;
		if (*part)
			buf_printf(name, "%s%s", name->len ? ", " : "", part);
	}
	return true;
}

static bool load_decider(struct loader *loader, const struct json *row,
			 struct fact *like)
{
	const struct json *rule = json_member(row, "rule");
	uint64_t index;
	const char *by;

	like->by = FACT_BY_DEFAULT;
	if (!load_text(loader, row, "by", &by))
		return false;
	if (strcmp(by, "answer") == 0)
		like->by = FACT_BY_ANSWER;
	else if (strcmp(by, "error") == 0)
		like->by = FACT_BY_ERROR;
	else if (strcmp(by, "guard") == 0)
		like->by = FACT_BY_GUARD;
	if (strcmp(by, "rule") != 0 || !rule)
		return true;
	like->by = FACT_BY_RULE;
	if (!load_text(loader, rule, "file", &like->file) ||
	    !load_count(loader, rule, "index", UINT32_MAX, &index))
		return false;
	like->index = (unsigned int)index;
	return true;
}

static int errno_by_name(const char *name)
{
	for (int i = 1; *name && i < 4096; i++)
		if (strerrorname_np(i) && !strcmp(strerrorname_np(i), name))
			return i;
	return 0;
}

/* What two facts must have in common to be one. */
static bool load_like(struct loader *loader, const struct json *row,
		      struct fact *like, struct buf *socket)
{
	const char *verdict, *class_text;
	uint64_t port;
	bool unresolved;

	if (like->section == SECTION_SOCKETS) {
		if (!load_socket(loader, row, socket))
			return false;
		like->name = buf_text(socket);
	} else if (!load_text(loader, row, name_key(like->section),
			      &like->name)) {
		return false;
	}
	if (!load_text(loader, row,
		       like->section == SECTION_TEMPORARY ? "like" : "to",
		       &like->other) ||
	    !load_text(loader, row, "call", &like->call) ||
	    !load_text(loader, row, "verdict", &verdict) ||
	    !load_text(loader, row, "class", &class_text) ||
	    !load_true(loader, row, "unresolved", &unresolved) ||
	    !load_count(loader, row, "port", UINT16_MAX, &port))
		return false;
	if (*verdict && !verdict_by_name(verdict, &like->verdict))
		return load_err(loader, row, "no such verdict");
	if (*class_text && !class_by_name(class_text, &like->class_id))
		return load_err(loader, row, "no such class");
	if (json_member(row, "port"))
		like->port = (int)port;
	like->resolved = *like->name == '/' && !unresolved;
	like->safe = load_is_safe(like->name);
	if (like->section == SECTION_CALLS || like->section == SECTION_OTHER)
		like->call = "";
	return like->section != SECTION_BLOCKED ||
	       load_decider(loader, row, like);
}

static bool load_fact(struct loader *loader, const struct json *row,
		      int section)
{
	struct fact like = fact_like((enum section)section), *fact;
	uint64_t count, failed;
	const char *error, *host;
	bool made, gone;
	BUF_AUTO(socket);

	if (!json_is_object(row))
		return load_err(loader, row, "not an object");
	like.class_id = section_class(like.section);
	if (!load_like(loader, row, &like, &socket) ||
	    !load_count(loader, row, "count", count_max, &count) ||
	    !load_count(loader, row, "failed", count_max, &failed) ||
	    !load_true(loader, row, "made", &made) ||
	    !load_true(loader, row, "gone", &gone) ||
	    !load_text(loader, row, "host", &host) ||
	    !load_text(loader, row, "errno", &error))
		return false;
	fact = fact_find(&loader->record->facts, &like);
	if (!fact)
		return true;
	fact->count += count;
	fact->failed += failed;
	fact->error = errno_by_name(error);
	if (*host && !fact->host)
		fact->host = xstrdup(host);
	fact->made = made;
	fact->gone = gone;
	return true;
}

static const struct json *list_holder(const struct json *root,
				      enum section section)
{
	if (section >= SECTION_READ && section <= SECTION_ATTRIBUTES)
		return json_member(root, "files");
	if (section >= SECTION_CONNECTED && section <= SECTION_SOCKETS)
		return json_member(root, "sockets");
	return root;
}

bool load_lists(struct loader *loader, const struct json *root)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		const struct json *holder = list_holder(root, (enum section)i);

		if (holder && !json_is_object(holder))
			return load_err(loader, holder, "not an object");
		if (holder &&
		    !load_each(loader, holder, section_key((enum section)i),
			       load_fact, i))
			return false;
	}
	return true;
}
