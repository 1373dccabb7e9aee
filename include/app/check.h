/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* check - --check: what is wrong with rules files. */
#ifndef APP_CHECK_H
#define APP_CHECK_H

#include "app/options.h"

/* Look at each file named, and print what there is to say about it. Returns the
 * exit status. */
int check_files(const struct options *options);

#endif
