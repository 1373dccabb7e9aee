/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * mem_reader - an interface to somebody else's memory.
 *
 * The decoder reads a tracee through it; tests give it a plain array.
 */
#ifndef BASE_MEM_READER_H
#define BASE_MEM_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mem_reader {
	/* Read up to @len bytes at @addr into @out. Returns how many bytes
	 * from @addr on could be read: @len, fewer when a later page is not
	 * there, 0 when nothing is. Never blocks for long, never fails. */
	size_t (*read)(void *owner, uint64_t addr, void *out, size_t len);
	void *owner;
};

static inline size_t mem_read(const struct mem_reader *mem, uint64_t addr,
			      void *out, size_t len)
{
	return mem->read(mem->owner, addr, out, len);
}

/* All of it or nothing. */
static inline bool mem_read_all(const struct mem_reader *mem, uint64_t addr,
				void *out, size_t len)
{
	return mem_read(mem, addr, out, len) == len;
}

/* Read a C string of at most @size - 1 bytes plus its NUL into @out. Returns
 * its length; -EFAULT when it cannot be read up to its NUL; -ENAMETOOLONG when
 * no NUL stands within @size bytes (@out then holds @size bytes without one).
 * Reads page by page, so a string may end on the last byte of a mapping. */
long mem_read_string(const struct mem_reader *mem, uint64_t addr, char *out,
		     size_t size);

#endif
