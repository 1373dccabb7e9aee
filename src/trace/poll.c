/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/poll.h"

#include <errno.h>
#include <sched.h>

#include "base/clock.h"

enum {
	LOOK_NS = 50000,   /* a stop without a wake-up comes in 5 to 20 us */
	QUICK_NS = 150000, /* the same with one, on a busy machine */
	WON_MAX = 8,
	WON_ENOUGH = 3,
	FAIR_TURNS = 64, /* stops in a row before descriptors have a turn */
	LOST = 4, /* one wait that was long weighs as much as so many short */
};

bool poll_pays(const struct poll *poll)
{
	return poll->on && poll->alone && poll->won >= WON_ENOUGH;
}

void poll_note(struct poll *poll, pid_t tid, long long waited_ns)
{
	poll->alone = tid == poll->last;
	poll->last = tid;
	if (waited_ns > QUICK_NS)
		poll->won = poll->won > LOST ? poll->won - LOST : 0;
	else if (poll->won < WON_MAX)
		poll->won++;
}

/* 0: there was none so far. */
static int look(struct stop *stop, long long until_ns)
{
	int got;

	while (!(got = stop_wait(stop, false)) &&
	       (long long)clock_ns() < until_ns)
		sched_yield();
	return got;
}

static volatile sig_atomic_t task_stopped;

static void note_stop(int signal)
{
	(void)signal;
	task_stopped = 1;
}

void poll_also(struct poll *poll, struct pollfd *polled, size_t count)
{
	struct sigaction action = { .sa_handler = note_stop };
	sigset_t child;

	poll->also = polled;
	poll->n_also = count;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &poll->open);
	sigdelset(&poll->open, SIGCHLD);
	sigaction(SIGCHLD, &action, NULL);
}

/* A stop that comes between looking and sleeping has sent its signal, which
 * ends the sleep. */
static int wait_for_either(struct poll *poll, struct stop *stop)
{
	const struct timespec at_once = { 0, 0 };

	for (;;) {
		bool fair = ++poll->turn % FAIR_TURNS == 0;
		int ready, got = fair ? 0 : stop_wait(stop, false);

		if (got)
			return got;
		task_stopped = 0;
		ready = ppoll(poll->also, poll->n_also, fair ? &at_once : NULL,
			      &poll->open);
		if (ready > 0)
			return -EAGAIN;
		if (ready < 0 && !task_stopped)
			return -EINTR;
	}
}

int poll_wait(struct poll *poll, struct stop *stop)
{
	long long begin;
	int got = 0;

	if (poll->n_also)
		return wait_for_either(poll, stop);
	if (!poll->on)
		return stop_wait(stop, true);
	begin = (long long)clock_ns();
	if (poll_pays(poll))
		got = look(stop, begin + LOOK_NS);
	if (!got)
		got = stop_wait(stop, true);
	if (got > 0)
		poll_note(poll, stop->tid, (long long)clock_ns() - begin);
	return got;
}
