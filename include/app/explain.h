/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* explain - --explain: which rule decides a call, without running anything. */
#ifndef APP_EXPLAIN_H
#define APP_EXPLAIN_H

#include "app/options.h"

/* Explain the call in the operands under the rules that the options name.
 * EXIT_YES: it is allowed. */
int explain_call(const struct options *options);

#endif
