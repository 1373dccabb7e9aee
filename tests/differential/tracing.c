/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* ptrace and segments. */
#include "case.h"

#include <asm/ldt.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define NOBODY 99999999

/* Nobody can be traced twice: of no request the answer is seen. */
CASE(requests)
{
	static const int reqs[] = {
		0,	1,	2,	3,	4,	5,	6,
		7,	8,	9,	12,	13,	14,	15,
		16,	17,	18,	19,	21,	24,	25,
		30,	31,	32,	33,	0x4200, 0x4201, 0x4202,
		0x4203, 0x4204, 0x4205, 0x4206, 0x4207, 0x4208, 0x4209,
		0x420a, 0x420b, 0x420c, 0x420d, 0x420e, 0x420f, 99999
	};
	for (size_t i = 1; i < sizeof(reqs) / sizeof(*reqs); i++) {
		sc(ptrace, reqs[i], NOBODY, 1, 0x1002);
		sc(ptrace, reqs[i], NOBODY, 0, 0);
		sc(ptrace, reqs[i], 0, 0xffffffffffffffffL, page);
	}
}

CASE(registers)
{
	static const size_t sizes[] = { 0, 8, 12, 216, 217, 224, 512, 600 };
	static unsigned char bytes[2 * PAGE];
	struct iovec vector = { bytes, 0 };

	for (size_t i = 0; i < PAGE; i++)
		bytes[i] = (unsigned char)(i * 5 + 9);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		vector.iov_len = sizes[i];
		sc(ptrace, PTRACE_SETREGSET, NOBODY, 1, &vector);
		sc(ptrace, PTRACE_GETREGSET, NOBODY, 1, &vector);
		sc(ptrace, PTRACE_SETREGSET, NOBODY, 2, &vector);
	}
	sc(ptrace, PTRACE_SETREGSET, NOBODY, 0x202, &vector);
	vector.iov_base = NULL;
	sc(ptrace, PTRACE_SETREGSET, NOBODY, 1, &vector);
	sc(ptrace, PTRACE_SETREGS, NOBODY, 1, bytes);
	sc(ptrace, PTRACE_SETFPREGS, NOBODY, 1, bytes);
	sc(ptrace, PTRACE_SETREGS, NOBODY, 1, NOWHERE);
	sc(ptrace, PTRACE_PEEKSIGINFO, NOBODY, bytes, bytes);
	sc(ptrace, PTRACE_PEEKSIGINFO, NOBODY, bytes + PAGE, bytes);
	sc(ptrace, PTRACE_SETSIGMASK, NOBODY, 8, bytes);
	sc(ptrace, PTRACE_SETSIGMASK, NOBODY, 4, bytes);
	sc(ptrace, 0x420d, NOBODY, 16, bytes);
	sc(ptrace, 0x420d, NOBODY, 7, bytes);
	for (long offset = 0; offset < 1000; offset += 28)
		sc(ptrace, PTRACE_PEEKUSER, NOBODY, offset, bytes);
}

CASE(ldt)
{
	struct user_desc d = { 5, 0x10000, 0xffff, 1, 2, 1, 1, 1, 1, 1 };
	sc(modify_ldt, 1, &d, sizeof d);
	sc(modify_ldt, 0x11, &d, sizeof d);
	sc(modify_ldt, 0x11, &d, 15);
	sc(modify_ldt, 0x11, NOWHERE, 16);
	sc(modify_ldt, 0, page, 64);
	sc(modify_ldt, 2, page, 64);
	sc(modify_ldt, 3, page, 64);
	d.entry_number = -1;
	sc(set_thread_area, &d);
	sc(get_thread_area, &d);
	sc(set_thread_area, NULL);
}
