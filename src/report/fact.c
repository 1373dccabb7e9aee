/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/fact.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const struct section_def {
	enum call_class class_id;
	const char *key;
	const char *heading;
} sections[] = {
#define SECTION(id, class_id, key, heading) { CLASS_##class_id, key, heading },
#include "report/sections.def"
#undef SECTION
};

const char *section_heading(enum section section)
{
	return sections[section].heading;
}

const char *section_key(enum section section)
{
	return sections[section].key;
}

enum call_class section_class(enum section section)
{
	return sections[section].class_id;
}

bool section_of_class(enum call_class class_id, enum section *section)
{
	size_t i;

	if (class_id == CLASS_COUNT)
		return false;
	for (i = 0; i < SECTION_COUNT; i++) {
		if (sections[i].class_id == class_id) {
			*section = (enum section)i;
			return true;
		}
	}
	return false;
}

struct fact fact_like(enum section section)
{
	return (struct fact){
		.section = section,
		.class_id = CLASS_COUNT,
		.port = -1,
		.name = "",
		.other = "",
		.call = "",
		.file = "",
	};
}

enum { KEY_NUMBERS = 8 };

/* All that makes a fact what it is, as bytes: numbers first, then the four
 * strings with their NULs, so that no two facts give the same bytes. */
static void make_key(struct buf *key, const struct fact *fact)
{
	const uint32_t numbers[KEY_NUMBERS] = {
		fact->section,	      fact->verdict,
		fact->class_id,	      fact->by,
		fact->safe,	      fact->resolved,
		(uint32_t)fact->port, fact->index,
	};

	buf_add(key, numbers, sizeof(numbers));
	buf_add(key, fact->name, strlen(fact->name) + 1);
	buf_add(key, fact->other, strlen(fact->other) + 1);
	buf_add(key, fact->call, strlen(fact->call) + 1);
	buf_add(key, fact->file, strlen(fact->file) + 1);
}

static const char *next_string(const char **at)
{
	const char *string = *at;

	*at += strlen(string) + 1;
	return string;
}

/* The strings of the copy live in its key. */
static struct fact *make_fact(const struct fact *like, const struct buf *key)
{
	struct fact *fact = xmalloc(sizeof(*fact) + key->len);
	const char *at;

	*fact = *like;
	fact->key_len = key->len;
	memcpy(fact->key, key->data, key->len);
	at = fact->key + KEY_NUMBERS * sizeof(uint32_t);
	fact->name = next_string(&at);
	fact->other = next_string(&at);
	fact->call = next_string(&at);
	fact->file = next_string(&at);
	fact->error = 0;
	fact->host = NULL;
	fact->count = fact->failed = fact->events = 0;
	fact->made = fact->gone = false;
	return fact;
}

static struct fact *look(const struct fact_store *store,
			 const struct fact *like)
{
	struct fact *fact;
	BUF_AUTO(key);

	make_key(&key, like);
	HASH_FIND(hh, store->table, key.data, key.len, fact);
	return fact;
}

const struct fact *fact_look(const struct fact_store *store,
			     const struct fact *like)
{
	return look(store, like);
}

struct fact *fact_of_file(const struct fact_store *store, enum section section,
			  const char *name)
{
	struct fact like = fact_like(section);

	like.class_id = section_class(section);
	like.resolved = true;
	like.name = name;
	return look(store, &like);
}

struct fact *fact_find(struct fact_store *store, const struct fact *like)
{
	struct fact *fact;
	BUF_AUTO(key);

	make_key(&key, like);
	HASH_FIND(hh, store->table, key.data, key.len, fact);
	if (fact)
		return fact;
	if (store->lists[like->section].count == FACTS_MAX ||
	    key.len > FACT_BYTES_MAX - store->n_bytes[like->section]) {
		store->beyond[like->section]++;
		return NULL;
	}
	fact = make_fact(like, &key);
	HASH_ADD(hh, store->table, key, fact->key_len, fact);
	VEC_PUSH(&store->lists[like->section], fact);
	store->n_bytes[like->section] += key.len;
	return fact;
}

uint64_t fact_count(const struct fact *fact)
{
	return fact->count > fact->events ? fact->count : fact->events;
}

static int compare(const void *left, const void *right)
{
	const struct fact *a = *(struct fact *const *)left;
	const struct fact *b = *(struct fact *const *)right;
	int order;

	if (a->class_id != b->class_id)
		return a->class_id < b->class_id ? -1 : 1;
	order = strcmp(a->name, b->name);
	if (!order)
		order = strcmp(a->other, b->other);
	if (!order)
		order = strcmp(a->call, b->call);
	/* The same names: whatever else differs, but always alike. */
	if (!order && a->key_len != b->key_len)
		order = a->key_len < b->key_len ? -1 : 1;
	if (!order)
		order = memcmp(a->key, b->key, a->key_len);
	return order;
}

struct fact **fact_sorted(const struct fact_store *store, enum section section)
{
	size_t count = store->lists[section].count;
	struct fact **sorted = xcalloc(count + 1, sizeof(struct fact *));

	if (count) {
		memcpy(sorted, store->lists[section].items,
		       count * sizeof(struct fact *));
		qsort(sorted, count, sizeof(struct fact *), compare);
	}
	return sorted;
}

void fact_store_free(struct fact_store *store)
{
	size_t i, j;

	HASH_CLEAR(hh, store->table);
	for (i = 0; i < SECTION_COUNT; i++) {
		for (j = 0; j < store->lists[i].count; j++) {
			free(store->lists[i].items[j]->host);
			free(store->lists[i].items[j]);
		}
		VEC_FREE(&store->lists[i]);
	}
}
