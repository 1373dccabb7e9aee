/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Path resolution, in this process's own view: realpath(3) is the oracle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "syscall/call.h"
#include "trace/resolve.h"

static char top[PATH_MAX];

static int make_tree(void **state)
{
	char template[] = "/tmp/syswall-resolve-XXXXXX";
	char chain[32], next[32];

	(void)state;
	assert_non_null(mkdtemp(template));
	assert_non_null(realpath(template, top));
	assert_int_equal(chdir(top), 0);
	mkdir("real", 0700);
	mkdir("real/deep", 0700);
	close(open("real/file", O_CREAT | O_WRONLY, 0600));
	close(open("real/deep/file", O_CREAT | O_WRONLY, 0600));
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(symlink("link/deep", "to-deep"), 0);
	assert_int_equal(symlink("file", "real/to-file"), 0);
	assert_int_equal(symlink("missing", "dangling"), 0);
	assert_int_equal(symlink("no/where", "nowhere"), 0);
	assert_int_equal(symlink("loop-b", "loop-a"), 0);
	assert_int_equal(symlink("loop-a", "loop-b"), 0);
	assert_int_equal(symlink("/etc/../etc/passwd", "absolute"), 0);
	assert_int_equal(symlink("real/file", "chain-0"), 0);
	for (int i = 0; i < 45; i++) {
		snprintf(chain, sizeof(chain), "chain-%d", i);
		snprintf(next, sizeof(next), "chain-%d", i + 1);
		assert_int_equal(symlink(chain, next), 0);
	}
	return 0;
}

static int remove_tree(void **state)
{
	char command[PATH_MAX + 16];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return chdir("/") || system(command);
}

/* The path that @asked resolves to, or NULL with *error. */
static char *resolve(enum target_kind kind, int dirfd, const char *asked,
		     int *error, bool *exists)
{
	struct target target = { .kind = kind, .dirfd = dirfd };
	struct call call = { .targets = &target, .n_targets = 1 };

	target.asked = strdup(asked);
	resolve_targets(getpid(), &call);
	*error = target.error;
	*exists = target.exists;
	free(target.asked);
	return target.resolved;
}

static void expect(enum target_kind kind, const char *asked,
		   const char *expected, bool expected_exists)
{
	char full[2 * PATH_MAX];
	bool exists;
	int error;
	char *found = resolve(kind, AT_FDCWD, asked, &error, &exists);

	if (*expected == '/')
		snprintf(full, sizeof(full), "%s", expected);
	else
		snprintf(full, sizeof(full), "%s/%s", top, expected);
	assert_int_equal(error, 0);
	assert_string_equal(found, full);
	assert_int_equal(exists, expected_exists);
	free(found);
}

static void expect_error(const char *asked, int expected)
{
	bool exists;
	int error;

	assert_null(resolve(TARGET_PATH, AT_FDCWD, asked, &error, &exists));
	assert_int_equal(error, expected);
}

static void test_plain(void **state)
{
	(void)state;
	expect(TARGET_PATH, "real/file", "real/file", true);
	expect(TARGET_PATH, "./real//.///file", "real/file", true);
	expect(TARGET_PATH, "real/../real/deep/../file", "real/file", true);
	expect(TARGET_PATH, "real", "real", true);
	expect(TARGET_PATH, "real/", "real", true);
	expect(TARGET_PATH, "/", "/", true);
	expect(TARGET_PATH, "/..", "/", true);
	expect(TARGET_PATH, "/../../etc/passwd", "/etc/passwd", true);
	expect(TARGET_PATH, "/proc/version", "/proc/version", true);
}

static void test_links(void **state)
{
	(void)state;
	expect(TARGET_PATH, "link/file", "real/file", true);
	expect(TARGET_PATH, "to-deep/file", "real/deep/file", true);
	expect(TARGET_PATH, "to-deep/../file", "real/file", true);
	expect(TARGET_PATH, "to-deep", "real/deep", true);
	expect(TARGET_LINK, "to-deep", "to-deep", true);
	expect(TARGET_LINK, "to-deep/", "real/deep", true);
	expect(TARGET_LINK, "to-deep/file", "real/deep/file", true);
	expect(TARGET_PATH, "link/to-file", "real/file", true);
	expect(TARGET_PATH, "absolute", "/etc/passwd", true);
	expect(TARGET_PATH, "chain-38", "real/file", true);
	expect_error("chain-41", -ELOOP);
	expect_error("loop-a", -ELOOP);
}

