/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* scratch - a test that runs in an empty directory of its own. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static int scratch_enter(void **state)
{
	char dir[] = "/tmp/syswall-unit.XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return -1;
	*state = strdup(dir);
	return 0;
}

static int scratch_leave(void **state)
{
	BUF_AUTO(command);
	int status;

	buf_printf(&command, "rm -rf '%s'", (char *)*state);
	free(*state);
	status = chdir("/");
	return status ? status : system(buf_text(&command));
}

#define IN_DIRECTORY(test)                                                     \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

#endif
