/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Patterns: what matches and what does not, agreement with fnmatch(3) where
 * it has the same words, and time in proportion to the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fnmatch.h>
#include <time.h>

#include "policy/glob.h"

static bool matches(const char *pattern, const char *text)
{
	const char *why = NULL;
	struct glob *glob = glob_compile(pattern, &why);
	bool result;

	if (!glob)
		fail_msg("%s: %s", pattern, why);
	result = glob_match(glob, text, strlen(text));
	glob_free(glob);
	return result;
}

static void test_table(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} cases[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "/etc/passwd", "/etc/passwd", true },
		{ "/etc/passwd", "/etc/passwd2", false },
		{ "/etc/passwd", "/etc/passw", false },
		/* one star stays in a directory */
		{ "/tmp/*", "/tmp/a", true },
		{ "/tmp/*", "/tmp/", true },
		{ "/tmp/*", "/tmp", false },
		{ "/tmp/*", "/tmp/a/b", false },
		{ "/tmp/*.c", "/tmp/a.c", true },
		{ "/tmp/*.c", "/tmp/.c", true },
		{ "/tmp/*.c", "/tmp/a.cc", false },
		{ "/tmp/*/x", "/tmp/a/x", true },
		{ "/tmp/*/x", "/tmp/a/b/x", false },
		{ "/t*p/a", "/tmp/a", true },
		{ "/*/*/c", "/a/b/c", true },
		/* a leading period is nothing special */
		{ "/tmp/*", "/tmp/.a", true },
		{ "/tmp/?a", "/tmp/.a", true },
		{ "/tmp/[.]a", "/tmp/.a", true },
		/* two stars do not */
		{ "/usr/**", "/usr/lib/x", true },
		{ "/usr/**", "/usr/.lib/.x", true },
		{ "/usr/**", "/usr/", true },
		{ "/usr/**", "/usr", true },
		{ "/usr/**", "/usrlocal", false },
		{ "/usr/**", "/us", false },
		{ "/usr/***", "/usr", true },
		{ "/**", "/", true },
		{ "/**", "/a/b", true },
		{ "**", "/a/b", true },
		{ "**", "", true },
		{ "**.pem", "/a/b.pem", true },
		{ "**/.env", "/a/b/.env", true },
		{ "**/.env", "/.env", true },
		{ "**/.env", "/a.env", false },
		{ "/a/**/b", "/a/b", true },
		{ "/a/**/b", "/a/x/b", true },
		{ "/a/**/b", "/a/x/y/b", true },
		{ "/a/**/b", "/ab", false },
		{ "/a/**/b", "/a/xb", false },
		{ "/a/**/*.c", "/a/x.c", true },
		{ "/a/**/*.c", "/a/b/x.c", true },
		{ "/a/**/*.c", "/a/b/x.h", false },
		{ "/a/**/b/**", "/a/b", true },
		{ "/a/**/b/**", "/a/x/b/y", true },
		{ "/a**b", "/a/x/b", true },
		{ "/a**b", "/ab", true },
		{ "/a/**b", "/a/x/yb", true },
		{ "/a/**/", "/a/", true },
		{ "/a/**/", "/a/b/", true },
		{ "/a/**/", "/a/b", false },
		{ "/a/b**", "/a/bc/d", true },
		{ "/a/b**", "/a/b", true },
		/* one character, which may be many bytes */
		{ "/?", "/a", true },
		{ "/?", "//", false },
		{ "/?", "/", false },
		{ "/?", "/\xc3\xa9", true },
		{ "/?", "/\xc3", true },
		{ "/?", "/\xff\xff", false },
		{ "/??", "/\xff\xff", true },
		/* sets */
		{ "/[abc]", "/b", true },
		{ "/[abc]", "/d", false },
		{ "/[a-c]x", "/bx", true },
		{ "/[!a-c]", "/d", true },
		{ "/[^a-c]", "/a", false },
		{ "/[]]", "/]", true },
		{ "/[!]]", "/]", false },
		{ "/[!]]", "/a", true },
		{ "/[a-]", "/-", true },
		{ "/[\\]]", "/]", true },
		{ "/[a\\-c]", "/b", false },
		{ "/[[:digit:]_]", "/7", true },
		{ "/[[:digit:]_]", "/_", true },
		{ "/[[:digit:]_]", "/a", false },
		{ "/[![:upper:]]", "/a", true },
		{ "/[\xc3\xa0-\xc3\xb0]", "/\xc3\xa9", true },
		{ "/[\xc3\xa0-\xc3\xb0]", "/\xc3\xbf", false },
		{ "/a[!b]c", "/a/c", false },
		{ "/a[/]c", "/a/c", false },
		{ "/a[/]c", "/a[/]c", true },
		{ "/[abc", "/[abc", true },
		{ "/[", "/[", true },
		{ "/[]", "/[]", true },
		/* a byte that is no UTF-8 */
		{ "/[[:0xff:]]", "/\xff", true },
		{ "/[[:0xff:]]", "/\xfe", false },
		{ "/[[:0xff:]]", "/a", false },
		{ "/[[:0xc3:]]", "/\xc3\xa9", false },
		{ "/[[:0xc3:]a]", "/a", true },
		{ "/[![:0xff:]]", "/\xff", false },
		/* a backslash takes the meaning away */
		{ "/a\\*b", "/a*b", true },
		{ "/a\\*b", "/axb", false },
		{ "/\\?", "/a", false },
		{ "/\\[a]", "/[a]", true },
		{ "/\\\\", "/\\", true },
		{ "/\\a", "/a", true },
		{ "/a\\**", "/a*b", true },
		/* prefix and suffix must not overlap */
		{ "/aa*aa", "/aaa", false },
		{ "/aa*aa", "/aaaa", true },
		{ "/a**a", "/a", false },
		/* bytes */
		{ "/\xff*",
		  "/\xff"
		  "a",
		  true },
		{ "/a*\xff", "/ab\xff", true },
		{ "/a*\xff", "/ab\xfe", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (matches(cases[i].pattern, cases[i].text) != cases[i].match)
			fail_msg("%s on %s", cases[i].pattern, cases[i].text);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *pattern, *why;
	} cases[] = {
		{ "/a\\", "a pattern ends in a backslash" },
		{ "/[z-a]", "a [range] in a pattern runs backwards" },
		{ "/[[:nope:]]", "an unknown [:class:] in a pattern" },
		{ "/[[:0x41:]]", "an unknown [:class:] in a pattern" },
		{ "/[[:0xf:]]", "an unknown [:class:] in a pattern" },
		{ "/[[.x.]]", "[. and [= are not known in a pattern" },
	};
	char long_pattern[5000];
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_null(glob_compile(cases[i].pattern, &why));
		assert_string_equal(why, cases[i].why);
	}
	memset(long_pattern, '*', sizeof(long_pattern));
	long_pattern[sizeof(long_pattern) - 1] = '\0';
	assert_null(glob_compile(long_pattern, &why));
	assert_string_equal(why, "a pattern longer than any path");
}

