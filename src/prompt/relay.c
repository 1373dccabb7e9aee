/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/relay.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/die.h"
#include "prompt/screen.h"

enum {
	FIRST_FD = 3, /* never one that the program takes for its own */
	CHUNK = 16384,
	REST_CHUNKS = 64,
	REST_MS = 2000, /* a terminal that takes nothing is not waited for */
	/* So long a full-screen program has the wrong size: a program that
	 * sees the same size as before draws nothing. */
	REDRAW_NS = 300 * 1000 * 1000,
	GO_ON_NS = 50 * 1000 * 1000,
};

/* What was read from one side and not yet written to the other. */
struct stream {
	char bytes[CHUNK];
	size_t begin, end;
};

enum { REAL, MASTER, WAKE, REDRAW, POLLED };

struct relay {
	int program_end;
	struct pollfd polled[POLLED]; /* .fd -1: gone */
	struct stream keys, output;
	struct screen screen;
	bool in_background; /* not ours to read, until SIGCONT */
	bool is_low;	    /* the program's window is a row too low */
	bool drawn;	    /* the question has a screen of its own */
};

/* What signal handlers and exit(3) need. */
static struct {
	int real, wake;
	volatile sig_atomic_t raw;
	struct termios before;
} shared = { -1, -1, 0, { 0 } };

void relay_restore(void)
{
	if (!shared.raw)
		return;
	shared.raw = 0;
	tcsetattr(shared.real, TCSANOW, &shared.before);
}

/* ---- the real terminal ---- */

/* SIGWINCH; or SIGCONT, after which a shell has set the state of its own. */
static void wake(int signal)
{
	const uint64_t one = 1;
	int saved_errno = errno;
	ssize_t done = write(shared.wake, &one, sizeof(one));

	(void)signal;
	(void)done; /* full: it is awake already */
	errno = saved_errno;
}

static void make_raw(void)
{
	struct termios raw = shared.before;

	cfmakeraw(&raw);
	shared.raw = 1;
	tcsetattr(shared.real, TCSANOW, &raw);
}

static void copy_size(const struct relay *relay)
{
	struct winsize size;

	if (!ioctl(shared.real, TIOCGWINSZ, &size))
		ioctl(relay->polled[MASTER].fd, TIOCSWINSZ, &size);
}

static void close_end(struct relay *relay, int which)
{
	if (relay->polled[which].fd >= 0)
		close(relay->polled[which].fd);
	relay->polled[which].fd = -1;
}

/* One of the two is gone, and so the other one. When the master is closed the
 * kernel tells the program's session. */
static void part(struct relay *relay)
{
	relay_restore();
	close_end(relay, REAL);
	shared.real = -1;
	close_end(relay, MASTER);
}

static bool is_in_foreground(void)
{
	return tcgetpgrp(shared.real) == getpgrp();
}

/* ---- opening ---- */

static int above_standard(int fd)
{
	int moved = fd;

	if (fd >= 0 && fd < FIRST_FD) {
		moved = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD);
		close(fd);
	}
	return moved;
}

