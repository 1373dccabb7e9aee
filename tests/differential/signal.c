/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Signals: handlers, masks, delivery with siginfo, ends of processes. */
#include "case.h"

#include <ucontext.h>

struct action {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

__attribute__((naked)) static void restorer(void)
{
	__asm__("mov $15, %eax; syscall");
}

static void on_signal(int number)
{
	(void)number;
}

static void catch (int number, unsigned long flags, uint64_t mask)
{
	struct action action = { (void *)on_signal, flags | 0x04000000,
				 (void *)restorer, mask };

	sc(rt_sigaction, number, &action, NULL, 8L);
}

static pid_t self(void)
{
	return (pid_t)sc(getpid);
}

CASE(sigaction)
{
	struct action action = { SIG_IGN, 0, NULL, 0 }, old;

	sc(rt_sigaction, SIGUSR1, NULL, &old, 8L);
	sc(rt_sigaction, SIGUSR1, &action, &old, 8L);
	action.handler = (void *)0x123456;
	action.flags = 0x04000000 | SA_RESTART | SA_SIGINFO | SA_NODEFER;
	action.restorer = (void *)0x654321;
	action.mask = 1 | 1 << 8 | 1ULL << 33 | 1ULL << 63;
	sc(rt_sigaction, SIGRTMIN - 1, &action, &old, 8L);
	action.mask = ~0ULL;
	action.flags = SA_NOCLDSTOP | SA_NOCLDWAIT | SA_ONSTACK | SA_RESETHAND;
	sc(rt_sigaction, SIGCHLD, &action, &old, 8L);
	action.mask = ~(1ULL << 4);
	action.flags = 0x800 | 0x10000;
	sc(rt_sigaction, SIGCHLD, &action, &old, 8L);
	sc(rt_sigaction, SIGCHLD, NULL, &old, 8L);
	sc(rt_sigaction, SIGKILL, &action, NULL, 8L);
	sc(rt_sigaction, 64, &action, NULL, 8L);
	sc(rt_sigaction, 65, &action, NULL, 8L);
	sc(rt_sigaction, 0, NULL, NULL, 8L);
	sc(rt_sigaction, SIGUSR1, &action, NULL, 4L);
	sc(rt_sigaction, SIGUSR1, NOWHERE, NOWHERE, 8L);
}

CASE(sigprocmask)
{
	uint64_t set = 1 | 1ULL << 33, old;

	sc(rt_sigprocmask, SIG_BLOCK, &set, &old, 8L);
	sc(rt_sigprocmask, SIG_UNBLOCK, &set, NULL, 8L);
	sc(rt_sigprocmask, SIG_SETMASK, NULL, &old, 8L);
	set = ~0ULL;
	sc(rt_sigprocmask, SIG_SETMASK, &set, &old, 8L);
	sc(rt_sigprocmask, SIG_SETMASK, NULL, &old, 8L);
	set = ~(1ULL << (SIGTERM - 1) | 1ULL << 40);
	sc(rt_sigprocmask, SIG_SETMASK, &set, &old, 8L);
	set = 0;
	sc(rt_sigprocmask, SIG_SETMASK, &set, &old, 8L);
	set = 0xffffffff;
	sc(rt_sigprocmask, SIG_SETMASK, &set, &old, 8L);
	sc(rt_sigprocmask, 77, &set, &old, 8L);
	sc(rt_sigprocmask, SIG_BLOCK, &set, &old, 4L);
	sc(rt_sigprocmask, SIG_BLOCK, NOWHERE, NULL, 8L);
	sc(rt_sigprocmask, SIG_BLOCK, NULL, NULL, 8L);
	sc(rt_sigpending, page, 8L);
	sc(rt_sigpending, page, 128L);
}

CASE(handled)
{
	catch (SIGUSR1, SA_RESTART, 0);
	sc(kill, self(), SIGUSR1);
	catch (SIGUSR2, 0, 1 << (SIGTERM - 1));
	sc(tgkill, self(), self(), SIGUSR2);
	sc(tkill, self(), SIGUSR1);
	sc(kill, 99999999, SIGUSR1);
	sc(kill, self(), 0);
	sc(kill, self(), 77);
	sc(tgkill, -1, self(), SIGUSR2);
}

CASE(handled_mask)
{
	uint64_t set = 1 << (SIGHUP - 1) | 1 << (SIGTERM - 1);

	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	catch (SIGUSR1, 0, 1 << (SIGQUIT - 1));
	sc(kill, self(), SIGUSR1);
	set = ~0ULL & ~(1ULL << (SIGUSR1 - 1));
	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	sc(kill, self(), SIGUSR1);
}

CASE(ignored)
{
	struct action action = { SIG_IGN, 0, NULL, 0 };

	sc(rt_sigaction, SIGUSR1, &action, NULL, 8L);
	sc(kill, self(), SIGUSR1);
	sc(kill, self(), SIGCHLD);
	sc(kill, self(), SIGURG);
}

CASE(queued)
{
	siginfo_t info = { 0 };

	catch (SIGRTMIN, 0, 0);
	catch (SIGUSR1, 0, 0);
	info.si_signo = SIGRTMIN;
	info.si_code = SI_QUEUE;
	info.si_pid = self();
	info.si_uid = 12;
	info.si_value.sival_ptr = (void *)0x123456789;
	sc(rt_sigqueueinfo, self(), SIGRTMIN, &info);
	info.si_signo = SIGUSR1;
	info.si_value.sival_ptr = NULL;
	info.si_errno = 5;
	sc(rt_tgsigqueueinfo, self(), self(), SIGUSR1, &info);
	info.si_code = -77;
	sc(rt_tgsigqueueinfo, self(), self(), SIGUSR1, &info);
	info.si_code = SI_MESGQ;
	sc(rt_sigqueueinfo, self(), SIGUSR1, &info);
	info.si_code = SI_ASYNCIO;
	sc(rt_sigqueueinfo, self(), SIGUSR1, &info);
	info.si_code = SI_TIMER;
	info.si_timerid = 77;
	sc(rt_sigqueueinfo, self(), SIGUSR1, &info);
	sc(rt_sigqueueinfo, self(), SIGUSR1, NULL);
	sc(rt_sigqueueinfo, self(), SIGUSR1, NOWHERE);
}

CASE(waited)
{
	uint64_t set = 1 << (SIGUSR1 - 1) | 1 << (SIGUSR2 - 1);
	struct timespec none = { 0, 0 }, some = { 0, 1000000 };

	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	sc(kill, self(), SIGUSR1);
	sc(rt_sigpending, page, 8L);
	sc(rt_sigtimedwait, &set, page, &none, 8L);
	sc(rt_sigtimedwait, &set, page, &some, 8L);
	sc(kill, self(), SIGUSR2);
	sc(rt_sigtimedwait, &set, NULL, NULL, 8L);
	sc(rt_sigtimedwait, &set, NULL, NOWHERE, 8L);
	sc(rt_sigtimedwait, NULL, NULL, NULL, 8L);
}

CASE(altstack)
{
	stack_t stack = { .ss_sp = page, .ss_size = 4096 }, old;

	sc(sigaltstack, NULL, &old);
	sc(sigaltstack, &stack, &old);
	stack.ss_flags = SS_DISABLE;
	sc(sigaltstack, &stack, &old);
	stack.ss_flags = (int)(1U << 31) | SS_ONSTACK;
	sc(sigaltstack, &stack, NULL);
	stack.ss_flags = 77;
	sc(sigaltstack, &stack, NULL);
	sc(sigaltstack, NOWHERE, NULL);
	sc(sigaltstack, NULL, NULL);
}

CASE(signalfd)
{
	uint64_t set = 1 << (SIGUSR1 - 1);
	int fd;

	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	fd = (int)sc(signalfd4, -1, &set, 8L, O_CLOEXEC | O_NONBLOCK);
	sc(signalfd, fd, &set, 8L);
	sc(signalfd4, 77, &set, 8L, 3);
	sc(signalfd4, -1, NULL, 8L, 0);
	sc(signalfd4, -1, &set, 4L, 0);
	sc(read, fd, page, 128);
}

static void die_of_segv(void)
{
	*(volatile int *)0 = 1;
}

static void die_of_write(void)
{
	char *code = (char *)restorer;

	*(volatile char *)code = 1;
}

static void die_of_trap(void)
{
	__asm__("ud2");
}

static void die_of_division(void)
{
	__asm__("xor %ecx, %ecx; xor %edx, %edx; mov $1, %eax; div %ecx");
}

static void die_of_breakpoint(void)
{
	__asm__("int3");
}

static void die_of_general(void)
{
	*(volatile int *)0x8000000000000000 = 1;
}

static void die_of_bus(void)
{
	int fd = make_file("f", "");
	char *at = (char *)sc(mmap, NULL, 4096L, PROT_READ, MAP_SHARED, fd, 0L);

	(void)*(volatile char *)at;
}

CASE(segv)
{
	in_child(die_of_segv);
}

CASE(segv_access)
{
	in_child(die_of_write);
}

CASE(illegal)
{
	in_child(die_of_trap);
}

CASE(division)
{
	in_child(die_of_division);
}

CASE(breakpoint)
{
	in_child(die_of_breakpoint);
}

CASE(general_protection)
{
	in_child(die_of_general);
}

CASE(bus)
{
	in_child(die_of_bus);
}

static void die_of_kill(void)
{
	sc(kill, self(), SIGKILL);
}

static void die_of_term(void)
{
	sc(kill, self(), SIGTERM);
}

static void die_of_real_time(void)
{
	sc(tgkill, self(), self(), 40);
}

static void die_of_pipe(void)
{
	int fds[2];

	sc(pipe, fds);
	sc(close, fds[0]);
	sc(write, fds[1], "x", 1);
}

static void die_of_abort(void)
{
	sc(tgkill, self(), self(), SIGABRT);
}

CASE(killed)
{
	in_child(die_of_kill);
}

CASE(terminated)
{
	in_child(die_of_term);
}

CASE(real_time)
{
	in_child(die_of_real_time);
}

CASE(broken_pipe)
{
	in_child(die_of_pipe);
}

CASE(aborted)
{
	in_child(die_of_abort);
}

CASE(whole_program_killed)
{
	sc(kill, self(), SIGUSR2);
}

CASE(whole_program_exits)
{
	sc(exit, 300);
}

CASE(suspended)
{
	uint64_t set = 1 << (SIGALRM - 1), none = 0;

	catch (SIGALRM, 0, 0);
	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	sc(kill, self(), SIGALRM);
	sc(rt_sigsuspend, &none, 8L);
	sc(rt_sigsuspend, &none, 4L);
	sc(rt_sigsuspend, NULL, 8L);
}

CASE(stopped)
{
	uint64_t set = 1 << (SIGCHLD - 1); /* may come at any time */
	int status;
	pid_t pid;

	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	pid = (pid_t)sc(fork);

	if (!pid) {
		sc(kill, self(), SIGSTOP);
		sc(exit, 3);
	}
	sc(wait4, pid, &status, WUNTRACED, NULL);
	sc(kill, pid, SIGCONT);
	sc(wait4, pid, &status, 0, NULL);
}

CASE(stopped_continued)
{
	uint64_t set = 1 << (SIGCHLD - 1); /* may come at any time */
	int status;
	pid_t pid;

	sc(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	pid = (pid_t)sc(fork);

	if (!pid) {
		sc(kill, self(), SIGSTOP);
		for (;;)
			sc(pause);
	}
	sc(wait4, pid, &status, WUNTRACED, NULL);
	sc(kill, pid, SIGCONT);
	sc(wait4, pid, &status, WCONTINUED, NULL);
	sc(kill, pid, SIGTERM);
	sc(wait4, pid, &status, 0, NULL);
}

/* This call alone gives part of a set. */
CASE(pending)
{
	sc(rt_sigpending, page, 4);
	sc(rt_sigpending, page, 8);
	sc(rt_sigpending, page, 16);
	sc(rt_sigpending, NULL, 8);
}
