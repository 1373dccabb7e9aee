/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * arg_test - what "args" say, looked up once at load.
 *
 * The same name can be another argument in another call, and a constant
 * another number; so each test keeps, for each call that its rule can be
 * about, the place of the argument and what the values mean there.
 */
#include "arg_test.h"

#include <errno.h>
#include <linux/futex.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/escape.h"
#include "syscall/names.h"

/* Words that are partly an enumeration, partly flags: the name of a value of
 * the enumeration speaks of that part alone. Else "SOCK_RAW" would not match
 * SOCK_RAW|SOCK_CLOEXEC, and a rule that blocks it would be a hole. */
static const struct {
	enum arg_kind kind;
	uint64_t part;
} enumerated[] = {
	{ ARG_OPEN_FLAGS, O_ACCMODE },
	{ ARG_SOCKET_TYPE, 0xf }, /* SOCK_TYPE_MASK of linux/net.h */
	{ ARG_MMAP_FLAGS, MAP_TYPE },
	{ ARG_CLONE_FLAGS, CSIGNAL },
	{ ARG_FUTEX_OP, FUTEX_CMD_MASK },
};

static uint64_t enumerated_part(enum arg_kind kind, uint64_t value)
{
	for (size_t i = 0; i < sizeof(enumerated) / sizeof(*enumerated); i++)
		if (enumerated[i].kind == kind &&
		    !(value & ~enumerated[i].part))
			return enumerated[i].part;
	return 0;
}

/* ---- values ---- */

/* "0x10", "010" (octal, for modes), "-1" */
static bool parse_number(const char *text, uint64_t *number)
{
	char *end;

	if (!strchr("-0123456789", *text) || !*text)
		return false;
	errno = 0;
	*number = *text == '-' ? (uint64_t)strtoll(text, &end, 0) :
				 strtoull(text, &end, 0);
	return !errno && !*end && end > text;
}

/* A number, or the name of a constant. *@is_name: the latter. */
static bool parse_word(enum arg_kind kind, const char *word, uint64_t *number,
		       bool *is_name)
{
	*is_name = false;
	if (parse_number(word, number))
		return true;
	*is_name = true;
	return constant_by_name(kind, word, number);
}

/* "A|B" is exactly these; "A" of an enumeration is A, whatever the flags. */
static bool resolve_words(enum arg_kind kind, const char *words,
			  struct arg_bits *bits)
{
	char *copy = xstrdup(words), *rest = copy, *word;
	uint64_t number, part = 0;
	size_t count = 0;
	bool ok = true;

	bits->mask = arg_truncate(kind, UINT64_MAX);
	bits->bits = 0;
	while (ok && (word = strsep(&rest, "|"))) {
		bool is_name;

		ok = parse_word(kind, word, &number, &is_name);
		if (!ok)
			break;
		number = arg_truncate(kind, number);
		part = is_name ? enumerated_part(kind, number) : 0;
		bits->bits |= number;
		count++;
	}
	free(copy);
	if (count == 1 && part)
		bits->mask = part;
	return ok;
}

/* { "has": [...] }: each of these flags is set. */
static bool resolve_has(enum arg_kind kind, const struct arg_value *value,
			struct arg_bits *bits)
{
	bits->mask = bits->bits = 0;
	for (size_t i = 0; i < value->words.count; i++) {
		uint64_t number, part = 0;
		bool is_name;

		if (!parse_word(kind, value->words.items[i], &number, &is_name))
			return false;
		number = arg_truncate(kind, number);
		if (is_name)
			part = enumerated_part(kind, number);
		if (!part && !number)
			return false; /* no flag: always "set" */
		bits->mask |= part ? part : number;
		bits->bits |= number;
	}
	return true;
}

static bool resolve_value(enum arg_kind kind, const struct arg_value *value,
			  struct arg_bits *bits)
{
	if (value->has)
		return resolve_has(kind, value, bits);
	if (!value->is_number)
		return resolve_words(kind, value->words.items[0], bits);
	bits->mask = UINT64_MAX;
	bits->bits = arg_truncate(kind, (uint64_t)value->number);
	return true;
}

/* ---- calls ---- */

/* May a facet of @def be matched by @rule? */
static bool concerns(const struct rule *rule, const struct syscall_def *def)
{
	if (rule->classes && !(rule->classes & syscall_possible_classes(def)))
		return false;
	for (size_t i = 0; i < rule->calls.count; i++)
		if (rule->calls.items[i].id == def->id)
			return true;
	return rule->calls.count == 0;
}

