/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * arg_test - one name of "args", and the values that an argument may have.
 *
 *	"domain": "AF_UNIX"			a constant
 *	"flags": { "has": ["O_CREAT"] }		all of these flags, and any other
 *	"pathname": "lib*"			a pattern over the text as asked
 *	"length": [0, "0x1000"]			one of several numbers
 */
#ifndef POLICY_ARG_TEST_H
#define POLICY_ARG_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "pattern.h"
#include "policy/match.h"
#include "policy/rule.h"

/* One value as written: a number, or words. */
struct arg_value {
	bool has;	/* { "has": words } */
	bool is_number; /* .number, else .words */
	int64_t number;
	VEC_OF(char *) words; /* one, unless .has */
	struct glob *glob;    /* the word as a pattern, for path arguments */
};

/* What a value means for one argument: (argument & mask) == bits. */
struct arg_bits {
	uint64_t mask, bits;
	size_t value; /* index in .values: for paths, its pattern counts */
};

/* The argument with this name of one call. */
struct arg_slot {
	enum syscall_id id;
	unsigned int arg;
	bool is_text;
	VEC_OF(struct arg_bits) bits; /* any of these */
};

struct arg_test {
	char *name;
	VEC_OF(struct arg_value) values;
	VEC_OF(struct arg_slot) slots; /* in order of id */
};

/* Read a member of "args". The names are checked by arg_test_resolve(). */
struct arg_test *arg_test_read(const struct json_doc *doc,
			       const struct json *node, struct err *err);
void arg_test_free(struct arg_test *test);

/* Find the argument in the calls that @rule is about, and what the values
 * mean there. False, and @why says why (escaped), when the test
 * could never be true. The second time it does nothing. */
bool arg_test_resolve(struct arg_test *test, const struct rule *rule,
		      const struct variables *variables, struct buf *why);

/* What the test means for calls @id; NULL: it never matches one. */
const struct arg_slot *arg_test_slot(const struct arg_test *test,
				     enum syscall_id id);

enum match arg_test_match(const struct arg_test *test, const struct call *call);

/* Append as a member of an object. */
void arg_test_write(struct json_writer *writer, const struct arg_test *test);

#endif
