/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * die - messages to the person, and the end when we cannot go on.
 *
 * Every message is one line on standard error, "syswall: what: which: why".
 * Values that came from the program must be escaped by the caller.
 */
#ifndef BASE_DIE_H
#define BASE_DIE_H

/* Exit statuses of syswall itself; the program's own are passed on. */
enum {
	EXIT_SYSWALL_FAILED = 125,
	EXIT_NOT_EXECUTABLE = 126,
	EXIT_NOT_FOUND = 127,
};

/* Exit statuses of what runs no program. */
enum {
	EXIT_YES = 0,
	EXIT_NO = 1,
	EXIT_TROUBLE = 2,
};

/* Print one line "syswall: ..." on standard error. */
void warn_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Print one line and exit(125). PTRACE_O_EXITKILL ends what was traced. */
void die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

/* Memory that cannot be had ends syswall, and with it the tracees: a firewall
 * that forgets is worse than none. The result is never NULL; the caller owns
 * it and frees it with free(3). */
void *xmalloc(unsigned long size) __attribute__((malloc, returns_nonnull));
void *xcalloc(unsigned long count, unsigned long size)
	__attribute__((malloc, returns_nonnull));
void *xrealloc(void *block, unsigned long size)
	__attribute__((returns_nonnull));
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));

#endif
