/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call_decode - the parts of call_decode(), one for each sort of target.
 *
 * Only src/syscall/call_*.c need this.
 */
#ifndef SYSCALL_CALL_DECODE_H
#define SYSCALL_CALL_DECODE_H

#include "syscall/call.h"

/* struct msghdr and struct mmsghdr of a 64-bit program; those of a 32-bit one
 * have the same fields in words of 32 bits, without the holes. */
struct program_msghdr {
	uint64_t name;
	int32_t name_len;
	uint32_t pad;
	uint64_t iov, iov_count;
	uint64_t control, control_len;
	uint64_t flags;
};

struct program_mmsghdr {
	struct program_msghdr msg;
	uint64_t sent;
};

_Static_assert(sizeof(struct program_mmsghdr) == 64, "as in the kernel");

/* How many bytes a struct msghdr of @call has, and how far apart they stand in
 * the array of sendmmsg(2): the count of bytes sent lies between them. */
size_t msghdr_size(const struct call *call);
size_t mmsghdr_size(const struct call *call);

/* Make a struct msghdr of the bytes that the program has for one. */
void msghdr_read(const struct call *call, const void *bytes,
		 struct program_msghdr *msg);

struct decoder {
	struct call *call;
	const struct mem_reader *mem;
	int open_error; /* why call->open is not what the program meant */
};

/* A new target at the end, all zero but for these; implied classes are those
 * of the argument's kind. Valid until the next one is added. */
struct target *call_add_target(struct call *call, enum target_kind kind,
			       int arg);

/* Fill call->open, call->clone_flags. */
void decode_open(struct decoder *decoder);
void decode_clone(struct decoder *decoder);

/* Argument @arg, whose kind names a path, addresses or a process. */
void decode_path(struct decoder *decoder, int arg);
void decode_sockaddr(struct decoder *decoder, int arg);
void decode_msg(struct decoder *decoder, int arg);
void decode_mmsg(struct decoder *decoder, int arg);
void decode_pid(struct decoder *decoder, int arg);

/* Keep @len bytes that were read at @addr in call->copies. */
void decode_copy(struct decoder *decoder, uint64_t addr, const void *bytes,
		 size_t len);

/* Is an argument of this kind a text that rules can speak of? */
bool arg_is_text(enum arg_kind kind);

/* Keep the strings that are no targets. */
void decode_copies(struct decoder *decoder);

/* What call->soft_value has to be. */
uint64_t decode_soft_value(const struct decoder *decoder);

/* Where the struct msghdr at @addr keeps its iovec. -EFAULT when it cannot be
 * read. */
int decode_msg_iov(const struct decoder *decoder, uint64_t addr, uint64_t *iov,
		   uint64_t *iov_count);

/* A pointer or a long in memory. False when it cannot be read. */
bool decode_word(const struct decoder *decoder, uint64_t addr, uint64_t *word);
size_t decode_word_size(const struct call *call);

#endif
