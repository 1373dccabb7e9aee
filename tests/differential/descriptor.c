/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What is done with descriptors: reading, writing, copying, locking. */
#include "case.h"

#include <linux/falloc.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/uio.h>

static const char text[] = "The quick brown fox jumps over the lazy dog. 0123";

CASE(read_write)
{
	int fd = (int)sc(open, "f", O_RDWR | O_CREAT, 0600);

	sc(write, fd, text, 5);
	sc(write, fd, text, 32);
	sc(write, fd, text, 33);
	sc(write, fd, text, 0);
	sc(write, fd, NULL, 0);
	sc(write, fd, NULL, 10);
	sc(write, fd, NOWHERE, 10);
	sc(write, fd, "\0\1\0012\0339\377", 9);
	sc(write, fd, at_edge(text, 10), 20);
	sc(write, 77, text, 5);
	sc(write, fd, text, -1L);
	sc(lseek, fd, 0L, SEEK_SET);
	sc(read, fd, page, 10);
	sc(read, fd, page, 4096);
	sc(read, fd, page, 10);
	sc(read, fd, NULL, 0);
	sc(read, fd, NOWHERE, 3);
	sc(read, -1, page, 3);
	sc(read, 0x100000000 + fd, page, 3);
}

CASE(positioned)
{
	int fd = (int)sc(open, "f", O_RDWR | O_CREAT, 0600);

	sc(pwrite64, fd, text, 20, 100L);
	sc(pread64, fd, page, 10, 95L);
	sc(pread64, fd, page, 10, -1L);
	sc(pread64, fd, page, 100, 1L << 40);
	sc(lseek, fd, 3L, SEEK_CUR);
	sc(lseek, fd, -100L, SEEK_END);
	sc(lseek, fd, 0L, SEEK_DATA);
	sc(lseek, fd, 0L, SEEK_HOLE);
	sc(lseek, fd, 0L, 77);
	sc(lseek, 77, -1L, SEEK_SET);
}

CASE(vectors)
{
	int fd = (int)sc(open, "f", O_RDWR | O_CREAT, 0600);
	struct iovec out[] = { { (void *)text, 10 },
			       { NULL, 0 },
			       { (void *)(text + 5), 40 } };
	struct iovec in[] = { { page, 4 }, { page + 100, 100 } };
	struct iovec bad[] = { { (void *)text, 3 }, { NOWHERE, 5 } };

	sc(writev, fd, out, 3);
	sc(writev, fd, out, 0);
	sc(writev, fd, NULL, 1);
	sc(writev, fd, bad, 2);
	sc(writev, 77, bad, 2);
	sc(writev, fd, NOWHERE, 2);
	sc(writev, fd, at_edge(out, 32), 3);
	sc(writev, fd, page + PAGE - 32, -1);
	sc(writev, fd, page + PAGE - 32, 2000);
	sc(lseek, fd, 0L, SEEK_SET);
	sc(readv, fd, in, 2);
	sc(readv, fd, in, 2);
	sc(readv, 77, in, 2);
	sc(preadv, fd, in, 2, 5L, 0L);
	sc(pwritev, fd, out, 1, 5L, 0L);
	sc(preadv2, fd, in, 2, 5L, 0L, RWF_NOWAIT | RWF_HIPRI);
	sc(preadv2, fd, in, 1, -1L, 0L, 0);
	sc(pwritev2, fd, out, 1, 0L, 0L, RWF_APPEND | 0x1000);
}

CASE(many_vectors)
{
	struct iovec all[40];

	for (int i = 0; i < 40; i++)
		all[i] = (struct iovec){ (void *)(text + i), 1 };
	sc(writev, 1, all, 32);
	sc(writev, 1, all, 33);
	sc(writev, 1, all, 40);
}

CASE(dup)
{
	sc(dup, 0);
	sc(dup, 77);
	sc(dup2, 1, 9);
	sc(dup2, 77, 1);
	sc(dup3, 1, 10, O_CLOEXEC);
	sc(dup3, 1, 10, 0);
	sc(dup3, 1, 1, O_NONBLOCK | 0x7);
	sc(close, 10);
	sc(close, 10);
	sc(close, -1);
}

