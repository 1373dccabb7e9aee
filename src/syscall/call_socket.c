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

/* struct msghdr of a 32-bit program */
struct narrow_msghdr {
	uint32_t name;
	int32_t name_len;
	uint32_t iov, iov_count;
	uint32_t control, control_len;
	uint32_t flags;
};

size_t msghdr_size(const struct call *call)
{
	return call->narrow ? sizeof(struct narrow_msghdr) :
			      sizeof(struct program_msghdr);
}

size_t mmsghdr_size(const struct call *call)
{
	return call->narrow ? sizeof(struct narrow_msghdr) + sizeof(uint32_t) :
			      sizeof(struct program_mmsghdr);
}

void msghdr_read(const struct call *call, const void *bytes,
		 struct program_msghdr *msg)
{
	struct narrow_msghdr narrow;

	if (!call->narrow) {
		memcpy(msg, bytes, sizeof(*msg));
		return;
	}
	memcpy(&narrow, bytes, sizeof(narrow));
	*msg = (struct program_msghdr){
		.name = narrow.name,
		.name_len = narrow.name_len,
		.iov = narrow.iov,
		.iov_count = narrow.iov_count,
		.control = narrow.control,
		.control_len = narrow.control_len,
		.flags = narrow.flags,
	};
}

/* The message at @addr; its bytes are kept when @keep says so. */
static bool read_message(struct decoder *decoder, uint64_t addr, bool keep,
			 struct program_msghdr *msg)
{
	unsigned char bytes[sizeof(*msg)];
	size_t size = msghdr_size(decoder->call);

	if (!mem_read_all(decoder->mem, addr, bytes, size))
		return false;
	msghdr_read(decoder->call, bytes, msg);
	if (keep)
		decode_copy(decoder, addr, bytes, size);
	return true;
}

void decode_msg(struct decoder *decoder, int arg)
{
	struct program_msghdr msg;

	if (read_message(decoder, decoder->call->args[arg], true, &msg))
		add_message(decoder, arg, &msg);
	else
		add_unreadable(decoder, arg);
}

void decode_mmsg(struct decoder *decoder, int arg)
{
	uint64_t addr = decoder->call->args[arg];
	uint64_t count = decoder->call->args[arg + 1];

	if (count > MMSG_LIMIT)
		count = MMSG_LIMIT;
	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = addr + i * mmsghdr_size(decoder->call);
		struct program_msghdr msg;

		if (!read_message(decoder, at, i == 0, &msg)) {
			add_unreadable(decoder, arg);
			break;
		}
		add_message(decoder, arg, &msg);
	}
}

int decode_msg_iov(const struct decoder *decoder, uint64_t addr, uint64_t *iov,
		   uint64_t *iov_count)
{
	unsigned char bytes[sizeof(struct program_msghdr)];
	struct program_msghdr msg;

	if (!mem_read_all(decoder->mem, addr, bytes,
			  msghdr_size(decoder->call)))
		return -EFAULT;
	msghdr_read(decoder->call, bytes, &msg);
	*iov = msg.iov;
	*iov_count = msg.iov_count;
	return 0;
}
