/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "arch/arch.h"
#include "trace/tracee.h"

#include <errno.h>
#include <linux/kcmp.h>
#include <string.h>

#include "base/die.h"
#include "trace/procfs.h"

struct tracee *tracee_find(const struct tracee_table *table, pid_t tid)
{
	struct tracee *tracee;

	HASH_FIND(hh, table->tasks, &tid, sizeof(tid), tracee);
	return tracee;
}

/* Threads may do without, but who checks is none the worse. */
static void share_all(struct tracee *a, struct tracee *b)
{
	a->shares_fs = a->shares_files = true;
	b->shares_fs = b->shares_files = true;
}

struct tracee *tracee_add(struct tracee_table *table, pid_t tid)
{
	struct tracee *tracee, *leader;
	pid_t pid, parent;
	int error = procfs_process_of(tid, &pid, &parent);

	/* Who is gone is none; but nobody may be left standing unheard. */
	if (error && error != -ENOENT && error != -ESRCH)
		die("cannot read /proc/%d/status: %s", (int)tid,
		    strerror(-error));
	if (error)
		return NULL;
	tracee = xcalloc(1, sizeof(*tracee));
	tracee->tid = tid;
	tracee->arch = &arch_native;
	tracee->pid = pid;
	tracee->parent = parent;
	leader = pid == tid ? NULL : tracee_find(table, pid);
	if (leader) {
		tracee->space = space_join(leader->space);
		share_all(tracee, leader);
	} else {
		tracee->space = space_new();
	}
	HASH_ADD(hh, table->tasks, tid, sizeof(tracee->tid), tracee);
	return tracee;
}

void tracee_remove(struct tracee_table *table, struct tracee *tracee)
{
	tracee_execute(table, tracee, false);
	HASH_DELETE(hh, table->tasks, tracee);
	space_leave(tracee->space, tracee->vforking);
	free(tracee);
}

void tracee_execute(struct tracee_table *table, struct tracee *tracee,
		    bool executing)
{
	if (tracee->executing == executing)
		return;
	tracee->executing = executing;
	if (executing)
		table->executing++;
	else
		table->executing--;
}

bool tracee_is_replaced(const struct tracee_table *table, pid_t tid)
{
	const struct tracee *tracee;

	if (!table->executing)
		return false;
	for (tracee = table->tasks; tracee; tracee = tracee->hh.next)
		if (tracee->executing && tracee->pid == tid &&
		    tracee->tid != tid)
			return true;
	return false;
}

struct tracee *tracee_rename(struct tracee_table *table, pid_t former_tid,
			     pid_t tid)
{
	struct tracee *survivor = tracee_find(table, former_tid);
	struct tracee *leader = tracee_find(table, tid);

	if (former_tid == tid || !survivor)
		return leader;
	if (leader)
		tracee_remove(table, leader);
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): not empty */
	HASH_DELETE(hh, table->tasks, survivor);
	survivor->tid = tid;
	HASH_ADD(hh, table->tasks, tid, sizeof(survivor->tid), survivor);
	return survivor;
}

void tracee_relate(struct tracee *creator, struct tracee *child)
{
	if (creator->space != child->space &&
	    space_is_shared(creator->tid, child->tid, KCMP_VM)) {
		space_leave(child->space, child->vforking);
		child->space = space_join(creator->space);
	}
	if (space_is_shared(creator->tid, child->tid, KCMP_FS))
		creator->shares_fs = child->shares_fs = true;
	if (space_is_shared(creator->tid, child->tid, KCMP_FILES))
		creator->shares_files = child->shares_files = true;
}

void tracee_vfork(struct tracee *tracee, bool vforking)
{
	if (tracee->vforking == vforking)
		return;
	tracee->vforking = vforking;
	if (vforking)
		tracee->space->vforking++;
	else
		tracee->space->vforking--;
}

void tracee_renew_space(struct tracee *tracee)
{
	tracee_vfork(tracee, false);
	space_leave(tracee->space, false);
	tracee->space = space_new();
	tracee->shares_files = false; /* execve(2) */
}

void tracee_free_all(struct tracee_table *table)
{
	struct tracee *tracee = table->tasks, *next;

	HASH_CLEAR(hh, table->tasks); /* leaves the items and their chain */
	for (; tracee; tracee = next) {
		next = tracee->hh.next;
		space_leave(tracee->space, tracee->vforking);
		free(tracee);
	}
}