CASE(close_range)
{
	sc(close_range, 5, 9, 0);
	sc(close_range, 5, -1, 4);
	sc(close_range, 9, 5, 0);
	sc(close_range, 50, 60, 2);
	sc(close_range, 50, 60, 0x16);
}

CASE(pipes)
{
	int fds[2];

	sc(pipe, fds);
	sc(pipe2, fds, O_CLOEXEC | O_NONBLOCK);
	sc(pipe2, fds, O_DIRECT);
	sc(pipe2, fds, 1);
	sc(pipe, NULL);
	sc(pipe2, NOWHERE, 0);
	sc(read, fds[0], page, 0);
	sc(write, fds[1], "hello\n", 6);
	sc(tee, fds[0], 77, 5L, 2);
	sc(splice, fds[0], NULL, 1, NULL, 100L, 1);
	sc(splice, 77, page, 78, page, 100L, 0xff);
	sc(vmsplice, fds[1], &(struct iovec){ (void *)text, 4 }, 1L, 8);
	sc(vmsplice, 77, NULL, 1L, 0);
}

CASE(copies)
{
	int in = make_file("in", "twelve bytes");
	int out = make_file("out", "");
	long offset = 3, behind = 0;

	sc(sendfile, out, in, NULL, 4L);
	sc(sendfile, out, in, &offset, 4L);
	sc(sendfile, out, in, NOWHERE, 4L);
	sc(sendfile, out, 77, &offset, 0L);
	offset = 1;
	sc(copy_file_range, in, &offset, out, &behind, 4L, 0);
	sc(copy_file_range, in, NULL, out, NULL, 100L, 0);
	sc(copy_file_range, in, NOWHERE, 77, NULL, -1L, 1);
}

CASE(fallocate)
{
	int fd = make_file("f", "text");

	sc(fallocate, fd, 0, 0L, 100L);
	sc(fallocate, fd, FALLOC_FL_KEEP_SIZE, 0L, 100L);
	sc(fallocate, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 1L, 2L);
	sc(fallocate, fd, 0xff, -1L, -2L);
	sc(fallocate, fd, 0x100, 0L, 0L);
	sc(fadvise64, fd, 0L, 100L, 2);
	sc(fadvise64, fd, 0L, 100L, 77);
	sc(readahead, 77, 0L, 100L);
	sc(sync_file_range, fd, 0L, 10L, 2);
	sc(sync_file_range, fd, 0L, 10L, 0xf);
	sc(fsync, fd);
	sc(fdatasync, 77);
	sc(syncfs, 77);
}

CASE(flock)
{
	int fd = make_file("f", "text");

	sc(flock, fd, LOCK_SH);
	sc(flock, fd, LOCK_EX | LOCK_NB);
	sc(flock, fd, LOCK_UN);
	sc(flock, fd, 0x40);
	sc(flock, 77, 0);
}

CASE(memfd)
{
	sc(memfd_create, "name", 0);
	sc(memfd_create, "name", 3);
	sc(memfd_create, "a name that is longer than 32 bytes, by far", 8);
	sc(memfd_create, NULL, 4 | 21U << 26);
	sc(memfd_create, "n", 0x40);
	sc(memfd_secret, 0x80000001);
	sc(eventfd, 7);
	sc(eventfd2, 7, O_CLOEXEC | O_NONBLOCK | 1);
	sc(eventfd2, -1, 2);
	sc(userfaultfd, 0x100);
}

