/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * A program's memory for tests: PAGES pages at BASE, of which some are not
 * mapped. What lies outside of BASE is not mapped either.
 */
#ifndef FAKE_MEMORY_H
#define FAKE_MEMORY_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem_reader.h"

enum { FAKE_PAGE = 4096, FAKE_PAGES = 32, FAKE_BASE = 0x100000 };

struct fake_memory {
	unsigned char bytes[FAKE_PAGES * FAKE_PAGE];
	bool hole[FAKE_PAGES];
	size_t used;
	unsigned int reads;
};

static inline size_t fake_read(void *owner, uint64_t addr, void *out,
			       size_t len)
{
	struct fake_memory *memory = owner;
	size_t done = 0;

	memory->reads++;
	while (done < len) {
		uint64_t at = addr + done - FAKE_BASE;

		if (at >= sizeof(memory->bytes) || memory->hole[at / FAKE_PAGE])
			break;
		((unsigned char *)out)[done++] = memory->bytes[at];
	}
	return done;
}

static inline struct mem_reader fake_reader(struct fake_memory *memory)
{
	return (struct mem_reader){ .read = fake_read, .owner = memory };
}

/* Put bytes at an address. */
static inline uint64_t fake_put_at(struct fake_memory *memory, uint64_t addr,
				   const void *bytes, size_t len)
{
	assert(addr - FAKE_BASE + len <= sizeof(memory->bytes));
	memcpy(memory->bytes + (addr - FAKE_BASE), bytes, len);
	return addr;
}

/* Put bytes behind those that were put before; returns their address. */
static inline uint64_t fake_put(struct fake_memory *memory, const void *bytes,
				size_t len)
{
	uint64_t addr = FAKE_BASE + memory->used;

	memory->used += (len + 15) & ~(size_t)15;
	return fake_put_at(memory, addr, bytes, len);
}

static inline uint64_t fake_string(struct fake_memory *memory, const char *text)
{
	return fake_put(memory, text, strlen(text) + 1);
}

/* The first address of page @page; the page is unmapped when @hole. */
static inline uint64_t fake_page(struct fake_memory *memory, size_t page,
				 bool hole)
{
	memory->hole[page] = hole;
	return FAKE_BASE + page * FAKE_PAGE;
}

#endif
