/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/grant.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

/* Has the task stopped or ended, so that it cannot be waiting at the door? */
static bool has_news(pid_t tid)
{
	siginfo_t info;

	info.si_pid = 0;
	return waitid(P_PID, (id_t)tid, &info,
		      WEXITED | WSTOPPED | WNOWAIT | WNOHANG | __WALL) ||
	       info.si_pid;
}

static void answer_error(int listener, const struct seccomp_notif *notif,
			 int error)
{
	struct seccomp_notif_resp response = {
		.id = notif->id,
		.error = -error,
	};

	/* ENOENT: the task is gone. */
	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static void answer_fd(int listener, const struct seccomp_notif *notif, int fd,
		      bool cloexec)
{
	struct seccomp_notif_addfd add = {
		.id = notif->id,
		.flags = SECCOMP_ADDFD_FLAG_SEND,
		.srcfd = (unsigned int)fd,
		.newfd_flags = cloexec ? O_CLOEXEC : 0,
	};

	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add) < 0)
		answer_error(listener, notif, errno);
}

void grant_fd(int listener, pid_t tid, int fd, bool cloexec)
{
	struct pollfd door = { .fd = listener, .events = POLLIN };
	struct seccomp_notif notif;

	for (;;) {
		int ready = poll(&door, 1, 1);

		if (ready < 0 && errno != EINTR)
			return;
		if (ready <= 0) {
			if (has_news(tid))
				return;
			continue;
		}
		memset(&notif, 0, sizeof(notif));
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notif) < 0) {
			if (errno != ENOENT && errno != EINTR)
				return;
			continue;
		}
		if ((pid_t)notif.pid == tid) {
			answer_fd(listener, &notif, fd, cloexec);
			return;
		}
		/* Somebody who has read the key out of /proc knocks: nobody
		 * is given anything unasked. */
		answer_error(listener, &notif, ENOSYS);
	}
}
