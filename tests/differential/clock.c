/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Times, sleeping and timers. */
#include "case.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>

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

static void catch (int number, unsigned long flags)
{
	struct action action = { (void *)on_signal, flags | 0x04000000,
				 (void *)restorer, 0 };

	sc(rt_sigaction, number, &action, NULL, 8L);
}

CASE(clocks)
{
	sc(clock_gettime, CLOCK_REALTIME, page);
	sc(clock_gettime, CLOCK_MONOTONIC, page);
	sc(clock_gettime, CLOCK_PROCESS_CPUTIME_ID, page);
	sc(clock_gettime, CLOCK_TAI, page);
	sc(clock_gettime, 77, page);
	sc(clock_gettime, -1, page);
	sc(clock_gettime, -6, page);
	sc(clock_gettime, -29, page);
	sc(clock_gettime, CLOCK_REALTIME, NULL);
	sc(clock_gettime, CLOCK_REALTIME, NOWHERE);
	sc(clock_getres, CLOCK_REALTIME, page);
	sc(clock_getres, CLOCK_REALTIME_COARSE, NULL);
	sc(clock_settime, CLOCK_MONOTONIC, NULL);
	sc(clock_settime, 77, &(struct timespec){ 5, 0 });
}

CASE(time)
{
	sc(time, NULL);
	sc(time, page);
	sc(gettimeofday, page, NULL);
	sc(gettimeofday, page, page + 100);
	sc(gettimeofday, NULL, NULL);
	sc(settimeofday, &(struct timeval){ 5, 9999999 }, NULL);
	sc(settimeofday, NOWHERE, NOWHERE);
	sc(times, page);
	sc(times, NULL);
}

CASE(adjtimex)
{
	struct timex tx = { .modes = 0 };

	sc(adjtimex, NULL);
	tx.modes = 0x80000;
	sc(clock_adjtime, 77, &tx);
}

CASE(sleeping)
{
	struct timespec some = { 0, 1000000 }, wrong = { 1, 1000000000 };
	struct timespec past = { 1, 0 };

	sc(nanosleep, &some, NULL);
	sc(nanosleep, &some, page);
	sc(nanosleep, &wrong, page);
	sc(nanosleep, NULL, NULL);
	sc(nanosleep, NOWHERE, page);
	sc(clock_nanosleep, CLOCK_MONOTONIC, 0, &some, page);
	sc(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL);
	sc(clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &past, page);
	sc(clock_nanosleep, 77, 3, &past, NULL);
	sc(clock_nanosleep, CLOCK_REALTIME, 0, &wrong, NULL);
}

CASE(itimers)
{
	struct itimerval timer = { { 0, 0 }, { 100, 0 } };

	sc(alarm, 1000);
	sc(alarm, 0);
	sc(setitimer, ITIMER_REAL, &timer, page);
	timer.it_value.tv_sec = 0;
	sc(setitimer, ITIMER_REAL, &timer, page);
	sc(setitimer, ITIMER_VIRTUAL, NULL, page);
	sc(setitimer, 77, &timer, NULL);
	sc(getitimer, ITIMER_PROF, page);
	sc(getitimer, 77, page);
	sc(getitimer, ITIMER_REAL, NULL);
	sc(setitimer, ITIMER_REAL, NOWHERE, NOWHERE);
}

CASE(interrupted)
{
	struct itimerval timer = { { 0, 0 }, { 0, 30000 } };
	struct timespec some = { 5, 0 };

	catch (SIGALRM, 0);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(nanosleep, &some, page);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(clock_nanosleep, CLOCK_MONOTONIC, 0, &some, page);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(pause);
}

CASE(interrupted_reads)
{
	struct itimerval timer = { { 0, 0 }, { 0, 30000 } };
	int fds[2];
	struct timespec some = { 5, 0 };

	sc(pipe, fds);
	catch (SIGALRM, 0);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(read, fds[0], page, 10);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(select, 0, NULL, NULL, NULL, &(struct timeval){ 5, 0 });
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(futex, page, 0x80, 0, &some);
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(wait4, -1, NULL, 0, NULL);
}

CASE(restarted)
{
	struct itimerval timer = { { 0, 0 }, { 0, 30000 } };
	int fds[2];
	pid_t pid;

	sc(pipe, fds);
	catch (SIGALRM, SA_RESTART);
	pid = (pid_t)sc(fork);
	if (!pid) {
		sc(nanosleep, &(struct timespec){ 0, 200000000 }, NULL);
		sc(write, fds[1], "x", 1);
		sc(exit, 0);
	}
	sc(setitimer, ITIMER_REAL, &timer, NULL);
	sc(read, fds[0], page, 10);
	sc(wait4, pid, NULL, 0, NULL);
}

CASE(timers)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGUSR1 };
	struct itimerspec timer = { { 1, 0 }, { 100, 0 } };
	int id = 0;

	event.sigev_value.sival_ptr = (void *)0x1234;
	sc(timer_create, CLOCK_MONOTONIC, &event, &id);
	sc(timer_settime, id, 0, &timer, page);
	timer.it_value.tv_sec = 1L << 40;
	sc(timer_settime, id, TIMER_ABSTIME, &timer, NULL);
	sc(timer_gettime, id, page);
	sc(timer_getoverrun, id);
	sc(timer_delete, id);
	sc(timer_delete, id);
	event.sigev_notify = SIGEV_NONE;
	sc(timer_create, CLOCK_REALTIME, &event, &id);
	sc(timer_create, CLOCK_REALTIME, NULL, &id);
	event.sigev_notify = 77;
	sc(timer_create, CLOCK_BOOTTIME, &event, &id);
	event.sigev_notify = SIGEV_THREAD;
	sc(timer_create, CLOCK_BOOTTIME, &event, NULL);
	sc(timer_create, 77, NOWHERE, NOWHERE);
	sc(timer_settime, 77, 5, NOWHERE, NULL);
	sc(timer_gettime, 77, page);
}

CASE(timer_fires)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGUSR1 };
	struct itimerspec timer = { { 0, 0 }, { 0, 20000000 } };
	int id = 0;

	catch (SIGUSR1, 0);
	event.sigev_value.sival_ptr = (void *)0x123400005678;
	sc(timer_create, CLOCK_MONOTONIC, &event, &id);
	sc(timer_settime, id, 0, &timer, NULL);
	sc(pause);
}

CASE(timerfd)
{
	int fd = (int)sc(timerfd_create, CLOCK_MONOTONIC,
			 TFD_CLOEXEC | TFD_NONBLOCK);
	struct itimerspec timer = { { 1, 0 }, { 100, 0 } };

	sc(timerfd_settime, fd, 0, &timer, page);
	sc(timerfd_settime, fd, TFD_TIMER_ABSTIME | 2, &timer, NULL);
	sc(timerfd_gettime, fd, page);
	sc(timerfd_gettime, 77, page);
	sc(timerfd_create, 77, 3);
	sc(timerfd_settime, fd, 9, NULL, NULL);
	sc(read, fd, page, 8);
}

CASE(resources)
{
	sc(getrusage, RUSAGE_SELF, page);
	sc(getrusage, RUSAGE_CHILDREN, page);
	sc(getrusage, 77, page);
	sc(getrusage, RUSAGE_THREAD, NULL);
	sc(sysinfo, page);
	sc(sysinfo, NULL);
	sc(uname, page);
	sc(uname, NULL);
	sc(getcpu, NULL, NULL, NULL);
	sc(getrandom, page, 8, 0);
	sc(getrandom, page, 0, 3);
	sc(getrandom, NULL, 4, 0xff);
}
