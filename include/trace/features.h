/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* features - what this kernel offers of what syswall rests on. */
#ifndef TRACE_FEATURES_H
#define TRACE_FEATURES_H

#include "base/buf.h"

/* Append one line "NAME: yes|no (why it is wanted)" for each feature. */
void features_describe(struct buf *out);

#endif