static void random_text(char *out, size_t size, const char *letters)
{
	size_t len = (size_t)random() % size;

	for (size_t i = 0; i < len; i++)
		out[i] = letters[(size_t)random() % strlen(letters)];
	out[len] = '\0';
}

/* Both say the same, but for two stars, and for slashes in brackets or behind
 * a backslash, where glibc is of two minds. */
static void test_agrees_with_fnmatch(void **state)
{
	size_t matched = 0;

	(void)state;
	srandom(7);
	for (int i = 0; i < 400000; i++) {
		char pattern[9], text[8];
		const char *why = NULL;
		struct glob *glob;
		bool ours, theirs;

		random_text(pattern, sizeof(pattern), "aab/**?[]!-\\");
		random_text(text, sizeof(text), "aab/]-");
		if (strstr(pattern, "**") || strstr(pattern, "\\/") ||
		    (strchr(pattern, '[') && strchr(pattern, '/')))
			continue;
		glob = glob_compile(pattern, &why);
		if (!glob)
			continue;
		ours = glob_match(glob, text, strlen(text));
		theirs = fnmatch(pattern, text, FNM_PATHNAME) == 0;
		glob_free(glob);
		matched += ours;
		if (ours != theirs)
			fail_msg("%s on %s: fnmatch says %d", pattern, text,
				 theirs);
	}
	assert_true(matched > 1000);
}

