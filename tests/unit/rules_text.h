/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* rules_text - a policy from rules in a test; include it behind cmocka.h. */
#ifndef TESTS_RULES_TEXT_H
#define TESTS_RULES_TEXT_H

#include <string.h>

#include "policy/policy.h"

/* Rules with commas between them, as a file. */
#define RULES(text) "{\"version\":1,\"rules\":[" text "]}"

static struct policy *load_rules(const char *file)
{
	struct policy *policy = policy_new();
	struct err err;

	if (!policy_load_text(policy, "r", file, strlen(file), &err))
		fail_msg("%s", err.text);
	return policy;
}

#endif
