/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * err - the world's failures, as one line for a person.
 *
 * A function that can fail for reasons outside this program returns bool and
 * fills a struct err; only the app layer prints it, once.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

struct err {
	char text[512]; /* without the program's name and without newline */
};

/* Fill @err ("what: which: why"); text that does not fit is cut. @err may be
 * NULL. Always returns false, so that `return err_set(...)` reads well. */
bool err_set(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
