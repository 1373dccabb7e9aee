/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * sift - which calls have a verdict that their registers alone decide.
 *
 * For each call the tests that its classes and the "args" of rules depend on
 * are put into a tree. At its end all of them are answered; the call of an
 * example with these answers is then decided with everything else unknown:
 * paths, addresses, texts, the program. What could become of it in more than
 * one way is to be looked at.
 */
#include <errno.h>
#include <string.h>

#include "arg_test.h"
#include "policy/policy.h"
#include "policy_data.h"
#include "syscall/classify.h"

enum { ENDS_MAX = 1024 }; /* looked at for one call */

struct sifting {
	const struct policy *policy;
	const struct call_set *seen;
	struct sieve *sieve;
	bool tell;	/* somebody is told of what rules decide */
	uint32_t asked; /* classes that a person may be asked about */

	/* the call at hand */
	const struct syscall_def *def;
	uint32_t implied;
	bool sure;	   /* its registers tell its classes */
	bool names_things; /* it has targets, or may have */
	struct matchers by_class[CLASS_COUNT], on_the_side[CLASS_COUNT];
	struct sieve_tests tests;
	unsigned int ends;
};

/* What becomes of a facet, and whether a rule or a default says so. */
struct fate {
	int end;
	bool said;
};

static size_t read_nothing(void *owner __attribute__((unused)),
			   uint64_t addr __attribute__((unused)),
			   void *out __attribute__((unused)),
			   size_t len __attribute__((unused)))
{
	return 0;
}

/* ---- one facet ---- */

static enum match match_known(const struct sifting *sifting,
			      const struct rule *rule, const struct call *call)
{
	enum match result = MATCH_YES;

	for (size_t i = 0; i < rule->args.count; i++) {
		enum match one = arg_test_match(rule->args.items[i], call);

		if (one < result)
			result = one;
	}
	if (result == MATCH_NO)
		return MATCH_NO;
	if (rule->paths.count || rule->addresses.count || rule->ports.count) {
		if (!sifting->names_things)
			return MATCH_NO;
		result = MATCH_UNKNOWN;
	}
	return rule->programs.count ? MATCH_UNKNOWN : result;
}

static int end_of(const struct policy *policy, enum verdict verdict, int error)
{
	switch (policy_effective(policy, verdict)) {
	case VERDICT_ALLOW:
		return SIEVE_ALLOW;
	case VERDICT_BLOCK_HARD:
		return sieve_fail(error ? error : EACCES);
	case VERDICT_ASK:
	case VERDICT_BLOCK_SOFT:
	case VERDICT_KILL:
	case VERDICT_COUNT:
		break;
	}
	return SIEVE_SHOW;
}

static struct fate fate_unmatched(const struct sifting *sifting,
				  enum scope scope, bool asked)
{
	const struct policy *policy = sifting->policy;
	struct fate fate = { SIEVE_ALLOW, false };

	if (scope != SCOPE_ALL)
		return fate;
	fate.said = true;
	fate.end = end_of(policy, policy_unmatched(policy, asked), 0);
	/* What cannot be read or found fails as it would anyway. */
	if (sieve_error(fate.end) && sifting->names_things)
		fate.end = SIEVE_SHOW;
	return fate;
}

static struct fate fate_of(const struct sifting *sifting,
			   const struct call *call, enum call_class class_id,
			   bool implied)
{
	const struct policy *policy = sifting->policy;
	bool asked = policy_asks(policy, call->def->id, -1, class_id);
	const struct matchers *matchers =
		implied ? &sifting->on_the_side[class_id] :
			  &sifting->by_class[class_id];
	bool may_be_allowed = false;
	struct fate fate;

	for (size_t i = 0; i < matchers->count; i++) {
		const struct rule *rule = &matchers->items[i]->rule;
		enum match match = match_known(sifting, rule, call);
		int end = end_of(policy, rule->verdict, rule->error);

		if (match == MATCH_NO)
			continue;
		if (match == MATCH_UNKNOWN && end != SIEVE_ALLOW)
			return (struct fate){ SIEVE_SHOW, true };
		may_be_allowed = may_be_allowed || match == MATCH_UNKNOWN;
		if (match == MATCH_UNKNOWN)
			continue;
		fate = (struct fate){ end, true };
		goto found;
	}
	fate = fate_unmatched(sifting, policy_scope(class_id, implied, asked),
			      asked);
found:
	if (may_be_allowed) {
		fate.said = true;
		if (fate.end != SIEVE_ALLOW)
			fate.end = SIEVE_SHOW;
	}
	return fate;
}

