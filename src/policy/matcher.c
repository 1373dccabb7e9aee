/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * matcher - one rule against one facet.
 *
 * Each part of a rule says no, yes, or that it cannot know, because memory
 * could not be read or a path not be resolved. One no is a no. What a part
 * cannot know is left to the policy, which then fails closed.
 */
#include "policy/match.h"

#include <stdlib.h>
#include <string.h>

#include "arg_test.h"
#include "matcher.h"
#include "net.h"

static bool has_call(const struct rule *rule, const struct call *call)
{
	for (size_t i = 0; i < rule->calls.count; i++) {
		const struct rule_call *named = &rule->calls.items[i];

		if (call->def ? named->id == call->def->id :
				named->id == SYSCALL_UNKNOWN &&
					named->number == call->number)
			return true;
	}
	return rule->calls.count == 0;
}

static bool has_class(const struct rule *rule, const struct facet *facet)
{
	if (!rule->classes)
		return true;
	return facet->class_id < CLASS_COUNT &&
	       (rule->classes & CLASS_BIT(facet->class_id));
}

static bool any_glob(const struct globs *globs, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < globs->count; i++)
		if (glob_match(globs->items[i], text, len))
			return true;
	return false;
}

/* @path: this one alone, else any. */
static enum match match_path(const struct matcher *matcher,
			     const struct glob *path, const struct facet *facet)
{
	const struct target *target = facet->target;
	bool matches;

	if (!matcher->paths.count)
		return MATCH_YES;
	if (!facet_is_of_file(facet))
		return MATCH_NO;
	if (target->error || !target->resolved)
		return MATCH_UNKNOWN;
	/* A descriptor may be of no file: "socket:[123]". */
	if (target->resolved[0] != '/')
		return MATCH_NO;
	matches = path ? glob_match(path, target->resolved,
				    strlen(target->resolved)) :
			 any_glob(&matcher->paths, target->resolved);
	return matches ? MATCH_YES : MATCH_NO;
}

static bool has_address(const struct matcher *matcher,
			const struct net_address *address)
{
	const struct rule *rule = &matcher->rule;

	for (size_t i = 0; i < rule->addresses.count; i++)
		if (net_prefix_match(&rule->addresses.items[i],
				     matcher->names.items[i], address))
			return true;
	return rule->addresses.count == 0;
}

static bool has_port(const struct rule *rule, const struct net_address *address)
{
	if (!rule->ports.count)
		return true;
	if (address->family != AF_INET && address->family != AF_INET6)
		return false;
	for (size_t i = 0; i < rule->ports.count; i++)
		if (address->port >= rule->ports.items[i].first &&
		    address->port <= rule->ports.items[i].last)
			return true;
	return false;
}

static void match_address(const struct matcher *matcher,
			  const struct facet *facet, enum match *on_address,
			  enum match *on_port)
{
	const struct rule *rule = &matcher->rule;
	const struct target *target = facet->target;
	char name[sizeof(struct sockaddr_storage)];
	struct net_address address;
	enum match result = MATCH_NO;

	if (target &&
	    (target->kind == TARGET_ADDRESS || target->kind == TARGET_MSG ||
	     target->kind == TARGET_MMSG)) {
		if (net_address_read(&address, target,
				     facet->class_id == CLASS_NET_CONNECT,
				     name)) {
			*on_address = has_address(matcher, &address) ?
					      MATCH_YES :
					      MATCH_NO;
			*on_port =
				has_port(rule, &address) ? MATCH_YES : MATCH_NO;
			return;
		}
		result = MATCH_UNKNOWN;
	}
	*on_address = rule->addresses.count ? result : MATCH_YES;
	*on_port = rule->ports.count ? result : MATCH_YES;
}

static enum match match_program(const struct matcher *matcher,
				const struct subject *subject)
{
	if (!matcher->programs.count)
		return MATCH_YES;
	if (!subject || !subject->exe || !*subject->exe)
		return MATCH_UNKNOWN;
	return any_glob(&matcher->programs, subject->exe) ? MATCH_YES :
							    MATCH_NO;
}

static enum match match_args(const struct rule *rule, const struct call *call)
{
	enum match result = MATCH_YES;

	for (size_t i = 0; result != MATCH_NO && i < rule->args.count; i++) {
		enum match one = arg_test_match(rule->args.items[i], call);

		if (one < result)
			result = one;
	}
	return result;
}