static bool open_ends(struct relay *relay, uid_t owner, struct err *err)
{
	struct winsize size = { 0 };
	int master, slave;

	/* A description of our own: O_NONBLOCK is nobody else's. */
	shared.real = above_standard(
		open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
	relay->polled[REAL].fd = shared.real;
	/* A job in the background waits for its turn, if a shell is there. */
	if (shared.real >= 0 && !is_in_foreground())
		raise(SIGTTOU);
	if (shared.real >= 0 && !is_in_foreground())
		return err_set(err, "--pty: not in the foreground");
	if (shared.real < 0 || tcgetattr(shared.real, &shared.before) < 0)
		return err_set(err, "--pty: there is no terminal: %s",
			       strerror(errno));
	ioctl(shared.real, TIOCGWINSZ, &size);
	if (openpty(&master, &slave, NULL, &shared.before, &size) < 0)
		return err_set(err, "--pty: cannot make a terminal: %s",
			       strerror(errno));
	relay->polled[MASTER].fd = master = above_standard(master);
	relay->program_end = slave = above_standard(slave);
	relay->polled[WAKE].fd = shared.wake =
		above_standard(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
	relay->polled[REDRAW].fd = above_standard(
		timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
	if (master < 0 || slave < 0 || shared.wake < 0 ||
	    relay->polled[REDRAW].fd < 0 ||
	    fcntl(master, F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(slave, F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) < 0 ||
	    (owner != geteuid() && fchown(slave, owner, (gid_t)-1) < 0))
		return err_set(err, "--pty: cannot set up the terminal: %s",
			       strerror(errno));
	return true;
}

struct relay *relay_open(uid_t owner, struct err *err)
{
	struct relay *relay = xcalloc(1, sizeof(*relay));

	relay->program_end = -1;
	for (int i = 0; i < POLLED; i++)
		relay->polled[i] =
			(struct pollfd){ .fd = -1, .events = POLLIN };
	if (open_ends(relay, owner, err))
		return relay;
	relay_free(relay);
	return NULL;
}

void relay_free(struct relay *relay)
{
	if (!relay)
		return;
	relay_restore();
	if (shared.wake >= 0) {
		signal(SIGWINCH, SIG_DFL);
		signal(SIGCONT, SIG_DFL);
	}
	shared.wake = shared.real = -1;
	for (int i = 0; i < POLLED; i++)
		close_end(relay, i);
	if (relay->program_end >= 0)
		close(relay->program_end);
	free(relay);
}

int relay_program_end(const struct relay *relay)
{
	return relay->program_end;
}

struct pollfd *relay_polled(struct relay *relay, size_t *count)
{
	*count = POLLED;
	return relay->polled;
}

void relay_start(struct relay *relay)
{
	struct sigaction action = { .sa_handler = wake,
				    .sa_flags = SA_RESTART };

	sigaction(SIGWINCH, &action, NULL);
	sigaction(SIGCONT, &action, NULL);
	atexit(relay_restore);
	make_raw();
	copy_size(relay);
}

/* ---- carrying ---- */

/* Read what there is into an empty @stream. False: the other side is gone. */
static bool fill(struct stream *stream, int fd)
{
	ssize_t got;

	if (stream->begin < stream->end)
		return true;
	stream->begin = stream->end = 0;
	errno = 0;
	got = read(fd, stream->bytes, sizeof(stream->bytes));
	if (got > 0)
		stream->end = (size_t)got;
	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Write as much as is taken. False: the other side is gone. */
static bool empty(struct stream *stream, int fd)
{
	while (stream->begin < stream->end) {
		ssize_t done = write(fd, stream->bytes + stream->begin,
				     stream->end - stream->begin);

		if (done < 0)
			return errno == EAGAIN || errno == EINTR;
		stream->begin += (size_t)done;
	}
	return true;
}

static bool is_waiting(const struct stream *stream)
{
	return stream->begin < stream->end;
}

static void carry_output(struct relay *relay)
{
	struct stream *output = &relay->output;

	if (relay->polled[MASTER].fd < 0)
		return;
	if (!is_waiting(output)) {
		/* EIO: nobody has the program's terminal open any more. */
		if (!fill(output, relay->polled[MASTER].fd)) {
			part(relay);
			return;
		}
		screen_follow(&relay->screen, output->bytes, output->end);
	}
	if (!empty(output, shared.real))
		part(relay);
}

static void carry_keys(struct relay *relay)
{
	if (relay->polled[MASTER].fd < 0 || relay->in_background)
		return;
	if (fill(&relay->keys, shared.real)) {
		empty(&relay->keys, relay->polled[MASTER].fd);
		return;
	}
	/* EIO is also what a job in the background gets. */
	relay->in_background = errno == EIO && tcgetpgrp(shared.real) >= 0;
	if (!relay->in_background)
		part(relay);
}

/* Who has something to say, and who is waited for. */
static void choose_events(struct relay *relay)
{
	bool output = is_waiting(&relay->output);
	bool keys = is_waiting(&relay->keys);

	relay->polled[MASTER].events =
		(short)((output ? 0 : POLLIN) | (keys ? POLLOUT : 0));
	relay->polled[REAL].events =
		(short)((output ? POLLOUT : 0) |
			(keys || relay->in_background ? 0 : POLLIN));
}

static void set_timer(struct relay *relay, long ns)
{
	const struct itimerspec soon = { .it_value.tv_nsec = ns };

	timerfd_settime(relay->polled[REDRAW].fd, 0, &soon, NULL);
}

/* A row less for a moment: full-screen programs draw when the size changes.
 * First the call that was asked about has its time, without a signal. */
static void have_it_redrawn(struct relay *relay)
{
	struct winsize size;

	relay->is_low = !relay->is_low;
	if (shared.real < 0 || ioctl(shared.real, TIOCGWINSZ, &size))
		return;
	if (relay->is_low && size.ws_row > 1) {
		size.ws_row--;
		set_timer(relay, REDRAW_NS);
	}
	ioctl(relay->polled[MASTER].fd, TIOCSWINSZ, &size);
}

static void take_wakes(struct relay *relay)
{
	uint64_t count;

	if (read(relay->polled[REDRAW].fd, &count, sizeof(count)) > 0)
		have_it_redrawn(relay);
	if (read(relay->polled[WAKE].fd, &count, sizeof(count)) <= 0 ||
	    shared.real < 0 || !is_in_foreground())
		return;
	relay->in_background = false;
	make_raw();
	copy_size(relay);
}

void relay_pump(struct relay *relay)
{
	take_wakes(relay);
	carry_keys(relay);
	carry_output(relay);
	choose_events(relay);
}

/* ---- while nobody pumps ---- */

static bool can_write(void)
{
	struct pollfd real = { .fd = shared.real, .events = POLLOUT };

	return poll(&real, 1, REST_MS) > 0 || errno == EINTR;
}

/* Everything that the program has written; but nobody writes for ever here. */
static void show_rest(struct relay *relay)
{
	for (int left = REST_CHUNKS; left; left--) {
		carry_output(relay);
		if (!relay->output.end || relay->polled[MASTER].fd < 0)
			return;
		while (is_waiting(&relay->output)) {
			if (!can_write() || !empty(&relay->output, shared.real))
				return;
		}
	}
}

static void write_all(const struct buf *text)
{
	size_t done = 0;

	while (done < text->len) {
		ssize_t now =
			write(shared.real, text->data + done, text->len - done);

		if (now < 0 && errno != EINTR &&
		    !(errno == EAGAIN && can_write()))
			return;
		done += now > 0 ? (size_t)now : 0;
	}
}

void relay_take_screen(struct relay *relay)
{
	BUF_AUTO(text);

	screen_take(&text, &relay->screen);
	write_all(&text);
}

void relay_give_back_screen(struct relay *relay)
{
	BUF_AUTO(text);

	screen_give_back(&text, &relay->screen);
	write_all(&text);
}

void relay_hold(struct relay *relay, bool draws)
{
	if (shared.real < 0)
		return;
	show_rest(relay);
	relay_restore();
	relay->drawn = draws && shared.real >= 0;
	if (relay->drawn)
		relay_take_screen(relay);
}

void relay_go_on(struct relay *relay, int pause_ms)
{
	struct pollfd real = { .fd = shared.real, .events = POLLIN };

	if (shared.real < 0)
		return;
	make_raw();
	if (relay->drawn && poll(&real, 1, pause_ms) > 0)
		tcflush(shared.real, TCIFLUSH);
	if (relay->drawn)
		relay_give_back_screen(relay);
	copy_size(relay);
	relay->is_low = false;
	if (relay->drawn && screen_is_full(&relay->screen))
		set_timer(relay, GO_ON_NS);
	relay->drawn = false;
}

void relay_finish(struct relay *relay)
{
	if (shared.real >= 0)
		show_rest(relay);
	part(relay);
}
