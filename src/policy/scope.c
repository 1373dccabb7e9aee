/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * scope - from an answer to a rule: what it binds to.
 *
 * A rule for one file names the classes of the call, so that reading it by
 * another call is covered too. Where a call names two files, a class alone
 * would say more than was asked: whoever may link a to b could also create
 * either. Such a rule names the calls that take two files in the same way. So
 * it does where a rule of the user's asked about what is done on the side (a
 * rename takes the old name away): to let that pass, the rule names it, but
 * for these calls only.
 */
#include "policy/scope.h"

#include <errno.h>
#include <string.h>

#include "scope_parts.h"

typedef const char *scope_make(struct making *making);
typedef const char *scope_need(const struct things *things);

static const char *make_nothing(struct making *making)
{
	(void)making;
	return NULL;
}

#define scope_make_CALL	 make_nothing
#define scope_make_CLASS make_nothing
#define scope_make_THIS	 scope_make_this
#define scope_make_DIR	 scope_make_dir
#define scope_make_TREE	 scope_make_tree
#define scope_make_EXT	 scope_make_ext
#define scope_make_HOST	 scope_make_host
#define scope_make_PORT	 scope_make_port
#define scope_make_NET	 scope_make_net
#define scope_make_GLOB	 scope_make_glob

#define need_NOTHING NULL
#define need_CLASSES NULL
#define need_THINGS  things_need_things
#define need_NAMES   things_need_names
#define need_HOSTS   things_need_hosts

static const struct scope_row {
	const char *word;
	scope_need *need;
	scope_make *make;
	const char *meaning;
} rows[RULE_SCOPE_COUNT] = {
#define SCOPE(id, word, needs, meaning)                                        \
	{ word, need_##needs, scope_make_##id, meaning },
#include "policy/scopes.def"
#undef SCOPE
};

const char *scope_word(enum rule_scope scope)
{
	return rows[scope].word;
}

const char *scope_meaning(enum rule_scope scope)
{
	return rows[scope].meaning;
}

bool scope_by_word(const char *word, size_t len, enum rule_scope *scope)
{
	for (size_t i = 0; i < RULE_SCOPE_COUNT; i++) {
		if (strlen(rows[i].word) == len &&
		    !memcmp(rows[i].word, word, len)) {
			*scope = (enum rule_scope)i;
			return true;
		}
	}
	return false;
}

/* ---- what the answer is about ---- */

struct about {
	uint32_t classes;
	uint32_t implied; /* on the side, where a rule asked about it */
};

/* What the call does, but for what is let pass anyway. */
static struct about find_about(const struct policy *policy,
			       const struct scope_request *request)
{
	struct about about = { 0, 0 };
	struct facet facet;

	for (size_t i = 0; call_facet(request->call, i, &facet); i++) {
		struct decision decision;
		bool has_say, passes;

		if (facet.class_id == CLASS_COUNT)
			continue;
		has_say = policy_decide_facet(policy, request->call,
					      request->subject, &facet,
					      &decision);
		passes = !has_say || decision.verdict == VERDICT_ALLOW;
		if (!facet.implied && (!passes || !(class_quiet_set() &
						    CLASS_BIT(facet.class_id))))
			about.classes |= CLASS_BIT(facet.class_id);
		if (facet.implied && !passes &&
		    request->verdict == VERDICT_ALLOW)
			about.implied |= CLASS_BIT(facet.class_id);
	}
	if (!about.classes)
		about.classes = request->call->classes;
	return about;
}

/* ---- calls that do the same to as many things ---- */

/* The kind of the next argument from *@i on that names something; ARG_END
 * when there is none. */
static enum arg_kind next_target(const struct syscall_def *def, size_t *i)
{
	while (*i < syscall_arg_count(def)) {
		enum arg_kind kind = def->args[(*i)++].kind;

		if (arg_kind_def(kind)->target != TARGET_NONE)
			return kind;
	}
	return ARG_END;
}

static bool takes_the_same(const struct syscall_def *a,
			   const struct syscall_def *b)
{
	size_t i = 0, k = 0;

	for (;;) {
		enum arg_kind left = next_target(a, &i);

		if (left != next_target(b, &k))
			return false;
		if (left == ARG_END)
			return true;
	}
}

/* Name the calls that do the same as this one in the same way. Without
 * @always only when others do the same in another way. */
static void name_calls(struct rule *rule, const struct call *call,
		       uint32_t classes, bool always)
{
	bool others = false;

	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def = syscall_def(id);
		struct rule_call named = { .id = id, .number = -1 };

		if (!(syscall_possible_classes(def) & classes))
			continue;
		if ((def->classes & classes) == classes &&
		    takes_the_same(def, call->def))
			VEC_PUSH(&rule->calls, named);
		else
			others = true;
	}
	if (!others && !always)
		VEC_FREE(&rule->calls);
}

static void bind_rule(struct making *making, const struct about *about)
{
	const struct call *call = making->request->call;
	struct rule *rule = making->rule;

	rule->classes = about->classes | about->implied;
	if (call->def && call->def->classify == CLASSIFY_FIXED &&
	    (about->implied || (rule->paths.count > 1 && call->n_targets > 1)))
		name_calls(rule, call, about->classes, about->implied != 0);
}

/* ---- all of it ---- */

static bool refuse(struct buf *why, enum rule_scope scope, const char *reason)
{
	buf_printf(why, "%s does not fit: %s", scope_word(scope), reason);
	return false;
}

static struct rule new_rule(enum verdict verdict)
{
	return (struct rule){
		.verdict = verdict,
		.error = verdict == VERDICT_BLOCK_HARD ? EACCES : 0,
	};
}

bool policy_rule_for_scope(const struct policy *policy,
			   const struct scope_request *request,
			   struct rule *rule, struct buf *why)
{
	const struct scope_row *row = &rows[request->scope];
	struct about about;
	struct things things = { 0 };
	struct making making = { policy, request, &things, rule };
	const char *reason = NULL;

	if (request->scope == RULE_SCOPE_CALL) {
		policy_rule_for_call(rule, request->call, request->verdict);
		return true;
	}
	if (!request->call->classes)
		return refuse(why, request->scope,
			      "nobody knows what this call does");
	*rule = new_rule(request->verdict);
	about = find_about(policy, request);
	things_collect(&things, request->call, about.classes);
	if (row->need)
		reason = row->need(&things);
	if (!reason)
		reason = row->make(&making);
	if (!reason)
		bind_rule(&making, &about);
	things_free(&things);
	if (!reason)
		return true;
	rule_free(rule);
	return refuse(why, request->scope, reason);
}

bool policy_scope_fits(const struct policy *policy,
		       const struct scope_request *request)
{
	struct scope_request tried = *request;
	struct rule rule = { 0 };
	BUF_AUTO(pattern);
	BUF_AUTO(why);

	if (tried.scope == RULE_SCOPE_GLOB) {
		policy_scope_pattern(policy, &tried, &pattern);
		tried.pattern = buf_text(&pattern);
	}
	if (!policy_rule_for_scope(policy, &tried, &rule, &why))
		return false;
	rule_free(&rule);
	return true;
}

void policy_scope_pattern(const struct policy *policy,
			  const struct scope_request *request, struct buf *out)
{
	struct things things = { 0 };
	struct making making = { policy, request, &things, NULL };
	struct about about = find_about(policy, request);

	things_collect(&things, request->call, about.classes);
	if (!things_need_names(&things))
		scope_first_pattern(&making, out);
	things_free(&things);
}
