/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/space.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/die.h"
#include "trace/mapping.h"
#include "trace/procfs.h"

enum {
	PAGE_BITS = 12,
	/* Descriptors are for more than this. */
	PAGEMAPS_MAX = 64,
};

/* Bits of a pagemap entry */
#define PAGE_PRESENT   (1ULL << 63)
#define PAGE_SWAPPED   (1ULL << 62)
#define PAGE_OF_A_FILE (1ULL << 61) /* or shared anonymous memory */

static size_t pagemaps_open;

struct space *space_new(void)
{
	struct space *space = xcalloc(1, sizeof(*space));

	space->tasks = 1;
	space->pagemap = -1;
	return space;
}

struct space *space_join(struct space *space)
{
	space->tasks++;
	return space;
}

void space_leave(struct space *space, bool vforking)
{
	if (vforking)
		space->vforking--;
	if (--space->tasks)
		return;
	if (space->pagemap >= 0) {
		close(space->pagemap);
		pagemaps_open--;
	}
	free(space);
}

bool space_is_shared(pid_t a, pid_t b, int type)
{
	long order = syscall(SYS_kcmp, a, b, type, 0, 0);

	/* ESRCH: one of them is dead, and shares nothing any more. */
	return order == 0 || (order < 0 && errno != ESRCH);
}

/* ---- pages ---- */

static size_t read_entries(int fd, uint64_t addr, uint64_t *entries,
			   size_t count)
{
	off_t at = (off_t)((addr >> PAGE_BITS) * sizeof(*entries));
	ssize_t len = pread(fd, entries, count * sizeof(*entries), at);

	return len < 0 ? 0 : (size_t)len / sizeof(*entries);
}

/* Those of @count pages from that of @addr on. Returns how many there are. */
static size_t page_entries(struct space *space, pid_t tid, uint64_t addr,
			   uint64_t *entries, size_t count)
{
	int fd = space->pagemap;
	size_t got;

	if (fd < 0)
		fd = procfs_open(tid, "pagemap");
	if (fd < 0)
		return 0;
	got = read_entries(fd, addr, entries, count);
	if (fd == space->pagemap)
		return got;
	if (pagemaps_open < PAGEMAPS_MAX) {
		pagemaps_open++;
		space->pagemap = fd;
	} else {
		close(fd);
	}
	return got;
}

static bool page_entry(struct space *space, pid_t tid, uint64_t addr,
		       uint64_t *entry)
{
	return page_entries(space, tid, addr, entry, 1) == 1;
}

static void note_seen(struct space *space, uint64_t page, uint64_t entry)
{
	if (space->tasks != 1 || space->n_seen == SPACE_SEEN_MAX ||
	    !(entry & (PAGE_PRESENT | PAGE_SWAPPED)))
		return;
	space->seen[space->n_seen].page = page;
	space->seen[space->n_seen++].entry = entry;
}

static bool was_seen(const struct space *space, uint64_t page, uint64_t *entry)
{
	if (space->tasks != 1)
		return false;
	for (unsigned int i = 0; i < space->n_seen; i++)
		if (space->seen[i].page == page) {
			*entry = space->seen[i].entry;
			return true;
		}
	return false;
}

bool space_has_pages(struct space *space, pid_t tid, uint64_t addr, size_t len)
{
	uint64_t entries[SPACE_PAGES_MAX];
	uint64_t first = addr >> PAGE_BITS;
	uint64_t last = (addr + len - 1) >> PAGE_BITS;
	size_t count = last - first < SPACE_PAGES_MAX ? last - first + 1 :
							SPACE_PAGES_MAX;

	if (count == 1 && was_seen(space, first, entries))
		return true;
	count = page_entries(space, tid, addr, entries, count);
	if (count == 1)
		note_seen(space, first, entries[0]);
	for (size_t i = 0; i < count; i++)
		if (!(entries[i] & (PAGE_PRESENT | PAGE_SWAPPED)))
			return false;
	return true;
}

/* What is not there now can be anything when it comes. */
static bool is_anonymous(uint64_t entry)
{
	return (entry & (PAGE_PRESENT | PAGE_SWAPPED)) &&
	       !(entry & PAGE_OF_A_FILE);
}

/* Write to a page what it holds: the kernel then gives the process a copy of
 * its own, as a debugger gets one for a breakpoint. */
static bool make_private(pid_t tid, uint64_t addr)
{
	uint64_t word = addr & ~(uint64_t)(sizeof(long) - 1);
	struct mapping mapping;
	long held;

	if (!mapping_find(tid, addr, &mapping) || mapping.permissions[3] != 'p')
		return false;
	errno = 0;
	held = ptrace(PTRACE_PEEKDATA, tid, (void *)word, NULL);
	return !errno &&
	       !ptrace(PTRACE_POKEDATA, tid, (void *)word, (void *)held);
}

bool space_owns_page(struct space *space, pid_t tid, uint64_t addr)
{
	uint64_t entry;

	if (!was_seen(space, addr >> PAGE_BITS, &entry) &&
	    !page_entry(space, tid, addr, &entry))
		return false;
	if (is_anonymous(entry))
		return true;
	return make_private(tid, addr) &&
	       page_entry(space, tid, addr, &entry) && is_anonymous(entry);
}
