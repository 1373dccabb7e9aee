/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * scope - how wide a lasting answer is, and the rule that says it. Pure.
 *
 * The scopes are in include/policy/scopes.def. All but the plain one bind to
 * what the call does (its classes) and not to how, so that every other way to
 * do the same is covered. docs/rules.md tells people which rule they get.
 */
#ifndef POLICY_SCOPE_H
#define POLICY_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "policy/policy.h"
#include "policy/rule.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

enum rule_scope {
#define SCOPE(id, word, needs, meaning) RULE_SCOPE_##id,
#include "policy/scopes.def"
#undef SCOPE
	RULE_SCOPE_COUNT,
};

/* "tree"; "" for RULE_SCOPE_CALL */
const char *scope_word(enum rule_scope scope);

/* For the help. Its lines but the first are indented by 13. */
const char *scope_meaning(enum rule_scope scope);

/* False when there is no such scope. */
bool scope_by_word(const char *word, size_t len, enum rule_scope *scope);

struct scope_request {
	const struct call *call;
	const struct subject *subject; /* may be NULL */
	enum rule_scope scope;
	const char *pattern; /* RULE_SCOPE_GLOB: as typed */
	enum verdict verdict;
};

/*
 * Make the rule for a lasting answer, for policy_add_answer(). It matches the
 * call at hand. False, and one escaped line without newline in @why, when the
 * scope does not fit the call; nothing is to be freed then.
 */
bool policy_rule_for_scope(const struct policy *policy,
			   const struct scope_request *request,
			   struct rule *rule, struct buf *why);

/* Does the scope (for RULE_SCOPE_GLOB: with some pattern) fit the call? */
bool policy_scope_fits(const struct policy *policy,
		       const struct scope_request *request);

/* Append the pattern that RULE_SCOPE_GLOB begins with: what the call names,
 * quoted. Nothing when the scope does not fit. */
void policy_scope_pattern(const struct policy *policy,
			  const struct scope_request *request, struct buf *out);

#endif
