/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/hash.h"
#include "policy/policy.h"

struct past_call {
	struct call call; /* what a rule looks at: classes and targets */
	unsigned long count;
	struct buf key;
	UT_hash_handle hh;
};

/* All that a rule could look at, as bytes. */
static void make_key(struct buf *key, const struct call *call)
{
	buf_add(key, &call->number, sizeof(call->number));
	buf_add(key, &call->classes, sizeof(call->classes));
	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];

		buf_add(key, &target->kind, sizeof(target->kind));
		buf_add(key, &target->error, sizeof(target->error));
		buf_add(key, &target->address_len, sizeof(target->address_len));
		buf_add(key, &target->address, target->address_len);
		buf_str(key, target->resolved ?: "");
		buf_char(key, '\0');
	}
}

static struct call copy_call(const struct call *call)
{
	struct call copy = {
		.def = call->def,
		.number = call->number,
		.classes = call->classes,
		.n_targets = call->n_targets,
	};

	if (!call->n_targets)
		return copy;
	copy.targets = xcalloc(call->n_targets, sizeof(*copy.targets));
	for (size_t i = 0; i < call->n_targets; i++) {
		copy.targets[i] = call->targets[i];
		copy.targets[i].asked = NULL;
		if (call->targets[i].resolved)
			copy.targets[i].resolved =
				xstrdup(call->targets[i].resolved);
	}
	return copy;
}

static void free_past(struct past_call *past)
{
	call_free(&past->call);
	buf_free(&past->key);
	free(past);
}

void history_add(struct history *history, const struct call *call)
{
	struct past_call *past;
	BUF_AUTO(key);

	make_key(&key, call);
	HASH_FIND(hh, history->calls, key.data, key.len, past);
	if (past) {
		past->count++;
		return;
	}
	past = xcalloc(1, sizeof(*past));
	past->call = copy_call(call);
	past->count = 1;
	past->key.len = key.len;
	past->key.data = buf_steal(&key);
	HASH_ADD_KEYPTR(hh, history->calls, past->key.data, past->key.len,
			past);
	if (HASH_COUNT(history->calls) > HISTORY_MAX) {
		past = history->calls;
		HASH_DELETE(hh, history->calls, past);
		free_past(past);
	}
}

unsigned long history_matches(const struct history *history,
			      const struct rule *rule)
{
	const struct past_call *past;
	unsigned long matches = 0;

	for (past = history->calls; past; past = past->hh.next)
		if (policy_rule_matches(rule, &past->call, NULL))
			matches += past->count;
	return matches;
}

void history_free(struct history *history)
{
	struct past_call *past = history->calls, *next;

	HASH_CLEAR(hh, history->calls);
	for (; past; past = next) {
		next = past->hh.next;
		free_past(past);
	}
}
