/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What one decision costs with 20 and with 2,000 path rules, measured in turn
 * in one run. Prints the medians and their ratio.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "policy/policy.h"
#include "syscall/call.h"

enum { ROUNDS = 15, DECISIONS = 100000, FEW = 20, MANY = 2000 };

static struct policy *policy_with(int count)
{
	struct policy *policy = policy_new();
	struct err err;
	BUF_AUTO(text);

	buf_str(&text, "{\"version\": 1, \"rules\": [");
	for (int i = 0; i < count; i++)
		buf_printf(
			&text,
			"%s{\"action\": \"allow\", \"class\": \"file-read\", "
			"\"path\": \"/srv/part%d/*/data/**\"}",
			i ? ",\n" : "", i);
	buf_str(&text, "]}");
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

int main(void)
{
	static char path[] = "/srv/part19/x/data/deep/file";
	struct target target = { .kind = TARGET_PATH,
				 .dirfd = AT_FDCWD,
				 .asked = path,
				 .resolved = path,
				 .exists = true };
	struct call call = { .def = syscall_def(SYSCALL_openat),
			     .name = "openat",
			     .classes = CLASS_BIT(CLASS_FILE_READ),
			     .targets = &target,
			     .n_targets = 1 };
	struct policy *few = policy_with(FEW), *many = policy_with(MANY);
	double few_ns[ROUNDS], many_ns[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		few_ns[i] = decide_ns(few, &call);
		many_ns[i] = decide_ns(many, &call);
	}
	printf("one decision, %d to %d path rules: ratio %.2f\n", FEW, MANY,
	       median(many_ns) / median(few_ns));
	policy_free(few);
	policy_free(many);
	return 0;
}