static bool find_parts(const struct matcher *matcher, const struct glob *path,
		       const struct call *call, const struct facet *facet,
		       const struct subject *subject,
		       enum match parts[PART_COUNT])
{
	const struct rule *rule = &matcher->rule;

	if (!has_call(rule, call) || !has_class(rule, facet))
		return false;
	parts[PART_PATH] = match_path(matcher, path, facet);
	parts[PART_ADDRESS] = parts[PART_PORT] = MATCH_YES;
	if (rule->addresses.count || rule->ports.count)
		match_address(matcher, facet, &parts[PART_ADDRESS],
			      &parts[PART_PORT]);
	parts[PART_PROGRAM] = match_program(matcher, subject);
	parts[PART_ARGS] = match_args(rule, call);
	return true;
}

bool matcher_parts(const struct matcher *matcher, const struct call *call,
		   const struct facet *facet, const struct subject *subject,
		   enum match parts[PART_COUNT])
{
	return find_parts(matcher, NULL, call, facet, subject, parts);
}

enum match matcher_match_path(const struct matcher *matcher,
			      const struct glob *path, const struct call *call,
			      const struct facet *facet,
			      const struct subject *subject)
{
	enum match parts[PART_COUNT];
	enum match result = MATCH_YES;

	if (!find_parts(matcher, path, call, facet, subject, parts))
		return MATCH_NO;
	for (size_t i = 0; i < PART_COUNT; i++)
		if (parts[i] < result)
			result = parts[i];
	return result;
}

enum match matcher_match(const struct matcher *matcher, const struct call *call,
			 const struct facet *facet,
			 const struct subject *subject)
{
	return matcher_match_path(matcher, NULL, call, facet, subject);
}

bool matcher_is_unconditional(const struct matcher *matcher)
{
	const struct rule *rule = &matcher->rule;

	return !rule->paths.count && !rule->addresses.count &&
	       !rule->ports.count && !rule->programs.count && !rule->args.count;
}

/* ---- making a rule ready ---- */

static bool compile(struct globs *globs, const char *pattern, bool is_path,
		    const struct variables *variables, struct buf *why)
{
	const char *reason = NULL;
	struct glob *glob =
		is_path ? pattern_compile(variables, pattern, &reason) :
			  pattern_compile_text(variables, pattern, &reason);

	if (!glob)
		buf_str(why, reason);
	else
		VEC_PUSH(globs, glob);
	return glob != NULL;
}

static bool compile_all(struct matcher *matcher,
			const struct variables *variables, struct buf *why)
{
	const struct rule *rule = &matcher->rule;
	bool ok = true;

	for (size_t i = 0; ok && i < rule->paths.count; i++)
		ok = compile(&matcher->paths, rule->paths.items[i], true,
			     variables, why);
	for (size_t i = 0; ok && i < rule->programs.count; i++)
		ok = compile(&matcher->programs, rule->programs.items[i], true,
			     variables, why);
	for (size_t i = 0; ok && i < rule->addresses.count; i++) {
		if (rule->addresses.items[i].family == AF_UNIX)
			ok = compile(&matcher->names,
				     rule->addresses.items[i].glob, false,
				     variables, why);
		else
			VEC_PUSH(&matcher->names, NULL);
	}
	for (size_t i = 0; ok && i < rule->args.count; i++)
		ok = arg_test_resolve(rule->args.items[i], rule, variables,
				      why);
	return ok;
}

static void free_globs(struct globs *globs)
{
	for (size_t i = 0; i < globs->count; i++)
		glob_free(globs->items[i]);
	VEC_FREE(globs);
}

static void free_compiled(struct matcher *matcher)
{
	free_globs(&matcher->paths);
	free_globs(&matcher->programs);
	free_globs(&matcher->names);
}

struct matcher *matcher_new(const struct rule *rule,
			    const struct variables *variables, struct buf *why)
{
	struct matcher *matcher = xcalloc(1, sizeof(*matcher));

	matcher->rule = *rule;
	if (compile_all(matcher, variables, why))
		return matcher;
	free_compiled(matcher);
	free(matcher);
	return NULL;
}

void matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	free_compiled(matcher);
	rule_free(&matcher->rule);
	free(matcher);
}
