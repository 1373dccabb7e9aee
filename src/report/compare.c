/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/compare.h"

#include <stdlib.h>
#include <string.h>

#include "policy/severity.h"
#include "report/compare_data.h"
#include "report/state.h"

struct compare *compare_new(void)
{
	return xcalloc(1, sizeof(struct compare));
}

static void free_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
}

static void free_runs(struct compare_runs *runs)
{
	struct compare_item *item = runs->table, *next;

	HASH_CLEAR(hh, runs->table);
	for (; item; item = next) {
		next = item->hh.next;
		free(item->seen);
		free(item);
	}
	free_texts(runs->names.items, runs->names.count);
	free_texts(runs->limits.items, runs->limits.count);
	VEC_FREE(&runs->names);
	VEC_FREE(&runs->limits);
	VEC_FREE(&runs->pairs);
}

void compare_free(struct compare *compare)
{
	if (!compare)
		return;
	for (int side = 0; side < SIDE_COUNT; side++)
		free_runs(&compare->sides[side]);
	VEC_FREE(&compare->gained);
	VEC_FREE(&compare->lost);
	free(compare);
}

/* ---- the sets ---- */

/* Three strings with their NULs, so that no two things give the same bytes. */
static void make_key(struct buf *key, const char *what, const char *name,
		     const char *other)
{
	buf_add(key, what, strlen(what) + 1);
	buf_add(key, name, strlen(name) + 1);
	buf_add(key, other, strlen(other) + 1);
}

static struct compare_item *look(const struct compare_runs *runs,
				 const char *key, size_t len)
{
	struct compare_item *item;

	HASH_FIND(hh, runs->table, key, len, item);
	return item;
}

static struct compare_item *make_item(struct compare_runs *runs,
				      const struct buf *key,
				      const struct compare_like *like)
{
	struct compare_item *item = xcalloc(1, sizeof(*item) + key->len);

	memcpy(item->key, key->data, key->len);
	item->key_len = key->len;
	item->what = item->key;
	item->name = item->what + strlen(item->what) + 1;
	item->other = item->name + strlen(item->name) + 1;
	item->seen = xstrdup(like->seen);
	item->safe = like->safe;
	item->means = like->means;
	HASH_ADD(hh, runs->table, key, item->key_len, item);
	return item;
}

static struct compare_item *find(struct compare_runs *runs,
				 const struct compare_like *like,
				 const char *name, const char *other)
{
	struct compare_item *item;
	BUF_AUTO(key);

	make_key(&key, like->what, name, other);
	item = look(runs, key.data, key.len);
	if (!item)
		item = make_item(runs, &key, like);
	if (like->severity > item->severity || !item->why) {
		item->severity = like->severity;
		item->why = like->why;
	}
	if (item->last_run != runs->names.count) {
		item->last_run = runs->names.count;
		item->runs++;
	}
	return item;
}

void compare_note(struct compare_runs *runs, const struct compare_like *like)
{
	struct compare_pair pair;

	pair.plain = find(runs, like, like->plain, like->plain_other);
	pair.full = find(runs, like, like->full, like->full_other);
	if (pair.plain == pair.full && pair.plain->alone)
		return;
	pair.plain->alone |= pair.plain == pair.full;
	VEC_PUSH(&runs->pairs, pair);
}

void compare_add(struct compare *compare, enum compare_side side,
		 const struct record *record, const char *name)
{
	struct compare_runs *runs = &compare->sides[side];

	VEC_PUSH(&runs->names, xstrdup(name));
	for (size_t i = 0;; i++) {
		BUF_AUTO(limit);

		if (!record_limit(record, i, &limit))
			break;
		VEC_PUSH(&runs->limits, buf_steal(&limit));
	}
	compare_gather(runs, record);
}

/* ---- differences ---- */

static bool has(const struct compare_runs *runs,
		const struct compare_pair *pair)
{
	return look(runs, pair->plain->key, pair->plain->key_len) ||
	       look(runs, pair->full->key, pair->full->key_len);
}

static size_t runs_of(const struct compare_pair *pair)
{
	return pair->plain->runs > pair->full->runs ? pair->plain->runs :
						      pair->full->runs;
}

static void tell(struct compare *compare, struct compare_list *list,
		 struct compare_item *item, bool everything)
{
	if (item->told || item->means)
		return;
	item->told = true;
	if (item->severity > SEVERITY_NONE || everything)
		VEC_PUSH(list, item);
	else
		compare->unlisted++;
}

/* The gravest first, then by what was done, then by name. */
static int compare_items(const void *left, const void *right)
{
	const struct compare_item *a = *(struct compare_item *const *)left;
	const struct compare_item *b = *(struct compare_item *const *)right;
	int order;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	order = strcmp(a->what, b->what);
	if (!order)
		order = strcmp(a->name, b->name);
	return order ? order : strcmp(a->other, b->other);
}

static void sort(struct compare_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items),
		      compare_items);
}

void compare_finish(struct compare *compare, bool everything)
{
	const struct compare_runs *old = &compare->sides[SIDE_OLD];
	const struct compare_runs *new = &compare->sides[SIDE_NEW];

	for (size_t i = 0; i < new->pairs.count; i++)
		if (!has(old, &new->pairs.items[i]))
			tell(compare, &compare->gained,
			     new->pairs.items[i].full, everything);
	for (size_t i = 0; i < old->pairs.count; i++) {
		const struct compare_pair *pair = &old->pairs.items[i];

		if (has(new, pair))
			continue;
		if (runs_of(pair) == old->names.count) {
			tell(compare, &compare->lost, pair->full, everything);
		} else if (!pair->full->told) {
			pair->full->told = true;
			compare->unsteady++;
		}
	}
	sort(&compare->gained);
	sort(&compare->lost);
}

bool compare_is_same(const struct compare *compare)
{
	return !compare->gained.count && !compare->lost.count;
}

bool compare_is_incomplete(const struct compare *compare)
{
	return compare->sides[SIDE_OLD].limits.count ||
	       compare->sides[SIDE_NEW].limits.count;
}
