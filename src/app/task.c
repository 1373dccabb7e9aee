/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/task.h"

#include <string.h>
#include <unistd.h>

#include "trace/procfs.h"

/* What a process is, read once after each exec. */
struct process {
	pid_t pid;
	char *exe;
	UT_hash_handle hh;
};

struct task *task_find(const struct task_table *table, pid_t tid)
{
	struct task *task;

	HASH_FIND(hh, table->tasks, &tid, sizeof(tid), task);
	return task;
}

struct task *task_get(struct task_table *table, pid_t tid, pid_t pid)
{
	struct task *task = task_find(table, tid);

	if (task)
		return task;
	task = xcalloc(1, sizeof(*task));
	task->tid = tid;
	task->pid = pid;
	HASH_ADD(hh, table->tasks, tid, sizeof(task->tid), task);
	return task;
}

void task_set_call(struct task *task, struct call *call)
{
	if (task->has_call)
		call_free(&task->call);
	task->call = *call;
	task->has_call = true;
	task->logged = task->unreported = false;
	task->again = task->in_journal = false;
	task->guard = NULL;
	memset(&task->decision, 0, sizeof(task->decision));
	task->decision.by = DECIDED_BY_DEFAULT;
	memset(&task->outcome, 0, sizeof(task->outcome));
}

static void free_task(struct task *task)
{
	if (task->has_call)
		call_free(&task->call);
	buf_free(&task->held);
	free(task);
}

static void free_process(struct process *process)
{
	free(process->exe);
	free(process);
}

static void remove_task(struct task_table *table, struct task *task)
{
	HASH_DELETE(hh, table->tasks, task);
	free_task(task);
}

static void forget_process(struct task_table *table, pid_t pid)
{
	struct process *process;

	HASH_FIND(hh, table->processes, &pid, sizeof(pid), process);
	if (!process)
		return;
	HASH_DELETE(hh, table->processes, process);
	free_process(process);
}

void task_forget(struct task_table *table, pid_t tid, pid_t pid, bool whole)
{
	struct task *task;

	HASH_FIND(hh, table->tasks, &tid, sizeof(tid), task);
	if (task)
		remove_task(table, task);
	if (whole)
		forget_process(table, pid);
}

void task_executed(struct task_table *table, pid_t pid, pid_t former_tid)
{
	struct task *task, *next, *survivor;

	forget_process(table, pid);
	HASH_FIND(hh, table->tasks, &former_tid, sizeof(former_tid), survivor);
	HASH_ITER(hh, table->tasks, task, next)
		if (task->pid == pid && task != survivor)
			remove_task(table, task);
	if (!survivor || former_tid == pid)
		return;
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): not empty */
	HASH_DELETE(hh, table->tasks, survivor);
	survivor->tid = pid;
	HASH_ADD(hh, table->tasks, tid, sizeof(survivor->tid), survivor);
}

void task_free_all(struct task_table *table)
{
	struct process *process = table->processes, *next_process;
	struct task *task = table->tasks, *next_task;

	/* Clearing leaves the items and their chain. */
	HASH_CLEAR(hh, table->tasks);
	HASH_CLEAR(hh, table->processes);
	for (; task; task = next_task) {
		next_task = task->hh.next;
		free_task(task);
	}
	for (; process; process = next_process) {
		next_process = process->hh.next;
		free_process(process);
	}
}

static const char *process_exe(struct task_table *table, pid_t pid)
{
	struct process *process;
	BUF_AUTO(exe);

	HASH_FIND(hh, table->processes, &pid, sizeof(pid), process);
	if (process)
		return process->exe;
	if (procfs_link(pid, "exe", &exe))
		return "";
	process = xcalloc(1, sizeof(*process));
	process->pid = pid;
	process->exe = buf_steal(&exe);
	HASH_ADD(hh, table->processes, pid, sizeof(process->pid), process);
	return process->exe;
}

void task_subject(struct task_table *table, const struct trace_event *event,
		  bool full, struct subject *subject)
{
	static struct buf comm, cwd, parent_comm; /* kept from call to call */

	buf_clear(&comm);
	buf_clear(&cwd);
	buf_clear(&parent_comm);
	if (full) {
		procfs_comm(event->tid, &comm);
		procfs_link(event->tid, "cwd", &cwd);
		/* The program's own parent is syswall: name who ran that. */
		if (event->parent)
			procfs_comm(event->parent == getpid() ? getppid() :
								event->parent,
				    &parent_comm);
	}
	*subject = (struct subject){
		.pid = event->pid,
		.tid = event->tid,
		.parent = event->parent,
		.comm = buf_text(&comm),
		.exe = process_exe(table, event->pid),
		.cwd = buf_text(&cwd),
		.parent_comm = buf_text(&parent_comm),
	};
}
