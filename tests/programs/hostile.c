/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * hostile [FIRST LAST] - every system call, with pointers that lead nowhere.
 *
 * Each number from FIRST (0) to LAST (600; every tenth of those that are no
 * call yet) gets each bad pointer in each
 * position, and in all at once; the other arguments are 0, -1 or a huge
 * number. What would harm the machine when it worked is left out: those calls
 * are a table. A child of its own makes the calls of one number: some of them
 * end it, and some never come back; then the next number is tried.
 * Prints how many calls were begun, exits 0.
 */
#define _GNU_SOURCE
#include <linux/netlink.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LAST_CALL = 480,
	LAST_NUMBER = 600,
	PAGE = 4096,
	ARGS = 6,
	WAYS = ARGS + 1, /* the last one: all arguments */
	VALUES = 9,
	PATIENCE_MS = 60,
};

/* They stop the machine or the test, or change what others live on. */
static const int left_out[] = {
	SYS_exit,
	SYS_exit_group,
	SYS_rt_sigreturn,
	SYS_fork,
	SYS_vfork,
	SYS_kill,
	SYS_tkill,
	SYS_tgkill,
	SYS_rt_sigqueueinfo,
	SYS_reboot,
	SYS_kexec_load,
	SYS_kexec_file_load,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_swapon,
	SYS_swapoff,
	SYS_settimeofday,
	SYS_clock_settime,
	SYS_adjtimex,
	SYS_clock_adjtime,
	SYS_sethostname,
	SYS_setdomainname,
	SYS_vhangup,
	SYS_acct,
	SYS_sync,
	SYS_init_module,
	SYS_delete_module,
	SYS_finit_module,
	SYS_syslog,
	SYS_shmget,
	SYS_shmctl,
	SYS_semget,
	SYS_semctl,
	SYS_semop,
	SYS_semtimedop,
	SYS_msgget,
	SYS_msgctl,
	SYS_msgsnd,
	SYS_msgrcv,
	SYS_mq_open,
	SYS_mq_unlink,
	SYS_ioprio_set,
	SYS_setpriority,
	SYS_rt_tgsigqueueinfo,
	SYS_add_key,
	SYS_request_key,
	SYS_keyctl,
	335 /* uretprobe */,
	336 /* uprobe */,
};

static const long fillings[] = { 0, 0x7fff0003, -1 };

static long values[VALUES];

struct progress {
	volatile int step;  /* the call that was begun last, counted from 1 */
	volatile long made; /* by all children */
};

static struct progress *progress;

static int is_left_out(int number)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(*left_out); i++)
		if (left_out[i] == number)
			return 1;
	return 0;
}

static void make_values(void)
{
	char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *end = pages + PAGE;

	memset(pages, 'x', PAGE);
	munmap(end, 2 * PAGE);
	values[0] = (long)end;	       /* unmapped */
	values[1] = (long)(end - 1);   /* the last byte */
	values[2] = (long)(end - 12);  /* half of a structure */
	values[3] = (long)(pages + 1); /* unaligned */
	values[4] = 1;
	values[5] = -8;				/* the end of everything */
	values[6] = (long)0xffffffff81000000UL; /* the kernel's */
	values[7] = (long)0x8000000000000000UL; /* no address at all */
	values[8] = 0x7fffffffffff;		/* the user's last byte */
}

static void limit(int resource, rlim_t most)
{
	setrlimit(resource, &(struct rlimit){ most, most });
}

static void make_call(int number, int step)
{
	int way = (step - 1) % WAYS, value = (step - 1) / WAYS;
	long args[ARGS];
	pid_t me = (pid_t)syscall(SYS_gettid);

	for (int i = 0; i < ARGS; i++)
		args[i] = way == i || way == ARGS ?
				  values[value] :
				  fillings[(number + step) % 3];
	progress->step = step;
	progress->made++;
	syscall(number, args[0], args[1], args[2], args[3], args[4], args[5]);
	if ((number == SYS_clone || number == SYS_clone3) &&
	    syscall(SYS_gettid) != me)
		syscall(SYS_exit, 0);
}

static void child(int number, int first)
{
	struct sockaddr_nl local = { .nl_family = AF_NETLINK };

	limit(RLIMIT_AS, 256 << 20);
	limit(RLIMIT_FSIZE, 1 << 20);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, 5);
	/* Standard input, output and error: nothing that others have. */
	for (int fd = 0; fd < 3; fd++) {
		close(fd);
		syscall(SYS_memfd_create, "hostile", 0);
	}
	/* What goes through this one is structures. */
	if (number == SYS_sendto || number == SYS_sendmsg ||
	    number == SYS_sendmmsg || number == SYS_recvfrom ||
	    number == SYS_recvmsg || number == SYS_recvmmsg) {
		close(0);
		socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_ROUTE);
		bind(0, (void *)&local, sizeof(local));
	}
	for (int step = first; step <= WAYS * VALUES; step++)
		make_call(number, step);
	_exit(0);
}

/* Wait for @pid as long as it gets on. Was it stuck? */
static int wait_for(pid_t pid, const sigset_t *sigchld)
{
	struct timespec tick = { 0, PATIENCE_MS * 1000000L };
	int before = -1;

	for (;;) {
		int now = progress->step;

		if (waitpid(pid, NULL, WNOHANG | __WALL) == pid)
			return 0;
		if (sigtimedwait(sigchld, NULL, &tick) > 0)
			continue;
		if (now == before) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, __WALL);
			return 1;
		}
		before = now;
	}
}

static void try_number(int number, const sigset_t *sigchld)
{
	int first = 1;

	while (first <= WAYS * VALUES) {
		pid_t pid = fork();

		if (!pid)
			child(number, first);
		if (pid < 0 || wait_for(pid, sigchld))
			return;
		if (progress->step < first) /* it did not even begin */
			return;
		first = progress->step + 1;
	}
}

int main(int argc, char **argv)
{
	int number = argc > 1 ? atoi(argv[1]) : 0;
	int last = argc > 2 ? atoi(argv[2]) : LAST_NUMBER;
	sigset_t sigchld;

	sigemptyset(&sigchld);
	sigaddset(&sigchld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &sigchld, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	progress = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	make_values();
	for (; number <= last; number += number < LAST_CALL ? 1 : 10) {
		progress->step = 0;
		if (!is_left_out(number))
			try_number(number, &sigchld);
		while (waitpid(-1, NULL, WNOHANG | __WALL) > 0)
			;
	}
	printf("%ld calls\n", progress->made);
	return 0;
}
