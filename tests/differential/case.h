/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * A family of cases: one program, of which each case makes a few calls.
 *
 *	CASE(open_flags)
 *	{
 *		sc(openat, AT_FDCWD, "file", O_RDWR | O_CREAT, 0644);
 *	}
 *
 * `FAMILY --list` names the cases, `FAMILY CASE` runs one. What the log shows
 * before the call with BEGIN in it is not compared. A case runs in an empty
 * directory of its own, with standard input, output and error on /dev/null.
 * Values that it hands to the kernel should be the same in each run; times
 * that it asks for should be round.
 */
#ifndef TESTS_DIFFERENTIAL_CASE_H
#define TESTS_DIFFERENTIAL_CASE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define BEGIN "== the case begins =="

struct test_case {
	const char *name;
	void (*run)(void);
	struct test_case *next;
};

static struct test_case *all_cases;

#define CASE(id)                                                               \
	static void case_##id(void);                                           \
	__attribute__((constructor)) static void add_##id(void)                \
	{                                                                      \
		static struct test_case self = { #id, case_##id, NULL };       \
                                                                               \
		self.next = all_cases;                                         \
		all_cases = &self;                                             \
	}                                                                      \
	static void case_##id(void)

/* The call itself, no library in between: sc(read, fd, buf, size) */
#define sc(name, ...) syscall(SYS_##name, ##__VA_ARGS__)

/* A page to read and write; behind it nothing can be. */
static char *page;
#define PAGE	4096
#define NOWHERE ((void *)0x1000)

/* A copy of the object whose last byte is the last of the page. */
__attribute__((unused)) static void *at_edge(const void *object, size_t size)
{
	return memcpy(page + PAGE - size, object, size);
}

__attribute__((unused)) static int make_file(const char *name, const char *text)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (write(fd, text, strlen(text)) < 0)
		_exit(3);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* A child that runs @body; its status is waited for. */
__attribute__((unused)) static void in_child(void (*body)(void))
{
	int status;
	pid_t pid = (pid_t)sc(fork);

	if (!pid) {
		body();
		sc(exit_group, 0);
	}
	sc(wait4, pid, &status, 0, NULL);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "--list";

	page = mmap(NULL, PAGE * 2, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || munmap(page + PAGE, PAGE))
		return 3;
	for (struct test_case *c = all_cases; c; c = c->next) {
		if (!strcmp(name, "--list")) {
			puts(c->name);
		} else if (!strcmp(name, c->name)) {
			sc(access, BEGIN, F_OK);
			c->run();
			sc(exit_group, 0);
		}
	}
	return strcmp(name, "--list") ? 2 : 0;
}

#endif
