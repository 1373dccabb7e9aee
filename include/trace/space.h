/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * space - an address space and the tasks that run in it. Private to trace.
 *
 * Who shares memory with another task can change what a pointer leads to
 * between our look at it and the kernel's.
 */
#ifndef TRACE_SPACE_H
#define TRACE_SPACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { SPACE_SEEN_MAX = 4 };

struct space {
	size_t tasks;
	size_t vforking; /* of these, wait in the kernel for a vfork child */
	int pagemap;	 /* /proc/PID/pagemap, or -1 */
	bool hangs;	 /* who reads it does not come back: memory.c */

	/* Entries of the pagemap, as they were read since its task stopped:
	 * they hold for as long as it has but one. */
	struct {
		uint64_t page, entry;
	} seen[SPACE_SEEN_MAX];
	unsigned int n_seen;

	uint64_t area;	/* where the pins are mapped, sealed; 0: nowhere */
	int area_error; /* or why they could not be: negative errno */
};

/* A new one, with one task in it. */
struct space *space_new(void);
/* One task more, one less. The last one frees it. */
struct space *space_join(struct space *space);
void space_leave(struct space *space, bool vforking);

/* Do two tasks share their memory (KCMP_VM), working directory (KCMP_FS) or
 * descriptors (KCMP_FILES)? Where the kernel does not tell, they do. kcmp(2) */
bool space_is_shared(pid_t a, pid_t b, int type);

/*
 * Is the page at @addr of @tid, which runs in @space, anonymous and private:
 * can nobody outside of the space write to it? A page of a private file
 * mapping is made so by writing to it what it holds. False in doubt.
 * proc(5), /proc/PID/pagemap, bits 61 to 63.
 */
bool space_owns_page(struct space *space, pid_t tid, uint64_t addr);

/* Are all pages from @addr on, @len bytes, in memory or swapped out, so that
 * reading them does not depend on anybody? True also when that cannot be told.
 * At most SPACE_PAGES_MAX pages are looked at. */
bool space_has_pages(struct space *space, pid_t tid, uint64_t addr, size_t len);
enum { SPACE_PAGES_MAX = 64 };

#endif
