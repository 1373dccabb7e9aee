/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * policy - rules, and what they say about a call. Pure: no process is touched.
 *
 * Order of consultation: answers of this run (latest first), the -c files in
 * the order given, the -p profiles. First match wins, for each facet; of all
 * facets of a call the strictest verdict stands (syscall/call.h).
 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "policy/rule.h"
#include "syscall/call.h"
#include "syscall/call_set.h"
#include "syscall/sieve.h"
#include "syscall/verdict.h"

struct policy;

/* Why a verdict was reached. */
enum decided_by {
	DECIDED_BY_RULE,    /* .rule */
	DECIDED_BY_QUIET,   /* a quiet class: allowed unasked */
	DECIDED_BY_DEFAULT, /* "default", --on-unmatched or --ask */
	DECIDED_BY_ERROR,   /* what it names is not known: blocked, with the
			     * kernel's own errno where it would fail too */
	DECIDED_BY_GUARD,   /* syswall itself, whatever the rules say */
};

struct decision {
	enum verdict verdict;
	int error; /* positive errno for VERDICT_BLOCK_HARD */
	enum decided_by by;
	const struct rule *rule; /* NULL unless DECIDED_BY_RULE */
	struct facet facet;	 /* the facet that decided */
};

/* Bytes in a rules file: far above what a person could review. */
#define POLICY_FILE_MAX (8u << 20)

struct policy *policy_new(void);
void policy_free(struct policy *policy);

/* How numbers in rules map to rows: SYSCALL_UNKNOWN for a number without one.
 * Without it "syscall_467" names only calls without a row, and the original's
 * form is refused. Call it before the first load. */
void policy_set_numbering(struct policy *policy,
			  enum syscall_id (*id_of)(int number));

/* "openat" or "syscall_467". False when there is no such call. */
bool policy_call_by_name(const struct policy *policy, const char *name,
			 struct rule_call *call);

/* Append the rules of a -c file (version 1, or the original's "syscalls"
 * form); policy_save() writes them. On failure @err says
 * "FILE:LINE:COLUMN: why" and @policy is unusable. */
bool policy_load_file(struct policy *policy, const char *path, struct err *err);

/* The same for a profile, from memory: not saved. @name stands in messages and
 * in rule origins. */
bool policy_load_text(struct policy *policy, const char *name, const char *text,
		      size_t len, struct err *err);

/* --on-unmatched, which beats every "default". */
void policy_set_unmatched(struct policy *policy, enum verdict verdict);

/* --ask SET: names of calls and classes, comma separated, or "all". */
bool policy_set_ask(struct policy *policy, const char *set, struct err *err);

/* Ask nobody: the verdict "ask" becomes block-hard, or what --on-unmatched
 * says where that is not "ask". Explicit ask rules too. */
void policy_set_no_prompt(struct policy *policy);

/* --learn: what no rule decides is "ask", whatever the defaults and
 * --on-unmatched say, and even where nobody knows what it names. */
void policy_set_learning(struct policy *policy);

/* What the rules say. Bumps rule->hits only through policy_count_hit(). */
void policy_decide(const struct policy *policy, const struct call *call,
		   const struct subject *subject, struct decision *decision);

/* Count @decision for the report ("rules that decided, with hits"). */
void policy_count_hit(struct policy *policy, const struct decision *decision);

/* An "always" answer: goes to the top, lasts for this run, is saved by
 * policy_save(). @rule's contents are taken over. Returns the rule; NULL when
 * one of its patterns cannot be read. */
const struct rule *policy_add_answer(struct policy *policy,
				     const struct rule *rule);

/* Take the latest answer of this run back: it decides nothing from now on and
 * is not saved. What it had replaced is as before. Returns it, to be told;
 * NULL when there is none left. */
const struct rule *policy_undo_answer(struct policy *policy);

/* How many narrower answers of this run are not saved because @rule, one of
 * policy_add_answer(), says it all. */
size_t policy_replaced_count(const struct policy *policy,
			     const struct rule *rule);

/* Does @answer, one of policy_add_answer(), also allow something that another
 * rule behind it keeps back by path or address? @asked: the rule that asked
 * the question, which does not count; may be NULL. Returns the first such rule
 * and appends what it names, as written; NULL when there is none. */
const struct rule *policy_overruled(const struct policy *policy,
				    const struct rule *answer,
				    const struct rule *asked, struct buf *name);

/* Does a rule of a policy match a call: one of the things that it does? */
bool policy_rule_matches(const struct rule *rule, const struct call *call,
			 const struct subject *subject);

/* A rule that speaks of such calls, but not of this one. */
struct near_miss {
	const struct rule *rule;
	const char *part; /* what of it does not match: "path", "port" ... */
};

/* Find the rules that match in all but one part, in order of consultation.
 * Returns how many there are in @misses, at most @max. */
size_t policy_near_misses(const struct policy *policy, const struct call *call,
			  const struct subject *subject,
			  struct near_miss *misses, size_t max);

/* The rule for a plain "always": this system call; where flags decide the
 * class (classify != FIXED), this call and the classes at hand. To allow a
 * call that touches more on the side (facet.implied), these are named too. */
void policy_rule_for_call(struct rule *rule, const struct call *call,
			  enum verdict verdict);

/*
 * What becomes of each call as far as its registers tell. Whoever has a say
 * besides the rules names in @seen what has to be looked at in any case.
 * @tell: somebody hears of what rules decide, so that only what is let pass
 * unasked goes unseen. Where a person may be asked about a call, all that do
 * the same are looked at: a lasting answer may be about them.
 * To be freed with sieve_free().
 */
void policy_sift(const struct policy *policy, const struct call_set *seen,
		 bool tell, struct sieve *sieve);

/* One rule as one line of JSON, as it stands in a rules file. */
void policy_rule_text(struct buf *out, const struct rule *rule);

/* Iterate all rules in order of consultation; NULL at the end. */
const struct rule *policy_rule_at(const struct policy *policy, size_t i);

/* Write the -c rules (not the profiles') plus all answers, so that
 * `-c PATH` replays the run: temporary file, fsync, rename, mode 0600; on
 * failure the old file is as it was. */
bool policy_save(const struct policy *policy, const char *path,
		 struct err *err);

#endif
