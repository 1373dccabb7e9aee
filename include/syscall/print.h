/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * print - a call in strace's format.
 *
 * Arguments that the program fills in are printed at entry, from memory as it
 * is then; those that the kernel fills in, at exit:
 *	read(3, "abc", 100) = 3
 *	        ^ entry up to here, exit from here on
 *
 * @out holds one line from its first column on, what stands before the call
 * ("[pid 12] ", a time) included: results are aligned to a column of it.
 */
#ifndef SYSCALL_PRINT_H
#define SYSCALL_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem_reader.h"
#include "syscall/call.h"
#include "syscall/consts.h"

enum string_style {
	STRINGS_ESCAPED,
	STRINGS_HEX_IF_ODD, /* \x.. from end to end when a byte needs it */
	STRINGS_HEX,
};

/* Who knows what a descriptor of the task at hand is open on. describe:
 * appends "</etc/passwd>", or nothing; AT_FDCWD is the working directory. */
struct print_files {
	/* NULL: numbers alone */
	void (*describe)(void *owner, int fd, struct buf *out);
	/* Is it a netlink socket? Of which protocol, or -1 when that is not
	 * known (before it is bound). */
	bool (*netlink)(void *owner, int fd, int *protocol);
	/* The name of a family of generic netlink, or NULL. */
	const char *(*generic)(void *owner, uint16_t type);
	void *owner;
};

struct print_options {
	size_t string_limit; /* bytes shown of a string; 32 as strace */
	enum string_style strings;
	enum const_style consts;
	bool arg_names;			 /* dirfd=AT_FDCWD */
	const struct print_files *files; /* NULL: nobody knows */
};

/* What one argument printer sees. */
struct print_ctx {
	struct buf *out;
	const struct mem_reader *mem;
	const struct call *call;
	const struct print_options *options;
	int arg;	/* which argument */
	bool exiting;	/* at the exit stop: result is valid */
	int64_t result; /* -4095..-1 is an errno */
};

/* Append "openat(AT_FDCWD, "x", O_RDONLY" up to the first argument that only
 * the exit can tell. Returns the index of that argument (n_args: all done).
 * Remembers in call->before what the kernel is about to overwrite. */
int print_entry(struct buf *out, struct call *call,
		const struct mem_reader *mem,
		const struct print_options *options);

/* Append the remaining arguments from @first on, and ")". @first is what
 * print_entry() returned for this call. */
void print_exit_args(struct buf *out, const struct call *call, int first,
		     int64_t result, const struct mem_reader *mem,
		     const struct print_options *options);

/* How all of it reads from now on; NULL: as if nothing was asked for. Returns
 * what was in force. The functions here that take options do it themselves;
 * print_signal_line() does not. */
const struct print_options *
print_set_options(const struct print_options *options);

/* Pad to column 39, then append " = 3", " = -1 ENOENT (No such file or directory)", " = ?",
 * " = ? ERESTARTSYS (To be restarted if SA_RESTART is set)", and what the call
 * left in memory where strace tells it here: " = 1 ([{fd=4, revents=POLLIN}])".
 */
void print_result(struct buf *out, const struct call *call, int64_t result,
		  const struct mem_reader *mem,
		  const struct print_options *options);

/* The same for a call that never comes back: " = ?". */
void print_no_result(struct buf *out);

/* The whole call as known at entry, for prompts and the -v log, made from the
 * checked copy alone: openat(AT_FDCWD, "../x", O_RDONLY) */
void print_call(struct buf *out, const struct call *call);

/* The same for argument @arg alone; nothing when it has no meaning in this
 * call. What only the exit tells is shown as its address. */
void print_call_arg(struct buf *out, const struct call *call, int arg);

/* What the kernel has put where argument @arg points to, after the call has
 * returned @result. False, and nothing, when it fills in nothing there. */
bool print_filled_arg(struct buf *out, const struct call *call, int arg,
		      int64_t result, const struct mem_reader *mem,
		      const struct print_options *options);

#endif
