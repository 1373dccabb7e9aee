/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* rule_text - a rule's memory, and its text as it stands in a rules file. */
#include "policy/rule.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "arg_test.h"
#include "base/json.h"
#include "net.h"
#include "policy_data.h"
#include "syscall/names.h"

static void free_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
}

void rule_free(struct rule *rule)
{
	free_texts(rule->paths.items, rule->paths.count);
	free_texts(rule->programs.items, rule->programs.count);
	for (size_t i = 0; i < rule->addresses.count; i++)
		free(rule->addresses.items[i].glob);
	for (size_t i = 0; i < rule->args.count; i++)
		arg_test_free(rule->args.items[i]);
	VEC_FREE(&rule->calls);
	VEC_FREE(&rule->paths);
	VEC_FREE(&rule->addresses);
	VEC_FREE(&rule->ports);
	VEC_FREE(&rule->programs);
	VEC_FREE(&rule->args);
	free(rule->comment);
	*rule = (struct rule){ 0 };
}

/* ---- text ---- */

/* One value stands alone, several in a list. */
static void open_list(struct json_writer *writer, const char *key, size_t count)
{
	json_write_key(writer, key);
	if (count > 1)
		json_open_array(writer);
}

static void close_list(struct json_writer *writer, size_t count)
{
	if (count > 1)
		json_close_array(writer);
}

static void write_calls(struct json_writer *writer, const struct rule *rule)
{
	if (!rule->calls.count)
		return;
	open_list(writer, "syscall", rule->calls.count);
	for (size_t i = 0; i < rule->calls.count; i++) {
		const struct rule_call *call = &rule->calls.items[i];
		BUF_AUTO(name);

		if (call->id == SYSCALL_UNKNOWN)
			buf_printf(&name, "syscall_%d", call->number);
		else
			buf_str(&name, syscall_def(call->id)->name);
		json_write_string(writer, buf_text(&name));
	}
	close_list(writer, rule->calls.count);
}

static void write_classes(struct json_writer *writer, const struct rule *rule)
{
	size_t count = (size_t)__builtin_popcount(rule->classes);

	if (!count)
		return;
	open_list(writer, "class", count);
	for (int i = 0; i < CLASS_COUNT; i++)
		if (rule->classes & CLASS_BIT(i))
			json_write_string(writer, class_name(i));
	close_list(writer, count);
}

static void write_texts(struct json_writer *writer, const char *key,
			char *const *texts, size_t count)
{
	if (!count)
		return;
	open_list(writer, key, count);
	for (size_t i = 0; i < count; i++)
		json_write_string(writer, texts[i]);
	close_list(writer, count);
}

static void write_addresses(struct json_writer *writer, const struct rule *rule)
{
	if (!rule->addresses.count)
		return;
	open_list(writer, "address", rule->addresses.count);
	for (size_t i = 0; i < rule->addresses.count; i++) {
		BUF_AUTO(text);

		net_prefix_text(&text, &rule->addresses.items[i]);
		json_write_string(writer, buf_text(&text));
	}
	close_list(writer, rule->addresses.count);
}

static void write_ports(struct json_writer *writer, const struct rule *rule)
{
	if (!rule->ports.count)
		return;
	open_list(writer, "port", rule->ports.count);
	for (size_t i = 0; i < rule->ports.count; i++) {
		const struct port_range *range = &rule->ports.items[i];
		BUF_AUTO(text);

		if (range->first == range->last) {
			json_write_int(writer, range->first);
			continue;
		}
		buf_printf(&text, "%u-%u", range->first, range->last);
		json_write_string(writer, buf_text(&text));
	}
	close_list(writer, rule->ports.count);
}

static void write_args(struct json_writer *writer, const struct rule *rule)
{
	if (!rule->args.count)
		return;
	json_write_key(writer, "args");
	json_open_object(writer);
	for (size_t i = 0; i < rule->args.count; i++)
		arg_test_write(writer, rule->args.items[i]);
	json_close_object(writer);
}

static void write_errno(struct json_writer *writer, const struct rule *rule)
{
	const char *name = errno_name(rule->error);

	if (rule->verdict != VERDICT_BLOCK_HARD || rule->error == EACCES ||
	    !rule->error || !name)
		return;
	json_write_key(writer, "errno");
	json_write_string(writer, name);
}

void rule_write(struct json_writer *writer, const struct rule *rule)
{
	json_open_object(writer);
	json_write_key(writer, "action");
	json_write_string(writer, verdict_name(rule->verdict));
	write_calls(writer, rule);
	write_classes(writer, rule);
	write_texts(writer, "path", rule->paths.items, rule->paths.count);
	write_addresses(writer, rule);
	write_ports(writer, rule);
	write_texts(writer, "program", rule->programs.items,
		    rule->programs.count);
	write_args(writer, rule);
	write_errno(writer, rule);
	if (rule->comment) {
		json_write_key(writer, "comment");
		json_write_string(writer, rule->comment);
	}
	json_close_object(writer);
}

void policy_rule_text(struct buf *out, const struct rule *rule)
{
	struct json_writer writer;

	json_writer_init(&writer, out, false);
	rule_write(&writer, rule);
}
