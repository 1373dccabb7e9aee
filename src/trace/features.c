/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/features.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "trace/procfs.h"

/* mseal(2), Linux 6.10; headers may be older. */
#define MSEAL_NUMBER 462

/* ---- probes: 0 or a positive errno ---- */

static int probe_proc(void)
{
	pid_t pid, parent;

	return -procfs_process_of(getpid(), &pid, &parent);
}

/* No process has this number: a kernel that lets us comes to see that. */
static int probe_ptrace(void)
{
	ptrace(PTRACE_DETACH, -1, NULL, NULL);
	return errno == ESRCH ? 0 : errno;
}

static int probe_memory(void)
{
	return process_vm_readv(getpid(), NULL, 0, NULL, 0, 0) ? errno : 0;
}

static int probe_seccomp_action(uint32_t action)
{
	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) ?
		       errno :
		       0;
}

static int probe_filter(void)
{
	return probe_seccomp_action(SECCOMP_RET_TRACE);
}

static int probe_listener(void)
{
	return probe_seccomp_action(SECCOMP_RET_USER_NOTIF);
}

static int probe_sealed(void)
{
	int fd = memfd_create("syswall", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int error = 0;

	if (fd < 0)
		return errno;
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE))
		error = errno;
	close(fd);
	return error;
}

/* Arguments that make no sense are found after the call itself. */
static int probe_mseal(void)
{
	syscall(MSEAL_NUMBER, 1, 1, ~0UL);
	return errno == EINVAL ? 0 : errno;
}

static int probe_openat2(void)
{
	syscall(SYS_openat2, -1, NULL, NULL, 0);
	return errno == EINVAL ? 0 : errno;
}

static int probe_kcmp(void)
{
	pid_t self = getpid();

	return syscall(SYS_kcmp, self, self, KCMP_VM, 0, 0) ? errno : 0;
}

/* Who may see nothing reads zeros: our own stack is there. */
static int probe_pagemap(void)
{
	uint64_t entry = 0;
	off_t at = (off_t)(((uintptr_t)&entry >> 12) * sizeof(entry));
	int fd = procfs_open(getpid(), "pagemap");
	bool ok;

	if (fd < 0)
		return -fd;
	ok = pread(fd, &entry, sizeof(entry), at) == sizeof(entry);
	close(fd);
	return ok && entry >> 63 ? 0 : EPERM;
}

/* ---- the table ---- */

enum need { VITAL, PROMISE, COMFORT };

static const struct feature {
	const char *name;
	enum need need;
	int (*probe)(void);
	const char *promise, *without;
} rows[] = {
#define FEATURE(id, name, need, probe, promise, without)                       \
	[FEATURE_##id] = { name, need, probe, promise, without },
#include "trace/features.def"
#undef FEATURE
};

static const char *reason(int error)
{
	return error == FEATURE_UNTRIED ? "could not be tried" :
					  strerror(error);
}

void features_probe(struct features *features)
{
	for (int id = 0; id < FEATURE_COUNT; id++)
		features->error[id] = rows[id].probe ? rows[id].probe() : 0;
}

bool features_suffice(const struct features *features, bool weaker,
		      struct err *err)
{
	/* The gravest stand first. */
	for (int id = 0; id < FEATURE_COUNT; id++) {
		const struct feature *row = &rows[id];

		if (!features->error[id] || row->need == COMFORT ||
		    (weaker && row->need == PROMISE))
			continue;
		return err_set(
			err,
			"%s: missing or forbidden here (%s): syswall "
			"cannot %s%s",
			row->name, reason(features->error[id]), row->promise,
			row->need == PROMISE ? "; --weaker goes on without" :
					       "");
	}
	return true;
}

void features_describe(const struct features *features, struct buf *out)
{
	struct utsname name;

	if (!uname(&name))
		buf_printf(out, "kernel: %s %s\n", name.release, name.machine);
	for (int id = 0; id < FEATURE_COUNT; id++) {
		const struct feature *row = &rows[id];
		int error = features->error[id];

		if (error)
			buf_printf(out, "%s: no, %s (%s%s%s)\n", row->name,
				   reason(error), row->promise,
				   row->without ? "; without: " : "",
				   row->without ?: "");
		else
			buf_printf(out, "%s: yes (%s)\n", row->name,
				   row->promise);
	}
}

void features_list_missing(const struct features *features, bool comfort,
			   struct buf *out)
{
	for (int id = 0; id < FEATURE_COUNT; id++) {
		const struct feature *row = &rows[id];

		if (!features->error[id] || row->need == VITAL ||
		    (row->need == COMFORT && !comfort))
			continue;
		buf_printf(out, "%sno %s (%s): %s\n",
			   row->need == PROMISE ? "weaker: " : "", row->name,
			   reason(features->error[id]), row->without);
	}
}
