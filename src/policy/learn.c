/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * learn - one thing that a run did is one rule that allows just that; at the
 * end those that can be are made one (learn_join.c).
 *
 * What a rule cannot say narrowly is not learned, but told: a rule that allows
 * more than was seen would be worse than a question.
 */
#include "policy/learn.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "learn_parts.h"
#include "learn_path.h"
#include "net.h"

struct learn {
	struct learned *all; /* uthash by .key */
	struct temporaries temporaries;
	VEC_OF(char *) remarks;
};

/* What the call at hand is judged by. */
struct lesson {
	struct learn *learn;
	const struct policy *policy;
	const struct call *call;
	const struct subject *subject;
	bool library;
};

struct learn *learn_new(void)
{
	return xcalloc(1, sizeof(struct learn));
}

static void free_learned(struct learned *learned)
{
	free(learned->key);
	rule_free(&learned->rule);
	free(learned);
}

void learn_free(struct learn *learn)
{
	struct learned *learned, *next;

	if (!learn)
		return;
	learned = learn->all;
	HASH_CLEAR(hh, learn->all);
	for (; learned; learned = next) {
		next = learned->hh.next;
		free_learned(learned);
	}
	for (size_t i = 0; i < learn->remarks.count; i++)
		free(learn->remarks.items[i]);
	VEC_FREE(&learn->remarks);
	temporaries_free(&learn->temporaries);
	free(learn);
}

/* ---- what cannot be learned ---- */

static void remark(struct learn *learn, struct buf *text)
{
	for (size_t i = 0; i < learn->remarks.count; i++)
		if (strcmp(learn->remarks.items[i], buf_text(text)) == 0)
			return;
	VEC_PUSH(&learn->remarks, buf_steal(text));
}

static void cannot_name(const struct lesson *lesson, const struct facet *facet)
{
	const struct target *target = facet->target;
	const char *what = target->resolved ?: target->asked;
	BUF_AUTO(text);

	buf_printf(&text, "not learned, for no rule can name it narrowly: %s",
		   lesson->call->name);
	if (what) {
		buf_char(&text, ' ');
		escape_str(&text, what);
	}
	remark(lesson->learn, &text);
}

static void asks_again(const struct lesson *lesson, const struct rule *rule)
{
	BUF_AUTO(text);

	buf_str(&text, "will be asked about again, as a rule says: ");
	escape_str(&text, rule->origin.file);
	buf_printf(&text, ": rule %u", rule->origin.index);
	remark(lesson->learn, &text);
}

void learn_remarks(const struct learn *learn, struct buf *out)
{
	for (size_t i = 0; i < learn->remarks.count; i++)
		buf_printf(out, "syswall: %s\n", learn->remarks.items[i]);
}

/* ---- what can ---- */

/* Take over @rule, which allows one thing. */
static void keep(const struct lesson *lesson, enum learned_kind kind,
		 const struct facet *facet, struct rule *rule)
{
	struct learn *learn = lesson->learn;
	struct learned *learned;
	BUF_AUTO(key);

	rule->verdict = VERDICT_ALLOW;
	if (facet->class_id < CLASS_COUNT)
		rule->classes = CLASS_BIT(facet->class_id);
	if (kind == LEARNED_LIBRARY)
		rule->comment = xstrdup(LEARNED_COMMENT);
	else if (kind == LEARNED_MISSING)
		rule->comment = xstrdup(LEARNED_MISSING_COMMENT);
	buf_printf(&key, "%d %02d %d ", kind == LEARNED_LIBRARY,
		   facet->class_id, kind);
	policy_rule_text(&key, rule);
	HASH_FIND(hh, learn->all, key.data, key.len, learned);
	if (learned) {
		rule_free(rule);
		return;
	}
	learned = xcalloc(1, sizeof(*learned));
	learned->rule = *rule;
	*rule = (struct rule){ 0 };
	learned->key = buf_steal(&key);
	HASH_ADD_KEYPTR(hh, learn->all, learned->key, strlen(learned->key),
			learned);
}

/* By the call alone, within the class. For sockets, which ones. */
static void learn_by_call(const struct lesson *lesson,
			  const struct facet *facet)
{
	const struct call *call = lesson->call;
	int domain = call_arg_index(call, ARG_ADDRESS_FAMILY);
	int type = call_arg_index(call, ARG_SOCKET_TYPE);
	bool is_socket = facet->class_id == CLASS_NET_SOCKET && call->def &&
			 domain >= 0 && type >= 0;
	struct rule rule = { 0 };

	rule_name_call(&rule, call);
	if (is_socket) {
		rule_name_constant(&rule, call, domain, ~UINT64_C(0));
		rule_name_constant(&rule, call, type, 0xf); /* SOCK_TYPE_MASK */
	}
	keep(lesson, is_socket ? LEARNED_SOCKET : LEARNED_CALL, facet, &rule);
}

/* Open, but without a path: a pipe as /dev/stdin, say. */
static void learn_asked(const struct lesson *lesson, const struct facet *facet)
{
	const struct target *target = facet->target;
	struct rule rule = { 0 };
	BUF_AUTO(pattern);

	if (!target->asked || target->asked[0] != '/' || target->arg < 0 ||
	    !lesson->call->def) {
		cannot_name(lesson, facet);
		return;
	}
	quote_name(&pattern, &lesson->policy->variables, lesson->subject,
		   target->asked, strlen(target->asked));
	rule_name_call(&rule, lesson->call);
	rule_name_arg(&rule, lesson->call->def->args[target->arg].name,
		      buf_text(&pattern));
	keep(lesson, LEARNED_ASKED, facet, &rule);
}

