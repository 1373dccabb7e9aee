/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* launch - as whom the program starts, and in what environment: -u, -E. */
#ifndef APP_LAUNCH_H
#define APP_LAUNCH_H

#include "app/options.h"
#include "base/err.h"
#include "trace/identity.h"

struct launch {
	VEC_OF(char *) environment; /* ends with NULL */
	bool has_identity;
	struct identity identity;
};

/* What @options say; strings are those of @options and of environ. False with
 * @err when a variable has no name, there is no such user, or we may not become
 * another. */
bool launch_init(struct launch *launch, const struct options *options,
		 struct err *err);
void launch_free(struct launch *launch);

#endif
