/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * stuck: whoever looks at the program's memory or at its paths never comes
 * back. A file system of the program's own (FUSE) serves both, and stops
 * answering.
 */
#include "attack.h"
#include "fuse.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>

enum { STUCK_MS = 1000 };

/* ---- who gets stuck ---- */

static int read_path(void)
{
	return open("okdir/f", O_RDONLY) >= 0;
}

/* Reads what a child of it has mapped, as a tracer does. */
static int read_page(void)
{
	int ends[2], fd = open("okdir/f", O_RDONLY);
	void *page = mmap(NULL, FUSE_FILE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
	struct iovec local = { &page, 1 }, remote = { page, 1 };
	pid_t child;

	if (page == MAP_FAILED || pipe(ends))
		return 1;
	child = fork();
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pause();
		_exit(0);
	}
	process_vm_readv(child, &local, 1, &remote, 1, 0);
	kill(child, SIGKILL);
	return 1;
}

/* Does @look not come back? */
static bool hangs(int (*look)(void))
{
	struct pollfd done = { .events = POLLIN };
	int ends[2], ready;
	pid_t looker;

	if (pipe(ends))
		return false;
	looker = fork();
	if (!looker) {
		close(ends[0]);
		look();
		_exit(0);
	}
	close(ends[1]);
	done.fd = ends[0];
	ready = poll(&done, 1, STUCK_MS);
	kill(looker, SIGKILL);
	return ready == 0;
}

static int attack(uint32_t silent, int (*look)(void))
{
	pid_t server = fuse_mount("okdir", silent);
	bool hung;

	if (!server && tracer_pid() > 0)
		return HELD;
	if (!server)
		return cannot("a file system of our own");
	hung = hangs(look);
	kill(server, SIGKILL); /* and all who wait for it come back */
	return hung ? WORKED : HELD;
}

static int page(void)
{
	return attack(FUSE_READ, read_page);
}

static int path(void)
{
	return attack(FUSE_LOOKUP, read_path);
}

ATTACKS({ "page", page }, { "path", path })
