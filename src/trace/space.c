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

static bool read_entry(int fd, uint64_t addr, uint64_t *entry)
{
	off_t at = (off_t)((addr >> PAGE_BITS) * sizeof(*entry));

	return pread(fd, entry, sizeof(*entry), at) == sizeof(*entry);
}

static bool page_entry(struct space *space, pid_t tid, uint64_t addr,
		       uint64_t *entry)
{
	int fd = space->pagemap;
	bool ok;

	if (fd < 0)
		fd = procfs_open(tid, "pagemap");
	if (fd < 0)
		return false;
	ok = read_entry(fd, addr, entry);
	if (fd == space->pagemap)
		return ok;
	if (pagemaps_open < PAGEMAPS_MAX) {
		pagemaps_open++;
		space->pagemap = fd;
	} else {
		close(fd);
	}
	return ok;
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

	if (!page_entry(space, tid, addr, &entry))
		return false;
	if (is_anonymous(entry))
		return true;
	return make_private(tid, addr) &&
	       page_entry(space, tid, addr, &entry) && is_anonymous(entry);
}
