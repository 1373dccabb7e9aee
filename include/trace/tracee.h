/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* tracee - the table of traced tasks. Private to the trace folder. */
#ifndef TRACE_TRACEE_H
#define TRACE_TRACEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "arch/regs.h"
#include "base/hash.h"
#include "syscall/catalogue.h"
#include "trace/space.h"

enum tracee_state {
	TRACEE_NEWBORN,	  /* its first stop has not come */
	TRACEE_RUNNING,	  /* outside our sight until it stops */
	TRACEE_QUEUED,	  /* has stopped or ended, which is not yet handled */
	TRACEE_STOPPED,	  /* in the ptrace-stop that is being handled */
	TRACEE_LISTENING, /* group-stopped, PTRACE_LISTEN */
	TRACEE_FROZEN,	  /* interrupted by us, waits for tracer_thaw() */
};

struct tracee {
	pid_t tid;
	pid_t pid;    /* thread group */
	pid_t parent; /* parent process, 0 when unknown */
	enum tracee_state state;
	bool announced;	  /* the caller knows it */
	bool born;	  /* its first stop has been handled */
	bool launching;	  /* before the program's own execve */
	bool vforking;	  /* waits in the kernel for its vfork child */
	bool interrupted; /* a PTRACE_INTERRUPT is on its way */
	bool disturbed;	  /* and breaks off the call it is in, or the next */

	/* The call that the task is in, from its entry stop on, or was in. */
	const struct arch *arch; /* by which ABI: arch/arch.h */
	bool in_call;
	bool executing;	  /* in an execve that may succeed; tracee_execute() */
	bool emulated;	  /* without a stop at its exit */
	bool want_exit;	  /* resume with PTRACE_SYSCALL, not PTRACE_CONT */
	bool want_result; /* and tell the caller */
	bool restore;	  /* put the registers of .entry back at the exit */
	bool unpacked;	  /* runs in place of its own, with the same end */
	bool restarting;  /* the kernel will enter the same call again */
	int number;
	unsigned int follow; /* so many calls more stop, watched or not */
	bool followed;	     /* in a call that only follow.c knows of yet */
	bool reading;	     /* and tells of */
	int read_number;
	enum syscall_id read_id;
	uint64_t read_args[SYSCALL_ARGS_MAX];
	struct arch_regs entry; /* registers before we changed any */

	/* Who can change what a call of it names. */
	struct space *space;
	bool shares_fs;	   /* working directory and root, with others */
	bool shares_files; /* descriptors */

	bool looks_up; /* runs, and may be in a call that follows a path */
	bool alone;    /* its call runs while everybody else stands still */
	bool mutates;  /* its call changes what paths mean */

	struct {
		bool set;
		int slot;
		enum syscall_id id;
		bool other; /* than the one that the program made */
		uint64_t args[SYSCALL_ARGS_MAX];
		uint64_t sent_at; /* as in struct call_image */
	} pin;			  /* the arguments that its call is to run on */

	UT_hash_handle hh;
};

struct tracee_table {
	struct tracee *tasks; /* uthash by tid */
	size_t executing;
};

struct tracee *tracee_find(const struct tracee_table *table, pid_t tid);

/* A new record for @tid; process and parent are read from /proc. NULL when
 * there is no such task (a zombie still counts). */
struct tracee *tracee_add(struct tracee_table *table, pid_t tid);
void tracee_remove(struct tracee_table *table, struct tracee *tracee);

/* The task enters an execve, or is out of it. */
void tracee_execute(struct tracee_table *table, struct tracee *tracee,
		    bool executing);

/* May @tid become the number of another thread at any moment? It is that of
 * a process's leader, and another thread is executing. */
bool tracee_is_replaced(const struct tracee_table *table, pid_t tid);

/* exec by a thread that was not the leader: the task with @former_tid is now
 * called @tid, and whoever was called so is gone. Returns the survivor. */
struct tracee *tracee_rename(struct tracee_table *table, pid_t former_tid,
			     pid_t tid);

/* @child was made by @creator just now: note what they have in common. */
void tracee_relate(struct tracee *creator, struct tracee *child);

/* It waits for its vfork child, or does so no longer. */
void tracee_vfork(struct tracee *tracee, bool vforking);

/* It runs another program now, in a space of its own. */
void tracee_renew_space(struct tracee *tracee);

void tracee_free_all(struct tracee_table *table);

#endif
