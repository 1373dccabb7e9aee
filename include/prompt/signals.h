/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * signals - what signals do while a question is open.
 *
 * A signal that would end or stop syswall must not leave the terminal in the
 * state of the question. So they are taken note of while a question waits for
 * a key, and given their way when the terminal is as it was before.
 */
#ifndef PROMPT_SIGNALS_H
#define PROMPT_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum signal_event {
	SIGNAL_NONE,
	SIGNAL_RESIZED,	  /* SIGWINCH */
	SIGNAL_CONTINUED, /* somebody stopped syswall, and it goes on */
	SIGNAL_STOP,	  /* SIGTSTP from outside */
	SIGNAL_END,	  /* SIGHUP, SIGINT, SIGQUIT, SIGTERM */
};

/* Take note instead of obeying. Ignored signals stay ignored. SIGTTOU and
 * SIGTTIN are blocked: taking the terminal must not stop syswall. */
void signals_begin(void);

/* As before signals_begin(). Raises anew the signal of SIGNAL_END. */
void signals_end(void);

/* The mask for ppoll(2), the only place where signals come in. */
const sigset_t *signals_wait_mask(void);

/* What happened since the last call, the most urgent first. */
enum signal_event signals_take(void);

/* Stop syswall by @signal_number, as the kernel stops any other program. True
 * after it was continued; false at once when the kernel ignores the signal:
 * nobody could continue an orphaned process group. */
bool signals_stop_self(int signal_number);

/* Did SIGNAL_END happen, and was not taken yet? */
bool signals_end_due(void);

#endif
