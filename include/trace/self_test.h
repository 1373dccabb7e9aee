/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* self_test - what of trace/features.def works here, tried in earnest. */
#ifndef TRACE_SELF_TEST_H
#define TRACE_SELF_TEST_H

#include "trace/features.h"

/* Look for everything, with a process that is started like a program, and
 * ended before it becomes one. Not for a run: it takes milliseconds. */
void self_test(struct features *features);

#endif
