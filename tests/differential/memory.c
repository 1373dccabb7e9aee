/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Memory: mapping, protecting, advising. */
#include "case.h"

CASE(mmap)
{
	int fd = make_file("f", "text");

	sc(mmap, NULL, 4096L, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
	sc(mmap, NULL, 4096L, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0L);
	sc(mmap, 0x10000L, 4096L, PROT_NONE,
	   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0L);
	sc(mmap, NULL, 4096L, PROT_EXEC | PROT_READ, MAP_PRIVATE, fd, 0x1000L);
	sc(mmap, NULL, 4096L, 7 | 0x01000000,
	   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_GROWSDOWN, -1, 0L);
	sc(mmap, NULL, 0L, PROT_READ, MAP_PRIVATE | MAP_NORESERVE, fd, 0L);
	sc(mmap, NULL, 4096L, PROT_READ, 0, fd, 0L);
	sc(mmap, NULL, 4096L, 0x70, MAP_SHARED_VALIDATE | 0x1000000, fd, 0L);
	sc(mmap, NULL, 4096L, PROT_READ, 0xf | MAP_ANONYMOUS, 77, 5L);
	sc(mmap, NULL, 1L << 21, PROT_READ,
	   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 21 << 26, -1, 0L);
	sc(mmap, NULL, -1L, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, -4096L);
}

CASE(protect)
{
	char *at = (char *)sc(mmap, NULL, 8192L, PROT_READ,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);

	sc(mprotect, at, 4096L, PROT_READ | PROT_WRITE);
	sc(mprotect, at, 4096L, PROT_NONE);
	sc(mprotect, at, 4096L, 8 | PROT_GROWSUP | 0x100);
	sc(mprotect, at + 1, 4096L, PROT_READ);
	sc(pkey_alloc, 0, 0);
	sc(pkey_alloc, 1, 3);
	sc(pkey_mprotect, at, 4096L, PROT_READ, -1);
	sc(pkey_free, 77);
	sc(munmap, at, 4096L);
	sc(munmap, at + 1, 4096L);
	sc(munmap, NULL, 0L);
}

CASE(mremap)
{
	char *at = (char *)sc(mmap, NULL, 8192L, PROT_READ,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);

	sc(mremap, at, 8192L, 4096L, 0);
	sc(mremap, at, 4096L, 16384L, MREMAP_MAYMOVE);
	sc(mremap, at, 4096L, 4096L, MREMAP_MAYMOVE | MREMAP_FIXED, 0x20000L);
	sc(mremap, NULL, 4096L, 4096L, 0x17, NULL);
	sc(remap_file_pages, at, 4096L, 0, 0L, 0);
}

CASE(advice)
{
	char *at = (char *)sc(mmap, NULL, 8192L, PROT_READ,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);

	sc(madvise, at, 4096L, MADV_DONTNEED);
	sc(madvise, at, 4096L, MADV_HUGEPAGE);
	sc(madvise, at, 4096L, MADV_COLD);
	sc(madvise, at, 4096L, 25);
	sc(madvise, at, 4096L, 200);
	sc(mincore, at, 8192L, page);
	sc(mincore, NULL, 8192L, page);
	sc(msync, at, 4096L, MS_SYNC);
	sc(msync, at, 4096L, MS_ASYNC | MS_INVALIDATE);
	sc(msync, at, 4096L, 0xff);
	sc(msync, at, 4096L, 0);
}

CASE(locking)
{
	char *at = (char *)sc(mmap, NULL, 8192L, PROT_READ,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);

	sc(mlock, at, 4096L);
	sc(mlock2, at, 4096L, 1);
	sc(mlock2, at, 4096L, 2);
	sc(munlock, at, 4096L);
	sc(mlockall, 0);
	sc(mlockall, 0x10);
	sc(munlockall);
}

CASE(brk)
{
	char *now = (char *)sc(brk, NULL);

	sc(brk, now + 4096);
	sc(brk, now);
	sc(brk, -1L);
}

CASE(policies)
{
	unsigned long nodes[2] = { 1, 0 };
	int mode = 0;

	sc(get_mempolicy, &mode, nodes, 64L, NULL, 0L);
	sc(get_mempolicy, &mode, NULL, 0L, page, 3L);
	sc(set_mempolicy, 0, NULL, 0L);
	sc(set_mempolicy, 0x8002, nodes, 64L);
	sc(set_mempolicy, 77, nodes, 64L);
	sc(mbind, 0x1000L, 4096L, 2, nodes, 64L, 3);
	sc(migrate_pages, 0, 64L, nodes, nodes);
	sc(move_pages, 0, 0L, NULL, NULL, NULL, 2);
}

CASE(of_processes)
{
	struct {
		void *base;
		size_t len;
	} here = { page, 8 }, there = { page + 100, 8 };
	pid_t pid = getpid();

	strcpy(page + 100, "abcdefg");
	sc(process_vm_readv, pid, &here, 1L, &there, 1L, 0L);
	sc(process_vm_writev, pid, &here, 1L, &there, 1L, 0L);
	sc(process_vm_readv, pid, NULL, 0L, NULL, 0L, 1L);
	sc(process_vm_readv, pid, NOWHERE, 1L, &there, 1L, 0L);
	sc(process_vm_writev, 0, NULL, 1L, NOWHERE, 1L, 5L);
	sc(process_madvise, -1, &there, 1L, MADV_COLD, 0);
	sc(membarrier, 0, 0, 0);
	sc(membarrier, 0x8, 0, 0);
	sc(membarrier, 0x9, 1, 5);
	sc(process_mrelease, 77, 0);
}
