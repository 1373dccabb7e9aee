/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* dispatch PATH: syscall user dispatch. Calls are turned into SIGSYS while the
 * selector says so; then PATH is opened without it. prctl(2) */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif
enum { DISPATCH_ON = 1, BLOCK = 1, PASS = 0 };

static volatile char selector = PASS;
static volatile int caught, number, code;

static void on_sigsys(int signal, siginfo_t *info, void *context)
{
	ucontext_t *user = context;

	(void)signal;
	selector = PASS;
	caught++;
	number = info->si_syscall;
	code = info->si_code;
	user->uc_mcontext.gregs[REG_RAX] = -77;
}

int main(int argc, char *argv[])
{
	struct sigaction action = { .sa_sigaction = on_sigsys,
				    .sa_flags = SA_SIGINFO };
	int fd, results[2];

	if (argc != 2)
		return 99;
	sigaction(SIGSYS, &action, NULL);
	if (prctl(PR_SET_SYSCALL_USER_DISPATCH, DISPATCH_ON, 0, 0, &selector))
		return 77;
	for (int i = 0; i < 2; i++) {
		selector = BLOCK;
		fd = (int)syscall(i ? SYS_getpid : SYS_openat, AT_FDCWD,
				  argv[1], O_RDONLY, 0);
		results[i] = fd < 0 ? errno : 0;
	}
	fd = open(argv[1], O_RDONLY);
	printf("caught %d number %d code %d results %d %d\n", caught, number,
	       code, results[0], results[1]);
	printf("open: %s\n", fd < 0 ? strerror(errno) : "done");
	return 0;
}
