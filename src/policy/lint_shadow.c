/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lint_shadow - rules that come too late, and secrets that were let out. */
#include <string.h>

#include "arg_test.h"
#include "base/escape.h"
#include "lint_parts.h"
#include "path_index.h"

/* ---- rules that an earlier one covers ---- */

static bool has_word(const struct arg_value *value, const char *word)
{
	for (size_t i = 0; i < value->words.count; i++)
		if (strcmp(value->words.items[i], word) == 0)
			return true;
	return false;
}

/* The same value; of flags, no others than @narrow has. */
static bool value_covers(const struct arg_value *wide,
			 const struct arg_value *narrow)
{
	if (wide->has != narrow->has || wide->is_number != narrow->is_number)
		return false;
	if (wide->is_number)
		return wide->number == narrow->number;
	for (size_t i = 0; i < wide->words.count; i++)
		if (!has_word(narrow, wide->words.items[i]))
			return false;
	return true;
}

static bool test_covers(const struct arg_test *wide,
			const struct arg_test *narrow)
{
	if (strcmp(wide->name, narrow->name) != 0)
		return false;
	for (size_t i = 0; i < narrow->values.count; i++) {
		size_t k = 0;

		while (k < wide->values.count &&
		       !value_covers(&wide->values.items[k],
				     &narrow->values.items[i]))
			k++;
		if (k == wide->values.count)
			return false;
	}
	return true;
}

static bool has_test(const struct rule *rule, const struct arg_test *test)
{
	for (size_t i = 0; i < rule->args.count; i++)
		if (test_covers(test, rule->args.items[i]))
			return true;
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

struct shadow {
	const struct lint *lint;
	const struct matcher *narrow;
	const char *sample; /* a path that it matches; NULL: names none */
	const struct matcher *first; /* the first that covers it */
};

static void look_for_cover(const struct path_entries *entries, void *owner)
{
	struct shadow *shadow = owner;
	const struct matcher *narrow = shadow->narrow;

	for (size_t i = 0; i < entries->count; i++) {
		const struct path_entry *entry = &entries->items[i];
		const struct matcher *wide = entry->matcher;

		if (shadow->first && wide->order >= shadow->first->order)
			return;
		if (entry->path &&
		    (!shadow->sample || !glob_match(entry->path, shadow->sample,
						    strlen(shadow->sample))))
			continue;
		if (may_meet(&wide->rule, &narrow->rule) &&
		    args_cover(&wide->rule, &narrow->rule) &&
		    matcher_parts_cover(wide, narrow) &&
		    spots_cover(shadow->lint, &wide->rule, &narrow->rule))
			shadow->first = wide;
	}
}

void lint_shadow(struct lint *lint, struct matcher *narrow)
{
	struct shadow shadow = { .lint = lint, .narrow = narrow };
	BUF_AUTO(sample);

	/* Whatever covers a rule matches what its first pattern matches. */
	if (!narrow->paths.count ||
	    glob_sample(narrow->paths.items[0], &sample)) {
		if (narrow->paths.count)
			shadow.sample = buf_text(&sample);
		path_index_find(lint->earlier, shadow.sample, look_for_cover,
				&shadow);
	}
	path_index_add(lint->earlier, narrow);
	if (shadow.first)
		lint_warn(lint, &narrow->rule,
			  "never decides: rule %u in line %u comes first and "
			  "matches all that it matches",
			  shadow.first->rule.origin.index,
			  shadow.first->rule.origin.line);
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

/* The files in ~/.ssh are as good as all that is below. */
static bool lets_out_files(const struct lint *lint, size_t index,
			   struct secret secret, const char *text)
{
	const struct variables *variables = &lint->secrets->variables;
	size_t len = strlen(text);
	const char *why;
	struct glob *glob;
	bool out;
	BUF_AUTO(files);

	if (len < 3 || strcmp(text + len - 3, "/**") != 0)
		return false;
	buf_add(&files, text, len - 1);
	glob = pattern_compile(variables, buf_text(&files), &why);
	if (!glob)
		return false;
	secret.glob = glob;
	out = lets_out(lint, index, &secret);
	glob_free(glob);
	return out;
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
		if (!lets_out(lint, index, &secret) &&
		    !lets_out_files(lint, index, secret, text))
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
