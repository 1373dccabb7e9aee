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
