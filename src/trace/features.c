/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/features.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

/* mseal(2), Linux 6.10; headers may be older. */
#define MSEAL_NUMBER 462

static bool has_seccomp_action(uint32_t action)
{
	return !syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
}

static bool has_trace(void)
{
	return has_seccomp_action(SECCOMP_RET_TRACE);
}

static bool has_listener(void)
{
	return has_seccomp_action(SECCOMP_RET_USER_NOTIF);
}

/* Calls that a kernel lacks answer ENOSYS whatever their arguments. */
static bool has_openat2(void)
{
	return syscall(SYS_openat2, -1, NULL, NULL, 0) && errno != ENOSYS;
}

static bool has_pidfd_getfd(void)
{
	return syscall(SYS_pidfd_getfd, -1, -1, 0) && errno != ENOSYS;
}

static bool has_mseal(void)
{
	return syscall(MSEAL_NUMBER, 1, 1, ~0UL) && errno != ENOSYS;
}

static const struct feature {
	const char *name;
	bool (*is_there)(void);
	const char *purpose;
} features[] = {
	{ "seccomp trace", has_trace,
	  "stop at what is ruled, at nothing else" },
	{ "seccomp listener", has_listener,
	  "no filter of the program can wave a call through" },
	{ "pidfd_getfd", has_pidfd_getfd, "take that listener over" },
	{ "openat2", has_openat2, "resolve paths without surprises" },
	{ "mseal", has_mseal, "pin arguments: what was checked is what runs" },
};

void features_describe(struct buf *out)
{
	struct utsname name;

	if (!uname(&name))
		buf_printf(out, "kernel: %s %s\n", name.release, name.machine);
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
		buf_printf(out, "%s: %s (%s)\n", features[i].name,
			   features[i].is_there() ? "yes" : "no",
			   features[i].purpose);
}
