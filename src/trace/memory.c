/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/memory.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>

#include "base/die.h"
#include "trace/mapping.h"
#include "trace/touch.h"

#define PAGE	   4096u
#define PIECES	   64
#define PIECES_MAX (PIECES - 1) /* one more when they start in a page */

/* process_vm_readv() transfers whole remote elements only: with one element a
 * page, a page that is missing ends the transfer exactly there. */
static size_t read_pieces(pid_t tid, uint64_t addr, void *out, size_t len)
{
	struct iovec local = { out, len }, remote[PIECES];
	size_t done = 0;
	ssize_t got;
	unsigned int n;

	for (n = 0; n < PIECES && done < len; n++) {
		size_t piece = PAGE - ((addr + done) & (PAGE - 1));

		if (piece > len - done)
			piece = len - done;
		remote[n].iov_base = (void *)(uintptr_t)(addr + done);
		remote[n].iov_len = piece;
		done += piece;
	}
	local.iov_len = done;
	got = process_vm_readv(tid, &local, 1, remote, n, 0);
	return got < 0 ? 0 : (size_t)got;
}

/* How much of it can be read without waiting: a page that comes only now may
 * never come. */
static size_t readable(const struct memory_owner *owner, uint64_t addr,
		       size_t len)
{
	struct mapping mapping;
	size_t got;

	if (owner->space->hangs)
		return 0;
	if (!owner->patience_ms ||
	    space_has_pages(owner->space, owner->tid, addr, len) ||
	    !mapping_find(owner->tid, addr, &mapping)) /* fails at once */
		return len;
	/* On a disk of this machine. All others have no device of their own. */
	if (mapping.major)
		return len;
	if (touch_pages(owner->tid, addr, len, owner->patience_ms, &got))
		return got;
	owner->space->hangs = true;
	warn_line("process %d is killed: its memory does not answer (%s)",
		  (int)owner->tid, strerror(errno));
	kill(owner->tid, SIGKILL);
	return 0;
}

size_t memory_read(void *owner, uint64_t addr, void *out, size_t len)
{
	const struct memory_owner *memory = owner;
	size_t done = 0;

	if (addr + len < addr)
		len = (size_t)(UINT64_MAX - addr); /* up to the very end */
	while (done < len) {
		size_t want = len - done;
		size_t there, got;

		if (want > PIECES_MAX * PAGE)
			want = PIECES_MAX * PAGE;
		there = readable(memory, addr + done, want);
		if (!there)
			break;
		got = read_pieces(memory->tid, addr + done, (char *)out + done,
				  there);
		done += got;
		if (got < want)
			break;
	}
	return done;
}
