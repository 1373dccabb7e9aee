/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare_gather - from the facts of one record to what is compared. */
#include <string.h>

#include "policy/severity.h"
#include "report/compare_data.h"
#include "report/normal.h"
#include "report/state.h"

struct gather {
	struct compare_runs *runs;
	const struct record *record;
	struct normal *normal;
};

static bool is_address(enum call_class class_id)
{
	return class_id == CLASS_NET_CONNECT || class_id == CLASS_NET_BIND;
}

/* The name that the program looked up, where it did: behind one name stand
 * other addresses the next time, and behind one address other names. */
static void name_peer(const struct gather *gather, const struct fact *fact,
		      bool knowing, struct buf *out)
{
	const char *port;
	BUF_AUTO(address);

	normal_address(gather->normal, fact->name, fact->port,
		       fact->class_id == CLASS_NET_BIND, knowing, &address);
	port = strrchr(buf_text(&address), ':');
	if (fact->host && fact->port >= 0 && port)
		buf_printf(out, "%s%s", fact->host, port);
	else
		buf_str(out, buf_text(&address));
}

static void name_fact(const struct gather *gather, const struct fact *fact,
		      bool knowing, struct buf *out)
{
	if (fact->section == SECTION_BLOCKED)
		buf_printf(out, "%s:",
			   fact->class_id < CLASS_COUNT ?
				   class_name(fact->class_id) :
				   fact->call);
	if (is_address(fact->class_id))
		name_peer(gather, fact, knowing, out);
	else if (fact->section == SECTION_SOCKETS ||
		 fact->section == SECTION_OTHER)
		buf_str(out, fact->name);
	else
		normal_name(gather->normal, fact->name, knowing, out);
}

/* How grave, and why. */
static void grade(const struct gather *gather, const struct fact *fact,
		  const char *name, struct compare_like *like)
{
	const struct places *places = gather->record->places;
	enum call_class class_id = fact->class_id;
	enum place place = PLACE_NONE;

	if (fact->section == SECTION_OTHER) {
		like->severity = severity_of_call_name(fact->name);
		return;
	}
	if (class_id == CLASS_SIGNAL)
		place = normal_is_own(gather->normal, fact->other) ?
				PLACE_OWN :
				PLACE_ELSEWHERE;
	else if (class_id < CLASS_COUNT)
		place = place_of_name(places, class_id, name);
	like->severity = severity_of(class_id, place);
	like->why = place_words(place);
}

/* Of a rename the graver of both names counts. */
static void grade_rename(const struct gather *gather, const struct fact *fact,
			 struct compare_like *like)
{
	struct compare_like other = *like;

	grade(gather, fact, fact->name, like);
	grade(gather, fact, fact->other, &other);
	if (other.severity > like->severity) {
		like->severity = other.severity;
		like->why = other.why;
	}
}

/* What is read in place of the source, and what is made for that. */
static bool is_byte_code(const struct gather *gather, const struct fact *fact)
{
	const char *name =
		fact->section == SECTION_RENAMED ? fact->other : fact->name;

	switch (fact->section) {
	case SECTION_WRITTEN:
	case SECTION_CREATED:
	case SECTION_RENAMED:
		return normal_is_cache(gather->normal, name);
	default:
		return false;
	}
}

/* "AF_INET, SOCK_STREAM, ..." that were opened to reach what the record names
 * anyway. */
static bool is_means(const struct gather *gather, const struct fact *socket)
{
	static const struct {
		const char *family, *beginning;
	} rows[] = {
		{ "AF_UNIX,", "unix:" },
		{ "AF_NETLINK,", "netlink:" },
		{ "AF_INET6,", "[" },
		{ "AF_INET,", "" },
	};
	const struct fact_store *facts = &gather->record->facts;

	if (strstr(socket->name, "SOCK_RAW") &&
	    strncmp(socket->name, "AF_NETLINK,", 11) != 0)
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *beginning = rows[i].beginning;

		if (strncmp(socket->name, rows[i].family,
			    strlen(rows[i].family)) != 0)
			continue;
		for (int s = SECTION_CONNECTED; s <= SECTION_BOUND; s++)
			for (size_t k = 0; k < facts->lists[s].count; k++) {
				const char *name =
					facts->lists[s].items[k]->name;

				if (*beginning ?
					    !strncmp(name, beginning,
						     strlen(beginning)) :
					    name[0] >= '0' && name[0] <= '9')
					return true;
			}
	}
	return false;
}

static void gather_fact(const struct gather *gather, const struct fact *fact)
{
	struct compare_like like = { .what = section_key(fact->section),
				     .seen = fact->name,
				     .safe = fact->safe && !fact->host,
				     .why = "" };
	struct fact changed = *fact;
	BUF_AUTO(source);
	BUF_AUTO(plain);
	BUF_AUTO(plain_other);
	BUF_AUTO(full);
	BUF_AUTO(full_other);

	if (is_byte_code(gather, fact))
		return;
	like.means = fact->section == SECTION_SOCKETS && is_means(gather, fact);
	if (fact->section == SECTION_READ && normal_source(fact->name, &source))
		changed.name = buf_text(&source);
	name_fact(gather, &changed, false, &plain);
	name_fact(gather, &changed, true, &full);
	if (*fact->other) {
		normal_name(gather->normal, fact->other, false, &plain_other);
		normal_name(gather->normal, fact->other, true, &full_other);
	}
	/* Its own /proc/PID is /proc/self. */
	if (fact->section == SECTION_RENAMED)
		grade_rename(gather, fact, &like);
	else if (strncmp(fact->name, "/proc/", 6) == 0 &&
		 fact->section != SECTION_BLOCKED)
		grade(gather, fact, buf_text(&full), &like);
	else
		grade(gather, fact, fact->name, &like);
	like.plain = buf_text(&plain);
	like.plain_other = buf_text(&plain_other);
	like.full = buf_text(&full);
	like.full_other = buf_text(&full_other);
	compare_note(gather->runs, &like);
}

static void gather_ending(const struct gather *gather)
{
	const struct process_table *processes = &gather->record->processes;
	struct compare_like like = { .what = "ended",
				     .plain_other = "",
				     .full_other = "",
				     .safe = true,
				     .severity = 2,
				     .why = "" };
	BUF_AUTO(ending);

	if (!processes->all.count || !processes->all.items[0]->ended)
		buf_str(&ending, "not seen");
	else
		ending_text(&ending, processes->all.items[0]->status);
	like.plain = like.full = like.seen = buf_text(&ending);
	compare_note(gather->runs, &like);
}

void compare_gather(struct compare_runs *runs, const struct record *record)
{
	struct gather gather = { runs, record, normal_new(record) };

	for (int s = 0; s <= SECTION_OTHER; s++)
		for (size_t i = 0; i < record->facts.lists[s].count; i++)
			gather_fact(&gather, record->facts.lists[s].items[i]);
	gather_ending(&gather);
	normal_free(gather.normal);
}
