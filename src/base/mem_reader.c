/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "base/mem_reader.h"

#include <errno.h>
#include <string.h>

#define PAGE 4096u

long mem_read_string(const struct mem_reader *mem, uint64_t addr, char *out,
		     size_t size)
{
	size_t done = 0;

	while (done < size) {
		/* Most strings are short: first to the end of a small block,
		 * and never across a page in one go. */
		size_t want = done ? PAGE : 256;
		size_t to_page_end = PAGE - ((addr + done) & (PAGE - 1));
		size_t got;
		char *nul;

		if (want > to_page_end)
			want = to_page_end;
		if (want > size - done)
			want = size - done;
		got = mem_read(mem, addr + done, out + done, want);
		nul = memchr(out + done, '\0', got);
		if (nul)
			return nul - out;
		if (got < want)
			return -EFAULT;
		done += got;
	}
	return -ENAMETOOLONG;
}