/* What can be said of all texts that match holds for each. */
static void test_runs_and_samples(void **state)
{
	size_t samples = 0;

	(void)state;
	srandom(17);
	for (int i = 0; i < 200000; i++) {
		char pattern[10], text[8];
		const char *why = NULL;
		struct glob *glob;
		size_t at = 0;
		BUF_AUTO(run);
		BUF_AUTO(sample);

		random_text(pattern, sizeof(pattern), "aab/**?[]!-\xc3\xa9");
		random_text(text, sizeof(text), "aab/]-\xc3\xa9");
		glob = glob_compile(pattern, &why);
		if (!glob)
			continue;
		if (glob_sample(glob, &sample)) {
			samples++;
			/* Half characters could become whole ones. */
			if (!strchr(pattern, '\xc3') &&
			    !strchr(pattern, '\xa9') &&
			    !glob_match(glob, buf_text(&sample), sample.len))
				fail_msg("%s is no sample of %s",
					 buf_text(&sample), pattern);
		}
		while (glob_match(glob, text, strlen(text)) &&
		       glob_next_run(glob, &at, &run))
			if (!strstr(text, buf_text(&run)))
				fail_msg("%s matches %s without %s", text,
					 pattern, buf_text(&run));
		glob_free(glob);
	}
	assert_true(samples > 10000);
}

/* Whatever the name of a file is, escaped it matches that file alone. */
static void test_escape(void **state)
{
	(void)state;
	srandom(3);
	for (int i = 0; i < 20000; i++) {
		char name[9], other[9];
		BUF_AUTO(pattern);

		random_text(name, sizeof(name), "ab/*?[]!-\\\xff\xc3\xa9");
		random_text(other, sizeof(other), "ab/*?[]!-\\\xff\xc3\xa9");
		glob_escape(&pattern, name, strlen(name));
		assert_true(matches(buf_text(&pattern), name));
		if (strcmp(name, other) != 0)
			assert_false(matches(buf_text(&pattern), other));
	}
}

static void test_prefix(void **state)
{
	static const struct {
		const char *pattern, *prefix;
	} cases[] = {
		{ "/etc/passwd", "/etc/passwd" },
		{ "/tmp/*", "/tmp/" },
		{ "/tmp/**", "/tmp" },
		{ "**/x", "" },
		{ "/a\\*b?", "/a*b" },
		{ "/a/**/b", "/a/" },
		{ "/a[b", "/a[b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why, *prefix;
		struct glob *glob = glob_compile(cases[i].pattern, &why);
		size_t len;

		prefix = glob_prefix(glob, &len);
		assert_int_equal(len, strlen(cases[i].prefix));
		assert_memory_equal(prefix, cases[i].prefix, len);
		glob_free(glob);
	}
}

/* What takes a backtracking matcher the age of the universe. */
static void test_no_explosion(void **state)
{
	char pattern[2000], text[4001];
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < 1990; i += 2)
		memcpy(pattern + i, "*a", 2);
	strcpy(pattern + 1990, "**b");
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(matches(pattern, text));
	strcpy(pattern + 1990, "?");
	assert_true(matches(pattern, text));
	for (size_t i = 0; i < 1980; i += 3)
		memcpy(pattern + i, "**/", 3);
	strcpy(pattern + 1980, "b?");
	assert_false(matches(pattern, text));
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
}

