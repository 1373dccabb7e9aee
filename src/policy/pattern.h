/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* pattern - path patterns as written in rules, with ${HOME}, ${CWD}, ${TMP}. */
#ifndef POLICY_PATTERN_H
#define POLICY_PATTERN_H

#include "policy/glob.h"
#include "policy/variables.h"

/* Expand the variables (their text is literal) and compile. NULL and @why
 * (static text) when that cannot be done, or when no resolved path can ever
 * look like that. */
struct glob *pattern_compile(const struct variables *variables,
			     const char *pattern, const char **why);

/* The same for texts that are no paths: only variables and syntax count. */
struct glob *pattern_compile_text(const struct variables *variables,
				  const char *pattern, const char **why);

#endif
