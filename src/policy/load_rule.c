/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * load_rule - one object of "rules": a table of keys, a reader for each.
 *
 * What is read here is refused here, at the place where it stands. What needs
 * the whole rule is looked at when all keys have been read.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arg_test.h"
#include "base/escape.h"
#include "net.h"
#include "policy_data.h"
#include "syscall/names.h"

typedef bool (*text_reader)(struct loader *loader, const struct json *node,
			    const char *text, struct rule *rule);

bool load_refuse(struct loader *loader, const struct json *node,
		 const char *format, const char *text)
{
	BUF_AUTO(shown);
	BUF_AUTO(why);

	escape_quoted(&shown, text, strnlen(text, 100));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	buf_printf(&why, format, buf_text(&shown));
#pragma GCC diagnostic pop
	return json_err(loader->doc, node, loader->err, "%s", buf_text(&why));
}

static bool refuse(struct loader *loader, const struct json *node,
		   const char *why)
{
	return json_err(loader->doc, node, loader->err, "%s", why);
}

/* A text or a list of texts: @read each. */
static bool read_texts(struct loader *loader, const struct json *node,
		       struct rule *rule, text_reader read)
{
	if (json_is_string(node))
		return read(loader, node, json_string(node), rule);
	if (!json_is_array(node))
		return load_refuse(loader, node,
				   "%s must be a text or a list of texts",
				   json_key(node));
	if (!json_first(node))
		return refuse(loader, node, "an empty list matches nothing");
	for (node = json_first(node); node; node = json_next(node)) {
		if (!json_is_string(node))
			return refuse(loader, node, "expected a text");
		if (!read(loader, node, json_string(node), rule))
			return false;
	}
	return true;
}

static bool read_action(struct loader *loader, const struct json *node,
			struct rule *rule)
{
	if (!json_is_string(node))
		return refuse(loader, node, "\"action\" must be a text");
	if (verdict_by_name(json_string(node), &rule->verdict))
		return true;
	return load_refuse(loader, node,
			   "unknown action %s; known are allow, block-hard, "
			   "block-soft, ask and kill",
			   json_string(node));
}

static bool read_call(struct loader *loader, const struct json *node,
		      const char *text, struct rule *rule)
{
	struct rule_call call;

	if (!policy_call_by_name(loader->policy, text, &call))
		return load_refuse(loader, node, "unknown system call %s",
				   text);
	VEC_PUSH(&rule->calls, call);
	return true;
}

static bool read_class(struct loader *loader, const struct json *node,
		       const char *text, struct rule *rule)
{
	enum call_class class_id;

	if (!class_by_name(text, &class_id))
		return load_refuse(loader, node, "unknown class %s", text);
	rule->classes |= CLASS_BIT(class_id);
	return true;
}

/* Compiled to see that it can be; matcher_new() does it again for keeps. */
static bool check_path(struct loader *loader, const struct json *node,
		       const char *text)
{
	const char *why = NULL;
	struct glob *glob =
		pattern_compile(&loader->policy->variables, text, &why);

	glob_free(glob);
	return glob ? true : refuse(loader, node, why);
}

static bool read_path(struct loader *loader, const struct json *node,
		      const char *text, struct rule *rule)
{
	VEC_PUSH(&rule->paths, xstrdup(text));
	return check_path(loader, node, text);
}

static bool read_program(struct loader *loader, const struct json *node,
			 const char *text, struct rule *rule)
{
	VEC_PUSH(&rule->programs, xstrdup(text));
	return check_path(loader, node, text);
}

static bool read_address(struct loader *loader, const struct json *node,
			 const char *text, struct rule *rule)
{
	struct net_prefix prefix;
	struct glob *glob;
	const char *why = NULL;

	if (!net_prefix_parse(&prefix, text, &why))
		return refuse(loader, node, why);
	VEC_PUSH(&rule->addresses, prefix);
	if (prefix.family != AF_UNIX)
		return true;
	glob = pattern_compile_text(&loader->policy->variables, prefix.glob,
				    &why);
	glob_free(glob);
	return glob ? true : refuse(loader, node, why);
}

static bool read_port(struct loader *loader, const struct json *node,
		      struct rule *rule)
{
	struct port_range range;
	int64_t number;

	if (json_is_integer(node, &number) && number >= 0 && number <= 65535) {
		range.first = range.last = (uint16_t)number;
	} else if (!json_is_string(node) ||
		   !port_range_parse(&range, json_string(node))) {
		return refuse(loader, node,
			      "a port is a number from 0 to 65535 or a range "
			      "like \"1-1023\"");
	}
	VEC_PUSH(&rule->ports, range);
	return true;
}

static bool read_errno(struct loader *loader, const struct json *node,
		       struct rule *rule)
{
	const char *name = json_string(node);

	if (!name)
		return refuse(loader, node, "\"errno\" must be a text");
	rule->error = errno_by_name(name);
	if (!rule->error)
		return load_refuse(loader, node, "unknown errno %s", name);
	return true;
}

