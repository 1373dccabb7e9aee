/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Names of files: opening, making, removing, looking. */
#include "case.h"

#include <linux/openat2.h>
#include <sys/sysmacros.h>

CASE(open_flags)
{
	sc(open, "f", O_RDWR | O_CREAT | O_EXCL, 0640);
	sc(open, "f", O_RDONLY);
	sc(open, "f", O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC);
	sc(open, "f", O_RDONLY | O_DIRECTORY);
	sc(open, "f", O_ACCMODE | O_NOATIME | O_NOFOLLOW | O_PATH);
	sc(open, "f", O_RDWR | O_SYNC | O_ASYNC);
	sc(open, "f", O_RDWR | O_DSYNC | O_NOCTTY | O_TRUNC);
	sc(open, "f", 0x40000000 | O_CREAT, 07777);
	sc(open, ".", O_TMPFILE | O_RDWR, 0600);
	sc(open, "f", 0xffffffff, 01);
}
