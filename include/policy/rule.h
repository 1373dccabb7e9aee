/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * rule - one line of a rules file, as data.
 *
 * A rule matches a facet of a call when everything that it names matches;
 * what it does not name, matches. Matching itself is in policy/match.h.
 */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include <stdint.h>

#include "base/vec.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

/* Where a rule comes from, for messages, log and report. */
struct rule_origin {
	const char *file;   /* "rules.json", "profile:offline", "answer" */
	unsigned int index; /* counted from 1, as in the file */
	unsigned int line;  /* 0 when there is none */
	unsigned int column;
};

/* The syscall a rule names: a row, or a number that has none. */
struct rule_call {
	enum syscall_id id; /* SYSCALL_UNKNOWN: see number */
	int number;
};

struct port_range {
	uint16_t first, last;
};

struct net_prefix {
	int family; /* AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_UNSPEC */
	unsigned char bytes[16];
	unsigned int bits;
	char *glob; /* AF_UNIX */
};

struct arg_test; /* one name of "args": policy/arg_test.h */

struct rule {
	enum verdict verdict;
	int error; /* positive errno for VERDICT_BLOCK_HARD; EACCES */
	VEC_OF(struct rule_call) calls; /* empty: any */
	uint32_t classes;		/* 0: any */
	VEC_OF(char *) paths;		/* as written, variables not expanded */
	VEC_OF(struct net_prefix) addresses;
	VEC_OF(struct port_range) ports;
	VEC_OF(char *) programs;
	VEC_OF(struct arg_test *) args;
	char *comment; /* for people; NULL without one */
	struct rule_origin origin;
	uint64_t hits; /* how often it decided */
};

/* Free what @rule owns, not the rule itself, and empty it. */
void rule_free(struct rule *rule);

#endif
