/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* profile - the rules files that are built in: profiles/NAME.json. */
#ifndef POLICY_PROFILE_H
#define POLICY_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "policy/policy.h"

enum profile_id {
#define PROFILE(id, name, secrets) PROFILE_##id,
#include "policy/profiles.def"
#undef PROFILE
	PROFILE_COUNT,
};

const char *profile_name(enum profile_id id);

/* Its text, as in the file. Not terminated. */
const char *profile_text(enum profile_id id, size_t *len);

/* Append what the profile does, in one line: the comment of its file. */
void profile_summary(enum profile_id id, struct buf *out);

/* Append its rules, as from a file "profile:NAME", after those that are there.
 * The list of secrets comes before the first profile that it belongs to, so
 * that nothing a profile allows can open one. Call it after the -c files. */
bool policy_load_profile(struct policy *policy, const char *name,
			 struct err *err);

#endif
