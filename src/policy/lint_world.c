/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* lint_world - rules against the machine: links in patterns, honest fakes. */
#include <string.h>

#include "base/escape.h"
#include "lint_parts.h"

/* ---- soft blocks of what cannot be faked ---- */

void lint_soft(struct lint *lint, const struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;
	enum syscall_id last = SYSCALL_UNKNOWN;
	size_t count = 0;
	BUF_AUTO(names);

	if (rule->verdict != VERDICT_BLOCK_SOFT || rule->calls.count)
		return;
	for (size_t i = 0; i < lint->spots.count; i++) {
		const struct spot *spot = &lint->spots.items[i];

		if (spot->id == SYSCALL_UNKNOWN || spot->id == last ||
		    syscall_def(spot->id)->soft != SOFT_NONE ||
		    !spot_counts(spot, rule, false) ||
		    !spot_can_match(spot, rule))
			continue;
		last = spot->id;
		if (count++ < 3)
			buf_printf(&names, "%s%s", count > 1 ? ", " : "",
				   syscall_def(spot->id)->name);
	}
	if (count > 3)
		buf_printf(&names, " and %zu more", count - 3);
	if (count)
		lint_warn(lint, rule,
			  "blocks hard what has no honest imitation: %s",
			  buf_text(&names));
}

/* ---- what always runs ---- */

void lint_unstoppable(struct lint *lint, const struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;

	for (size_t i = 0; i < rule->calls.count; i++) {
		enum syscall_id id = rule->calls.items[i].id;

		if (rule->verdict != VERDICT_ALLOW && id != SYSCALL_UNKNOWN &&
		    syscall_is_unstoppable(syscall_def(id)))
			lint_warn(lint, rule,
				  "names %s in vain: it always runs, or no "
				  "program could end or go on",
				  syscall_def(id)->name);
	}
}

/* ---- patterns below a symbolic link ---- */

/* Do calls in these classes follow a link at the end of a path? */
static bool follows_last(const struct rule *rule)
{
	const uint32_t following = CLASS_BIT(CLASS_FILE_READ) |
				   CLASS_BIT(CLASS_FILE_WRITE) |
				   CLASS_BIT(CLASS_EXEC);

	return rule->classes && !(rule->classes & ~following) &&
	       !rule->calls.count;
}

static bool matches_with(const struct glob *glob, const char *prefix,
			 size_t len, const char *more)
{
	BUF_AUTO(text);

	buf_add(&text, prefix, len);
	buf_str(&text, more);
	return glob_match(glob, buf_text(&text), text.len);
}

/* Is a directory at the literal beginning of the pattern a link? @last: and
 * must the whole path be none? */
static void check_pattern(struct lint *lint, const struct rule *rule,
			  const struct glob *glob, const char *text, bool last)
{
	size_t len;
	const char *prefix = glob_prefix(glob, &len);
	bool whole = matches_with(glob, prefix, len, "") &&
		     !matches_with(glob, prefix, len, "x");

	/* A link hides itself and all that seems to be below. */
	last = whole && (last || matches_with(glob, prefix, len, "/x"));
	for (size_t i = 1; i <= len; i++) {
		BUF_AUTO(path);
		BUF_AUTO(target);
		BUF_AUTO(shown);

		/* What follows the prefix may go on in the same name. */
		if (i < len ? prefix[i] != '/' : !last)
			continue;
		buf_add(&path, prefix, i);
		if (!lint->world->read_link(buf_text(&path), &target))
			continue;
		escape_quoted(&shown, text, strlen(text));
		buf_str(&shown, " in vain: ");
		escape_str(&shown, buf_text(&path));
		buf_str(&shown, " is a symbolic link to ");
		escape_str(&shown, buf_text(&target));
		lint_warn(lint, rule,
			  "names %s, and rules see where links lead",
			  buf_text(&shown));
		return;
	}
}

void lint_links(struct lint *lint, const struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;

	for (size_t i = 0; i < matcher->paths.count; i++)
		check_pattern(lint, rule, matcher->paths.items[i],
			      rule->paths.items[i], follows_last(rule));
	for (size_t i = 0; i < matcher->programs.count; i++)
		check_pattern(lint, rule, matcher->programs.items[i],
			      rule->programs.items[i], true);
	for (size_t i = 0; i < matcher->names.count; i++)
		if (matcher->names.items[i] &&
		    rule->addresses.items[i].glob[0] != '@')
			check_pattern(lint, rule, matcher->names.items[i],
				      rule->addresses.items[i].glob, false);
}
