/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * relay - a terminal of the program's own (--pty), and the bytes between it
 * and the real one.
 *
 * There is no other process or thread: what there is to do is told by
 * descriptors that its caller polls, and done by relay_pump(), which never
 * waits. While a question is open nobody calls that, and the program's terminal
 * stands still.
 */
#ifndef PROMPT_RELAY_H
#define PROMPT_RELAY_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct relay;

/* A new pseudo-terminal, in the state and size of the real one, and owned by
 * @owner. One at a time. NULL with @err: there is no terminal, or no new one.
 * openpty(3), pty(7) */
struct relay *relay_open(uid_t owner, struct err *err);

/* The program's end: close-on-exec, above the standard descriptors. */
int relay_program_end(const struct relay *relay);

/* What to poll, besides everything else; it changes with each relay_pump(). */
struct pollfd *relay_polled(struct relay *relay, size_t *count);

/* From now on each key goes to the program: the real terminal is raw. */
void relay_start(struct relay *relay);

/* Carry what there is in either direction. When the real terminal has hung up,
 * so does the program's. */
void relay_pump(struct relay *relay);

/*
 * A question is about to be asked, everybody stands still: show what the
 * program wrote so far, and restore the real terminal's state. With @draws the
 * question gets a screen of its own, whatever the program has made of the
 * terminal.
 */
void relay_hold(struct relay *relay, bool draws);

/* The question's screen stands for @pause_ms or until a key is typed; then
 * the program has its own again, and draws again what it drew in full. */
void relay_go_on(struct relay *relay, int pause_ms);

/* In between, for who wants to be stopped meanwhile. */
void relay_give_back_screen(struct relay *relay);
void relay_take_screen(struct relay *relay);

/* The program has ended: show the rest, restore the real terminal, and hang
 * up on whoever still has the program's. */
void relay_finish(struct relay *relay);
void relay_free(struct relay *relay);

/* Restore the real terminal's state, if a relay changed it: for exit(3), and
 * for signal handlers. */
void relay_restore(void);

#endif
