/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * catalogue - what is known about every system call, as data.
 *
 * One row of include/syscall/syscalls.def is one system call. Numbers are an
 * architecture's business (arch/numbers.def); here a call is known by its
 * id, SYSCALL_openat. Ids go up in the order of names.
 */
#ifndef SYSCALL_CATALOGUE_H
#define SYSCALL_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syscall/class.h"

enum { SYSCALL_ARGS_MAX = 6 };

enum syscall_id {
#define SYSCALL(name, ...) SYSCALL_##name,
#include "syscall/syscalls.def"
#undef SYSCALL
	SYSCALL_COUNT,
	SYSCALL_UNKNOWN = SYSCALL_COUNT,
};

/* The kinds of arguments: include/syscall/arg_kinds.def. */
enum arg_kind {
	ARG_END, /* no further argument */
#define ARG_KIND(id, ...) ARG_##id,
#include "syscall/arg_kinds.def"
#undef ARG_KIND
	ARG_KIND_COUNT,
};

/* How the kernel takes an argument out of a 64-bit register. */
enum arg_width {
	WIDTH_S32, /* int: low 32 bits, sign-extended */
	WIDTH_U32, /* unsigned int: low 32 bits */
	WIDTH_U16, /* umode_t: low 16 bits */
	WIDTH_64,  /* long, size_t, pointers: all of it */
};

/* When an argument's meaning is known. */
enum arg_phase {
	PHASE_ENTRY, /* the program fills it in */
	PHASE_EXIT,  /* the kernel fills it in */
	PHASE_BOTH,  /* in and out */
};

/* What of the world an argument names, for rules, questions and reports. */
enum target_kind {
	TARGET_NONE,
	TARGET_PATH,	/* a path, a last symlink is followed */
	TARGET_LINK,	/* a path, a last symlink is not followed */
	TARGET_NEW,	/* a path that is about to be made: not followed,
			  * and the last component may be missing */
	TARGET_FD,	/* a descriptor whose file is acted upon */
	TARGET_ADDRESS, /* struct sockaddr, its length is the next argument */
	TARGET_MSG,	/* struct msghdr: the address in msg_name */
	TARGET_MMSG,	/* struct mmsghdr[], count in the next argument */
	TARGET_PID,	/* a process */
	TARGET_PIDFD,	/* a process, by descriptor */
};

struct arg_kind_def {
	const char *name;
	enum arg_width width;
	enum arg_phase phase;
	enum target_kind target;
	/* Classes that the call touches through this argument on the side: a
	 * rename deletes its old path. They can only make a verdict stricter,
	 * by a rule that names them (see call.h, struct facet). */
	uint32_t implied;
};

/* How a result is printed, and what it means. */
enum ret_kind {
	RET_DECIMAL,
	RET_FD,	   /* a new descriptor */
	RET_HEX,   /* address or bit set */
	RET_OCTAL, /* umask */
	RET_NONE,  /* does not return: exit, exit_group, rt_sigreturn */
	RET_TIME,  /* alarm, time */
	RET_PID,
};

/* What soft blocking does: the result of success, nothing done. */
enum soft_kind {
	SOFT_NONE,	/* no honest fake: not offered */
	SOFT_ZERO,	/* 0 */
	SOFT_COUNT_1,	/* all bytes were taken: the value of args[1] */
	SOFT_COUNT_2,	/* ... of args[2] */
	SOFT_COUNT_3,	/* ... of args[3] */
	SOFT_COUNT_IOV, /* ... of the iovec at args[1], args[2] elements */
	SOFT_COUNT_MSG, /* ... of the iovec inside the msghdr at args[1] */
	SOFT_OPEN,	/* a descriptor: empty to read, swallows writes */
	SOFT_SOCKET,	/* a descriptor that is nobody's socket */
	SOFT_EXIT,	/* the process exits 0 (execve) */
};

/* How the classes of one call depend on its arguments. Each is one function
 * in src/syscall/classify.c, which adds to the row's classes. */
enum classify_kind {
#define CLASSIFY(id, ...) CLASSIFY_##id,
#include "syscall/classify_kinds.def"
#undef CLASSIFY
};

struct syscall_arg {
	enum arg_kind kind;
	const char *name;
};

struct syscall_def {
	enum syscall_id id;
	const char *name;
	uint32_t classes; /* whatever its arguments are */
	enum classify_kind classify;
	enum soft_kind soft;
	enum ret_kind ret;
	struct syscall_arg args[SYSCALL_ARGS_MAX];
};

/* The row of @id; never NULL for an id below SYSCALL_COUNT. */
const struct syscall_def *syscall_def(enum syscall_id id);

/* The row with this name ("openat"), or NULL. */
const struct syscall_def *syscall_by_name(const char *name);

/* How many arguments the row has. */
size_t syscall_arg_count(const struct syscall_def *def);

/* Calls that nobody can hold up without breaking the program for good: the
 * ways to end, to return from a handler, and to go on after a stop. */
bool syscall_is_unstoppable(const struct syscall_def *def);

const struct arg_kind_def *arg_kind_def(enum arg_kind kind);

/* Cut a register to what the kernel takes for this kind (fact: the upper bits
 * of int arguments are never looked at). Signed kinds come sign-extended. */
uint64_t arg_truncate(enum arg_kind kind, uint64_t value);

#endif
