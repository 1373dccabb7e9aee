/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * lint - what is suspicious about the rules of a file, though it can be read.
 *
 * Only what can be proved is told: a rule that is named here as one that
 * never decides never does.
 */
#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "policy/policy.h"

struct lint_finding {
	unsigned int line, column;
	char *text; /* escaped */
};

struct lint_report {
	VEC_OF(struct lint_finding) findings;
};

/* What of the machine the rules are compared with. */
struct lint_world {
	/* Append where the symbolic link @path leads. False: it is none. */
	bool (*read_link)(const char *path, struct buf *target);
};

/* Look at the loaded rules of @policy, which has no answers. Free @report with
 * lint_report_free(). */
void policy_lint(const struct policy *policy, const struct lint_world *world,
		 struct lint_report *report);
void lint_report_free(struct lint_report *report);

#endif