static int find_arg(const struct syscall_def *def, const char *name)
{
	size_t count = syscall_arg_count(def);

	for (size_t i = 0; i < count; i++)
		if (strcmp(def->args[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Is it compared as text: a path as asked for, or another string? */
static bool is_text(enum arg_kind kind)
{
	enum target_kind target = arg_kind_def(kind)->target;

	return kind == ARG_STRING || target == TARGET_PATH ||
	       target == TARGET_LINK || target == TARGET_NEW;
}

/* The pattern of a text, compiled when the first text argument needs it. */
static bool compile_value(struct arg_value *value,
			  const struct variables *variables, const char **why)
{
	if (value->has || value->is_number) {
		*why = "text is compared with a string";
		return false;
	}
	if (!value->glob)
		value->glob = pattern_compile_text(variables,
						   value->words.items[0], why);
	return value->glob != NULL;
}

/* Which values mean something for this argument. */
static bool fill_slot(struct arg_test *test, struct arg_slot *slot,
		      enum arg_kind kind, const struct variables *variables,
		      bool used[], const char **why)
{
	for (size_t i = 0; i < test->values.count; i++) {
		struct arg_value *value = &test->values.items[i];
		struct arg_bits bits = { .value = i };

		if (slot->is_text) {
			if (!compile_value(value, variables, why))
				return false;
		} else if (!resolve_value(kind, value, &bits)) {
			continue;
		}
		used[i] = true;
		VEC_PUSH(&slot->bits, bits);
	}
	return true;
}

static void say(struct buf *why, const char *before, const char *name,
		const char *after)
{
	buf_str(why, before);
	escape_quoted(why, name, strlen(name));
	buf_str(why, after);
}

static void say_unused(struct buf *why, const struct arg_test *test, size_t i)
{
	const struct arg_value *value = &test->values.items[i];

	if (value->is_number)
		buf_printf(why, "%" PRId64, value->number);
	else
		say(why, "", value->words.items[0],
		    value->has && value->words.count > 1 ? " or what follows" :
							   "");
	say(why,
	    value->has ? " is no flag of argument " :
			 " is no value of argument ",
	    test->name, "");
}

static bool find_slots(struct arg_test *test, const struct rule *rule,
		       const struct variables *variables, bool used[],
		       struct buf *why)
{
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def = syscall_def(id);
		struct arg_slot slot = { .id = id };
		const char *reason = NULL;
		int arg;

		if (!concerns(rule, def))
			continue;
		arg = find_arg(def, test->name);
		if (arg < 0 && rule->calls.count) {
			buf_str(why, def->name);
			say(why, " has no argument ", test->name, "");
			return false;
		}
		if (arg < 0)
			continue;
		slot.arg = (unsigned int)arg;
		slot.is_text = is_text(def->args[arg].kind);
		if (!fill_slot(test, &slot, def->args[arg].kind, variables,
			       used, &reason)) {
			VEC_FREE(&slot.bits);
			buf_str(why, reason);
			return false;
		}
		VEC_PUSH(&test->slots, slot);
	}
	return true;
}

bool arg_test_resolve(struct arg_test *test, const struct rule *rule,
		      const struct variables *variables, struct buf *why)
{
	bool *used, ok;

	if (test->slots.count)
		return true; /* done before */
	used = xcalloc(test->values.count, sizeof(*used));
	ok = find_slots(test, rule, variables, used, why);
	if (ok && !test->slots.count) {
		say(why, "no such call has an argument ", test->name, "");
		ok = false;
	}
	for (size_t i = 0; ok && i < test->values.count; i++) {
		if (used[i])
			continue;
		say_unused(why, test, i);
		ok = false;
	}
	free(used);
	return ok;
}

/* ---- matching ---- */

const struct arg_slot *arg_test_slot(const struct arg_test *test,
				     enum syscall_id id)
{
	size_t low = 0, high = test->slots.count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (test->slots.items[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == test->slots.count || test->slots.items[low].id != id)
		return NULL;
	return &test->slots.items[low];
}

static enum match match_text(const struct arg_test *test,
			     const struct arg_slot *slot,
			     const struct call *call)
{
	const char *text = call_string(call, (int)slot->arg);

	for (size_t i = 0; i < call->n_targets; i++)
		if (call->targets[i].arg == (int)slot->arg)
			text = call->targets[i].asked;
	if (!text)
		return MATCH_UNKNOWN;
	for (size_t i = 0; i < test->values.count; i++)
		if (glob_match(test->values.items[i].glob, text, strlen(text)))
			return MATCH_YES;
	return MATCH_NO;
}

enum match arg_test_match(const struct arg_test *test, const struct call *call)
{
	const struct arg_slot *slot =
		call->def ? arg_test_slot(test, call->def->id) : NULL;

	if (!slot)
		return MATCH_NO;
	if (slot->is_text)
		return match_text(test, slot, call);
	for (size_t i = 0; i < slot->bits.count; i++)
		if ((call->args[slot->arg] & slot->bits.items[i].mask) ==
		    slot->bits.items[i].bits)
			return MATCH_YES;
	return MATCH_NO;
}
