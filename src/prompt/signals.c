/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/signals.h"

#include <stddef.h>
#include <unistd.h>

static const struct noted {
	int number;
	enum signal_event event;
} noted[] = {
	{ SIGHUP, SIGNAL_END },	      { SIGINT, SIGNAL_END },
	{ SIGQUIT, SIGNAL_END },      { SIGTERM, SIGNAL_END },
	{ SIGTSTP, SIGNAL_STOP },     { SIGCONT, SIGNAL_CONTINUED },
	{ SIGWINCH, SIGNAL_RESIZED },
};

enum { NOTED_COUNT = sizeof(noted) / sizeof(*noted) };

/* Signals belong to the whole process, and so does this. */
static struct sigaction actions_before[NOTED_COUNT];
static sigset_t mask_before;
static sigset_t wait_mask;
static volatile sig_atomic_t happened[SIGNAL_END + 1];
static volatile sig_atomic_t end_signal;

static void note(int number)
{
	size_t i;

	for (i = 0; i < NOTED_COUNT; i++)
		if (noted[i].number == number)
			happened[noted[i].event] = 1;
	if (happened[SIGNAL_END] && !end_signal)
		end_signal = number;
}

static bool is_ignored(size_t i)
{
	return noted[i].event >= SIGNAL_STOP &&
	       actions_before[i].sa_handler == SIG_IGN;
}

void signals_begin(void)
{
	struct sigaction action = { .sa_handler = note };
	sigset_t blocked;
	size_t i;

	for (i = 0; i <= SIGNAL_END; i++)
		happened[i] = 0;
	end_signal = 0;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTTOU);
	sigaddset(&blocked, SIGTTIN);
	for (i = 0; i < NOTED_COUNT; i++)
		sigaddset(&blocked, noted[i].number);
	sigprocmask(SIG_BLOCK, &blocked, &mask_before);

	wait_mask = mask_before;
	sigaddset(&wait_mask, SIGTTOU);
	sigaddset(&wait_mask, SIGTTIN);
	sigfillset(&action.sa_mask);
	for (i = 0; i < NOTED_COUNT; i++) {
		sigaction(noted[i].number, NULL, &actions_before[i]);
		if (is_ignored(i))
			continue;
		sigaction(noted[i].number, &action, NULL);
		sigdelset(&wait_mask, noted[i].number);
	}
}

void signals_end(void)
{
	int number = end_signal;
	size_t i;

	for (i = 0; i < NOTED_COUNT; i++)
		sigaction(noted[i].number, &actions_before[i], NULL);
	end_signal = 0;
	if (number)
		kill(getpid(), number);
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

const sigset_t *signals_wait_mask(void)
{
	return &wait_mask;
}

enum signal_event signals_take(void)
{
	enum signal_event event;

	for (event = SIGNAL_END; event > SIGNAL_NONE; event--) {
		if (!happened[event])
			continue;
		happened[event] = 0;
		return event;
	}
	return SIGNAL_NONE;
}

bool signals_stop_self(int signal_number)
{
	struct sigaction stop = { .sa_handler = SIG_DFL };
	struct sigaction action;
	sigset_t open = wait_mask;
	sigset_t mask;
	bool continued;

	sigdelset(&open, signal_number);
	happened[SIGNAL_CONTINUED] = 0;
	sigaction(signal_number, &stop, &action);
	sigprocmask(SIG_SETMASK, &open, &mask);
	/* The kernel stops us within kill(2), and SIGCONT's handler has run
	 * when it returns. Only syswall is stopped, not its process group: a
	 * program in there stands still anyway, and must not see a signal
	 * that nobody sent to it. */
	kill(getpid(), signal_number);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(signal_number, &action, NULL);
	continued = happened[SIGNAL_CONTINUED];
	happened[SIGNAL_CONTINUED] = 0;
	return continued;
}

bool signals_end_due(void)
{
	return happened[SIGNAL_END];
}
