/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The trees, and what is known about registers on the way down one. */
#include "syscall/sieve.h"

#include <string.h>

/* ---- the trees ---- */

void sieve_init(struct sieve *sieve)
{
	*sieve = (struct sieve){ 0 };
	for (int id = 0; id < SYSCALL_COUNT; id++)
		sieve->start[id] = SIEVE_SHOW;
}

void sieve_copy(struct sieve *sieve, const struct sieve *of)
{
	memset(sieve, 0, sizeof(*sieve));
	memcpy(sieve->start, of->start, sizeof(of->start));
	for (size_t i = 0; i < of->nodes.count; i++)
		VEC_PUSH(&sieve->nodes, of->nodes.items[i]);
}

void sieve_free(struct sieve *sieve)
{
	VEC_FREE(&sieve->nodes);
}

int sieve_add(struct sieve *sieve, const struct sieve_test *test, int yes,
	      int no)
{
	if (yes == no)
		return yes;
	VEC_PUSH(&sieve->nodes, ((struct sieve_node){ *test, yes, no }));
	return (int)sieve->nodes.count - 1;
}

int sieve_find(const struct sieve *sieve, enum syscall_id id,
	       const uint64_t args[SYSCALL_ARGS_MAX])
{
	int at = sieve->start[id];

	while (at >= 0) {
		const struct sieve_node *node = &sieve->nodes.items[at];
		const struct sieve_test *test = &node->test;

		at = (args[test->arg] & test->mask) == test->bits ? node->yes :
								    node->no;
	}
	return at;
}

bool sieve_shows(const struct sieve *sieve, int at)
{
	if (at < 0)
		return at == SIEVE_SHOW;
	return sieve_shows(sieve, sieve->nodes.items[at].yes) ||
	       sieve_shows(sieve, sieve->nodes.items[at].no);
}

void sieve_flatten(struct sieve *sieve)
{
	for (int id = 0; id < SYSCALL_COUNT; id++)
		if (sieve->start[id] != SIEVE_ALLOW)
			sieve->start[id] = SIEVE_SHOW;
	sieve->nodes.count = 0;
}

/* ---- what is known on the way ---- */

static bool is_one_bit(uint64_t value)
{
	return value && !(value & (value - 1));
}

enum truth sieve_path_ask(const struct sieve_path *path,
			  const struct sieve_test *test)
{
	uint64_t mask = path->known[test->arg].mask;
	uint64_t bits = path->known[test->arg].bits;

	if ((bits ^ test->bits) & mask & test->mask)
		return TRUTH_NO;
	return test->mask & ~mask ? TRUTH_UNKNOWN : TRUTH_YES;
}

void sieve_path_note(struct sieve_path *path, unsigned int i, bool passed)
{
	const struct sieve_test *test = &path->tests->items[i];

	path->made[i] = true;
	path->passed[i] = passed;
	if (!passed && !is_one_bit(test->mask))
		return;
	path->known[test->arg].mask |= test->mask;
	path->known[test->arg].bits |=
		passed ? test->bits : test->mask & ~test->bits;
}

/* Passed tests are passed by all that has the known bits. */
static bool fails_the_others(const struct sieve_path *path, unsigned int arg,
			     uint64_t value)
{
	for (unsigned int i = 0; i < path->tests->count; i++) {
		const struct sieve_test *test = &path->tests->items[i];

		if (test->arg == arg && path->made[i] && !path->passed[i] &&
		    (value & test->mask) == test->bits)
			return false;
	}
	return true;
}

static bool find_value(const struct sieve_path *path, unsigned int arg,
		       uint64_t *value)
{
	uint64_t mask = path->known[arg].mask, bits = path->known[arg].bits;

	for (unsigned int i = 0; i <= SIEVE_TESTS_MAX + 128; i++) {
		uint64_t free_bits = i < 64  ? UINT64_C(1) << i :
				     i < 128 ? ~(UINT64_C(1) << (i - 64)) :
					       i - 128;

		*value = bits | (free_bits & ~mask);
		if (fails_the_others(path, arg, *value))
			return true;
	}
	return false;
}

bool sieve_path_example(const struct sieve_path *path,
			uint64_t args[SYSCALL_ARGS_MAX])
{
	for (unsigned int arg = 0; arg < SYSCALL_ARGS_MAX; arg++)
		if (!find_value(path, arg, &args[arg]))
			return false;
	return true;
}
