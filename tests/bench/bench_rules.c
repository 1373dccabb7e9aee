/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What one decision costs with 20 and with 2,000 path rules, measured in turn
 * in one run, for patterns that differ at their beginning, in their middle, at
 * their end, and for one rule with all of them. Prints the ratio of medians.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "policy/policy.h"
#include "syscall/call.h"

enum { ROUNDS = 15, DECISIONS = 20000, FEW = 20, MANY = 2000 };

struct shape {
	const char *pattern; /* of path number %d */
	const char *between; /* between two patterns */
	char *path;	     /* number 19 matches */
};

#define RULE  "{\"action\": \"allow\", \"class\": \"file-read\", \"path\": ["
#define RULES "]},\n" RULE

static struct policy *policy_with(const struct shape *shape, int count)
{
	struct policy *policy = policy_new();
	struct err err;
	BUF_AUTO(text);

	buf_str(&text, "{\"version\": 1, \"rules\": [" RULE);
	for (int i = 0; i < count; i++) {
		const char *number = strchr(shape->pattern, '%');

		buf_printf(&text, "%s\"%.*s%d%s\"", i ? shape->between : "",
			   (int)(number - shape->pattern), shape->pattern, i,
			   number + 1);
	}
	buf_str(&text, "]}]}");
	if (!policy_load_text(policy, "bench", text.data, text.len, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	return policy;
}

static double decide_ns(const struct policy *policy, const struct call *call)
{
	const struct subject subject = { .comm = "", .exe = "/usr/bin/x" };
	struct timespec begin, end;
	struct decision decision;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int i = 0; i < DECISIONS; i++)
		policy_decide(policy, call, &subject, &decision);
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (decision.verdict != VERDICT_ALLOW)
		exit(1);
	return ((double)(end.tv_sec - begin.tv_sec) * 1e9 +
		(double)(end.tv_nsec - begin.tv_nsec)) /
	       DECISIONS;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), by_value);
	return values[ROUNDS / 2];
}

static void measure(const struct shape *shape)
{
	struct target target = { .kind = TARGET_PATH,
				 .dirfd = AT_FDCWD,
				 .asked = shape->path,
				 .resolved = shape->path,
				 .exists = true };
	struct call call = { .def = syscall_def(SYSCALL_openat),
			     .name = "openat",
			     .classes = CLASS_BIT(CLASS_FILE_READ),
			     .targets = &target,
			     .n_targets = 1 };
	struct policy *few = policy_with(shape, FEW);
	struct policy *many = policy_with(shape, MANY);
	double few_ns[ROUNDS], many_ns[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		few_ns[i] = decide_ns(few, &call);
		many_ns[i] = decide_ns(many, &call);
	}
	printf("one decision, %d to %d %s like %s: ratio %.2f\n", FEW, MANY,
	       strcmp(shape->between, RULES) == 0 ? "path rules" :
						    "paths of a rule",
	       shape->pattern, median(many_ns) / median(few_ns));
	policy_free(few);
	policy_free(many);
}

int main(void)
{
	static char path[] = "/srv/part19/x/data19/deep/file.ext19";
	static const struct shape shapes[] = {
		{ "/srv/part%/*/data19/**", RULES, path },
		{ "/srv/*/*/data%/**", RULES, path },
		{ "**/part%/**", RULES, path },
		{ "**/data%*/**", RULES, path },
		{ "**/*.ext%", RULES, path },
		{ "/srv/part%/**", ", ", path },
	};

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		measure(&shapes[i]);
	return 0;
}
