/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* policy_data - what a policy holds, for the files of this folder alone. */
#ifndef POLICY_POLICY_DATA_H
#define POLICY_POLICY_DATA_H

#include "base/json.h"
#include "index.h"
#include "policy/policy.h"

struct policy {
	struct variables variables;
	enum syscall_id (*id_of)(int number); /* may be NULL */

	struct matchers answers; /* latest last */
	struct matchers loaded;	 /* -c files, then profiles */
	struct rule_index *index;
	VEC_OF(char *) names; /* of files, for rule origins */

	bool has_default, has_unmatched, no_prompt, learning;
	bool default_saved; /* the default comes from a -c file */
	unsigned int default_line, default_column;
	enum verdict default_verdict, unmatched;
	char *comment; /* of the first -c file that has one */

	uint32_t ask_classes; /* --ask */
	bool ask_all;
	unsigned char ask_calls[SYSCALL_COUNT];
	VEC_OF(int) ask_numbers; /* of calls without a row */
};

/* Put a rule at the end; its contents are taken over. NULL, @why says why. */
struct matcher *policy_append(struct policy *policy, const struct rule *rule,
			      bool saved, struct buf *why);

/* Must a person be asked before such a facet is let pass by quiet or default?
 * (--ask) */
bool policy_asks(const struct policy *policy, enum syscall_id id, int number,
		 enum call_class class_id);

/* What becomes of one facet. False when it has no say. */
bool policy_decide_facet(const struct policy *policy, const struct call *call,
			 const struct subject *subject,
			 const struct facet *facet, struct decision *decision);

/* answers.c: what is covered by the latest answer is not saved any more. */
void policy_cover_answers(struct policy *policy, struct matcher *latest);

/* rule_text.c: one rule as a value. */
void rule_write(struct json_writer *writer, const struct rule *rule);

/* cover.c: does @wide match whatever @narrow matches, with the same verdict?
 * False where that cannot be proved. */
bool matcher_covers(const struct matcher *wide, const struct matcher *narrow);

/* The same for paths, programs, addresses and ports alone. */
bool matcher_parts_cover(const struct matcher *wide,
			 const struct matcher *narrow);

/* Which rules count for a facet of @class_id. */
enum scope policy_scope(enum call_class class_id, bool implied, bool asked);

/* "ask" where nobody may be asked is something else; the others stay. */
enum verdict policy_effective(const struct policy *policy,
			      enum verdict verdict);

/* What a facet gets that no rule decides, and that is not quiet. */
enum verdict policy_unmatched(const struct policy *policy, bool asked);

/* load_rule.c: read one rule. Its patterns are checked by policy_append(). */
struct loader {
	struct policy *policy;
	const struct json_doc *doc;
	struct err *err;
	struct rule_origin origin; /* of the rule at hand */
	bool saved;
};
bool load_rule(struct loader *loader, const struct json *node);

/* json_err() with a text of the file, quoted, where @format has its %s. */
bool load_refuse(struct loader *loader, const struct json *node,
		 const char *format, const char *text)
	__attribute__((format(printf, 3, 0)));

#endif
