/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Signals arrive with what the sender put in them, in the right order. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int order[8];
static volatile int values[8];
static volatile int n;

static void on_value(int signal, siginfo_t *info, void *context)
{
	(void)context;
	order[n] = signal - SIGRTMIN;
	values[n++] = info->si_value.sival_int;
}

static void on_child(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	order[n] = info->si_code;
	values[n++] = info->si_status;
}

static void *bad_address;

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)context;
	printf("fault %d at %d code %d\n", signal == SIGSEGV,
	       info->si_addr == bad_address, info->si_code);
	exit(0);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_value,
				    .sa_flags = SA_SIGINFO };
	sigset_t all, none;

	sigfillset(&all);
	sigemptyset(&none);
	for (int i = 0; i < 3; i++)
		sigaction(SIGRTMIN + i, &action, NULL);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sigqueue(getpid(), SIGRTMIN + 2, (union sigval){ 20 });
	sigqueue(getpid(), SIGRTMIN, (union sigval){ 1 });
	sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ 10 });
	sigqueue(getpid(), SIGRTMIN, (union sigval){ 2 });
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 0; i < n; i++)
		printf("value %d %d\n", order[i], values[i]);
	n = 0;
	action.sa_sigaction = on_child;
	sigaction(SIGCHLD, &action, NULL);
	if (!fork())
		_exit(7);
	while (!n)
		pause();
	wait(NULL);
	printf("child %d %d\n", order[0] == CLD_EXITED, values[0]);
	fflush(stdout);
	action.sa_sigaction = on_fault;
	sigaction(SIGSEGV, &action, NULL);
	bad_address =
		mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*(volatile char *)bad_address = 1;
	return 1;
}
