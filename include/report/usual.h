/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * usual - places that every program reads or writes: the loader's files, the
 * system's programs and data, /dev/null. Nobody needs to be told of them first.
 */
#ifndef REPORT_USUAL_H
#define REPORT_USUAL_H

#include <stdbool.h>

#include "report/state.h"

/* Is the file in @fact, done to it what its section says, an everyday thing?
 * What is not a file is not. */
bool usual_fact(const struct record *record, const struct fact *fact);

#endif