/* ---- one call ---- */

/* Of two facets that are both there. */
static int stricter(int a, int b)
{
	if (a == b || b == SIEVE_ALLOW)
		return a;
	return a == SIEVE_ALLOW ? b : SIEVE_SHOW;
}

static int decide(const struct sifting *sifting, const struct call *call)
{
	uint32_t classes = sifting->sure ? call->classes :
					   syscall_possible_classes(call->def);
	uint32_t implied = sifting->implied & ~classes;
	bool said = false;
	int end = SIEVE_ALLOW;

	if (!classes || (classes & sifting->seen->in[call->def->id]) ||
	    (syscall_is_in_one_class(call->def) && (classes & sifting->asked)))
		return SIEVE_SHOW;
	for (int i = 0; i < CLASS_COUNT && end != SIEVE_SHOW; i++) {
		struct fate fate;

		if (!((classes | implied) & CLASS_BIT(i)))
			continue;
		fate = fate_of(sifting, call, i, implied & CLASS_BIT(i));
		/* A facet that may be missing can change nothing only where it
		 * lets pass. */
		if (fate.end != SIEVE_ALLOW &&
		    (!sifting->sure || (implied & CLASS_BIT(i))))
			return SIEVE_SHOW;
		end = stricter(end, fate.end);
		said = said || fate.said;
	}
	if (sieve_error(end) && syscall_is_unstoppable(call->def))
		return SIEVE_SHOW;
	return sifting->tell && said ? SIEVE_SHOW : end;
}

static int decide_example(struct sifting *sifting,
			  const struct sieve_path *path)
{
	const struct mem_reader nothing = { .read = read_nothing };
	uint64_t args[SYSCALL_ARGS_MAX];
	struct call call;
	int end;

	if (++sifting->ends > ENDS_MAX || !sieve_path_example(path, args))
		return SIEVE_SHOW;
	call_decode(&call, sifting->def, -1, args, &nothing);
	end = decide(sifting, &call);
	call_free(&call);
	return end;
}

/* The tree of the tests from @i on, for registers that came this way. */
static int grow(struct sifting *sifting, const struct sieve_path *path,
		unsigned int i)
{
	const struct sieve_test *test = &sifting->tests.items[i];
	struct sieve_path *way;
	enum truth truth;
	int yes, no;

	while (i < sifting->tests.count) {
		test = &sifting->tests.items[i];
		truth = sieve_path_ask(path, test);
		if (truth == TRUTH_UNKNOWN)
			break;
		i++;
	}
	if (i == sifting->tests.count)
		return decide_example(sifting, path);
	way = xmalloc(sizeof(*way));
	*way = *path;
	sieve_path_note(way, i, true);
	yes = grow(sifting, way, i + 1);
	*way = *path;
	sieve_path_note(way, i, false);
	no = grow(sifting, way, i + 1);
	free(way);
	return sieve_add(sifting->sieve, test, yes, no);
}

static int grow_tree(struct sifting *sifting)
{
	struct sieve_path path = { .tests = &sifting->tests };
	size_t nodes = sifting->sieve->nodes.count;
	int start;

	sifting->ends = 0;
	start = grow(sifting, &path, 0);
	if (sifting->ends <= ENDS_MAX)
		return start;
	sifting->sieve->nodes.count = nodes;
	return SIEVE_SHOW;
}

/* ---- what a call depends on ---- */

static void add_tests_of_rule(struct sifting *sifting, const struct rule *rule)
{
	for (size_t i = 0; i < rule->args.count; i++) {
		const struct arg_slot *slot =
			arg_test_slot(rule->args.items[i], sifting->def->id);

		for (size_t k = 0;
		     slot && !slot->is_text && k < slot->bits.count; k++)
			sieve_tests_add(&sifting->tests,
					sifting->def->args[slot->arg].kind,
					slot->arg, slot->bits.items[k].mask,
					slot->bits.items[k].bits);
	}
}

static void collect(struct sifting *sifting, enum call_class class_id,
		    bool implied, struct matchers *matchers)
{
	const struct policy *policy = sifting->policy;
	bool asked = policy_asks(policy, sifting->def->id, -1, class_id);

	rule_index_collect(policy->index, sifting->def->id, class_id,
			   policy_scope(class_id, implied, asked), matchers);
	for (size_t i = 0; i < matchers->count; i++)
		add_tests_of_rule(sifting, &matchers->items[i]->rule);
}

