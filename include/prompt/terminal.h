/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * terminal - /dev/tty, held while a question is open.
 *
 * Knows states, process groups and keys; knows nothing of questions. Every
 * failure ends in "no terminal", which its caller must turn into a refusal.
 */
#ifndef PROMPT_TERMINAL_H
#define PROMPT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/* Is this process group one of the program's? NULL: none is. */
typedef bool terminal_owns_group(pid_t pgrp, void *owner);

struct terminal {
	int fd;	      /* -1: there is none, or no longer */
	bool holding; /* the fields below are valid */
	bool has_before;
	struct termios before; /* to be restored */
	pid_t taken_from;      /* foreground group to give back to, or 0 */
	terminal_owns_group *owns_group;
	void *owner;
};

enum terminal_event {
	TERMINAL_KEY, /* terminal_read() has something */
	TERMINAL_RESIZED,
	TERMINAL_REDRAW,  /* stopped and continued from outside */
	TERMINAL_SUSPEND, /* somebody sent SIGTSTP */
	TERMINAL_END,	  /* somebody sent a signal that ends syswall */
	TERMINAL_GONE,	  /* hung up or failed; the terminal is closed */
};

/* Open /dev/tty, close-on-exec and above the standard descriptors. */
void terminal_open(struct terminal *terminal);
void terminal_close(struct terminal *terminal);

/*
 * Take the terminal for a question: come to the foreground, save its state,
 * set a known one (single keys, no signals from keys, no echo), throw away
 * what was typed before. A process group of the program's gives the foreground
 * up; in another's background syswall is stopped until a shell brings it back.
 * False: no terminal for this question.
 */
bool terminal_hold(struct terminal *terminal, terminal_owns_group *owns_group,
		   void *owner);

/* Again, after TERMINAL_REDRAW; the state saved first is the one restored. */
bool terminal_hold_again(struct terminal *terminal);

/* Ctrl-Z: restore the state, stop syswall, and take the terminal again when
 * it goes on. */
bool terminal_suspend(struct terminal *terminal);

/* Restore the state and give the foreground back. Signals that came in the
 * meantime have their way now. */
void terminal_release(struct terminal *terminal);

/* Write all of it, in one write(2) where the terminal takes it. "\n" starts a
 * line also while the program has switched that off. False: it is gone. */
bool terminal_write(struct terminal *terminal, const char *text, size_t len);

/* Wait for a key or something else to happen. */
enum terminal_event terminal_wait(struct terminal *terminal);

/* One byte (0 to 255), or an error: -EAGAIN nothing there, or the foreground
 * was lost; -EIO the terminal is gone, and closed. */
int terminal_read(struct terminal *terminal);

#endif
