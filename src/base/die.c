/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "base/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One fprintf per line: standard error is unbuffered, and the program may be
 * writing to the same terminal. */
static void __attribute__((format(printf, 1, 0)))
print_line(const char *format, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), format, args);
	fprintf(stderr, "syswall: %s\n", text);
}

void warn_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(format, args);
	va_end(args);
	exit(EXIT_SYSWALL_FAILED);
}

static void *must_have(void *block)
{
	if (!block)
		die("out of memory");
	return block;
}

void *xmalloc(unsigned long size)
{
	return must_have(malloc(size ? size : 1));
}

void *xcalloc(unsigned long count, unsigned long size)
{
	return must_have(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *block, unsigned long size)
{
	return must_have(realloc(block, size ? size : 1));
}

char *xstrdup(const char *text)
{
	return must_have(strdup(text));
}
