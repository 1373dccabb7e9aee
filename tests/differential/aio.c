/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Asynchronous input and output: aio, io_uring. */
#include "case.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <sys/uio.h>

CASE(aio)
{
	aio_context_t context = 0;
	struct iovec iov[2] = { { "one", 3 }, { "two", 3 } };
	struct iocb write = { .aio_lio_opcode = IOCB_CMD_PWRITE,
			      .aio_data = 5,
			      .aio_buf = (uint64_t) "hello",
			      .aio_nbytes = 5 };
	struct iocb writev = { .aio_lio_opcode = IOCB_CMD_PWRITEV,
			       .aio_buf = (uint64_t)iov,
			       .aio_nbytes = 2,
			       .aio_offset = 10,
			       .aio_flags = IOCB_FLAG_RESFD,
			       .aio_resfd = 3 };
	struct iocb strange = { .aio_lio_opcode = 77, .aio_reqprio = 3 };
	struct iocb *all[] = { &write, &writev, &strange, NULL, NOWHERE };
	struct io_event events[4];
	struct timespec time = { 0, 0 };
	sigset_t set;
	struct {
		void *set;
		size_t size;
	} mask = { &set, 8 };

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	write.aio_fildes = writev.aio_fildes = (uint32_t)make_file("f", "");
	sc(io_setup, 4, &context);
	sc(io_submit, context, 1, all);
	sc(io_submit, context, 5, all + 1);
	sc(io_submit, 1, 0, all);
	sc(io_submit, 1, 2, NULL);
	sc(io_submit, 1, 2, NOWHERE);
	sc(io_getevents, context, 1, 4, events, NULL);
	sc(io_getevents, context, 0, 4, events, &time);
	sc(io_pgetevents, context, 0, 4, events, &time, &mask);
	sc(io_pgetevents, 1, 0, 4, events, NULL, NULL);
	sc(io_cancel, 1, &write, events);
	sc(io_cancel, 1, NOWHERE, NULL);
	sc(io_destroy, 1);
	sc(io_setup, 0, NULL);
}

/* Refused under syswall, whatever the arguments are. */
CASE(io_uring)
{
	struct io_uring_params params = {
		.flags = IORING_SETUP_ATTACH_WQ | 0x80000000, .wq_fd = 99
	};

	sc(io_uring_setup, 4, &params);
	sc(io_uring_register, -1, IORING_REGISTER_FILES, NOWHERE, 2);
}

/* The arguments by operation; all of them fail. */
CASE(io_uring_register)
{
	int fds[3] = { 1, -1, -2 };
	struct iovec iov[2] = { { page, 10 }, { NULL, 0 } };
	struct {
		uint32_t off, resv;
		uint64_t data;
	} up = { 1, 0, (uintptr_t)fds };
	struct {
		uint32_t nr, flags;
		uint64_t r2, data, tags;
	} rsrc = { 2, 0, 0, (uintptr_t)fds, 0 };
	struct {
		uint32_t off, resv;
		uint64_t data, tags;
		uint32_t nr, r2;
	} up2 = { 1, 0, (uintptr_t)fds, (uintptr_t)page, 2, 0 };
	uint16_t restr[8] = { 0, 5 };
	uint32_t two[2] = { 4, 5 };
	unsigned long cpus[2] = { 5, 0 };
	sc(io_uring_register, 99, 0, iov, 2);
	sc(io_uring_register, 99, 1, NULL, 0);
	sc(io_uring_register, 99, 2, fds, 3);
	sc(io_uring_register, 99, 3, 0, 0);
	sc(io_uring_register, 99, 4, fds, 1);
	sc(io_uring_register, 99, 4, page, 1);
	sc(io_uring_register, 99, 5, 0, 0);
	sc(io_uring_register, 99, 6, &up, 3);
	sc(io_uring_register, 99, 7, fds, 1);
	sc(io_uring_register, 99, 8, page, 3);
	sc(io_uring_register, 99, 9, 0, 5);
	sc(io_uring_register, 99, 10, 0, 5);
	sc(io_uring_register, 99, 11, restr, 1);
	sc(io_uring_register, 99, 11, NOWHERE, 1);
	sc(io_uring_register, 99, 12, 0, 0);
	sc(io_uring_register, 99, 13, &rsrc, 32);
	sc(io_uring_register, 99, 14, &up2, 32);
	sc(io_uring_register, 99, 15, &rsrc, 32);
	sc(io_uring_register, 99, 16, &up2, 32);
	sc(io_uring_register, 99, 17, cpus, 8);
	sc(io_uring_register, 99, 18, 0, 0);
	sc(io_uring_register, 99, 19, two, 2);
	sc(io_uring_register, 99, 20, &up, 1);
	sc(io_uring_register, 99, 21, &up, 1);
	sc(io_uring_register, 99, 22, page, 1);
	sc(io_uring_register, 99, 23, page, 1);
	sc(io_uring_register, 99, 77, page, 1);
	sc(io_uring_enter, 99, 1, 2, 1 | 2 | 4 | 8 | 16 | 32, page, 8);
	sc(io_uring_enter, 99, 1, 2, 8, page, 24);
	sc(io_uring_enter, 99, 1, 2, 0x100, NULL, 8);
}
