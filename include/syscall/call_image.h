/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call_image - a decided call, rebuilt from the copy that was decided on.
 *
 * The kernel reads a call's pointers again after we did. Where the program
 * could change what they point to in between, the call is given other
 * pointers: into a place that the program cannot write, which holds the bytes
 * that were checked. The image is these bytes, laid out for an address, and
 * the argument registers that go with them. Pure: no task is touched.
 *
 * Only what a decision can speak of is in the image: paths, addresses, strings
 * and the structures that hold them. Data that is written or sent stays where
 * it is.
 */
#ifndef SYSCALL_CALL_IMAGE_H
#define SYSCALL_CALL_IMAGE_H

#include "syscall/call.h"

enum {
	/* Five pages: the widest call names four strings (mount(2)), or a path
	 * and a structure of a page (openat2(2)). */
	CALL_IMAGE_SIZE = 5 * 4096,
	CALL_IMAGE_SPANS = 16,
};

/* Memory of the program that the decision rests on. */
struct call_span {
	uint64_t addr;
	size_t len;
	size_t at; /* where the image has it */
};

struct call_image {
	/* The call to make: the program's own, or its like for one message
	 * (sendmmsg(2) writes its counts between what it reads). */
	enum syscall_id id;
	uint64_t args[SYSCALL_ARGS_MAX];
	/* Where the program expects the count of bytes of its first message,
	 * and 1 as the result. 0: the result is what the call returns. */
	uint64_t sent_at;

	struct call_span spans[CALL_IMAGE_SPANS];
	size_t n_spans;
	size_t len;
	unsigned char bytes[CALL_IMAGE_SIZE];
};

/* Lay out @call for the address @base (0 will do to learn the spans). False
 * when it does not fit, which no call that the kernel would take does. An
 * image without spans: the call's decision rests on no memory. */
bool call_image_build(const struct call *call, uint64_t base,
		      struct call_image *image);

#endif
