/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* compare - --compare: the records on the command line, side by side. */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

#include "app/options.h"

/* Returns the exit status: same, different, trouble. */
int compare_records(const struct options *options);

#endif
