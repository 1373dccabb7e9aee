/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/tracee.h"

#include "trace/procfs.h"

struct tracee *tracee_find(const struct tracee_table *table, pid_t tid)
{
	struct tracee *tracee;

	HASH_FIND(hh, table->tasks, &tid, sizeof(tid), tracee);
	return tracee;
}

struct tracee *tracee_add(struct tracee_table *table, pid_t tid)
{
	struct tracee *tracee;
	pid_t pid, parent;

	if (!procfs_process_of(tid, &pid, &parent))
		return NULL;
	tracee = xcalloc(1, sizeof(*tracee));
	tracee->tid = tid;
	tracee->pid = pid;
	tracee->parent = parent;
	HASH_ADD(hh, table->tasks, tid, sizeof(tracee->tid), tracee);
	return tracee;
}

void tracee_remove(struct tracee_table *table, struct tracee *tracee)
{
	tracee_execute(table, tracee, false);
	HASH_DELETE(hh, table->tasks, tracee);
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

void tracee_free_all(struct tracee_table *table)
{
	struct tracee *tracee = table->tasks, *next;

	HASH_CLEAR(hh, table->tasks); /* leaves the items and their chain */
	for (; tracee; tracee = next) {
		next = tracee->hh.next;
		free(tracee);
	}
}
