/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What `i` shows: nothing elided, one fact a line. */
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/escape.h"
#include "prompt/question.h"
#include "syscall/class.h"

enum { NEAR_MISSES_MAX = 5 };

static void add_fact(struct buf *out, const char *what, const char *value)
{
	if (!value || !*value)
		return;
	buf_printf(out, "    %-10s ", what);
	escape_str(out, value);
	buf_char(out, '\n');
}

static void add_maker(struct buf *out, const struct subject *subject)
{
	add_fact(out, "program", subject->exe);
	add_fact(out, "named", subject->comm);
	add_fact(out, "in", subject->cwd);
	buf_printf(out, "    %-10s %d", "process", (int)subject->pid);
	if (subject->tid != subject->pid && subject->tid > 0)
		buf_printf(out, ", thread %d", (int)subject->tid);
	if (subject->parent > 0)
		buf_printf(out, ", child of %d", (int)subject->parent);
	if (subject->parent_comm && *subject->parent_comm) {
		buf_str(out, " (");
		escape_str(out, subject->parent_comm);
		buf_char(out, ')');
	}
	buf_char(out, '\n');
}

static void add_arguments(struct buf *out, const struct call *call)
{
	size_t i;

	for (i = 0; i < call->n_args && i < SYSCALL_ARGS_MAX; i++) {
		buf_printf(out, "    %-10s ", i ? "" : "arguments");
		if (call->def && call->def->args[i].name)
			buf_printf(out, "%s = ", call->def->args[i].name);
		buf_printf(out, "%#" PRIx64 "\n", call->args[i]);
	}
}

static void add_classes(struct buf *out, const struct call *call)
{
	enum call_class class_id;
	const char *separator = "";

	buf_printf(out, "    %-10s %s, number %d%s%s; ", "call", call->name,
		   call->number, call->abi ? " of " : "", call->abi ?: "");
	for (class_id = 0; class_id < CLASS_COUNT; class_id++) {
		if (!(call->classes & CLASS_BIT(class_id)))
			continue;
		buf_printf(out, "%s%s", separator, class_name(class_id));
		separator = " ";
	}
	buf_str(out, *separator ? "\n" : "in no class\n");
}

static void add_rule(struct buf *out, const struct rule *rule)
{
	BUF_AUTO(text);

	buf_str(out, "rule ");
	if (rule->origin.file)
		escape_str(out, rule->origin.file);
	buf_printf(out, ":%u ", rule->origin.index);
	policy_rule_text(&text, rule);
	escape_again(out, buf_text(&text), text.len);
}

static void add_reason(struct buf *out, const struct decision *decision)
{
	buf_printf(out, "    %-10s ", "because");
	if (decision->by == DECIDED_BY_RULE && decision->rule)
		add_rule(out, decision->rule);
	else
		buf_str(out, "no rule decides it");
	if (decision->facet.class_id < CLASS_COUNT)
		buf_printf(out, ", as %s",
			   class_name(decision->facet.class_id));
	buf_char(out, '\n');
}

/* The rules of which one part alone does not match. */
static void add_near_misses(struct buf *out, const struct question *question)
{
	struct near_miss misses[NEAR_MISSES_MAX];
	size_t count, i;

	if (!question->policy)
		return;
	count = policy_near_misses(question->policy, question->call,
				   question->subject, misses, NEAR_MISSES_MAX);
	for (i = 0; i < count; i++) {
		buf_printf(out, "    %-10s ", i ? "" : "nearly");
		add_rule(out, misses[i].rule);
		buf_printf(out, ", but not its %s\n", misses[i].part);
	}
}

void question_more(struct buf *out, const struct question *question)
{
	const struct question_style all = { .limit = SIZE_MAX };

	question_text(out, question, &all);
	if (question->subject)
		add_maker(out, question->subject);
	add_classes(out, question->call);
	add_arguments(out, question->call);
	if (question->decision)
		add_reason(out, question->decision);
	add_near_misses(out, question);
	if (question->more)
		question->more(out, question->owner);
}
