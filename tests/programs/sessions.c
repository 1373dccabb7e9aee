/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* sessions: a session leader, an orphaned process group whose member is
 * stopped (SIGHUP and SIGCONT follow), and a stop that an orphaned group does
 * not know (SIGTSTP). setpgid(2), POSIX 11.1.4 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int report[2];

static void on_signal(int signal)
{
	dprintf(report[1], "got %s\n", signal == SIGHUP ? "HUP" : "CONT");
}

static void grandchild(void)
{
	signal(SIGHUP, on_signal);
	signal(SIGCONT, on_signal);
	raise(SIGSTOP);
	/* Now the group is orphaned: SIGTSTP is ignored. */
	raise(SIGTSTP);
	dprintf(report[1], "went on, parent changed\n");
	_exit(0);
}

static void orphan(void)
{
	pid_t pid;

	setpgid(0, 0);
	pid = fork();
	if (!pid)
		grandchild();
	waitpid(pid, NULL, WUNTRACED);
	_exit(0);
}

int main(void)
{
	char text[512];
	ssize_t len;
	pid_t pid;
	int status;

	setbuf(stdout, NULL);
	if (pipe(report))
		return 98;
	pid = fork();
	if (!pid) {
		pid_t session = setsid();

		printf("session %d group %d again %s\n", session == getpid(),
		       getpgrp() == getpid(),
		       setsid() < 0 ? strerror(errno) : "done");
		pid = fork();
		if (!pid)
			orphan();
		waitpid(pid, &status, 0);
		_exit(3);
	}
	waitpid(pid, &status, 0);
	printf("status %d\n", WEXITSTATUS(status));
	close(report[1]);
	while ((len = read(report[0], text, sizeof(text))) > 0)
		if (write(STDOUT_FILENO, text, (size_t)len) != len)
			return 97;
	return 0;
}
