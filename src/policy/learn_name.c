/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* A rule in the making: what it names of a call. */
#include <inttypes.h>
#include <stdlib.h>

#include "arg_test.h"
#include "learn_parts.h"
#include "syscall/consts.h"

void rule_name_call(struct rule *rule, const struct call *call)
{
	struct rule_call named = {
		.id = call->def ? call->def->id : SYSCALL_UNKNOWN,
		.number = call->def ? -1 : call->number,
	};

	VEC_PUSH(&rule->calls, named);
}

void rule_name_arg(struct rule *rule, const char *name, const char *word)
{
	struct arg_test *test = xcalloc(1, sizeof(*test));
	struct arg_value value = { 0 };

	test->name = xstrdup(name);
	VEC_PUSH(&value.words, xstrdup(word));
	VEC_PUSH(&test->values, value);
	VEC_PUSH(&rule->args, test);
}

void rule_name_constant(struct rule *rule, const struct call *call, int arg,
			uint64_t mask)
{
	const struct syscall_arg *def = &call->def->args[arg];
	uint64_t value = call->args[arg] & mask;
	const char *name = const_name(consts_of_kind(def->kind), value);
	BUF_AUTO(word);

	if (name)
		buf_str(&word, name);
	else
		buf_printf(&word, "%" PRIu64, value);
	rule_name_arg(rule, def->name, buf_text(&word));
}
