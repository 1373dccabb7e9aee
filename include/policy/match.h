/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* match - does one rule speak of one facet of a call? Pure. */
#ifndef POLICY_MATCH_H
#define POLICY_MATCH_H

#include "policy/rule.h"
#include "syscall/call.h"
#include "syscall/verdict.h"

enum match {
	MATCH_NO,
	MATCH_UNKNOWN, /* something that the rule names could not be read;
			* everything else matches */
	MATCH_YES,
};

/* A rule made ready: patterns compiled, variables expanded, names looked up. */
struct matcher;

/* @subject may be NULL: nobody knows who asks. */
enum match matcher_match(const struct matcher *matcher, const struct call *call,
			 const struct facet *facet,
			 const struct subject *subject);

/* Does the rule ask for nothing but calls and classes? */
bool matcher_is_unconditional(const struct matcher *matcher);

#endif
