/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "prompt/group.h"
#include "prompt/signals.h"

enum {
	FIRST_FD = 3,  /* never one that the program takes for its own */
	QUIET_MS = 60, /* nobody types for so long */
	QUIET_LIMIT_MS = 1000, /* a key held down must not hold us up */
};

void terminal_open(struct terminal *terminal)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	*terminal = (struct terminal){ .fd = -1 };
	if (fd < 0)
		return;
	if (fd < FIRST_FD) {
		terminal->fd = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD);
		close(fd);
	} else {
		terminal->fd = fd;
	}
}

void terminal_close(struct terminal *terminal)
{
	if (terminal->fd >= 0)
		close(terminal->fd);
	terminal->fd = -1;
}

/* Gone for good: a terminal that failed once is not asked again. */
static bool lost(struct terminal *terminal)
{
	terminal_close(terminal);
	return false;
}

/* ---- foreground ---- */

static bool may_take_from(const struct terminal *terminal, pid_t group)
{
	if (group > 0 && terminal->owns_group &&
	    terminal->owns_group(group, terminal->owner))
		return true;
	/* A pipeline that just ended, say: its shell, one of the program's,
	 * stands still before it could take the terminal back. */
	return group_is_dead(group);
}

static bool come_to_foreground(struct terminal *terminal)
{
	for (;;) {
		pid_t group = tcgetpgrp(terminal->fd);

		if (group < 0)
			return lost(terminal);
		if (group == getpgrp())
			return true;
		if (may_take_from(terminal, group)) {
			if (tcsetpgrp(terminal->fd, getpgrp()) < 0)
				return lost(terminal);
			if (!terminal->taken_from)
				terminal->taken_from = group;
			return true;
		}
		/* A job in the background that reads is stopped, and its
		 * shell says so. Where no shell could continue it, reading
		 * would fail with EIO: nobody is there to be asked. */
		if (!signals_stop_self(SIGTTIN))
			return lost(terminal);
		if (signals_end_due())
			return false;
	}
}

/* ---- state ---- */

/* A state in which keys come singly and lines go out whole, whatever the
 * program has made of it. */
static void known_state(struct termios *state)
{
	state->c_iflag &=
		~(tcflag_t)(IGNBRK | BRKINT | PARMRK | INPCK | ISTRIP | INLCR |
			    IGNCR | ICRNL | IUCLC | IXON | IXOFF);
	state->c_oflag &= ~(tcflag_t)(OLCUC | OCRNL | ONOCR | ONLRET);
	state->c_oflag |= OPOST | ONLCR;
	state->c_lflag &= ~(tcflag_t)(ICANON | ISIG | IEXTEN | ECHO | ECHONL |
				      TOSTOP | FLUSHO);
	state->c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	state->c_cflag |= CS8 | CREAD;
	state->c_cc[VMIN] = 1;
	state->c_cc[VTIME] = 0;
}

/* tcsetattr(3) is content when it could set one thing of many. */
static bool is_known_state(int fd)
{
	struct termios now;

	return tcgetattr(fd, &now) == 0 &&
	       !(now.c_lflag & (ICANON | ISIG | ECHO)) &&
	       (now.c_oflag & (OPOST | ONLCR)) == (OPOST | ONLCR);
}

