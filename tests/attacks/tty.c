/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* tty: type into, take and spoil the terminal on standard input. */
#include "attack.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>

#define UPPER 0x500000000

/* Did "y" arrive where a question would read it? */
static int typed(int fd)
{
	struct termios raw;
	int waiting = 0;

	if (tcgetattr(0, &raw))
		return 0;
	cfmakeraw(&raw);
	tcsetattr(0, TCSANOW, &raw);
	ioctl(fd, FIONREAD, &waiting);
	return waiting > 0;
}

static int type_into(int fd, unsigned long command)
{
	char y = 'y', end = '\n';
	long result = sc(SYS_ioctl, fd, command, &y);

	if (result && (errno == EIO || errno == ENOTTY) && tracer_pid() <= 0)
		return cannot("TIOCSTI");
	sc(SYS_ioctl, fd, command, &end);
	return typed(0) ? WORKED : HELD;
}

static int sti(void)
{
	return type_into(0, TIOCSTI);
}

static int sti_upper(void)
{
	return type_into(0, TIOCSTI | UPPER);
}

static int sti_dev_tty(void)
{
	return type_into(open("/dev/tty", O_RDWR), TIOCSTI);
}

static int sti_reopened(void)
{
	return type_into(open("/proc/self/fd/0", O_RDWR | O_NOCTTY), TIOCSTI);
}

static int sti_fd_upper(void)
{
	char y = 'y';
	long result = sc(SYS_ioctl, UPPER, (unsigned long)TIOCSTI | UPPER, &y);

	if (result && errno == EIO && tracer_pid() <= 0)
		return cannot("TIOCSTI");
	sc(SYS_ioctl, UPPER, (unsigned long)TIOCSTI | UPPER, "\n");
	return typed(0) ? WORKED : HELD;
}

/* Pastes a selection; a pseudo-terminal has none. */
static int paste(void)
{
	char subcode = 3;

	return sc(SYS_ioctl, 0, TIOCLINUX | UPPER, &subcode) == 0 ? WORKED :
								    HELD;
}

static int done(long result)
{
	return result ? HELD : WORKED;
}

static int exclusive(void)
{
	return done(sc(SYS_ioctl, 0, TIOCEXCL | UPPER, 0));
}

/* A session of its own that takes the terminal away from ours. */
static int steal_in_child(void)
{
	setsid();
	return done(sc(SYS_ioctl, 0, TIOCSCTTY | UPPER, 1));
}

static int steal(void)
{
	int result;

	if (geteuid())
		return cannot("stealing is for root");
	result = in_child(steal_in_child);
	if (result == HELD && tracer_pid() <= 0)
		return cannot("TIOCSCTTY");
	return result;
}

static int discipline(void)
{
	int number = 0;

	return done(sc(SYS_ioctl, 0, TIOCSETD | UPPER, &number));
}

static int hang_up(void)
{
	if (geteuid())
		return cannot("hanging up is for root");
	signal(SIGHUP, SIG_IGN);
	return done(sc(SYS_ioctl, 0, 0x5437 | UPPER, 0));
}

static int hang_up_call(void)
{
	if (geteuid())
		return cannot("hanging up is for root");
	signal(SIGHUP, SIG_IGN);
	return done(sc(SYS_vhangup));
}

ATTACKS({ "sti", sti }, { "sti-upper", sti_upper },
	{ "sti-dev-tty", sti_dev_tty }, { "sti-reopened", sti_reopened },
	{ "sti-fd-upper", sti_fd_upper }, { "paste", paste },
	{ "exclusive", exclusive }, { "steal", steal },
	{ "discipline", discipline }, { "hang-up", hang_up },
	{ "hang-up-call", hang_up_call })