static bool read_comment(struct loader *loader, const struct json *node,
			 struct rule *rule)
{
	if (!json_is_string(node))
		return refuse(loader, node, "\"comment\" must be a text");
	rule->comment = xstrdup(json_string(node));
	return true;
}

static bool read_calls(struct loader *loader, const struct json *node,
		       struct rule *rule)
{
	return read_texts(loader, node, rule, read_call);
}

static bool read_classes(struct loader *loader, const struct json *node,
			 struct rule *rule)
{
	return read_texts(loader, node, rule, read_class);
}

static bool read_paths(struct loader *loader, const struct json *node,
		       struct rule *rule)
{
	return read_texts(loader, node, rule, read_path);
}

static bool read_programs(struct loader *loader, const struct json *node,
			  struct rule *rule)
{
	return read_texts(loader, node, rule, read_program);
}

static bool read_addresses(struct loader *loader, const struct json *node,
			   struct rule *rule)
{
	return read_texts(loader, node, rule, read_address);
}

static bool read_ports(struct loader *loader, const struct json *node,
		       struct rule *rule)
{
	if (!json_is_array(node))
		return read_port(loader, node, rule);
	if (!json_first(node))
		return refuse(loader, node, "an empty list matches nothing");
	for (node = json_first(node); node; node = json_next(node))
		if (!read_port(loader, node, rule))
			return false;
	return true;
}

/* Their names are looked up when the calls and classes are known. */
static bool read_args(struct loader *loader, const struct json *node,
		      struct rule *rule)
{
	if (!json_is_object(node) || !json_first(node))
		return refuse(loader, node,
			      "\"args\" must be an object with the names of "
			      "arguments");
	for (node = json_first(node); node; node = json_next(node)) {
		struct arg_test *test =
			arg_test_read(loader->doc, node, loader->err);

		if (!test)
			return false;
		VEC_PUSH(&rule->args, test);
	}
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct loader *loader, const struct json *node,
		     struct rule *rule);
} keys[] = {
	{ "action", read_action },     { "syscall", read_calls },
	{ "class", read_classes },     { "path", read_paths },
	{ "address", read_addresses }, { "port", read_ports },
	{ "program", read_programs },  { "args", read_args },
	{ "errno", read_errno },       { "comment", read_comment },
};

static bool read_key(struct loader *loader, const struct json *node,
		     struct rule *rule)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(json_key(node), keys[i].name) == 0)
			return keys[i].read(loader, node, rule);
	return load_refuse(loader, node, "unknown key %s in a rule",
			   json_key(node));
}

/* A rule that names a call promises what soft blocking makes of it. */
static bool check_soft(struct loader *loader, const struct json *node,
		       const struct rule *rule)
{
	if (rule->verdict != VERDICT_BLOCK_SOFT || !rule->calls.count)
		return true;
	node = json_member(node, "syscall");
	if (json_is_array(node))
		node = json_first(node);
	for (size_t i = 0; i < rule->calls.count; i++) {
		enum syscall_id id = rule->calls.items[i].id;

		if (id == SYSCALL_UNKNOWN || syscall_def(id)->soft == SOFT_NONE)
			return load_refuse(loader, node,
					   "%s cannot be blocked softly: no "
					   "honest result could be made up",
					   json_string(node));
		node = json_next(node);
	}
	return true;
}

static bool check_args(struct loader *loader, const struct json *node,
		       const struct rule *rule)
{
	if (!rule->args.count)
		return true;
	node = json_first(json_member(node, "args"));
	for (size_t i = 0; i < rule->args.count; i++) {
		BUF_AUTO(why);

		if (!arg_test_resolve(rule->args.items[i], rule,
				      &loader->policy->variables, &why))
			return refuse(loader, node, buf_text(&why));
		node = json_next(node);
	}
	return true;
}

static bool check_rule(struct loader *loader, const struct json *node,
		       struct rule *rule)
{
	const struct json *member = json_member(node, "errno");

	if (!json_member(node, "action"))
		return refuse(loader, node, "a rule needs an \"action\"");
	if (member && rule->verdict != VERDICT_BLOCK_HARD)
		return refuse(loader, member,
			      "\"errno\" goes with \"block-hard\" only");
	if (!member && rule->verdict == VERDICT_BLOCK_HARD)
		rule->error = EACCES;
	return check_soft(loader, node, rule) && check_args(loader, node, rule);
}

bool load_rule(struct loader *loader, const struct json *node)
{
	struct rule rule = { 0 };
	BUF_AUTO(why);
	bool ok = true;

	if (!json_is_object(node))
		return refuse(loader, node, "a rule must be an object");
	json_position(loader->doc, node, &loader->origin.line,
		      &loader->origin.column);
	rule.origin = loader->origin;
	for (const struct json *member = json_first(node); ok && member;
	     member = json_next(member))
		ok = read_key(loader, member, &rule);
	if (ok)
		ok = check_rule(loader, node, &rule);
	if (ok && !policy_append(loader->policy, &rule, loader->saved, &why))
		ok = refuse(loader, node, buf_text(&why));
	if (!ok)
		rule_free(&rule);
	return ok;
}