static bool set_known_state(struct terminal *terminal)
{
	struct termios state;

	if (!terminal->has_before) {
		if (tcgetattr(terminal->fd, &terminal->before) < 0)
			return lost(terminal);
		terminal->has_before = true;
	}
	state = terminal->before;
	known_state(&state);
	/* The program, or Ctrl-S, may have stopped the output: everything
	 * below would wait for ever. */
	tcflow(terminal->fd, TCOON);
	if (tcsetattr(terminal->fd, TCSANOW, &state) < 0 ||
	    !is_known_state(terminal->fd))
		return lost(terminal);
	return true;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * Throw away what was typed before the question could be seen: by a person in
 * another thought, or by a terminal that answers a query which the program
 * wrote just before (ESC[6n). Such answers come late, so wait until it is
 * quiet.
 */
static bool drop_typed_ahead(struct terminal *terminal)
{
	struct pollfd input = { .fd = terminal->fd, .events = POLLIN };
	long end = now_ms() + QUIET_LIMIT_MS;
	int ready;

	do {
		if (tcflush(terminal->fd, TCIFLUSH) < 0)
			return lost(terminal);
		ready = poll(&input, 1, QUIET_MS);
		if (ready < 0 && errno != EINTR)
			return lost(terminal);
		if (ready > 0 && (input.revents & ~POLLIN))
			return lost(terminal);
	} while (ready && now_ms() < end);
	return true;
}

/* ---- holding it ---- */

bool terminal_hold_again(struct terminal *terminal)
{
	if (terminal->fd < 0)
		return false;
	return come_to_foreground(terminal) && set_known_state(terminal) &&
	       drop_typed_ahead(terminal);
}

bool terminal_hold(struct terminal *terminal, terminal_owns_group *owns_group,
		   void *owner)
{
	if (terminal->fd < 0)
		return false;
	terminal->owns_group = owns_group;
	terminal->owner = owner;
	terminal->taken_from = 0;
	terminal->has_before = false;
	terminal->holding = true;
	signals_begin();
	if (terminal_hold_again(terminal))
		return true;
	terminal_release(terminal);
	return false;
}

static void restore_state(struct terminal *terminal)
{
	if (terminal->fd >= 0 && terminal->has_before)
		tcsetattr(terminal->fd, TCSANOW, &terminal->before);
}

bool terminal_suspend(struct terminal *terminal)
{
	restore_state(terminal);
	/* SIGTSTP and not SIGSTOP: without a shell that could continue it,
	 * a program ignores Ctrl-Z. */
	signals_stop_self(SIGTSTP);
	return terminal_hold_again(terminal);
}

void terminal_release(struct terminal *terminal)
{
	if (!terminal->holding)
		return;
	terminal->holding = false;
	restore_state(terminal);
	if (terminal->fd >= 0 && terminal->taken_from &&
	    tcgetpgrp(terminal->fd) == getpgrp())
		tcsetpgrp(terminal->fd, terminal->taken_from);
	signals_end();
}

/* ---- writing and reading ---- */

/* Outside a question the program's state is in force, maybe without the step
 * from a line feed to a new line. */
static bool needs_carriage_return(int fd)
{
	const tcflag_t both = OPOST | ONLCR;
	struct termios state;

	return tcgetattr(fd, &state) == 0 && (state.c_oflag & both) != both;
}

static bool write_all(struct terminal *terminal, const char *text, size_t len)
{
	while (len) {
		ssize_t done = write(terminal->fd, text, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return lost(terminal);
		text += done;
		len -= (size_t)done;
	}
	return true;
}

bool terminal_write(struct terminal *terminal, const char *text, size_t len)
{
	sigset_t tty_out, before;
	BUF_AUTO(lines);
	size_t i;
	bool done;

	if (terminal->fd < 0)
		return false;
	if (needs_carriage_return(terminal->fd)) {
		for (i = 0; i < len; i++) {
			if (text[i] == '\n')
				buf_char(&lines, '\r');
			buf_char(&lines, text[i]);
		}
		text = buf_text(&lines);
		len = lines.len;
	}
	/* With TOSTOP a job in the background is stopped when it writes. */
	sigemptyset(&tty_out);
	sigaddset(&tty_out, SIGTTOU);
	sigprocmask(SIG_BLOCK, &tty_out, &before);
	done = write_all(terminal, text, len);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return done;
}

static enum terminal_event event_of_signal(enum signal_event event)
{
	switch (event) {
	case SIGNAL_RESIZED:
		return TERMINAL_RESIZED;
	case SIGNAL_CONTINUED:
		return TERMINAL_REDRAW;
	case SIGNAL_STOP:
		return TERMINAL_SUSPEND;
	case SIGNAL_END:
	case SIGNAL_NONE:
		break;
	}
	return TERMINAL_END;
}

enum terminal_event terminal_wait(struct terminal *terminal)
{
	struct pollfd input = { .fd = terminal->fd, .events = POLLIN };

	for (;;) {
		int ready, error;
		enum signal_event event;

		if (terminal->fd < 0)
			return TERMINAL_GONE;
		ready = ppoll(&input, 1, NULL, signals_wait_mask());
		error = errno;
		event = signals_take();
		if (event != SIGNAL_NONE)
			return event_of_signal(event);
		if (ready < 0 && error == EINTR)
			continue;
		if (ready > 0 &&
		    !(input.revents & (POLLHUP | POLLERR | POLLNVAL)))
			return TERMINAL_KEY;
		lost(terminal);
	}
}

int terminal_read(struct terminal *terminal)
{
	unsigned char byte;
	ssize_t got;
	pid_t group;

	if (terminal->fd < 0)
		return -EIO;
	got = read(terminal->fd, &byte, 1);
	if (got == 1)
		return byte;
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return -EAGAIN;
	/* EIO is also what a job gets that lost the foreground. */
	group = tcgetpgrp(terminal->fd);
	if (got < 0 && group >= 0 && group != getpgrp())
		return -EAGAIN;
	lost(terminal);
	return -EIO;
}
