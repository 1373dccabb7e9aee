/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Socket addresses of a call, wherever it keeps them. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "base/die.h"
#include "syscall/call_decode.h"

enum { MMSG_LIMIT = 1024 }; /* the kernel's UIO_MAXIOV: it sends no more */

/* A path in an AF_UNIX address: up to its NUL, or to the end. */
static void note_path(struct target *target)
{
	const struct sockaddr_un *un = (const void *)&target->address;
	size_t at = offsetof(struct sockaddr_un, sun_path);
	size_t len;

	if (target->address.ss_family != AF_UNIX || target->address_len <= at ||
	    !un->sun_path[0]) {
		/* Only a path can become a file. */
		target->implied = 0;
		return;
	}
	len = target->address_len - at;
	if (len > sizeof(un->sun_path))
		len = sizeof(un->sun_path);
	len = strnlen(un->sun_path, len);
	target->asked = xcalloc(len + 1, 1);
	memcpy(target->asked, un->sun_path, len);
	target->dirfd = AT_FDCWD;
}

static void read_address(const struct mem_reader *mem, struct target *target,
			 uint64_t addr, int len)
{
	if (len < 0 || len > (int)sizeof(target->address))
		target->error = -EINVAL;
	else if (!mem_read_all(mem, addr, &target->address, (size_t)len))
		target->error = -EFAULT;
	if (target->error) {
		memset(&target->address, 0, sizeof(target->address));
		target->implied = 0;
		return;
	}
	target->address_len = (socklen_t)len;
	note_path(target);
}

/* udp_sendmsg() takes AF_UNSPEC for AF_INET. */
static void settle_family(struct target *target)
{
	if (target->address.ss_family == AF_UNSPEC &&
	    target->address_len >= sizeof(struct sockaddr_in)) {
		target->address.ss_family = AF_INET;
		target->unspecified = true;
	}
}

void decode_sockaddr(struct decoder *decoder, int arg)
{
	struct call *call = decoder->call;
	bool send = call->def->args[arg].kind == ARG_SOCKADDR_SEND;
	uint64_t addr = call->args[arg];
	int len = (int)call->args[arg + 1];
	struct target *target;

	if (send && (!addr || len == 0))
		return;
	target = call_add_target(call, TARGET_ADDRESS, arg);
	read_address(decoder->mem, target, addr, len);
	if (send)
		settle_family(target);
}

/* The address of one message. Unlike connect(2), sendmsg(2) cuts a length
 * that is too great. */
static void add_message(struct decoder *decoder, int arg,
			const struct program_msghdr *msg)
{
	struct target *target;
	int len = msg->name_len;

	if (!msg->name || len == 0)
		return;
	if (len > (int)sizeof(target->address))
		len = (int)sizeof(target->address);
	target = call_add_target(decoder->call, TARGET_ADDRESS, arg);
	read_address(decoder->mem, target, msg->name, len);
	settle_family(target);
}

static void add_unreadable(struct decoder *decoder, int arg)
{
	call_add_target(decoder->call, TARGET_ADDRESS, arg)->error = -EFAULT;
}

void decode_msg(struct decoder *decoder, int arg)
{
	struct program_msghdr msg;

	if (!mem_read_all(decoder->mem, decoder->call->args[arg], &msg,
			  sizeof(msg))) {
		add_unreadable(decoder, arg);
		return;
	}
	decode_copy(decoder, decoder->call->args[arg], &msg, sizeof(msg));
	add_message(decoder, arg, &msg);
}

void decode_mmsg(struct decoder *decoder, int arg)
{
	uint64_t addr = decoder->call->args[arg];
	uint64_t count = decoder->call->args[arg + 1];

	if (count > MMSG_LIMIT)
		count = MMSG_LIMIT;
	for (uint64_t i = 0; i < count; i++) {
		struct program_mmsghdr mmsg;

		if (!mem_read_all(decoder->mem, addr + i * sizeof(mmsg), &mmsg,
				  sizeof(mmsg))) {
			add_unreadable(decoder, arg);
			break;
		}
		if (i == 0)
			decode_copy(decoder, addr, &mmsg.msg, sizeof(mmsg.msg));
		add_message(decoder, arg, &mmsg.msg);
	}
}

int decode_msg_iov(const struct mem_reader *mem, uint64_t addr, uint64_t *iov,
		   uint64_t *iov_count)
{
	struct program_msghdr msg;

	if (!mem_read_all(mem, addr, &msg, sizeof(msg)))
		return -EFAULT;
	*iov = msg.iov;
	*iov_count = msg.iov_count;
	return 0;
}
