/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/pins.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "trace/mapping.h"

#define SEALS (F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

static bool set_up(struct pins *pins)
{
	struct stat status;

	if (ftruncate(pins->fd, PINS_SIZE) || fstat(pins->fd, &status))
		return false;
	pins->device = status.st_dev;
	pins->inode = status.st_ino;
	/* Ours is the last writable mapping there will ever be. */
	pins->bytes = mmap(NULL, PINS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
			   pins->fd, 0);
	if (pins->bytes == MAP_FAILED) {
		pins->bytes = NULL;
		return false;
	}
	return !fcntl(pins->fd, F_ADD_SEALS, SEALS);
}

void pins_open(struct pins *pins)
{
	pins->bytes = NULL;
	pins->fd = memfd_create("syswall", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (pins->fd >= 0 && !set_up(pins))
		pins_close(pins);
}

void pins_close(struct pins *pins)
{
	if (pins->bytes)
		munmap(pins->bytes, PINS_SIZE);
	if (pins->fd >= 0)
		close(pins->fd);
	pins->bytes = NULL;
	pins->fd = -1;
}

int pins_take(struct pins *pins)
{
	unsigned char *free_one = memchr(pins->used, 0, PINS_SLOTS);

	if (!free_one)
		return -1;
	*free_one = 1;
	return (int)(free_one - pins->used);
}

void pins_release(struct pins *pins, int slot)
{
	pins->used[slot] = 0;
}

bool pins_are_mapped(const struct pins *pins, pid_t tid, uint64_t addr)
{
	struct mapping mapping;

	return mapping_find(tid, addr, &mapping) && mapping.start == addr &&
	       mapping.end == addr + PINS_SIZE && !mapping.offset &&
	       mapping.inode == pins->inode &&
	       mapping.major == major(pins->device) &&
	       mapping.minor == minor(pins->device) &&
	       !strcmp(mapping.permissions, "r--s");
}
