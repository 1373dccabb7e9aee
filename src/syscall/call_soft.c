/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The result that a call would have had, for soft blocking. */
#include <errno.h>

#include "syscall/call_decode.h"

enum {
	IOV_LIMIT = 1024,	 /* UIO_MAXIOV */
	COUNT_LIMIT = 0x7ffff000 /* MAX_RW_COUNT: no call moves more */
};

static uint64_t failure(int error)
{
	return (uint64_t)(int64_t)-error;
}

/* Never more than the kernel would move, so never in the range of errnos. */
static uint64_t clamp(uint64_t count)
{
	return count < COUNT_LIMIT ? count : COUNT_LIMIT;
}

static uint64_t iov_total(const struct decoder *decoder, uint64_t addr,
			  uint64_t count)
{
	size_t word = decode_word_size(decoder->call);
	uint64_t total = 0;

	if (count > IOV_LIMIT)
		return failure(EINVAL);
	for (uint64_t i = 0; i < count; i++) {
		uint64_t base, len, at = addr + i * 2 * word;

		if (!decode_word(decoder, at, &base) ||
		    !decode_word(decoder, at + word, &len))
			return failure(EFAULT);
		if (len > INT64_MAX)
			return failure(EINVAL);
		total = clamp(total + clamp(len));
	}
	return total;
}

uint64_t decode_soft_value(const struct decoder *decoder)
{
	const struct call *call = decoder->call;
	uint64_t iov, count;

	switch (call->soft) {
	case SOFT_NONE:
	case SOFT_ZERO:
	case SOFT_OPEN:
	case SOFT_SOCKET:
	case SOFT_EXIT:
		break;
	case SOFT_COUNT_1:
		return clamp(call->args[1]);
	case SOFT_COUNT_2:
		/* Of messages the kernel takes IOV_LIMIT at most. */
		if (call->def->id == SYSCALL_sendmmsg &&
		    call->args[2] > IOV_LIMIT)
			return IOV_LIMIT;
		return clamp(call->args[2]);
	case SOFT_COUNT_3:
		return clamp(call->args[3]);
	case SOFT_COUNT_IOV:
		return iov_total(decoder, call->args[1], call->args[2]);
	case SOFT_COUNT_MSG:
		if (decode_msg_iov(decoder, call->args[1], &iov, &count))
			return failure(EFAULT);
		return iov_total(decoder, iov, count);
	}
	return 0;
}
