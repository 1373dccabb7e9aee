/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/protect.h"

#include <libgen.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/options.h"

#define MOVING (CLASS_BIT(CLASS_FILE_DELETE) | CLASS_BIT(CLASS_FILE_RENAME))
#define CHANGING                                                               \
	(MOVING | CLASS_BIT(CLASS_FILE_WRITE) | CLASS_BIT(CLASS_FILE_CREATE) | \
	 CLASS_BIT(CLASS_FILE_ATTR))

/* ---- files ---- */

/* The absolute path of what may not be there yet. NULL: nor is its directory. */
static char *absolute(const char *path)
{
	char *whole = realpath(path, NULL), *copy, *dir, *joined = NULL;

	if (whole)
		return whole;
	copy = xstrdup(path);
	dir = realpath(dirname(copy), NULL);
	free(copy);
	copy = xstrdup(path);
	if (dir && asprintf(&joined, "%s/%s", strcmp(dir, "/") ? dir : "",
			    basename(copy)) < 0)
		die("out of memory");
	free(copy);
	free(dir);
	return joined;
}

/* Pipes, terminals and /dev/null need no protection. */
static void protect_file(struct protect *protect, const char *path)
{
	struct protected_file file = { 0 };
	struct stat status;

	file.exists = !stat(path, &status);
	if (file.exists && !S_ISREG(status.st_mode))
		return;
	file.path = absolute(path);
	if (!file.path)
		return;
	if (file.exists) {
		file.device = status.st_dev;
		file.inode = status.st_ino;
	}
	VEC_PUSH(&protect->files, file);
}

void protect_files(struct protect *protect, const struct options *options)
{
	const char *const others[] = { options->save, options->output,
				       options->log };

	for (size_t i = 0; i < options->configs.count; i++)
		protect_file(protect, options->configs.items[i]);
	for (size_t i = 0; i < options->reports.count; i++)
		protect_file(protect, options->reports.items[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i])
			protect_file(protect, others[i]);
}

void protect_free(struct protect *protect)
{
	for (size_t i = 0; i < protect->files.count; i++)
		free(protect->files.items[i].path);
	VEC_FREE(&protect->files);
}

static bool lies_in(const char *path, const char *directory)
{
	size_t len = strlen(directory);

	return !strncmp(path, directory, len) && path[len] == '/';
}

static bool is_protected(const struct protect *protect, const char *path,
			 bool moves)
{
	struct stat status;
	bool exists = false, known = false;

	for (size_t i = 0; i < protect->files.count; i++) {
		const struct protected_file *file = &protect->files.items[i];

		if (!strcmp(path, file->path) ||
		    (moves && lies_in(file->path, path)))
			return true;
		if (!known)
			exists = !lstat(path, &status);
		known = true;
		/* Another name of it. */
		if (exists && file->exists && status.st_dev == file->device &&
		    status.st_ino == file->inode)
			return true;
	}
	return false;
}

/* ---- /proc ---- */

/* What ps(1) and its like read of everybody. */
static bool is_harmless(const char *name)
{
	static const char *const names[] = {
		"",	    "/stat",   "/status", "/statm",	"/comm",
		"/cmdline", "/cgroup", "/limits", "/oom_score",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* @target is in syswall's own directory of a procfs, wherever that is
 * mounted, or below. */
static bool looks_into_us(const struct target *target, bool reads_only)
{
	char own[16];
	size_t len = (size_t)snprintf(own, sizeof(own), "/%d", (int)getpid());
	const char *at = target->resolved;

	if (target->fs != PROC_SUPER_MAGIC && strncmp(at, "/proc/", 6) != 0)
		return false;
	while ((at = strstr(at, own))) {
		at += len;
		if (*at == '/' || !*at)
			return !(reads_only && is_harmless(at));
	}
	return false;
}

/* Who is frozen, killed or starved with whom. cgroups(7) */
static bool changes_control_groups(const struct target *target,
				   const struct call *call)
{
	return (call->classes & CLASS_BIT(CLASS_FILE_WRITE)) &&
	       (target->fs == CGROUP_SUPER_MAGIC ||
		target->fs == CGROUP2_SUPER_MAGIC);
}

/* ---- calls ---- */

/* The type of a file system that a process serves begins so. */
static bool is_served_by_a_process(const struct call *call)
{
	int type = call->def->id == SYSCALL_mount  ? 2 :
		   call->def->id == SYSCALL_fsopen ? 0 :
						     -1;
	const char *name = type < 0 ? NULL : call_string(call, type);

	return name && !strncmp(name, "fuse", 4);
}

void protect_add_watched(const struct protect *protect, struct call_set *set)
{
	set->has[SYSCALL_mount] = true;
	set->has[SYSCALL_fsopen] = true;
	set->has[SYSCALL_pidfd_send_signal] = true;
	set->has[SYSCALL_pidfd_getfd] = true;
	set->has[SYSCALL_process_madvise] = true;
	set->has[SYSCALL_process_mrelease] = true;
	/* Without a file of ours there is none to change. */
	for (int id = 0; protect->files.count && id < SYSCALL_COUNT; id++)
		/* Those that open are told by themselves, where they can
		 * change anything: trace/guards.def. */
		if (syscall_def((enum syscall_id)id)->classify !=
		    CLASSIFY_OPEN_FLAGS)
			set->in[id] |= CHANGING;
}

/* The owner of a descriptor gets signals, and any signal it says. */
static bool owns_descriptor(const struct call *call,
			    const struct target *target)
{
	enum arg_kind kind = call->def->args[target->arg].kind;

	return target->kind == TARGET_PID &&
	       (kind == ARG_FCNTL_ARG || kind == ARG_IOCTL_ARG) &&
	       (target->pid == getpid() || target->pid == -getpgrp());
}

const char *protect_reason(const struct protect *protect,
			   const struct call *call)
{
	const uint32_t reading =
		CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_STAT);

	if (call->def && is_served_by_a_process(call))
		return "FUSE could freeze whoever looks at the program's "
		       "memory or paths";
	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];

		if (owns_descriptor(call, target) ||
		    (target->kind == TARGET_PIDFD && !target->error &&
		     target->pid == getpid()))
			return "it is aimed at syswall";
		if (target->ours)
			return "it looks into syswall";
		if (!target->resolved)
			continue;
		if (looks_into_us(target, !(call->classes & ~reading)))
			return "it looks into syswall";
		if (changes_control_groups(target, call))
			return "syswall is in a control group, too";
		if ((call->classes & CHANGING) &&
		    is_protected(protect, target->resolved,
				 call->classes & MOVING))
			return "it would change what syswall reads or writes";
	}
	return NULL;
}
