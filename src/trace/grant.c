/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>

#include "trace/engine.h"

enum { DOOR_STEP_MS = 1 };

static void answer_error(int listener, const struct seccomp_notif *notif,
			 int error)
{
	struct seccomp_notif_resp response = {
		.id = notif->id,
		.error = -error,
	};

	int got;

	do
		got = ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
	while (got < 0 && errno == EINTR);
	/* ENOENT: the task is gone, or was woken by a signal. Whoever else
	 * gets no answer would wait for ever. */
	if (got < 0 && errno != ENOENT)
		kill((pid_t)notif->pid, SIGKILL);
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
	int got;

	do
		got = ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		answer_error(listener, notif, errno);
}

/* 1: *notif is somebody at the door; 0: nobody now; or a negative errno. */
static int listen_at_door(int listener, struct seccomp_notif *notif)
{
	struct pollfd door = { .fd = listener, .events = POLLIN };
	int ready = poll(&door, 1, DOOR_STEP_MS);

	if (ready < 0)
		return errno == EINTR ? 0 : -errno;
	if (!ready)
		return 0;
	memset(notif, 0, sizeof(*notif));
	if (!ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, notif))
		return 1;
	return errno == ENOENT || errno == EINTR ? 0 : -errno;
}

void grant_fd(struct tracer *tracer, const struct tracee *tracee, int fd,
	      bool cloexec)
{
	int listener = tracer->listener;
	struct seccomp_notif notif = { 0 };

	/* What others say is kept meanwhile: a leader that was killed before
	 * the door cannot end before its other threads have been heard. */
	while (tracee->state == TRACEE_RUNNING) {
		int got = listen_at_door(listener, &notif);

		if (got < 0) {
			kill(tracee->pid, SIGKILL);
			return;
		}
		if (!got && queue_drain(tracer) == -ECHILD)
			return;
		if (!got)
			continue;
		if ((pid_t)notif.pid == tracee->tid) {
			answer_fd(listener, &notif, fd, cloexec);
			return;
		}
		/* Somebody who has read the key out of /proc knocks: nobody
		 * is given anything unasked. */
		answer_error(listener, &notif, ENOSYS);
	}
}