CASE(fcntl_flags)
{
	int fd = make_file("f", "x");

	sc(fcntl, fd, F_GETFD);
	sc(fcntl, fd, F_SETFD, FD_CLOEXEC);
	sc(fcntl, fd, F_GETFD);
	sc(fcntl, fd, F_SETFD, 5);
	sc(fcntl, fd, F_GETFL);
	sc(fcntl, fd, F_SETFL, O_RDONLY | O_NONBLOCK | O_APPEND);
	sc(fcntl, fd, F_GETFL);
	sc(fcntl, fd, F_DUPFD, 20);
	sc(fcntl, fd, F_DUPFD_CLOEXEC, 20);
	sc(fcntl, fd, F_GETOWN);
	sc(fcntl, fd, F_SETOWN, 0);
	sc(fcntl, fd, F_GETSIG);
	sc(fcntl, fd, F_SETSIG, SIGUSR1);
	sc(fcntl, fd, F_GETSIG);
	sc(fcntl, fd, F_GETLEASE);
	sc(fcntl, fd, F_SETLEASE, F_UNLCK);
	sc(fcntl, fd, F_NOTIFY, DN_ACCESS | DN_MULTISHOT);
	sc(fcntl, 77, F_GETFD);
	sc(fcntl, fd, 77, 1L);
	sc(fcntl, fd, -1, 1L);
}

CASE(fcntl_locks)
{
	int fd = make_file("f", "x");
	struct flock lock = { .l_type = F_WRLCK, .l_start = 1, .l_len = 5 };
	struct flock odd = { .l_type = 9, .l_whence = 8, .l_start = -1 };

	sc(fcntl, fd, F_SETLK, &lock);
	sc(fcntl, fd, F_GETLK, &lock);
	sc(fcntl, fd, F_OFD_GETLK, &lock);
	lock.l_pid = 0;
	lock.l_type = F_RDLCK;
	lock.l_whence = SEEK_END;
	sc(fcntl, fd, F_OFD_SETLK, &lock);
	sc(fcntl, fd, F_SETLKW, &odd);
	sc(fcntl, fd, F_SETLK, NULL);
	sc(fcntl, fd, F_GETLK, NOWHERE);
	sc(fcntl, 77, F_OFD_SETLKW, &lock);
}

CASE(fcntl_more)
{
	int fd = (int)sc(memfd_create, "m", 2);
	int fds[2];
	struct f_owner_ex owner = { F_OWNER_PGRP, 0 };
	uint64_t hint = 2;

	sc(fcntl, fd, F_ADD_SEALS, 0x1f);
	sc(fcntl, fd, F_GET_SEALS);
	sc(fcntl, fd, F_ADD_SEALS, 0x100);
	sc(pipe, fds);
	sc(fcntl, fds[0], F_SETPIPE_SZ, 8192);
	sc(fcntl, fds[0], F_GETPIPE_SZ);
	sc(fcntl, fds[0], F_GETOWN_EX, &owner);
	sc(fcntl, fds[0], F_SETOWN_EX, &owner);
	owner.type = 7;
	sc(fcntl, fds[0], F_SETOWN_EX, &owner);
	sc(fcntl, fds[0], F_SETOWN_EX, NULL);
	sc(fcntl, fds[0], 1036 /* F_SET_RW_HINT */, &hint);
	sc(fcntl, fds[0], 1035 /* F_GET_RW_HINT */, &hint);
	sc(fcntl, fds[0], 1035, NULL);
	hint = 99;
	sc(fcntl, fds[0], 1036, &hint);
	sc(fcntl, fds[0], 17 /* F_GETOWNER_UIDS */, &hint);
}

CASE(getdents)
{
	int fd = (int)sc(open, ".", O_RDONLY | O_DIRECTORY);

	sc(getdents64, fd, page, 4096);
	sc(getdents64, fd, page, 4096);
	sc(lseek, fd, 0L, SEEK_SET);
	sc(getdents, fd, page, 4096);
	sc(getdents, fd, page, 4096);
	sc(getdents64, 77, page, 4096);
	sc(getdents64, 0, page, 4096);
	sc(lseek, fd, 0L, SEEK_SET);
	sc(getdents64, fd, page, 5);
	sc(getdents64, fd, NOWHERE, 4096);
}