static uint32_t implied_by_args(const struct syscall_def *def)
{
	size_t count = syscall_arg_count(def);
	uint32_t classes = 0;

	for (size_t i = 0; i < count; i++)
		classes |= arg_kind_def(def->args[i].kind)->implied;
	return classes;
}

static bool has_targets(const struct syscall_def *def)
{
	for (size_t i = 0; i < syscall_arg_count(def); i++)
		if (arg_kind_def(def->args[i].kind)->target != TARGET_NONE)
			return true;
	return false;
}

static void sift_call(struct sifting *sifting, enum syscall_id id)
{
	const struct syscall_def *def = syscall_def(id);
	uint32_t possible = syscall_possible_classes(def);
	int *start = &sifting->sieve->start[id];

	sifting->def = def;
	sifting->implied = implied_by_args(def);
	sifting->names_things = has_targets(def);
	sifting->tests.count = 0;
	sifting->tests.full = false;
	if (!possible || sifting->seen->has[id])
		return;
	/* An answer may be about the call, or about all that it does. */
	if (!syscall_is_in_one_class(def) &&
	    ((possible | sifting->implied) & sifting->asked))
		return;
	sifting->sure = sieve_tests_of_classes(&sifting->tests, def);
	for (int i = 0; i < CLASS_COUNT; i++) {
		if (possible & CLASS_BIT(i))
			collect(sifting, i, false, &sifting->by_class[i]);
		if (sifting->implied & CLASS_BIT(i))
			collect(sifting, i, true, &sifting->on_the_side[i]);
	}
	if (sifting->tests.full)
		return;
	/* What no call can be refused for is no news. */
	sifting->tell = false;
	*start = grow_tree(sifting);
}

/* ---- all of them ---- */

/* Could a person be asked about a facet of this kind? */
static bool is_asked(const struct policy *policy, enum syscall_id id,
		     enum call_class class_id, struct matchers *matchers)
{
	bool asked = policy_asks(policy, id, -1, class_id);
	enum scope scope = policy_scope(class_id, false, asked);

	rule_index_collect(policy->index, id, class_id, scope, matchers);
	for (size_t i = 0; i < matchers->count; i++) {
		const struct matcher *matcher = matchers->items[i];

		if (policy_effective(policy, matcher->rule.verdict) ==
		    VERDICT_ASK)
			return true;
		if (matcher_is_unconditional(matcher))
			return false;
	}
	return scope == SCOPE_ALL &&
	       policy_effective(policy, policy_unmatched(policy, asked)) ==
		       VERDICT_ASK;
}

/* The answer to a question about one call can be a rule about its classes. */
static uint32_t asked_classes(const struct policy *policy)
{
	struct matchers matchers = { 0 };
	uint32_t classes = 0;

	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def = syscall_def(id);
		uint32_t possible =
			syscall_possible_classes(def) | implied_by_args(def);

		for (int i = 0; i < CLASS_COUNT; i++)
			if ((possible & ~classes & CLASS_BIT(i)) &&
			    is_asked(policy, id, i, &matchers))
				classes |= CLASS_BIT(i);
	}
	VEC_FREE(&matchers);
	return classes;
}

/* And about all that it does at once, but for what is let pass anyway. */
static uint32_t answered_classes(uint32_t asked)
{
	uint32_t before;

	do {
		before = asked;
		for (int id = 0; id < SYSCALL_COUNT; id++) {
			const struct syscall_def *def = syscall_def(id);
			uint32_t possible = syscall_possible_classes(def);

			if ((possible & asked) && !syscall_is_in_one_class(def))
				asked |= possible & ~class_quiet_set();
		}
	} while (asked != before);
	return asked;
}

void policy_sift(const struct policy *policy, const struct call_set *seen,
		 bool tell, struct sieve *sieve)
{
	struct sifting sifting = {
		.policy = policy,
		.seen = seen,
		.sieve = sieve,
	};

	sieve_init(sieve);
	sifting.asked = answered_classes(asked_classes(policy));
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		size_t nodes = sieve->nodes.count;

		sift_call(&sifting, id);
		if (!tell || sieve->start[id] == SIEVE_ALLOW ||
		    sieve->start[id] == SIEVE_SHOW)
			continue;
		sieve->nodes.count = nodes;
		sifting.tell = true;
		sieve->start[id] = grow_tree(&sifting);
	}
	for (int i = 0; i < CLASS_COUNT; i++) {
		VEC_FREE(&sifting.by_class[i]);
		VEC_FREE(&sifting.on_the_side[i]);
	}
}
