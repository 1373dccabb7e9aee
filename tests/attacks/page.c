/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* page: the page from which the kernel takes checked arguments. Make it
 * writable, replace it, take it away; then race the path again. */
#include "attack.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/uio.h>

static unsigned long page, page_end;

static void *sleep_on(void *unused)
{
	pause();
	return unused;
}

/* A second thread makes the page necessary; the next ruled call brings it. */
static int find_page(void)
{
	pthread_t thread;
	char line[512];
	FILE *maps;

	pthread_create(&thread, NULL, sleep_on, NULL);
	close(open(OK, O_RDONLY));
	can_read(SECRET);
	maps = fopen("/proc/self/maps", "r");
	while (maps && fgets(line, sizeof(line), maps))
		if (strstr(line, "memfd:syswall"))
			sscanf(line, "%lx-%lx", &page, &page_end);
	if (maps)
		fclose(maps);
	return page != 0;
}

static size_t size(void)
{
	return page_end - page;
}

static int protect(void)
{
	return !sc(SYS_mprotect, page, size(), PROT_READ | PROT_WRITE) ||
	       !sc(SYS_mprotect, page, 4096, PROT_WRITE);
}

static int protect_by_key(void)
{
	long key = sc(330, 0, 0);

	return !sc(329, page, size(), PROT_READ | PROT_WRITE, key) ||
	       !sc(329, page, 4096, PROT_WRITE, -1);
}

static int map_over(void)
{
	return mmap((void *)page, 4096, PROT_READ | PROT_WRITE,
		    MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0) != MAP_FAILED;
}

static int unmap(void)
{
	return !sc(SYS_munmap, page, size()) ||
	       !sc(SYS_munmap, page - 4096, size() + 8192) ||
	       !sc(SYS_munmap, page, 4096);
}

static int move_away(void)
{
	return mremap((void *)page, size(), size() * 2, MREMAP_MAYMOVE) !=
		       MAP_FAILED ||
	       mremap((void *)page, size(), 4096, 0) != MAP_FAILED;
}

static int move_onto(void)
{
	void *mine = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mremap(mine, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED,
		      (void *)page) != MAP_FAILED;
}

static int attach_over(void)
{
	int id = shmget(IPC_PRIVATE, 4096, 0600);
	void *at = id < 0 ? (void *)-1 : shmat(id, (void *)page, SHM_REMAP);

	shmctl(id, IPC_RMID, NULL);
	return at != (void *)-1;
}

static int remap_pages(void)
{
	return !sc(SYS_remap_file_pages, page, 4096, 0, 1, 0);
}

static int write_memory(void)
{
	struct iovec mine = { "x", 1 }, it = { (void *)page, 1 };
	int fd = open("/proc/self/mem", O_RDWR);

	return pwrite(fd, "x", 1, (off_t)page) == 1 ||
	       process_vm_writev(getpid(), &mine, 1, &it, 1, 0) == 1;
}

static int reopen(void)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx", page,
		 page_end);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return 0;
	return write(fd, "x", 1) == 1 || !ftruncate(fd, 0) ||
	       mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, fd, 0) != MAP_FAILED;
}

static int punch(void)
{
	return !madvise((void *)page, size(), MADV_REMOVE);
}

/* A break that grows into it. */
static int break_into(void)
{
	return sc(SYS_brk, page + 4096) == (long)(page + 4096);
}

/* The kernel writes results to where a pointer points. */
static int kernel_writes(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	return read(fd, (void *)page, 1) == 1 || !sc(SYS_getrlimit, 1, page) ||
	       sc(SYS_getcwd, page, 64) > 0;
}

static int attack(int (*change)(void))
{
	if (!find_page())
		return cannot("there is no such page");
	return change() ? WORKED : read_it();
}

#define CASE(name)                                                             \
	static int attack_##name(void)                                         \
	{                                                                      \
		return attack(name);                                           \
	}
CASE(protect)
CASE(protect_by_key)
CASE(map_over)
CASE(unmap)
CASE(move_away)
CASE(move_onto)
CASE(attach_over)
CASE(remap_pages)
CASE(write_memory)
CASE(reopen)
CASE(punch)
CASE(break_into)
CASE(kernel_writes)

ATTACKS({ "protect", attack_protect },
	{ "protect-by-key", attack_protect_by_key },
	{ "map-over", attack_map_over }, { "unmap", attack_unmap },
	{ "move-away", attack_move_away }, { "move-onto", attack_move_onto },
	{ "attach-over", attack_attach_over },
	{ "remap-pages", attack_remap_pages },
	{ "write-memory", attack_write_memory }, { "reopen", attack_reopen },
	{ "punch", attack_punch }, { "break-into", attack_break_into },
	{ "kernel-writes", attack_kernel_writes })
