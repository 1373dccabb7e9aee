/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a journal says of one call: who made it, what it names, what was
 * decided and why, how it ended. */
#include "report/journal.h"

#include <string.h>

#include "report/journal_args.h"
#include "report/journal_line.h"
#include "report/json_lists.h"
#include "syscall/names.h"

static void add_number(struct json_writer *json, const char *key, int64_t value)
{
	json_write_key(json, key);
	json_write_int(json, value);
}

static void add_error(struct json_writer *json, const char *key, int error)
{
	const char *name = errno_name(error);

	if (name)
		json_member_text(json, key, name);
	else
		add_number(json, key, error);
}

static void add_subject(struct json_writer *json, const struct subject *subject)
{
	add_number(json, "pid", subject->pid);
	add_number(json, "tid", subject->tid);
	add_number(json, "parent", subject->parent);
	json_member_text(json, "exe", subject->exe);
}

/* ---- what it names ---- */

static bool is_address(const struct target *target)
{
	return target->kind == TARGET_ADDRESS || target->kind == TARGET_MSG ||
	       target->kind == TARGET_MMSG;
}

static bool is_process(const struct target *target)
{
	return target->kind == TARGET_PID || target->kind == TARGET_PIDFD;
}

static void add_target(struct json_writer *json, const struct call *call,
		       const struct target *target)
{
	json_open_object(json);
	json_member_text(json, "arg", call->def->args[target->arg].name);
	if (is_address(target) && target->address_len) {
		BUF_AUTO(text);

		address_text(&text, &target->address, target->address_len);
		json_member_text(json, "address", buf_text(&text));
	}
	if (target->resolved)
		json_member_text(json, "path", target->resolved);
	if (target->error)
		add_error(json, "unknown", -target->error);
	else if (is_process(target))
		add_number(json, "process", target->pid);
	json_close_object(json);
}

static void add_targets(struct json_writer *json, const struct call *call)
{
	if (!call->n_targets)
		return;
	json_write_key(json, "targets");
	json_open_array(json);
	for (size_t i = 0; i < call->n_targets; i++)
		add_target(json, call, &call->targets[i]);
	json_close_array(json);
}

static void add_classes(struct json_writer *json, uint32_t classes)
{
	json_write_key(json, "classes");
	json_open_array(json);
	for (int i = 0; i < CLASS_COUNT; i++)
		if (classes & CLASS_BIT(i))
			json_write_string(json, class_name((enum call_class)i));
	json_close_array(json);
}

/* ---- what became of it ---- */

static void add_decision(struct json_writer *json,
			 const struct journal_call *what)
{
	const struct decision *decision = what->decision;

	json_member_text(json, "verdict", verdict_name(what->outcome->verdict));
	json_member_text(json, "by", what->by);
	if (decision && decision->by == DECIDED_BY_RULE &&
	    decision->rule->origin.index) {
		json_write_key(json, "rule");
		json_open_object(json);
		json_member_text(json, "file",
				 decision->rule->origin.file ?: "");
		add_number(json, "index", decision->rule->origin.index);
		json_close_object(json);
	}
	if (what->reason)
		json_member_text(json, "reason", what->reason);
	if (what->abi)
		json_member_text(json, "abi", what->abi);
	if (what->outcome->waited_ns) {
		json_write_key(json, "waited_ns");
		json_write_u64_string(json, what->outcome->waited_ns);
	}
}

/* -4095..-1 are errors; the kernel's restarts are among them. */
static void add_result(struct json_writer *json, int64_t result)
{
	if (result < 0 && result >= -4095) {
		add_error(json, "errno", (int)-result);
		return;
	}
	json_write_key(json, "result");
	if (result < 0) {
		BUF_AUTO(text);

		buf_printf(&text, "\"%lld\"", (long long)result);
		json_write_raw(json, buf_text(&text));
		return;
	}
	json_write_u64_string(json, (uint64_t)result);
}

static void add_end(struct json_writer *json, const struct journal_call *what)
{
	static const char *const names[] = {
		[JOURNAL_RUNS] = "runs",       [JOURNAL_UNSEEN] = "unseen",
		[JOURNAL_BLOCKED] = "blocked", [JOURNAL_FAKED] = "faked",
		[JOURNAL_KILLED] = "killed",
	};

	json_member_text(json, "outcome", names[what->end]);
	if (what->outcome->has_result)
		add_result(json, what->outcome->result);
}

uint64_t journal_call(struct journal *journal, const struct journal_call *what)
{
	uint64_t seq = journal_begin(journal, "call");
	struct json_writer *json = &journal->json;

	add_subject(json, what->subject);
	json_member_text(json, "call", what->call->name);
	journal_write_args(json, what->call, journal->data ? what->mem : NULL);
	add_targets(json, what->call);
	add_classes(json, what->call->classes);
	add_decision(json, what);
	add_end(json, what);
	journal_finish(journal);
	return seq;
}

void journal_result(struct journal *journal, const struct subject *subject,
		    uint64_t of, const struct call *call, int64_t result,
		    const struct mem_reader *mem)
{
	struct json_writer *json = &journal->json;

	journal_begin(journal, "result");
	add_number(json, "of", (int64_t)of);
	add_number(json, "pid", subject->pid);
	add_number(json, "tid", subject->tid);
	json_member_text(json, "call", call->name);
	add_result(json, result);
	journal_write_filled(json, call, result, mem, journal->data);
	journal_finish(journal);
}

bool journal_wants_result(const struct journal *journal,
			  const struct call *call)
{
	return journal->data && journal_fills_data(call);
}
