/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Waiting for descriptors: epoll, poll, select. */
#include "case.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int ends[2];
static sigset_t set;

static void make_pipe(void)
{
	if (pipe(ends))
		_exit(3);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGCHLD);
}

CASE(epoll_ctl)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	int epoll = (int)sc(epoll_create1, EPOLL_CLOEXEC);

	make_pipe();
	event.data.u64 = 0x123456789abcdef0;
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, ends[0], &event);
	event.events = EPOLLOUT | EPOLLONESHOT | 0x1000000;
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, ends[1], &event);
	event.events = 0;
	sc(epoll_ctl, epoll, EPOLL_CTL_MOD, ends[0], &event);
	sc(epoll_ctl, epoll, 77, ends[0], &event);
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, 99, NOWHERE);
	sc(epoll_ctl, epoll, EPOLL_CTL_MOD, 99, NULL);
	sc(epoll_ctl, epoll, EPOLL_CTL_DEL, ends[0], NULL);
	sc(epoll_ctl, epoll, EPOLL_CTL_DEL, ends[1], &event);
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, ends[1], page + PAGE - 8);
}

CASE(epoll_wait)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT }, got[4];
	struct timespec time = { 0, 1000 };
	int epoll = (int)sc(epoll_create, 5);

	make_pipe();
	event.data.u64 = 5;
	sc(epoll_wait, epoll, got, 4, 0);
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, ends[0], &event);
	sc(epoll_ctl, epoll, EPOLL_CTL_ADD, ends[1], &event);
	sc(write, ends[1], "x", 1);
	sc(epoll_wait, epoll, got, 4, 0);
	sc(epoll_pwait, epoll, got, 4, 0, &set, 8);
	sc(epoll_pwait, epoll, got, 4, 0, NULL, 8);
	sc(epoll_pwait, epoll, got, 4, 0, NOWHERE, 8);
	sc(epoll_pwait, epoll, got, 4, 0, &set, 4);
	sc(epoll_pwait2, epoll, got, 4, &time, &set, 8);
	sc(epoll_pwait2, epoll, got, 4, NULL, NULL, 0);
	sc(epoll_pwait2, epoll, got, 4, NOWHERE, NULL, 0);
	sc(epoll_wait, epoll, page + PAGE - 6, 4, 0);
	sc(epoll_wait, epoll, got, -1, 0);
	sc(epoll_wait, -1, NULL, 4, 0);
}

CASE(poll)
{
	struct pollfd fds[40] = { { 99, POLLIN, 0 } };

	make_pipe();
	fds[1] = (struct pollfd){ ends[0], POLLIN | POLLPRI, 0 };
	fds[2] = (struct pollfd){ ends[1], POLLOUT | POLLRDHUP, 0 };
	fds[3] = (struct pollfd){ -5, POLLOUT, 0 };
	sc(poll, fds, 4, 0);
	sc(poll, fds + 1, 1, 0);
	fds[1].events = 0x4000;
	sc(poll, fds, 2, 0);
	sc(poll, NOWHERE, 1, 0);
	sc(poll, NULL, 0, 0);
	sc(poll, fds, 0, 0);
	sc(poll, at_edge(fds, 12), 2, 0);
	for (int i = 0; i < 40; i++)
		fds[i] = (struct pollfd){ ends[1], POLLOUT, 0 };
	sc(poll, fds, 40, 0);
	sc(poll, fds, 0x10000000, -1);
}

CASE(ppoll)
{
	struct pollfd fds[2] = { { 99, POLLIN, 0 } };
	struct timespec time = { 0, 0 };

	make_pipe();
	fds[1] = (struct pollfd){ ends[1], POLLOUT, 0 };
	sc(ppoll, fds, 2, &time, &set, 8);
	sc(ppoll, fds, 2, NULL, NULL, 8);
	fds[0].fd = ends[0];
	sc(ppoll, fds, 1, &time, NULL, 8);
	sc(ppoll, fds, 1, NOWHERE, NULL, 8);
	sc(ppoll, fds, 1, &time, NOWHERE, 8);
	sc(ppoll, fds, 1, &time, &set, 5);
}

CASE(select)
{
	struct timeval time = { 0, 0 };
	fd_set in, out, other;

	make_pipe();
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&other);
	FD_SET(ends[0], &in);
	FD_SET(ends[1], &out);
	FD_SET(ends[0], &other);
	sc(select, 10, &in, &out, &other, &time);
	FD_SET(ends[0], &in);
	sc(select, 10, &in, NULL, NULL, &time);
	sc(select, 0, NULL, NULL, NULL, &time);
	sc(select, 1, NOWHERE, NULL, NULL, &time);
	sc(select, -1, &in, NULL, NULL, &time);
	sc(select, 5, &in, NULL, NULL, NOWHERE);
	FD_ZERO(&in);
	FD_SET(500, &in);
	FD_SET(77, &in);
	sc(select, 1024, &in, &out, NULL, NULL);
	sc(select, 500, &in, &out, NULL, NULL);
	sc(select, 10, &in, &out, NULL, NULL);
}

CASE(pselect6)
{
	struct {
		void *set;
		size_t size;
	} mask = { &set, 8 };
	struct timespec time = { 0, 0 };
	fd_set in, out;

	make_pipe();
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(ends[0], &in);
	FD_SET(ends[1], &out);
	sc(pselect6, 10, &in, &out, NULL, &time, &mask);
	sc(pselect6, 10, &in, NULL, NULL, &time, NULL);
	mask.set = NULL;
	sc(pselect6, 0, NULL, NULL, NULL, &time, &mask);
	sc(pselect6, 0, NULL, NULL, NULL, &time, NOWHERE);
	mask.set = NOWHERE;
	sc(pselect6, 0, NULL, NULL, NULL, &time, &mask);
	mask.size = 3;
	sc(pselect6, 0, NULL, NULL, NULL, &time, &mask);
}
