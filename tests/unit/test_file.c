/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Whole files: what cannot be read is named, what cannot be written leaves
 * the old file and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "scratch.h"

static int count_files(void)
{
	DIR *dir = opendir(".");
	int count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void assert_holds(const char *path, const char *text)
{
	BUF_AUTO(out);
	struct err err;

	assert_true(file_read(path, 1000, &out, &err));
	assert_string_equal(buf_text(&out), text);
}

static void assert_unreadable(const char *path, size_t limit, const char *why)
{
	BUF_AUTO(out);
	struct err err;

	assert_false(file_read(path, limit, &out, &err));
	assert_string_equal(err.text, why);
}

static void test_read(void **state)
{
	(void)state;
	put("five", "12345");
	assert_holds("five", "12345");
	put("empty", "");
	assert_holds("empty", "");
	assert_unreadable("five", 4, "five: too large");
	assert_unreadable("gone", 9, "gone: No such file or directory");
	assert_unreadable(".", 9, ".: Is a directory");
	assert_unreadable("/dev/zero", 9, "/dev/zero: not a regular file");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_unreadable("fifo", 9, "fifo: not a regular file");
	assert_unreadable("a\033b", 9, "a\\x1bb: No such file or directory");
}

static void test_read_limit_is_exact(void **state)
{
	BUF_AUTO(out);
	struct err err;

	(void)state;
	put("five", "12345");
	assert_true(file_read("five", 5, &out, &err));
	assert_int_equal(out.len, 5);
}

static void test_write_new(void **state)
{
	struct stat st;
	mode_t old = umask(0277);

	(void)state;
	assert_true(file_write_atomic("f", "abc", 3, NULL));
	umask(old);
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_holds("f", "abc");
	assert_int_equal(count_files(), 1);
}

static void test_write_replaces(void **state)
{
	int old;
	char text[8] = "";

	(void)state;
	put("f", "old");
	old = open("f", O_RDONLY);
	assert_true(file_write_atomic("f", "new!", 4, NULL));
	assert_holds("f", "new!");
	/* Who has the old file open still sees all of it. */
	assert_int_equal(read(old, text, sizeof(text)), 3);
	assert_string_equal(text, "old");
	close(old);
	assert_int_equal(count_files(), 1);
}

static void test_write_follows_links(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("dir", 0700), 0);
	put("dir/target", "old");
	assert_int_equal(symlink("target", "dir/second"), 0);
	assert_int_equal(symlink("dir/second", "link"), 0);
	assert_true(file_write_atomic("link", "new", 3, NULL));
	assert_holds("dir/target", "new");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));

	assert_int_equal(symlink("dir/fresh", "dangling"), 0);
	assert_true(file_write_atomic("dangling", "x", 1, NULL));
	assert_holds("dir/fresh", "x");

	assert_int_equal(symlink("loop", "loop"), 0);
	assert_false(file_write_atomic("loop", "x", 1, NULL));
}

static void assert_unwritable(const char *path, const char *why)
{
	struct err err;

	assert_false(file_write_atomic(path, "abc", 3, &err));
	assert_string_equal(err.text, why);
}

static void test_write_refused(void **state)
{
	(void)state;
	assert_unwritable("", ": No such file or directory");
	assert_unwritable(".", ".: Is a directory");
	assert_unwritable("no/f", "no/f: No such file or directory");
	assert_unwritable("/dev/full", "/dev/full: No space left on device");
	put("f", "");
	assert_unwritable("f/g", "f/g: Not a directory");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_unwritable("fifo", "fifo: No such device or address");
	assert_int_equal(count_files(), 2);
}

static void test_write_to_device(void **state)
{
	(void)state;
	assert_true(file_write_atomic("/dev/null", "abc", 3, NULL));
}

static void test_write_to_pipe(void **state)
{
	char path[40], text[4] = "";
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[1]);
	assert_true(file_write_atomic(path, "abc", 3, NULL));
	assert_int_equal(read(ends[0], text, sizeof(text)), 3);
	close(ends[0]);
	close(ends[1]);
}

/* A limit on file sizes stands for the full disk. */
static void test_full_disk_keeps_old_file(void **state)
{
	struct rlimit old, small;
	static char data[100000];
	struct err err;

	(void)state;
	put("f", "old");
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = old;
	small.rlim_cur = 4096;
	setrlimit(RLIMIT_FSIZE, &small);
	assert_false(file_write_atomic("f", data, sizeof(data), &err));
	setrlimit(RLIMIT_FSIZE, &old);
	assert_string_equal(err.text, "f: File too large");
	assert_holds("f", "old");
	assert_int_equal(count_files(), 1);
}

static void test_may_write(void **state)
{
	struct err err;

	(void)state;
	put("f", "old");
	assert_int_equal(symlink("no/where", "dangling"), 0);
	assert_true(file_may_write("f", NULL));
	assert_true(file_may_write("new", NULL));
	assert_true(file_may_write("/dev/null", NULL));
	assert_false(file_may_write("no/where", &err));
	assert_string_equal(err.text, "no/where: No such file or directory");
	assert_false(file_may_write("dangling", &err));
	assert_string_equal(err.text, "dangling: No such file or directory");
	assert_false(file_may_write(".", &err));
	assert_string_equal(err.text, ".: Is a directory");
	assert_false(file_may_write("", &err));
	assert_holds("f", "old");
	assert_int_equal(count_files(), 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_DIRECTORY(test_read),
		IN_DIRECTORY(test_read_limit_is_exact),
		IN_DIRECTORY(test_write_new),
		IN_DIRECTORY(test_write_replaces),
		IN_DIRECTORY(test_write_follows_links),
		IN_DIRECTORY(test_write_refused),
		IN_DIRECTORY(test_write_to_device),
		IN_DIRECTORY(test_write_to_pipe),
		IN_DIRECTORY(test_may_write),
		IN_DIRECTORY(test_full_disk_keeps_old_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