static void test_missing(void **state)
{
	char name[NAME_MAX + 2];

	(void)state;
	expect(TARGET_PATH, "missing", "missing", false);
	expect(TARGET_NEW, "real/new", "real/new", false);
	/* Creating through a dangling link makes the file that it names. */
	expect(TARGET_PATH, "dangling", "missing", false);
	expect(TARGET_NEW, "dangling", "dangling", true);
	expect_error("nowhere", -ENOENT);
	expect_error("missing/file", -ENOENT);
	expect_error("dangling/file", -ENOENT);
	expect_error("real/file/x", -ENOTDIR);
	expect_error("real/file/", -ENOTDIR);
	expect_error("real/to-file/", -ENOTDIR);
	expect_error("", -ENOENT);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	expect_error(name, -ENAMETOOLONG);
}

static void test_proc(void **state)
{
	char path[64], expected[64];
	int fd = open("real/file", O_RDONLY);

	(void)state;
	snprintf(expected, sizeof(expected), "/proc/%d/status", getpid());
	expect(TARGET_PATH, "/proc/self/status", expected, true);
	expect(TARGET_PATH, "/proc/self/cwd/real/file", "real/file", true);
	expect(TARGET_PATH, "/proc/self/root/etc/passwd", "/etc/passwd", true);
	snprintf(path, sizeof(path), "/proc/thread-self/fd/%d", fd);
	expect(TARGET_PATH, path, "real/file", true);
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	expect(TARGET_PATH, path, "real/file", true);
	close(fd);
}

static void test_dirfd(void **state)
{
	char expected[PATH_MAX + 32];
	int dir = open("real", O_RDONLY | O_DIRECTORY), error;
	bool exists;
	char *found = resolve(TARGET_PATH, dir, "deep/file", &error, &exists);

	(void)state;
	snprintf(expected, sizeof(expected), "%s/real/deep/file", top);
	assert_string_equal(found, expected);
	free(found);
	found = resolve(TARGET_PATH, dir, "/etc/passwd", &error, &exists);
	assert_string_equal(found, "/etc/passwd");
	free(found);
	assert_null(resolve(TARGET_PATH, 999, "x", &error, &exists));
	assert_int_equal(error, -EBADF);
	found = resolve(TARGET_PATH, 999, "/etc/passwd", &error, &exists);
	assert_string_equal(found, "/etc/passwd");
	free(found);
	close(dir);
}

static void test_deleted(void **state)
{
	char path[64];
	int fd = open("gone", O_CREAT | O_RDONLY, 0600);

	(void)state;
	unlink("gone");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	expect(TARGET_PATH, path, "gone", true);
	close(fd);
	fd = open("odd (deleted)", O_CREAT | O_RDONLY, 0600);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	expect(TARGET_PATH, path, "odd (deleted)", true);
	close(fd);
}

static void test_no_descriptor_leaks(void **state)
{
	bool exists;
	int error, before = dup(0), after;

	(void)state;
	close(before);
	free(resolve(TARGET_PATH, AT_FDCWD, "to-deep/file", &error, &exists));
	free(resolve(TARGET_PATH, AT_FDCWD, "chain-45", &error, &exists));
	free(resolve(TARGET_PATH, AT_FDCWD, "/proc/self/cwd", &error, &exists));
	free(resolve(TARGET_NEW, AT_FDCWD, "dangling", &error, &exists));
	after = dup(0);
	close(after);
	assert_int_equal(before, after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_proc),
		cmocka_unit_test(test_dirfd),
		cmocka_unit_test(test_deleted),
		cmocka_unit_test(test_no_descriptor_leaks),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
