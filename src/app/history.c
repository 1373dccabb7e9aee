/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/history.h"

void history_add(struct history *history, const struct call *call)
{
	struct history_entry *entry;

	for (size_t i = 0; i < history->entries.count; i++) {
		entry = &history->entries.items[i];
		if (entry->number == call->number &&
		    entry->classes == call->classes) {
			entry->count++;
			return;
		}
	}
	VEC_PUSH(&history->entries,
		 ((struct history_entry){ call->number, call->classes, 1 }));
}

static bool names_number(const struct rule *rule, int number)
{
	for (size_t i = 0; i < rule->calls.count; i++)
		if (rule->calls.items[i].number == number)
			return true;
	return !rule->calls.count;
}

unsigned long history_matches(const struct history *history,
			      const struct rule *rule)
{
	unsigned long matches = 0;

	for (size_t i = 0; i < history->entries.count; i++) {
		const struct history_entry *entry = &history->entries.items[i];

		if (names_number(rule, entry->number) &&
		    (!rule->classes || rule->classes & entry->classes))
			matches += entry->count;
	}
	return matches;
}
