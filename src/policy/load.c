/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * load - rules files: ours, version 1, and the form of the original tool.
 *
 * Nothing is guessed and nothing is passed over: a misspelt key would be a
 * rule that is not there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "policy_data.h"

static bool refuse(struct loader *loader, const struct json *node,
		   const char *why)
{
	return json_err(loader->doc, node, loader->err, "%s", why);
}

/* ---- version 1 ---- */

static bool read_version(struct loader *loader, const struct json *node)
{
	int64_t version;

	if (!json_is_integer(node, &version) || version != 1)
		return refuse(loader, node, "\"version\" must be 1");
	return true;
}

static bool read_default(struct loader *loader, const struct json *node)
{
	struct policy *policy = loader->policy;
	enum verdict verdict;

	if (!json_is_string(node) ||
	    !verdict_by_name(json_string(node), &verdict))
		return refuse(loader, node,
			      "\"default\" must be allow, block-hard, "
			      "block-soft, ask or kill");
	if (policy->has_default)
		return true; /* the first file that states one counts */
	policy->has_default = true;
	policy->default_verdict = verdict;
	policy->default_saved = loader->saved;
	json_position(loader->doc, node, &policy->default_line,
		      &policy->default_column);
	return true;
}

static bool read_rules(struct loader *loader, const struct json *node)
{
	if (!json_is_array(node))
		return refuse(loader, node, "\"rules\" must be a list");
	for (node = json_first(node); node; node = json_next(node)) {
		loader->origin.index++;
		if (!load_rule(loader, node))
			return false;
	}
	return true;
}

static bool read_comment(struct loader *loader, const struct json *node)
{
	if (!json_is_string(node))
		return refuse(loader, node, "\"comment\" must be a text");
	if (loader->saved && !loader->policy->comment)
		loader->policy->comment = xstrdup(json_string(node));
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct loader *loader, const struct json *node);
} keys[] = {
	{ "version", read_version },
	{ "default", read_default },
	{ "rules", read_rules },
	{ "comment", read_comment },
};

static bool read_key(struct loader *loader, const struct json *node)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(json_key(node), keys[i].name) == 0)
			return keys[i].read(loader, node);
	return load_refuse(loader, node, "unknown key %s", json_key(node));
}

static bool read_version_1(struct loader *loader, const struct json *root)
{
	if (!json_member(root, "version"))
		return refuse(loader, root,
			      "no rules file: \"version\": 1 is missing");
	for (root = json_first(root); root; root = json_next(root))
		if (!read_key(loader, root))
			return false;
	return true;
}

/* ---- the original's form: {"syscalls":{"41":"SoftBlocked"}} ---- */

static bool parse_number(const char *text, int *number)
{
	*number = 0;
	if (!*text || strlen(text) > 6)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		*number = *number * 10 + (*text - '0');
	}
	return true;
}

static bool original_verdict(const char *word, enum verdict *verdict)
{
	static const struct {
		const char *word;
		enum verdict verdict;
	} words[] = {
		{ "Allowed", VERDICT_ALLOW },
		{ "HardBlocked", VERDICT_BLOCK_HARD },
		{ "SoftBlocked", VERDICT_BLOCK_SOFT },
	};

	for (size_t i = 0; word && i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(word, words[i].word) == 0) {
			*verdict = words[i].verdict;
			return true;
		}
	}
	return false;
}

static bool read_original_rule(struct loader *loader, const struct json *node)
{
	struct rule rule = { 0 };
	struct rule_call call;
	BUF_AUTO(why);

	if (!parse_number(json_key(node), &call.number))
		return load_refuse(loader, node,
				   "%s is no number of a system call",
				   json_key(node));
	if (!original_verdict(json_string(node), &rule.verdict))
		return refuse(loader, node,
			      "expected \"Allowed\", \"HardBlocked\" or "
			      "\"SoftBlocked\"");
	call.id = loader->policy->id_of(call.number);
	if (rule.verdict == VERDICT_BLOCK_SOFT &&
	    (call.id == SYSCALL_UNKNOWN ||
	     syscall_def(call.id)->soft == SOFT_NONE))
		return load_refuse(loader, node,
				   "system call %s cannot be blocked softly: "
				   "no honest result could be made up",
				   json_key(node));
	json_position(loader->doc, node, &loader->origin.line,
		      &loader->origin.column);
	loader->origin.index++;
	rule.origin = loader->origin;
	rule.error = rule.verdict == VERDICT_BLOCK_HARD ? EACCES : 0;
	VEC_PUSH(&rule.calls, call);
	/* A rule that names nothing but a call always compiles. */
	if (!policy_append(loader->policy, &rule, loader->saved, &why))
		abort();
	return true;
}

static bool read_original(struct loader *loader, const struct json *root)
{
	const struct json *calls = json_first(root);

	if (strcmp(json_key(calls), "syscalls") != 0)
		return load_refuse(loader, calls, "unknown key %s",
				   json_key(calls));
	if (json_next(calls))
		return load_refuse(loader, json_next(calls), "unknown key %s",
				   json_key(json_next(calls)));
	if (!json_is_object(calls))
		return refuse(loader, calls, "\"syscalls\" must be an object");
	if (!loader->policy->id_of)
		return refuse(loader, calls,
			      "numbers of system calls are not known here");
	for (calls = json_first(calls); calls; calls = json_next(calls))
		if (!read_original_rule(loader, calls))
			return false;
	return true;
}

/* ---- files ---- */

static bool read_root(struct loader *loader)
{
	const struct json *root = json_root(loader->doc);

	if (!json_is_object(root))
		return refuse(loader, root, "a rules file holds one object");
	if (json_member(root, "syscalls") && !json_member(root, "version"))
		return read_original(loader, root);
	return read_version_1(loader, root);
}

static bool load(struct policy *policy, const char *name, const char *text,
		 size_t len, bool saved, struct err *err)
{
	struct json_doc *doc = json_parse(name, text, len, err);
	struct loader loader = {
		.policy = policy,
		.doc = doc,
		.err = err,
		.saved = saved,
	};
	char *kept;
	bool ok;

	if (!doc)
		return false;
	kept = xstrdup(name);
	VEC_PUSH(&policy->names, kept);
	loader.origin.file = kept;
	ok = read_root(&loader);
	json_doc_free(doc);
	return ok;
}

bool policy_load_text(struct policy *policy, const char *name, const char *text,
		      size_t len, struct err *err)
{
	return load(policy, name, text, len, false, err);
}

bool policy_load_file(struct policy *policy, const char *path, struct err *err)
{
	BUF_AUTO(text);

	return file_read(path, POLICY_FILE_MAX, &text, err) &&
	       load(policy, path, buf_text(&text), text.len, true, err);
}
