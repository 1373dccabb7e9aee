/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Futexes. */
#include "case.h"

#include <linux/futex.h>
#include <time.h>

CASE(futex)
{
	int *word = (int *)page;
	struct timespec some = { 0, 1000000 };

	*word = 5;
	sc(futex, word, FUTEX_WAIT, 4, NULL);
	sc(futex, word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 5, &some);
	sc(futex, word, FUTEX_WAKE, 1);
	sc(futex, word, FUTEX_WAKE_PRIVATE, 0x7fffffff);
	sc(futex, word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &some,
	   NULL, 0xffffffff);
	sc(futex, word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 3);
	sc(futex, word, FUTEX_REQUEUE, 1, 2L, word + 1);
	sc(futex, word, FUTEX_CMP_REQUEUE_PRIVATE, 1, 2L, word + 1, 5);
	sc(futex, word, FUTEX_WAKE_OP, 1, 2L, word + 1,
	   FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0));
	sc(futex, word, FUTEX_WAKE_OP, 1, 2L, word + 1, 0xffffffff);
	sc(futex, word, FUTEX_LOCK_PI, 0, &some);
	sc(futex, word, FUTEX_TRYLOCK_PI);
	sc(futex, word, FUTEX_UNLOCK_PI);
	sc(futex, word, FUTEX_FD, 1);
	sc(futex, word, 77, 1, NULL, NULL, 5);
	sc(futex, NULL, FUTEX_WAIT, 4, NOWHERE);
}

CASE(futex_wait_multiple)
{
	struct {
		uint64_t value, address;
		uint32_t flags, reserved;
	} waiters[2] = { { 1, (uintptr_t)page, 2, 0 },
			 { 2, (uintptr_t)page + 8, 0x82, 0 } };

	sc(futex_waitv, waiters, 2, 0, NULL, CLOCK_MONOTONIC);
	sc(futex_waitv, NULL, 2, 1, NULL, 77);
}
