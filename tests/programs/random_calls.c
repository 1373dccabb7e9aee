/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * random_calls SEED ROUNDS CALLS: in each of ROUNDS children make CALLS calls
 * with any number and any arguments, apart from those that end the child, stop
 * it, or reach anybody else. Whatever becomes of a child, the next one starts.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NUMBERS = 475, MEMORY = 1 << 16, SECONDS = 1 };

static uint64_t state;

/* xorshift64* */
static uint64_t draw(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dULL;
}

static const int left_out[] = {
	SYS_exit,
	SYS_exit_group,
	SYS_kill,
	SYS_tkill,
	SYS_tgkill,
	SYS_rt_sigqueueinfo,
	SYS_pause,
	SYS_rt_sigsuspend,
	SYS_reboot,
	SYS_fork,
	SYS_vfork,
	SYS_clone,
	SYS_clone3,
	SYS_sync,
	SYS_syncfs,
	SYS_vhangup,
	SYS_setdomainname,
	SYS_sethostname,
	SYS_settimeofday,
	SYS_clock_settime,
	SYS_adjtimex,
	SYS_clock_adjtime,
	SYS_swapon,
	SYS_swapoff,
	SYS_init_module,
	SYS_finit_module,
	SYS_delete_module,
	SYS_kexec_load,
	SYS_kexec_file_load,
	SYS_iopl,
	SYS_ioperm,
	SYS_syslog,
	SYS_setpriority,
	SYS_ioprio_set,
	SYS_rt_tgsigqueueinfo,
	SYS_pidfd_send_signal,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_acct,
	SYS_quotactl,
	SYS_setrlimit,
	SYS_prlimit64,
	SYS_munmap,
	SYS_brk,
};

static int is_left_out(int number)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (left_out[i] == number)
			return 1;
	return 0;
}

static uint64_t any_argument(const char *memory)
{
	static const uint64_t odd[] = {
		0,	    1,		2,	    UINT64_MAX,
		UINT32_MAX, 1ULL << 63, 1ULL << 47, (uint64_t)AT_FDCWD,
		0x7fffffff, 4096,
	};

	switch (draw() % 4) {
	case 0:
		return odd[draw() % (sizeof(odd) / sizeof(odd[0]))];
	case 1: /* often at the very end */
		return (uintptr_t)memory + MEMORY - draw() % 64;
	case 2:
		return (uintptr_t)memory + draw() % MEMORY;
	default:
		return draw() >> draw() % 64;
	}
}

static void child(int calls)
{
	char *memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const struct rlimit none = { 0, 0 };

	if (memory == MAP_FAILED)
		_exit(1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_FSIZE, &none);
	setrlimit(RLIMIT_CORE, &none);
	for (int i = 0; i < MEMORY; i++)
		memory[i] = (char)(draw() % 3 ? draw() : 0);
	for (int i = 0; i < calls; i++) {
		int number = (int)(draw() % NUMBERS);
		uint64_t args[6];

		for (int k = 0; k < 6; k++)
			args[k] = any_argument(memory);
		if (!is_left_out(number))
			syscall(number, args[0], args[1], args[2], args[3],
				args[4], args[5]);
	}
	_exit(0);
}

/* What waits for ever is ended. */
static int wait_for(pid_t pid, const sigset_t *signals)
{
	const struct timespec patience = { .tv_sec = SECONDS };

	if (sigtimedwait(signals, NULL, &patience) < 0)
		kill(pid, SIGKILL);
	return waitpid(pid, NULL, 0) == pid;
}

int main(int argc, char *argv[])
{
	sigset_t signals;

	if (argc != 4)
		return 2;
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	for (int round = 0; round < atoi(argv[2]); round++) {
		pid_t pid = fork();

		if (!pid) {
			state = (uint64_t)atoll(argv[1]) + (uint64_t)round + 1;
			child(atoi(argv[3]));
		}
		if (pid < 0 || !wait_for(pid, &signals))
			return 1;
	}
	puts("done");
	return 0;
}
