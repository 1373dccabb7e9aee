/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Linked into a second syswall with --wrap: the functions below fail when they
 * are told to. The environment says which, when and how:
 *
 *	SYSWALL_FAULT=FUNCTION:CALL:ERRNO[:on]	the CALLth call, counted from
 *						1 on; "on": all later ones too
 *	SYSWALL_FAULT_FILE=NAME			made when it has failed
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
	bool known;
	char function[32];
	long call, error;
	bool on;
	long calls;
} fault;

int __real_open(const char *path, ...);

static void get_known(void)
{
	const char *text = getenv("SYSWALL_FAULT");
	char on[3] = "";

	fault.known = true;
	if (text && sscanf(text, "%31[^:]:%ld:%ld:%2s", fault.function,
			   &fault.call, &fault.error, on) < 3)
		abort();
	fault.on = on[0];
}

static bool fails(const char *function)
{
	const char *file = getenv("SYSWALL_FAULT_FILE");

	if (!fault.known)
		get_known();
	if (strcmp(function, fault.function) != 0)
		return false;
	fault.calls++;
	if (fault.calls < fault.call || (fault.calls > fault.call && !fault.on))
		return false;
	if (file)
		close(__real_open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	errno = (int)fault.error;
	return true;
}

#define WRAP(type, failed, name, parameters, ...)                              \
	type __real_##name parameters;                                         \
	type __wrap_##name parameters;                                         \
	type __wrap_##name parameters                                          \
	{                                                                      \
		return fails(#name) ? (failed) : __real_##name(__VA_ARGS__);   \
	}

/* The variadic ones are passed on with as many words as they can have. */
#define WRAP_WORDS(type, first_type, name, n)                                  \
	type __real_##name(first_type first, ...);                             \
	type __wrap_##name(first_type first, ...);                             \
	type __wrap_##name(first_type first, ...)                              \
	{                                                                      \
		long word[6] = { 0 };                                          \
		va_list args;                                                  \
                                                                               \
		va_start(args, first);                                         \
		for (int i = 0; i < (n); i++)                                  \
			word[i] = va_arg(args, long);                          \
		va_end(args);                                                  \
		if (fails(#name))                                              \
			return -1;                                             \
		return __real_##name(first, word[0], word[1], word[2],         \
				     word[3], word[4], word[5]);               \
	}

WRAP(void *, NULL, malloc, (size_t size), size)
WRAP(void *, NULL, calloc, (size_t count, size_t size), count, size)
WRAP(void *, NULL, realloc, (void *block, size_t size), block, size)
WRAP(char *, NULL, strdup, (const char *text), text)
WRAP(pid_t, -1, waitpid, (pid_t pid, int *status, int options), pid, status,
     options)
WRAP(ssize_t, -1, process_vm_readv,
     (pid_t pid, const struct iovec *local, unsigned long n_local,
      const struct iovec *remote, unsigned long n_remote, unsigned long flags),
     pid, local, n_local, remote, n_remote, flags)
WRAP(ssize_t, -1, read, (int fd, void *bytes, size_t len), fd, bytes, len)
WRAP(ssize_t, -1, write, (int fd, const void *bytes, size_t len), fd, bytes,
     len)
WRAP(int, -1, memfd_create, (const char *name, unsigned int flags), name, flags)
WRAP(void *, MAP_FAILED, mmap,
     (void *at, size_t len, int prot, int flags, int fd, off_t offset), at, len,
     prot, flags, fd, offset)
WRAP(ssize_t, -1, readlink, (const char *path, char *text, size_t size), path,
     text, size)
WRAP(pid_t, -1, fork, (void))
WRAP_WORDS(long, enum __ptrace_request, ptrace, 3)
WRAP_WORDS(int, int, ioctl, 2)
WRAP_WORDS(int, int, fcntl, 2)
WRAP_WORDS(long, long, syscall, 5)
/* No more words than are there: O_CREAT alone has a third. */
WRAP_WORDS(int, const char *, open, 2)
WRAP_WORDS(int, int, openat, 3)
