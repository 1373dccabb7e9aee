/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * fact - the distinct things of a record, each kept once with a count.
 *
 * Bounded: a program that touches millions of names makes counts grow, not
 * memory. What no longer fits is counted for its section; each section has
 * room of its own, so that no flood of one thing hides another.
 */
#ifndef REPORT_FACT_H
#define REPORT_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/vec.h"
#include "syscall/class.h"
#include "syscall/verdict.h"

enum section {
#define SECTION(id, class_id, key, heading) SECTION_##id,
#include "report/sections.def"
#undef SECTION
	SECTION_COUNT,
};

/* "files read"; NULL: not for the text */
const char *section_heading(enum section section);

/* The name of the list in the JSON record. */
const char *section_key(enum section section);

/* The class whose calls it tells of; CLASS_COUNT: none. */
enum call_class section_class(enum section section);

/* False when calls of this class have no section. */
bool section_of_class(enum call_class class_id, enum section *section);

/* Who decided on a blocked call. */
enum fact_by {
	FACT_BY_NOBODY,
	FACT_BY_RULE,	 /* .file and .index */
	FACT_BY_ANSWER,	 /* once, at the prompt */
	FACT_BY_DEFAULT, /* no rule */
	FACT_BY_ERROR,	 /* what it named is not known */
	FACT_BY_GUARD,	 /* syswall itself */
};

/* What makes two facts the same is everything up to .index. */
struct fact {
	enum section section;
	enum verdict verdict;	  /* blocked, calls */
	enum call_class class_id; /* blocked; CLASS_COUNT: none */
	enum fact_by by;	  /* blocked */
	bool safe;	   /* .name was made by us: nothing in it to escape */
	bool resolved;	   /* .name is a resolved path */
	int port;	   /* -1: has none */
	const char *name;  /* path, address, signal ...; "" never NULL */
	const char *other; /* the new name, the receiver of a signal; or "" */
	const char *call;  /* name of the call, or "" */
	const char *file;  /* of the rule, or "" */
	unsigned int index;

	int error;	 /* blocked hard: the errno of the last time */
	uint64_t count;	 /* how often it was done */
	uint64_t failed; /* how often it was tried in vain, where kept */
	uint64_t events; /* programs: how often it was seen to start */

	/* Created: the run made it, its name was new to the run, and it is no
	 * link. Renamed: such a file, to a name that was new to the run. */
	bool made;
	bool gone; /* created, and deleted or renamed away after that */

	char *host; /* the name that led to the address, or NULL */

	UT_hash_handle hh;
	size_t key_len;
	char key[];
};

/* Of one section. */
enum {
	FACTS_MAX = 50000,
	FACT_BYTES_MAX = 8 << 20,
};

struct fact_store {
	struct fact *table;
	VEC_OF(struct fact *) lists[SECTION_COUNT];
	size_t n_bytes[SECTION_COUNT];
	uint64_t beyond[SECTION_COUNT]; /* mentions that found no room */
};

/* A fact that says nothing yet, to be filled in. */
struct fact fact_like(enum section section);

/* The fact like @like (its strings are copied), made when it is new, its
 * counts untouched. NULL, and counted, when the store is full. */
struct fact *fact_find(struct fact_store *store, const struct fact *like);

/* The same, but never made: NULL when there is none. */
const struct fact *fact_look(const struct fact_store *store,
			     const struct fact *like);

/* The fact of @section, one of those with a class, about the file whose
 * resolved path is @name; NULL when there is none. No renames. */
struct fact *fact_of_file(const struct fact_store *store, enum section section,
			  const char *name);

/* How often it was done, whichever way that was learned. */
uint64_t fact_count(const struct fact *fact);

/* The facts of a section in a fixed order that does not depend on the order
 * of events. The caller frees the array; it ends with NULL. */
struct fact **fact_sorted(const struct fact_store *store, enum section section);

void fact_store_free(struct fact_store *store);

#endif
