/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * attack - what the attacks share. Each program is a family and takes the name
 * of a case. It runs in a directory that tests/attacks/run has laid out:
 *
 *	secret, sdir/f	begin with 'S', a rule blocks them
 *	ok, okdir/f	begin with 'O', allowed
 *	blocked		a program that may not run: it exits 42
 *
 * and ends with WORKED, HELD or CANNOT.
 */
#ifndef ATTACK_H
#define ATTACK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKED = 42, HELD = 0, CANNOT = 77 };

#define SECRET "secret"
#define OK     "ok"

/* The system call itself, without the C library's opinion. */
#define sc(...) syscall(__VA_ARGS__)

struct attack_case {
	const char *name;
	int (*run)(void);
};

/* Why it cannot apply here; the runner shows it. */
static inline int cannot(const char *why)
{
	printf("cannot: %s: %s\n", why, strerror(errno));
	fflush(stdout);
	return CANNOT;
}

/* Is this a descriptor of a secret? Closes it. */
static inline int is_secret_fd(int fd)
{
	char first = 0;
	ssize_t got;

	if (fd < 0)
		return 0;
	got = pread(fd, &first, 1, 0);
	close(fd);
	return got == 1 && first == 'S';
}

static inline int can_read(const char *path)
{
	return is_secret_fd((int)sc(SYS_openat, AT_FDCWD, path, O_RDONLY));
}

static inline int read_it(void)
{
	return can_read(SECRET) ? WORKED : HELD;
}

/* The exit status of @pid; a signal is 128 and more. */
static inline int status_of(pid_t pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, __WALL) != pid)
		return CANNOT;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static inline int in_child(int (*run)(void))
{
	pid_t pid = fork();

	if (!pid)
		_exit(run());
	return status_of(pid);
}

/* A line of a file in /proc that begins with @name, as a number; -1: none. */
static inline long proc_number(const char *path, const char *name)
{
	char text[8192];
	int fd = open(path, O_RDONLY);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	const char *at;

	if (fd >= 0)
		close(fd);
	if (got < 0)
		return -1;
	text[got] = '\0';
	at = strstr(text, name);
	return at ? strtol(at + strlen(name), NULL, 0) : -1;
}

static inline pid_t tracer_pid(void)
{
	return (pid_t)proc_number("/proc/self/status", "TracerPid:\t");
}

static inline int attack_main(int argc, char *argv[],
			      const struct attack_case *cases, size_t count)
{
	for (size_t i = 0; argc >= 2 && i < count; i++)
		if (!strcmp(cases[i].name, argv[1]))
			return cases[i].run();
	fprintf(stderr, "%s: no such case\n", argv[0]);
	return 99;
}

#define ATTACKS(...)                                                           \
	int main(int argc, char *argv[])                                       \
	{                                                                      \
		static const struct attack_case cases[] = { __VA_ARGS__ };     \
                                                                               \
		return attack_main(argc, argv, cases,                          \
				   sizeof(cases) / sizeof(cases[0]));          \
	}

#endif
