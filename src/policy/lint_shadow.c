/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lint_shadow - rules that come too late, and secrets that were let out. */
#include <string.h>

#include "arg_test.h"
#include "base/escape.h"
#include "lint_parts.h"

/* ---- rules that an earlier one covers ---- */

static void arg_text(const struct arg_test *test, struct buf *out)
{
	struct json_writer writer;

	json_writer_init(&writer, out, false);
	json_open_object(&writer);
	arg_test_write(&writer, test);
	json_close_object(&writer);
}

static bool has_test(const struct rule *rule, const struct arg_test *test)
{
	BUF_AUTO(wanted);

	arg_text(test, &wanted);
	for (size_t i = 0; i < rule->args.count; i++) {
		BUF_AUTO(text);

		arg_text(rule->args.items[i], &text);
		if (strcmp(buf_text(&text), buf_text(&wanted)) == 0)
			return true;
	}
	return false;
}

/* Whatever @wide asks of the arguments, @narrow asks too. */
static bool args_cover(const struct rule *wide, const struct rule *narrow)
{
	for (size_t i = 0; i < wide->args.count; i++)
		if (!has_test(narrow, wide->args.items[i]))
			return false;
	return true;
}

/* The cheap way to say no: they have neither call nor class in common. */
static bool may_meet(const struct rule *a, const struct rule *b)
{
	if (a->classes && b->classes && !(a->classes & b->classes))
		return false;
	for (size_t i = 0; i < a->calls.count; i++)
		for (size_t k = 0; k < b->calls.count; k++)
			if (a->calls.items[i].id == b->calls.items[k].id &&
			    a->calls.items[i].number ==
				    b->calls.items[k].number)
				return true;
	return !a->calls.count || !b->calls.count;
}

static bool spots_cover(const struct lint *lint, const struct rule *wide,
			const struct rule *narrow)
{
	for (size_t i = 0; i < lint->spots.count; i++) {
		const struct spot *spot = &lint->spots.items[i];

		if (!spot_can_match(spot, narrow))
			continue;
		for (int asked = 0; asked < 2; asked++)
			if (spot_counts(spot, narrow, asked) &&
			    !spot_counts(spot, wide, asked))
				return false;
	}
	return true;
}

void lint_shadow(struct lint *lint, size_t index)
{
	const struct matchers *loaded = &lint->policy->loaded;
	const struct matcher *narrow = loaded->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct matcher *wide = loaded->items[i];

		if (!may_meet(&wide->rule, &narrow->rule) ||
		    !matcher_parts_cover(wide, narrow) ||
		    !args_cover(&wide->rule, &narrow->rule) ||
		    !spots_cover(lint, &wide->rule, &narrow->rule))
			continue;
		lint_warn(lint, &narrow->rule,
			  "never decides: rule %u in line %u comes first and "
			  "matches all that it matches",
			  wide->rule.origin.index, wide->rule.origin.line);
		return;
	}
}

/* ---- secrets ---- */

/* One pattern of the list of secrets, and what is done to it. */
struct secret {
	const struct glob *glob;
	bool is_file; /* else a socket */
	enum call_class class_id;
};

static bool any_covers(const struct globs *globs, const struct glob *glob)
{
	for (size_t i = 0; i < globs->count; i++)
		if (globs->items[i] && glob_covers(globs->items[i], glob))
			return true;
	return globs->count == 0;
}

/* Does @matcher match the secret, whoever asks and however? */
static bool covers_secret(const struct matcher *matcher,
			  const struct secret *secret)
{
	const struct rule *rule = &matcher->rule;

	if (rule->args.count || rule->ports.count)
		return false;
	if (secret->is_file)
		return !rule->addresses.count &&
		       any_covers(&matcher->paths, secret->glob);
	return !rule->paths.count && any_covers(&matcher->names, secret->glob);
}

/* Every spot of the class where @allow counts is one where an earlier rule,
 * which does not allow, comes first. */
static bool is_kept(const struct lint *lint, size_t index,
		    const struct spot *spot, const struct secret *secret)
{
	for (size_t i = 0; i < index; i++) {
		const struct matcher *first = lint->policy->loaded.items[i];

		if (first->rule.verdict != VERDICT_ALLOW &&
		    !first->rule.programs.count &&
		    spot_counts(spot, &first->rule, false) &&
		    covers_secret(first, secret))
			return true;
	}
	return false;
}

static bool lets_out(const struct lint *lint, size_t index,
		     const struct secret *secret)
{
	const struct matcher *allow = lint->policy->loaded.items[index];
	unsigned int names = secret->is_file ? NAMES_FILE : NAMES_ADDRESS;

	if (!covers_secret(allow, secret))
		return false;
	for (size_t i = 0; i < lint->spots.count; i++) {
		const struct spot *spot = &lint->spots.items[i];

		if (spot->class_id == secret->class_id && !spot->implied &&
		    (spot->names & names) &&
		    spot_counts(spot, &allow->rule, false) &&
		    !is_kept(lint, index, spot, secret))
			return true;
	}
	return false;
}

/* The first pattern of @list that gets out is told. */
static bool check_list(struct lint *lint, size_t index, struct secret secret,
		       const struct matcher *list)
{
	const struct rule *allow = &lint->policy->loaded.items[index]->rule;
	const struct globs *globs =
		secret.is_file ? &list->paths : &list->names;

	for (size_t i = 0; i < globs->count; i++) {
		const char *text = secret.is_file ?
					   list->rule.paths.items[i] :
					   list->rule.addresses.items[i].glob;
		BUF_AUTO(shown);

		secret.glob = globs->items[i];
		if (!lets_out(lint, index, &secret))
			continue;
		escape_quoted(&shown, text, strlen(text));
		lint_warn(lint, allow,
			  "allows %s of the secrets in %s: block them in an "
			  "earlier rule (see profiles/secrets.json)",
			  class_name(secret.class_id), buf_text(&shown));
		return true;
	}
	return false;
}

void lint_secrets(struct lint *lint, size_t index)
{
	static const struct {
		enum call_class class_id;
		enum call_class list; /* what the rules of the list block */
		bool is_file;
	} ways[] = {
		{ CLASS_FILE_READ, CLASS_FILE_READ, true },
		{ CLASS_FILE_WRITE, CLASS_FILE_READ, true },
		{ CLASS_NET_CONNECT, CLASS_NET_CONNECT, false },
	};
	const struct rule *rule = &lint->policy->loaded.items[index]->rule;

	if (rule->verdict != VERDICT_ALLOW || !lint->secrets)
		return;
	for (size_t w = 0; w < sizeof(ways) / sizeof(*ways); w++) {
		struct secret secret = { NULL, ways[w].is_file,
					 ways[w].class_id };

		for (size_t i = 0; i < lint->secrets->loaded.count; i++) {
			const struct matcher *list =
				lint->secrets->loaded.items[i];

			if ((list->rule.classes & CLASS_BIT(ways[w].list)) &&
			    check_list(lint, index, secret, list))
				return;
		}
	}
}