CASE(poll)
{
	int fds[2];
	struct pollfd *set = at_edge(&(struct pollfd[3]){ { -1, POLLIN, 0 } },
				     3 * sizeof(struct pollfd));
	struct timespec none = { 0, 0 }, wrong = { -1, 5 };
	uint64_t mask = 1 << (SIGUSR1 - 1);

	sc(pipe, fds);
	set[1] = (struct pollfd){ fds[0], POLLIN | POLLPRI, 0 };
	set[2] = (struct pollfd){ fds[1], POLLOUT | 0x4000, 0 };
	sc(poll, set, 3, 0);
	sc(poll, set, 2, 0);
	sc(poll, set, 2, 1);
	sc(write, fds[1], "x", 1);
	sc(poll, set, 3, -1);
	sc(poll, NULL, 0, 0);
	sc(poll, NULL, 1, 0);
	sc(poll, NOWHERE, 2, 5);
	sc(poll, set + 1, 3, 5);
	sc(poll, set, -1, 5);
	sc(ppoll, set, 3, &none, &mask, 8);
	sc(ppoll, set, 2, NULL, NULL, 0);
	sc(ppoll, set, 1, &none, NULL, 8);
	sc(ppoll, set, 1, &wrong, NULL, 8);
	sc(ppoll, set, 1, NOWHERE, NOWHERE, 8);
	sc(ppoll, set, 3, &none, &mask, 4);
	sc(close, fds[1]);
	sc(poll, set, 3, 0);
}

CASE(select)
{
	int fds[2];
	unsigned long in[16] = { 0 }, out[16] = { 0 };
	struct timeval none = { 0, 0 }, some = { 5, 0 };
	struct timespec exact = { 1, 0 }, once = { 0, 0 };
	uint64_t mask = 1 << (SIGUSR1 - 1);
	struct {
		void *set;
		size_t size;
	} sigset = { &mask, 8 };

	sc(pipe, fds);
	in[0] = 1UL << fds[0];
	sc(select, fds[0] + 1, in, NULL, NULL, &none);
	in[0] = 1UL << fds[0];
	out[0] = 1UL << fds[1];
	sc(select, fds[1] + 1, in, out, NULL, &some);
	sc(write, fds[1], "x", 1);
	in[0] = 1UL << fds[0];
	out[0] = 1UL << fds[1] | 2;
	sc(select, fds[1] + 1, in, out, NULL, NULL);
	sc(select, 0, NULL, NULL, NULL, &none);
	sc(select, -1, in, NULL, NULL, &none);
	sc(select, 10, NOWHERE, NULL, NULL, &none);
	in[0] = 1UL << 60;
	sc(select, 64, in, NULL, NULL, NULL);
	in[0] = 1UL << fds[0];
	sc(pselect6, fds[0] + 1, in, NULL, NULL, &exact, &sigset);
	in[0] = 1UL << fds[0];
	sc(pselect6, fds[0] + 1, in, NULL, NULL, NULL, NULL);
	sigset.set = NULL;
	sc(pselect6, 0, NULL, NULL, NULL, &once, &sigset);
	sc(pselect6, 0, NULL, NULL, NULL, NOWHERE, NOWHERE);
}

CASE(epoll)
{
	int fd = (int)sc(epoll_create1, EPOLL_CLOEXEC), fds[2];
	struct epoll_event event = { EPOLLIN | EPOLLET, { .u64 = 5 } };
	struct timespec none = { 0, 0 };

	sc(pipe, fds);
	sc(epoll_create, 5);
	sc(epoll_create1, 1);
	sc(epoll_ctl, fd, EPOLL_CTL_ADD, fds[0], &event);
	event.events = EPOLLOUT | EPOLLONESHOT | 0x1000000;
	event.data.u64 = 0x1234567890;
	sc(epoll_ctl, fd, EPOLL_CTL_ADD, fds[1], &event);
	sc(epoll_ctl, fd, EPOLL_CTL_MOD, 77, &event);
	sc(epoll_ctl, fd, EPOLL_CTL_DEL, fds[0], NULL);
	sc(epoll_ctl, fd, 9, fds[0], NULL);
	sc(epoll_ctl, fd, EPOLL_CTL_ADD, fds[0], NOWHERE);
	sc(epoll_wait, fd, page, 10, 0);
	sc(epoll_wait, fd, page, 10, 0);
	sc(epoll_wait, fd, page, 0, 0);
	sc(epoll_pwait, fd, page, 10, 0, NULL, 8);
	sc(epoll_pwait2, fd, page, 10, &none, NULL, 8);
	sc(epoll_pwait2, fd, page, 10, NOWHERE, NULL, 8);
}
