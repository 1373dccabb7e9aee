/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Two patterns and a text, one a line. The matcher agrees with a table that
 * is filled in by the definition; a pattern that covers another one matches
 * what that matches; an escaped text is matched by itself; and two rules with
 * these patterns, found by way of the index, decide in their order.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/json.h"
#include "policy/glob.h"
#include "policy/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PART_MAX = 200 };

static void must(int condition)
{
	if (!condition)
		abort();
}

/* ---- the definition: does pattern[p..] match text[t..]? ---- */

static size_t next(const char *text, size_t len)
{
	unsigned int code;
	size_t used = utf8_decode(text, len, &code);

	return used ? used : 1;
}

struct table {
	const char *pattern, *text;
	size_t len; /* of the text */
	signed char known[PART_MAX + 2][PART_MAX + 2];
};

static bool defined(struct table *table, size_t p, size_t t);

static bool defined_stars(struct table *table, size_t p, size_t t)
{
	const char *pattern = table->pattern;
	size_t stars = strspn(pattern + p, "*");
	bool is_part = stars > 1 && p && pattern[p - 1] == '/' &&
		       pattern[p + stars] == '/' &&
		       !(p > 1 && pattern[p - 2] == '\\');

	/* "a/ ** /b" (no spaces): nothing, or something and a slash. */
	if (is_part && defined(table, p + stars + 1, t))
		return true;
	while (!defined(table, p + stars, t)) {
		if (t == table->len || (stars == 1 && table->text[t] == '/'))
			return false;
		t += next(table->text + t, table->len - t);
	}
	return true;
}

static bool define(struct table *table, size_t p, size_t t)
{
	const char *at = table->pattern + p, *text = table->text + t;
	size_t left = table->len - t, used;

	if (!*at)
		return !left;
	if (at[0] == '/' && strspn(at + 1, "*") >= 2 &&
	    !at[1 + strspn(at + 1, "*")] && !left)
		return true;
	if (*at == '*')
		return defined_stars(table, p, t);
	if (!left)
		return false;
	if (*at == '?')
		return *text != '/' &&
		       defined(table, p + 1, t + next(text, left));
	if (*at == '\\')
		at++;
	used = next(at, strlen(at));
	return used <= left && memcmp(at, text, used) == 0 &&
	       used == next(text, left) &&
	       defined(table, (size_t)(at - table->pattern) + used, t + used);
}

static bool defined(struct table *table, size_t p, size_t t)
{
	signed char *known = &table->known[p][t];

	if (!*known)
		*known = define(table, p, t) ? 1 : -1;
	return *known > 0;
}

static void check_definition(const struct glob *glob, const char *pattern,
			     const char *text, size_t len)
{
	static struct table table;

	/* Sets are left to the tables of tests/unit; an escaped slash before
	 * stars is one that nobody writes. */
	if (strchr(pattern, '[') || strstr(pattern, "\\/"))
		return;
	memset(&table, 0, sizeof(table));
	table.pattern = pattern;
	table.text = text;
	table.len = len;
	must(glob_match(glob, text, len) == defined(&table, 0, 0));
}

/* ---- rules ---- */

static size_t read_memory(void *owner, uint64_t addr, void *out, size_t len)
{
	const char *path = owner;
	size_t all = strlen(path) + 1;

	if (addr >= all)
		return 0;
	if (len > all - addr)
		len = all - addr;
	memcpy(out, path + addr, len);
	return len;
}

static void write_rule(struct json_writer *writer, const char *action,
		       const char *pattern)
{
	json_open_object(writer);
	json_write_key(writer, "action");
	json_write_string(writer, action);
	json_write_key(writer, "path");
	json_write_string(writer, pattern);
	json_close_object(writer);
}

static struct policy *load(const char *first, const char *second)
{
	struct policy *policy = policy_new();
	struct json_writer writer;
	BUF_AUTO(text);

	json_writer_init(&writer, &text, false);
	json_open_object(&writer);
	json_write_key(&writer, "version");
	json_write_int(&writer, 1);
	json_write_key(&writer, "rules");
	json_open_array(&writer);
	write_rule(&writer, "kill", first);
	write_rule(&writer, "allow", second);
	json_close_array(&writer);
	json_close_object(&writer);
	if (policy_load_text(policy, "fuzz", text.data, text.len, NULL))
		return policy;
	policy_free(policy);
	return NULL;
}

static void check_rules(char *patterns[2], const struct glob *const globs[2],
			char *path)
{
	const uint64_t raw[SYSCALL_ARGS_MAX] = { 0 };
	struct mem_reader mem = { read_memory, path };
	struct policy *policy = load(patterns[0], patterns[1]);
	size_t len = strlen(path);
	enum verdict wanted = VERDICT_ASK;
	struct decision decision;
	struct call call;

	if (!policy)
		return;
	call_decode(&call, syscall_def(SYSCALL_unlink), 87, raw, &mem);
	call.targets[0].resolved = xstrdup(path);
	policy_decide(policy, &call, NULL, &decision);
	if (path[0] == '/' && glob_match(globs[0], path, len))
		wanted = VERDICT_KILL;
	else if (path[0] == '/' && glob_match(globs[1], path, len))
		wanted = VERDICT_ALLOW;
	must(decision.verdict == wanted);
	call_free(&call);
	policy_free(policy);
}

/* ---- one input ---- */

static void check_escape(const char *text, size_t len)
{
	const char *why = NULL;
	struct glob *glob;
	BUF_AUTO(pattern);

	glob_escape(&pattern, text, len);
	glob = glob_compile(buf_text(&pattern), &why);
	must(glob != NULL);
	must(glob_match(glob, text, len));
	must(!glob_match(glob, "another", 7) ||
	     (len == 7 && !memcmp(text, "another", 7)));
	glob_free(glob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char copy[PART_MAX * 3], *rest = copy, *parts[3];
	const struct glob *globs[2];
	const char *why = NULL;
	size_t len;

	if (size >= sizeof(copy) || memchr(data, '\0', size))
		return 0;
	memcpy(copy, data, size);
	copy[size] = '\0';
	for (int i = 0; i < 3; i++) {
		parts[i] = strsep(&rest, "\n");
		if (!parts[i] || strlen(parts[i]) > PART_MAX)
			return 0;
	}
	len = strlen(parts[2]);
	check_escape(parts[2], len);
	globs[0] = glob_compile(parts[0], &why);
	globs[1] = glob_compile(parts[1], &why);
	for (int i = 0; i < 2 && globs[0] && globs[1]; i++) {
		check_definition(globs[i], parts[i], parts[2], len);
		if (glob_covers(globs[i], globs[!i]))
			must(!glob_match(globs[!i], parts[2], len) ||
			     glob_match(globs[i], parts[2], len));
	}
	if (globs[0] && globs[1] && !strstr(parts[0], "${") &&
	    !strstr(parts[1], "${"))
		check_rules(parts, globs, parts[2]);
	glob_free((struct glob *)(uintptr_t)globs[0]);
	glob_free((struct glob *)(uintptr_t)globs[1]);
	return 0;
}
