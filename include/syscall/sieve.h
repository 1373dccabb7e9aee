/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * sieve - what becomes of a call, as far as its number and its registers tell.
 *
 * For each call of the catalogue a small tree of tests on scalar arguments.
 * It ends in "let it run", "it fails with this errno", or "somebody has to
 * look". It speaks of registers alone, so that a seccomp filter can do it.
 */
#ifndef SYSCALL_SIEVE_H
#define SYSCALL_SIEVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "syscall/catalogue.h"

/* (register & mask) == bits. Of arguments that the kernel cuts to 32 or 16
 * bits the mask has no others. */
struct sieve_test {
	unsigned int arg;
	uint64_t mask, bits;
};

/* Where the tree goes on: a node, counted from 0, or one of these ends. */
enum {
	SIEVE_SHOW = -1,  /* somebody has to look */
	SIEVE_ALLOW = -2, /* runs, and nobody needs to know */
	SIEVE_FAIL = -3,  /* below: fails with the errno SIEVE_FAIL - value */
};

static inline int sieve_fail(int error)
{
	return SIEVE_FAIL - error;
}

/* The positive errno of an end, 0 for others. */
static inline int sieve_error(int end)
{
	return end < SIEVE_FAIL ? SIEVE_FAIL - end : 0;
}

/* Both ways lead to an end or to a node with a lower number. */
struct sieve_node {
	struct sieve_test test;
	int yes, no;
};

struct sieve {
	int start[SYSCALL_COUNT];
	VEC_OF(struct sieve_node) nodes;
};

/* Every call is to be looked at. */
void sieve_init(struct sieve *sieve);
void sieve_copy(struct sieve *sieve, const struct sieve *of);
void sieve_free(struct sieve *sieve);

/* Make a node; two ways to the same end need none. Returns what to go to. */
int sieve_add(struct sieve *sieve, const struct sieve_test *test, int yes,
	      int no);

/* The end at which a call with these registers comes out. */
int sieve_find(const struct sieve *sieve, enum syscall_id id,
	       const uint64_t args[SYSCALL_ARGS_MAX]);

/* Has anybody to look where @at leads? */
bool sieve_shows(const struct sieve *sieve, int at);

/* Look at every call that does not run whatever its arguments are. */
void sieve_flatten(struct sieve *sieve);

/* ---- tests ---- */

enum { SIEVE_TESTS_MAX = 192 };

/* Each one once. .full: there were more. */
struct sieve_tests {
	struct sieve_test items[SIEVE_TESTS_MAX];
	unsigned int count;
	bool full;
};

/* Note the test "(argument & mask) == bits", where the argument is what
 * arg_truncate() makes of the register. One that no value passes is left
 * out. */
void sieve_tests_add(struct sieve_tests *tests, enum arg_kind kind,
		     unsigned int arg, uint64_t mask, uint64_t bits);

/* Note what decides the classes of calls of @def (classify_tests.def). False
 * where registers do not tell. */
bool sieve_tests_of_classes(struct sieve_tests *tests,
			    const struct syscall_def *def);

/* ---- what is known on the way down ---- */

enum truth {
	TRUTH_NO,
	TRUTH_UNKNOWN,
	TRUTH_YES,
};

/* What the tests that were made tell of the registers. */
struct sieve_path {
	const struct sieve_tests *tests;
	bool made[SIEVE_TESTS_MAX], passed[SIEVE_TESTS_MAX];
	struct {
		uint64_t mask, bits;
	} known[SYSCALL_ARGS_MAX];
};

/* Does a register that came this way pass @test? */
enum truth sieve_path_ask(const struct sieve_path *path,
			  const struct sieve_test *test);

/* Test @i of the path's tests was passed or not. */
void sieve_path_note(struct sieve_path *path, unsigned int i, bool passed);

/* Registers that come this way. False: none was found. */
bool sieve_path_example(const struct sieve_path *path,
			uint64_t args[SYSCALL_ARGS_MAX]);

#endif
