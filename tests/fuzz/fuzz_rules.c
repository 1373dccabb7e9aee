/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Whatever stands in a rules file, it is refused with one line or it is read;
 * and what was read, written out again, is read as the same rules.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "policy/lint.h"
#include "policy/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
	if (!condition)
		abort();
}

static enum syscall_id id_of(int number)
{
	return number < SYSCALL_COUNT ? (enum syscall_id)number :
					SYSCALL_UNKNOWN;
}

static bool read_link(const char *path, struct buf *target)
{
	buf_str(target, path);
	return strlen(path) % 2;
}

/* NULL when it is refused. */
static struct policy *load(const char *text, size_t len)
{
	struct policy *policy = policy_new();
	struct err err = { "" };

	policy_set_numbering(policy, id_of);
	if (policy_load_text(policy, "fuzz", text, len, &err))
		return policy;
	must(err.text[0] && !strpbrk(err.text, "\n\033"));
	policy_free(policy);
	return NULL;
}

static size_t write_rules(const struct policy *policy, struct buf *out)
{
	const struct rule *rule;
	size_t i = 0;

	buf_str(out, "{\"version\":1,\"rules\":[");
	for (; (rule = policy_rule_at(policy, i)); i++) {
		buf_str(out, i ? ",\n" : "\n");
		policy_rule_text(out, rule);
	}
	buf_str(out, "]}");
	return i;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct lint_world world = { .read_link = read_link };
	struct policy *policy = load((const char *)data, size), *again;
	struct lint_report report;
	BUF_AUTO(once);
	BUF_AUTO(twice);

	if (!policy)
		return 0;
	/* Looking at rules is quadratic. */
	if (write_rules(policy, &once) < 50) {
		policy_lint(policy, &world, &report);
		for (size_t i = 0; i < report.findings.count; i++)
			must(!strpbrk(report.findings.items[i].text, "\n\033"));
		lint_report_free(&report);
	}
	again = load(once.data, once.len);
	must(again != NULL);
	write_rules(again, &twice);
	must(once.len == twice.len);
	must(memcmp(once.data, twice.data, once.len) == 0);
	policy_free(again);
	policy_free(policy);
	return 0;
}
