/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* birth: children, threads and executions that syswall could lose. */
#include "attack.h"

#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>

extern char **environ;

/* A child of this kind reads the secret. Where somebody traces us, it has to
 * be traced as well. */
static int clone_with(unsigned long flags)
{
	int traced = tracer_pid() > 0;
	long pid = sc(SYS_clone, flags, 0, 0, 0, 0);

	if (pid < 0)
		return cannot("clone");
	if (!pid)
		_exit(can_read(SECRET) || (traced && tracer_pid() <= 0) ?
			      WORKED :
			      HELD);
	return status_of((pid_t)pid);
}

static int untraced(void)
{
	return clone_with(0x00800000 | SIGCHLD);
}

static int untraced_upper(void)
{
	return clone_with(0xdeadbeef00800000 | SIGCHLD);
}

static int no_signal(void)
{
	return clone_with(0);
}

static int other_signal(void)
{
	signal(SIGUSR2, SIG_IGN);
	return clone_with(SIGUSR2 | CLONE_PTRACE);
}

static int read_in_clone(void *unused)
{
	(void)unused;
	return read_it();
}

/* Shares everything, and is a process of its own all the same. */
static int shares_all(void)
{
	static char stack[65536];

	return status_of(clone(read_in_clone, stack + sizeof(stack),
			       0x00800000 | CLONE_VFORK | CLONE_VM |
				       CLONE_FILES | CLONE_FS | CLONE_SIGHAND |
				       SIGCHLD,
			       NULL));
}

static int new_pids(void)
{
	if (geteuid() && unshare(CLONE_NEWUSER))
		return cannot("unshare");
	return clone_with(CLONE_NEWPID | SIGCHLD);
}

/* The child of our parent: nobody here waits for it. */
static int sibling(void)
{
	int *result = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long pid =
		sc(SYS_clone, 0x00800000 | CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);

	if (pid < 0)
		return cannot("clone");
	if (!pid) {
		*result = can_read(SECRET) ? 1 : 2;
		_exit(0);
	}
	for (int i = 0; i < 2000 && !*(volatile int *)result; i++)
		usleep(1000);
	return *result == 2 ? HELD : *result == 1 ? WORKED : CANNOT;
}

static int by_clone3(void)
{
	struct clone_args args = { .flags = 0x00800000,
				   .exit_signal = SIGCHLD };
	long pid = sc(SYS_clone3, &args, sizeof(args));

	if (pid < 0)
		return HELD;
	if (!pid)
		_exit(read_it());
	return status_of((pid_t)pid);
}

static int daemonized(void)
{
	int ends[2];
	char result = 'H';

	if (pipe(ends))
		return cannot("pipe");
	if (!fork()) {
		setsid();
		if (fork())
			_exit(0);
		close(ends[0]);
		usleep(200000);
		result = can_read(SECRET) ? 'W' : 'H';
		_exit(write(ends[1], &result, 1) != 1);
	}
	close(ends[1]);
	if (read(ends[0], &result, 1) != 1)
		return CANNOT;
	return result == 'W' ? WORKED : HELD;
}

static int by_vfork(void)
{
	pid_t pid = vfork();

	if (!pid)
		_exit(open(SECRET, O_RDONLY) >= 0 ? WORKED : HELD);
	return status_of(pid);
}

static int spawned(void)
{
	char *argv[] = { "cat", SECRET, NULL };
	posix_spawn_file_actions_t quiet;
	int opened = 0;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	for (int i = 0; i < 50; i++) {
		pid_t pid;

		if (posix_spawn(&pid, "/bin/cat", &quiet, NULL, argv, environ))
			return cannot("posix_spawn");
		opened += status_of(pid) == 0;
	}
	return opened ? WORKED : HELD;
}

static void *exec_again(void *unused)
{
	execl("/proc/thread-self/exe", "birth", "stage2", (char *)NULL);
	return unused;
}

static int exec_from_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, exec_again, NULL);
	pthread_join(thread, NULL);
	return CANNOT;
}

/* The old leader is gone when the thread executes. */
static int exec_without_leader(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, exec_again, NULL);
	sc(SYS_exit, 0);
	return CANNOT;
}

static void *loop_open(void *worked)
{
	for (;;)
		if (can_read(SECRET))
			*(volatile int *)worked = 1;
	return NULL;
}

static int exec_with_threads(void)
{
	static int worked;
	pthread_t thread;

	for (int i = 0; i < 40; i++)
		if (pthread_create(&thread, NULL, loop_open, &worked))
			return cannot("thread");
	sched_yield();
	if (!worked)
		exec_again(NULL);
	return worked ? WORKED : CANNOT;
}

static int stop_at_birth(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		raise(SIGSTOP);
		_exit(read_it());
	}
	if (waitpid(pid, &status, WUNTRACED) != pid || !WIFSTOPPED(status))
		return CANNOT;
	kill(pid, SIGCONT);
	return status_of(pid);
}

/* A newborn dies at once, and its number comes to somebody else. */
static int killed_newborn(void)
{
	for (int i = 0; i < 500; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(read_it());
		kill(pid, SIGKILL);
		if (status_of(pid) == WORKED)
			return WORKED;
	}
	return in_child(read_it);
}

static int storm(void)
{
	static int worked;
	pid_t pid;

	for (int i = 0; i < 30; i++) {
		pid = fork();
		if (!pid) {
			pthread_t thread;

			for (int k = 0; k < 8; k++)
				pthread_create(&thread, NULL, loop_open,
					       &worked);
			for (;;)
				if (can_read(SECRET))
					_exit(WORKED);
		}
		usleep((useconds_t)(i % 7) * 500);
		if (i < 29)
			kill(pid, SIGKILL);
		else
			usleep(20000), kill(pid, SIGKILL);
		if (status_of(pid) == WORKED)
			return WORKED;
	}
	return HELD;
}

static int many(void)
{
	enum { MANY = 300 };
	int worked = 0, pids[MANY];

	for (int i = 0; i < MANY; i++) {
		pids[i] = fork();
		if (!pids[i])
			_exit(read_it());
	}
	for (int i = 0; i < MANY; i++)
		worked += pids[i] > 0 && status_of(pids[i]) == WORKED;
	return worked ? WORKED : HELD;
}

ATTACKS({ "untraced", untraced }, { "untraced-upper", untraced_upper },
	{ "no-signal", no_signal }, { "other-signal", other_signal },
	{ "shares-all", shares_all }, { "new-pids", new_pids },
	{ "sibling", sibling }, { "clone3", by_clone3 },
	{ "daemonized", daemonized }, { "vfork", by_vfork },
	{ "spawned", spawned }, { "exec-from-thread", exec_from_thread },
	{ "exec-without-leader", exec_without_leader },
	{ "exec-with-threads", exec_with_threads }, { "stage2", read_it },
	{ "stop-at-birth", stop_at_birth },
	{ "killed-newborn", killed_newborn }, { "storm", storm },
	{ "many", many })
