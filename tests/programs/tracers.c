/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* tracers: what happens to a program that wants to trace. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result)
{
	printf("%s: %s\n", what, result ? strerror(errno) : "done");
}

int main(void)
{
	pid_t pid;
	int status;

	setbuf(stdout, NULL);
	pid = fork();
	if (!pid) {
		tell("TRACEME", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
		raise(SIGSTOP);
		_exit(5);
	}
	waitpid(pid, &status, WUNTRACED);
	tell("ATTACH", ptrace(PTRACE_ATTACH, pid, NULL, NULL));
	tell("SEIZE", ptrace(PTRACE_SEIZE, pid, NULL, NULL));
	tell("CONT", ptrace(PTRACE_CONT, pid, NULL, NULL));
	kill(pid, SIGCONT);
	waitpid(pid, &status, 0);
	printf("status %d\n", WEXITSTATUS(status));
	return 0;
}
