/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* stand_in PROGRAM ARGS...: where syswall would stand when an attack is run
 * bare: an ordinary parent that does nothing to protect itself. Exits as the
 * program does, even if the parent came to harm, and leaves nobody behind. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The victim. The program's number goes to @result; its end is left for the
 * one who outlives us all. */
static void stand_in(char *argv[], int result)
{
	siginfo_t info;
	pid_t pid = fork();

	if (!pid) {
		pid = getpid();
		if (write(result, &pid, sizeof(pid)) != sizeof(pid))
			_exit(99);
		close(result);
		execv(argv[0], argv);
		_exit(99);
	}
	close(result);
	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT))
		;
	_exit(0);
}

/* Who loses a parent meanwhile becomes our child: until there is none. */
static void end_everybody(void)
{
	for (;;) {
		FILE *children = fopen("/proc/thread-self/children", "r");
		int pid;

		while (children && fscanf(children, "%d", &pid) == 1)
			kill(pid, SIGKILL);
		if (children)
			fclose(children);
		while ((pid = waitpid(-1, NULL, __WALL | WNOHANG)) > 0)
			;
		if (pid < 0)
			return;
		usleep(1000);
	}
}

int main(int argc, char *argv[])
{
	pid_t victim, program = 0, pid;
	int ends[2], status, result = 99;

	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	if (argc < 2 || pipe(ends))
		return 99;
	signal(SIGHUP, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	/* What the victim's group is sent is not for us; a terminal is its. */
	victim = fork();
	if (!victim) {
		setpgid(0, 0);
		tcsetpgrp(0, getpid());
		signal(SIGTTOU, SIG_DFL);
		close(ends[0]);
		stand_in(argv + 1, ends[1]);
	}
	close(ends[1]);
	if (read(ends[0], &program, sizeof(program)) != sizeof(program))
		return 99;
	/* A victim that was stopped would keep the program's end to itself. */
	while ((pid = waitpid(-1, &status, WUNTRACED | __WALL)) > 0) {
		if (pid == victim && WIFSTOPPED(status))
			kill(victim, SIGKILL);
		if (pid == program && !WIFSTOPPED(status)) {
			result = WIFEXITED(status) ? WEXITSTATUS(status) :
						     128 + WTERMSIG(status);
			break;
		}
	}
	end_everybody();
	return result;
}