/* An abstract socket address may hold NUL bytes. */
static void test_nul_bytes(void **state)
{
	const char *why;
	struct glob *glob = glob_compile("@a*b", &why);

	(void)state;
	assert_true(glob_match(glob, "@a\0b", 4));
	assert_false(glob_match(glob, "@a\0", 3));
	glob_free(glob);
}

/* A byte that is no UTF-8 is not half of a character. */
static void test_half_characters(void **state)
{
	(void)state;
	assert_true(matches("/\303*", "/\303"));
	assert_true(matches("/\303*", "/\303x"));
	assert_false(matches("/\303*", "/\303\244"));
	assert_false(matches("/*\244", "/\303\244"));
	assert_true(matches("/*\244", "/x\244"));
	assert_true(matches("/\303", "/\303"));
	assert_false(matches("/\303", "/\303\244"));
}

static bool covers(const char *wide, const char *narrow)
{
	const char *why;
	struct glob *a = glob_compile(wide, &why);
	struct glob *b = glob_compile(narrow, &why);
	bool result = glob_covers(a, b);

	glob_free(a);
	glob_free(b);
	return result;
}

static void test_covers(void **state)
{
	static const struct {
		const char *wide, *narrow;
		bool covers;
	} rows[] = {
		{ "/a", "/a", true },
		{ "/a", "/b", false },
		{ "/a", "/a*", false },
		{ "/a*", "/a", true },
		{ "/**", "/a/**", true },
		{ "**", "/a/b", true },
		{ "/a/**", "/a", true },
		{ "/a/**", "/a/*", true },
		{ "/a/**", "/a*", false },
		{ "/a/**", "/ab", false },
		{ "/a/*", "/a/**", false },
		{ "/a/*", "/a/b/c", false },
		{ "/a/**/b", "/a/b", true },
		{ "/a/**/b", "/a/*/b", true },
		{ "/a/*/b", "/a/**/b", false },
		{ "/a/**", "/a/**/b", true },
		{ "/a/?", "/a/[xyz]", true },
		{ "/a/[a-z]", "/a/[b-d]", true },
		{ "/a/[a-c]", "/a/[b-d]", false },
		{ "/a/[!x]", "/a/[a-w]", true },
		{ "/a/[!x]", "/a/?", false },
		{ "/a/[[:digit:]]", "/a/[0-9]", true },
		{ "/a/[0-9]", "/a/[[:digit:]]", true },
		{ "/a/[[:alpha:]]", "/a/[a-z0]", false },
		{ "/a/*", "/a/\\*", true },
		{ "/a/\\*", "/a/*", false },
		{ "/a/?", "/a/\303\244", true },
		{ "/a/[\303\240-\303\257]", "/a/\303\244", true },
		{ "*a*", "*ba*", true },
		{ "*a*b*", "*b*a*", false },
		{ "**/*.json", "/h/.docker/config.json", true },
		{ "/h/**", "/h/.ssh/**", true },
		{ "/h/*/**", "/h/.ssh/**", true },
		{ "/h/[!.]*/**", "/h/.ssh/**", false },
		{ "/h/**", "**", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (covers(rows[i].wide, rows[i].narrow) != rows[i].covers)
			fail_msg("%s, %s", rows[i].wide, rows[i].narrow);
}

/* Random patterns over a small alphabet: what is said to be covered is, and
 * where nothing short tells the two apart, it is said. */
static void test_meets(void **state)
{
	static const struct {
		const char *a, *b;
		bool meets;
	} cases[] = {
		{ "/a", "/a", true },
		{ "/a", "/b", false },
		{ "/a", "/a/b", false },
		{ "/a/**", "/a", true },
		{ "/a/*", "/a", false },
		{ "/h/.ssh/**", "/h/*", true },
		{ "/h/.ssh/*", "/h/*", false },
		{ "/h/.ssh/**", "**/*.pem", true },
		{ "/h/.ssh", "**/*.pem", false },
		{ "/a/*.c", "/a/x*", true },
		{ "/a/*.c", "/a/*.h", false },
		{ "/a/[a-f]*", "/a/[e-z]?", true },
		{ "/a/[a-d]*", "/a/[e-z]?", false },
		{ "/a/[[:digit:]]", "/a/[5-7]", true },
		{ "/a/[!a]", "/a/[!b]", true },
		{ "/a/[!a]", "/a/a", false },
		{ "/a?b", "/a/b", false },
		{ "/a/**/z", "/a/*/y", false },
		{ "/a/**/z", "/a/z", true },
		{ "/\xc3\xa9*", "/\xc3\xa9?", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why = NULL;
		struct glob *a = glob_compile(cases[i].a, &why);
		struct glob *b = glob_compile(cases[i].b, &why);

		assert_non_null(a);
		assert_non_null(b);
		if (glob_meets(a, b) != cases[i].meets ||
		    glob_meets(b, a) != cases[i].meets)
			fail_msg("%s and %s", cases[i].a, cases[i].b);
		glob_free(a);
		glob_free(b);
	}
}

/* Of any text that two patterns match, they meet. */
static void test_meets_texts(void **state)
{
	size_t both = 0;

	(void)state;
	srandom(23);
	for (int i = 0; i < 60000; i++) {
		char patterns[2][9], text[6];
		const char *why = NULL;
		struct glob *a, *b;

		random_text(patterns[0], sizeof(patterns[0]), "ab/**?[]!-");
		random_text(patterns[1], sizeof(patterns[1]), "ab/**?[]!-");
		random_text(text, sizeof(text), "ab/");
		a = glob_compile(patterns[0], &why);
		b = glob_compile(patterns[1], &why);
		if (a && b && glob_match(a, text, strlen(text)) &&
		    glob_match(b, text, strlen(text))) {
			both++;
			if (!glob_meets(a, b))
				fail_msg("%s and %s meet in %s", patterns[0],
					 patterns[1], text);
		}
		glob_free(a);
		glob_free(b);
	}
	assert_true(both > 50);
}

static void test_covers_texts(void **state)
{
	static const char *const parts[] = {
		"a", "b", "/", "*", "**", "?", "[ab]", "[!a]",
	};
	unsigned int seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char patterns[2][32] = { "/", "/" };
		bool separate = false, said;

		for (int i = 0; i < 2; i++)
			for (int k = rand_r(&seed) % 5; k >= 0; k--)
				strcat(patterns[i], parts[rand_r(&seed) % 8]);
		for (int n = 0; n < 3125 * 5 && !separate; n++) {
			char text[8] = "/";
			size_t len = 1;

			for (int rest = n; rest; rest /= 5)
				if (rest % 5)
					text[len++] = "/abc"[rest % 5 - 1];
			text[len] = '\0';
			separate = matches(patterns[1], text) &&
				   !matches(patterns[0], text);
		}
		said = covers(patterns[0], patterns[1]);
		if (said && separate)
			fail_msg("%s, %s", patterns[0], patterns[1]);
		if (!said && !separate && !strchr(patterns[1] + 1, '/'))
			fail_msg("not: %s, %s", patterns[0], patterns[1]);
	}
}

/* No proof, but an end. */
static void test_covers_gives_up(void **state)
{
	char wide[4000], narrow[4000];
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < 3990; i += 2) {
		memcpy(wide + i, "*a", 2);
		memcpy(narrow + i, "?*", 2);
	}
	strcpy(wide + 3990, "b");
	strcpy(narrow + 3990, "a");
	assert_false(covers(wide, narrow));
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_agrees_with_fnmatch),
		cmocka_unit_test(test_runs_and_samples),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_no_explosion),
		cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_half_characters),
		cmocka_unit_test(test_covers),
		cmocka_unit_test(test_meets),
		cmocka_unit_test(test_meets_texts),
		cmocka_unit_test(test_covers_texts),
		cmocka_unit_test(test_covers_gives_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