static void learn_file(const struct lesson *lesson, const struct facet *facet)
{
	const char *path = facet->target->resolved;
	enum learned_kind kind = LEARNED_PATH;
	struct rule rule = { 0 };
	BUF_AUTO(pattern);

	if (path[0] != '/') {
		learn_asked(lesson, facet);
		return;
	}
	temporaries_quote(&lesson->learn->temporaries,
			  &lesson->policy->variables, lesson->subject, path,
			  &pattern);
	if (facet->class_id == CLASS_FILE_READ &&
	    (lesson->library || path_is_noise(path)))
		kind = LEARNED_LIBRARY;
	/* A person has to see that nobody has seen these programs. */
	if (facet->class_id == CLASS_EXEC && !facet->target->exists)
		kind = LEARNED_MISSING;
	VEC_PUSH(&rule.paths, buf_steal(&pattern));
	keep(lesson, kind, facet, &rule);
}

/* Ports that the kernel gives to who asks for none, on this host: others the
 * next time. */
static struct port_range port_of(const struct net_address *address)
{
	static const struct port_range ephemeral = { 32768, 60999 };
	struct port_range range = { (uint16_t)address->port,
				    (uint16_t)address->port };
	bool is_local = address->family == AF_INET ?
				address->bytes[0] == IN_LOOPBACKNET :
				!memcmp(address->bytes, &in6addr_loopback, 16);

	if (is_local && range.first >= ephemeral.first &&
	    range.last <= ephemeral.last)
		return ephemeral;
	return range;
}

static void learn_address(const struct lesson *lesson,
			  const struct facet *facet)
{
	char name[sizeof(struct sockaddr_storage)];
	struct net_prefix prefix = { 0 };
	struct net_address address;
	struct rule rule = { 0 };
	BUF_AUTO(pattern);

	if (!net_address_read(&address, facet->target,
			      facet->class_id == CLASS_NET_CONNECT, name)) {
		cannot_name(lesson, facet);
		return;
	}
	prefix.family = address.family;
	if (address.family == AF_UNIX) {
		temporaries_quote_name(&lesson->learn->temporaries,
				       &lesson->policy->variables,
				       lesson->subject, address.name,
				       address.name_len, &pattern);
		prefix.glob = pattern.len ? buf_steal(&pattern) : xstrdup("");
	} else if (address.family == AF_INET || address.family == AF_INET6) {
		prefix.bits = address.family == AF_INET ? 32 : 128;
		memcpy(prefix.bytes, address.bytes, prefix.bits / 8);
		VEC_PUSH(&rule.ports, port_of(&address));
	} else if (address.family != AF_NETLINK &&
		   address.family != AF_UNSPEC) {
		cannot_name(lesson, facet);
		return;
	}
	VEC_PUSH(&rule.addresses, prefix);
	keep(lesson, LEARNED_ADDRESS, facet, &rule);
}

/* The kernel fails such a call, or the policy does in its words. */
static bool fails_by_itself(const struct target *target)
{
	static const int native[] = {
		EFAULT, ENAMETOOLONG, ENOENT, ENOTDIR, ELOOP, EACCES,
	};

	for (size_t i = 0; i < sizeof(native) / sizeof(*native); i++)
		if (target->error == -native[i])
			return true;
	return false;
}

static void learn_facet(const struct lesson *lesson, const struct facet *facet)
{
	const struct target *target = facet->target;

	if (!target || target->kind == TARGET_PID ||
	    target->kind == TARGET_PIDFD) {
		learn_by_call(lesson, facet);
	} else if (target->error) {
		if (!fails_by_itself(target))
			cannot_name(lesson, facet);
	} else if (!target_is_file(target)) {
		learn_address(lesson, facet);
	} else if (target->resolved) {
		learn_file(lesson, facet);
	} else {
		cannot_name(lesson, facet);
	}
}

void learn_call(struct learn *learn, const struct policy *policy,
		const struct call *call, const struct subject *subject,
		bool library)
{
	struct lesson lesson = { learn, policy, call, subject, library };
	struct decision decision;
	struct facet facet;

	temporaries_note(&learn->temporaries, &policy->variables, subject,
			 call);
	for (size_t i = 0; call_facet(call, i, &facet); i++) {
		if (!policy_decide_facet(policy, call, subject, &facet,
					 &decision) ||
		    decision.verdict != VERDICT_ASK)
			continue;
		if (decision.by == DECIDED_BY_DEFAULT)
			learn_facet(&lesson, &facet);
		else if (decision.rule)
			asks_again(&lesson, decision.rule);
	}
}

/* ---- rules ---- */

static int by_key(const struct learned *a, const struct learned *b)
{
	return strcmp(a->key, b->key);
}

size_t learn_finish(struct learn *learn, struct policy *policy)
{
	struct learned *learned, *next;
	size_t count = HASH_COUNT(learn->all);

	policy_drop_doubles(policy);
	HASH_SORT(learn->all, by_key);
	HASH_ITER(hh, learn->all, learned, next) {
		policy_add_learned(policy, &learned->rule);
	}
	policy_sort_learned(policy);
	return count;
}
