/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* group - what can be learnt of a process group that is not ours. */
#ifndef PROMPT_GROUP_H
#define PROMPT_GROUP_H

#include <stdbool.h>
#include <sys/types.h>

/* Has @group no process any more, or none but those that ended and were not
 * waited for? False when it cannot be known. */
bool group_is_dead(pid_t group);

#endif
