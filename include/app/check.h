/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* check - --check: what is wrong with rules files. */
#ifndef APP_CHECK_H
#define APP_CHECK_H

#include "app/options.h"

/* Exit statuses of the modes that run nothing. */
enum {
	EXIT_YES = 0,
	EXIT_NO = 1,
	EXIT_TROUBLE = 2,
};

/* Look at each file named, and print what there is to say about it. */
int check_files(const struct options *options);

#endif
