/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/handover.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* Room for one descriptor, aligned. cmsg(3) */
union control {
	struct cmsghdr header;
	char space[CMSG_SPACE(sizeof(int))];
};

int handover_open(int ends[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
		       0, ends))
		return -errno;
	return 0;
}

void handover_say(int end, const struct handover_word *word)
{
	union control control = { 0 };
	struct iovec bytes = { (void *)word, sizeof(*word) };
	struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1 };

	if (word->fd >= 0) {
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&control.header), &word->fd, sizeof(int));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
	}
	(void)!sendmsg(end, &message, MSG_NOSIGNAL);
}

bool handover_hear(int end, struct handover_word *word)
{
	union control control = { 0 };
	struct iovec bytes = { word, sizeof(*word) };
	struct msghdr message = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	const struct cmsghdr *header;

	if (recvmsg(end, &message, MSG_CMSG_CLOEXEC) != sizeof(*word))
		return false;
	word->fd = -1; /* the sender's number means nothing here */
	header = CMSG_FIRSTHDR(&message);
	if (header && header->cmsg_type == SCM_RIGHTS &&
	    header->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&word->fd, CMSG_DATA(header), sizeof(int));
	return true;
}
