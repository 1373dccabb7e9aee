/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/memory.h"

#include <sys/uio.h>

#define PAGE   4096u
#define PIECES 64

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

size_t memory_read(void *owner, uint64_t addr, void *out, size_t len)
{
	pid_t tid = *(const pid_t *)owner;
	size_t done = 0;

	if (addr + len < addr)
		len = (size_t)(UINT64_MAX - addr); /* up to the very end */
	while (done < len) {
		size_t want = len - done;
		size_t got;

		if (want > (PIECES - 1) * PAGE)
			want = (PIECES - 1) * PAGE;
		got = read_pieces(tid, addr + done, (char *)out + done, want);
		done += got;
		if (got < want)
			break;
	}
	return done;
}
