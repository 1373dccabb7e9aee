/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call - one system call of one task, taken apart.
 *
 * call_decode() reads everything that the call's pointers name exactly once,
 * through a mem_reader. From then on rules, questions, log and report speak
 * of this copy and never of the program's memory again.
 */
#ifndef SYSCALL_CALL_H
#define SYSCALL_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/mem_reader.h"
#include "syscall/catalogue.h"

/* One thing of the world that a call names. */
struct target {
	enum target_kind kind; /* _LINK and _NEW say how to resolve a path;
				* _ADDRESS also for _MSG and _MMSG */
	int arg;	       /* index of the argument that names it */
	uint32_t implied;      /* classes touched on the side */

	/* 0; or why it is not known: -EFAULT (memory), -ENAMETOOLONG, -EINVAL
	 * (unknown family, bad length), or the resolver's error. A call with
	 * such a target is blocked unless nobody rules it. -EOPNOTSUPP: only
	 * the kernel can tell (open_by_handle_at). */
	int error;

	/* Paths. An AF_UNIX address with a path in it has them too, so that
	 * the resolver can say which socket it is. */
	int dirfd;	/* AT_FDCWD or the descriptor it is relative to; for
			 * _FD and _PIDFD the descriptor itself, where AT_FDCWD
			 * is the working directory */
	char *asked;	/* the bytes that the program gave; NULL for _FD and
			 * while unknown (.error) */
	char *resolved; /* absolute, in the program's view; the resolver sets
			 * it; NULL while unknown. For _FD: what is open, e.g.
			 * "/etc/passwd", "socket:[123]", "pipe:[4]" */
	bool exists;	/* the resolver found the object */
	bool beneath;	/* openat2(2) RESOLVE_BENEATH or RESOLVE_IN_ROOT */
	bool from_path; /* there is a text in memory, if only an empty one */
	bool magic;	/* the resolver came through a magic link of /proc */
	bool ours;	/* and through one of syswall's own process */
	long fs; /* magic number of the file system; 0: unknown. statfs(2) */

	/* Addresses; length 0 = none was given to connect or bind. A send
	 * without an address has no target at all. AF_UNSPEC in a send reads
	 * AF_INET here, for that is where the kernel delivers it. */
	struct sockaddr_storage address;
	socklen_t address_len;
	bool unspecified; /* and AF_UNSPEC it was */

	/* Processes: as in kill(2): > 0, 0, -1, < -1; outside kill(2) and
	 * process groups 0 is the caller. The resolver sets it for _PIDFD. */
	pid_t pid;
};

/* One line that rules decide: this class, on this target. A call has one
 * facet for each of its classes and targets; the strictest verdict stands. */
struct facet {
	enum call_class class_id; /* CLASS_COUNT: in no class (unknown call) */
	const struct target *target; /* NULL: the call names nothing */
	bool implied; /* touched on the side: only a rule that names the class
		       * and does not allow counts; defaults do not apply */
};

/* What an open asks for, wherever the call keeps it. */
struct open_request {
	uint64_t flags, mode, resolve; /* as in struct open_how */
};

/* How an ABI makes a call of the catalogue, where it does so in another way. */
struct call_form {
	const char *abi, *name;
	size_t n_args; /* the row's first ones; it has no others */
	/* What its pointers lead to has pointers and longs of 32 bits, and the
	 * structures that follow from it; or is something else altogether,
	 * which nobody need decide on. */
	bool narrow, opaque;
};

/* Some of the program's memory, as it was when the call was decoded. */
struct call_copy {
	uint64_t addr;
	size_t len;
	char *bytes;
};

struct call {
	const struct syscall_def *def;	 /* NULL: no row for this number */
	int number;			 /* as the program's ABI numbers it */
	char name[32];			 /* "openat", or "syscall_467" */
	uint64_t raw[SYSCALL_ARGS_MAX];	 /* in the row's order */
	uint64_t args[SYSCALL_ARGS_MAX]; /* truncated as the kernel does */
	size_t n_args;
	bool narrow, opaque; /* as in struct call_form */
	const char *abi;     /* by which it was made; NULL: the machine's */
	uint32_t classes;    /* with the arguments taken into account */
	enum soft_kind soft;
	uint64_t soft_value; /* the result for SOFT_ZERO and SOFT_COUNT_*; the
			      * errno that is due when the arguments are too
			      * broken even for a fake (write to nowhere) */
	struct open_request open; /* all zero for calls that open nothing */
	uint64_t clone_flags;	  /* of clone and clone3 */
	/* What stood where an argument points to that is read and written, for
	 * the log: "[128 => 16]". Set by print_entry(), believed by nobody. */
	uint64_t before[SYSCALL_ARGS_MAX];
	struct target *targets;
	size_t n_targets;
	struct call_copy *copies; /* strings that are no targets */
	size_t n_copies;
};

/* Take a call apart. @def may be NULL. @call is filled in always; what could
 * not be read is told in targets[].error. Free with call_free(). */
void call_decode(struct call *call, const struct syscall_def *def, int number,
		 const uint64_t raw[SYSCALL_ARGS_MAX],
		 const struct mem_reader *mem);
/* The same for a call that was made in @form; NULL: as the row has it. */
void call_decode_form(struct call *call, const struct call_form *form,
		      const struct syscall_def *def, int number,
		      const uint64_t raw[SYSCALL_ARGS_MAX],
		      const struct mem_reader *mem);
void call_free(struct call *call);

/* Read from call->copies as from memory: the words of ARG_ARGV and the text of
 * ARG_STRING arguments. Returns how many bytes from @addr on are known. */
size_t call_read_copy(const struct call *call, uint64_t addr, void *out,
		      size_t len);

/* The whole text of an ARG_STRING argument; NULL when it is none, cannot be
 * read, or is longer than we keep. */
const char *call_string(const struct call *call, int arg);

/* Is this something that has a name in the file system, and does the call have
 * such a target? A unix socket can have one. */
bool target_is_path(const struct target *target);
bool call_names_path(const struct call *call);

/* The first argument of this kind, -1 when there is none. */
int call_arg_index(const struct call *call, enum arg_kind kind);

/* The facet with index @i, counted from 0. False when there are no more. */
bool call_facet(const struct call *call, size_t i, struct facet *facet);

/* The classes that a call of @def can ever be in, whatever its arguments. */
uint32_t syscall_possible_classes(const struct syscall_def *def);

/* Is each call of @def in one of these classes alone? */
bool syscall_is_in_one_class(const struct syscall_def *def);

/* Open flags of open, openat, creat, openat2, open_by_handle_at or mq_open; 0
 * for other calls. */
uint64_t call_open_flags(const struct call *call);

/* Append an address for people and rules: "10.0.0.1:80", "[::1]:80",
 * "unix:/run/x", "unix:@abstract" (escaped), "netlink:0:0", "family 42". */
void address_text(struct buf *out, const struct sockaddr_storage *address,
		  socklen_t len);

#endif
