/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/spawn.h"

#include <errno.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "trace/handover.h"
#include "trace/stop.h"

/* EXITKILL from the first moment: a tracee never outlives its tracer, and a
 * call that waits for a decision dies with it. */
#define TRACE_OPTIONS                                                          \
	(PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP |   \
	 PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |      \
	 PTRACE_O_TRACEEXEC | PTRACE_O_TRACEVFORKDONE)

static struct {
	sigset_t mask;
	struct sigaction actions[NSIG];
} inherited;

void spawn_save_signals(void)
{
	sigprocmask(SIG_SETMASK, NULL, &inherited.mask);
	for (int i = 1; i < NSIG; i++)
		sigaction(i, NULL, &inherited.actions[i]);
}

bool spawn_signal_was_ignored(int signal)
{
	return inherited.actions[signal].sa_handler == SIG_IGN;
}

/* ---- the child ---- */

static void say(const struct spawn_request *request, int about, int error,
		int fd)
{
	const struct handover_word word = { about, error, fd };

	handover_say(request->handover, &word);
}

static int install(unsigned int flags, const struct sock_fprog *program)
{
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags,
			    program);
}

/* Without CAP_SYS_ADMIN a filter needs no_new_privs. seccomp(2) */
static bool install_watch(const struct spawn_request *request)
{
	return !install(0, &request->watch) ||
	       (errno == EACCES && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
		!install(0, &request->watch));
}

/* With it some of our own calls may fail. */
static bool install_sieve(const struct spawn_request *request)
{
	return !request->sieve.len || !install(0, &request->sieve);
}

/* The listener goes to the tracer; this one is closed by execve. */
static bool install_guard(const struct spawn_request *request)
{
	int listener =
		install(SECCOMP_FILTER_FLAG_NEW_LISTENER, &request->guard);

	say(request, FEATURE_LISTENER, listener < 0 ? errno : 0, listener);
	return listener >= 0 ||
	       (request->weaker && !install(0, &request->guard));
}

/* Groups first: who is no longer root may not. credentials(7) */
static bool become(const struct identity *identity)
{
	return !setgroups(identity->n_groups, identity->groups) &&
	       !setresgid(identity->gid, identity->gid, identity->gid) &&
	       !setresuid(identity->uid, identity->uid, identity->uid);
}

/* A script without "#!" is the shell's, as everywhere. execvp(3) */
static void exec_by_shell(const struct spawn_request *request)
{
	size_t argc = 0;
	char **argv;

	while (request->argv[argc])
		argc++;
	argv = xcalloc(argc + 2, sizeof(*argv));
	argv[0] = request->argv[0];
	argv[1] = (char *)request->path;
	for (size_t i = 1; i < argc; i++)
		argv[i + 1] = request->argv[i];
	execve("/bin/sh", argv, request->environment);
}

/* Is the leader of a session on it, whatever of the standard descriptors is no
 * terminal. TIOCSCTTY(2const) */
static bool move_to(int terminal)
{
	if (setsid() < 0 || ioctl(terminal, TIOCSCTTY, 0))
		return false;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (isatty(fd) && dup2(terminal, fd) < 0)
			return false;
	return true;
}

static void __attribute__((noreturn))
give_up(const struct spawn_request *request, int about)
{
	say(request, about, errno, -1);
	_exit(EXIT_SYSWALL_FAILED);
}

static void __attribute__((noreturn))
child_main(const struct spawn_request *request)
{
	sigset_t wake;

	/* The tracer wakes us with SIGCONT, which must come now and not stay
	 * pending for the program. */
	sigemptyset(&wake);
	sigaddset(&wake, SIGCONT);
	sigprocmask(SIG_UNBLOCK, &wake, NULL);
	for (int i = 1; i < NSIG; i++)
		if (i != SIGKILL && i != SIGSTOP)
			sigaction(i, &inherited.actions[i], NULL);
	if (request->terminal && !move_to(request->terminal))
		_exit(EXIT_SYSWALL_FAILED);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) || raise(SIGSTOP))
		give_up(request, FEATURE_PTRACE);
	/* From here on the tracer has us. */
	sigprocmask(SIG_SETMASK, &inherited.mask, NULL);
	if (!install_watch(request))
		give_up(request, FEATURE_FILTER);
	if (!install_guard(request))
		give_up(request, FEATURE_LISTENER);
	if (!install_sieve(request))
		give_up(request, FEATURE_FILTER);
	/* The filters needed privileges; the program has them no more. */
	if (request->identity && !become(request->identity))
		give_up(request, HANDOVER_IDENTITY);
	execve(request->path, request->argv, request->environment);
	if (errno == ENOEXEC && request->is_text)
		exec_by_shell(request);
	_exit(errno);
}

/* ---- the tracer ---- */

/* TRACEME has proved that we may trace; let go and take the stopped child
 * again with SEIZE. Detaching with SIGSTOP keeps it stopped in between. */
static int take_over(const struct spawn_request *request, pid_t pid)
{
	int *missing = request->features->error;
	int wait_status;

	if (waitpid(pid, &wait_status, __WALL) < 0)
		return -errno;
	if (!WIFSTOPPED(wait_status))
		return -ESRCH;
	if (ptrace(PTRACE_DETACH, pid, NULL, (void *)(long)SIGSTOP))
		return -(missing[FEATURE_PTRACE] = errno);
	if (!ptrace(PTRACE_SEIZE, pid, NULL, (void *)(long)TRACE_OPTIONS))
		return 0;
	if (errno != EINVAL)
		return -(missing[FEATURE_PTRACE] = errno);
	missing[FEATURE_EXITKILL] = errno;
	if (request->weaker &&
	    !ptrace(PTRACE_SEIZE, pid, NULL,
		    (void *)(long)(TRACE_OPTIONS & ~PTRACE_O_EXITKILL)))
		return 0;
	return -errno;
}

/* At a syscall-stop of the child that is not yet the program. Returns 1 at
 * the entry of execve, 0 to go on, or a negative errno. */
static int watch_call(const struct spawn_request *request, pid_t pid)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof(info), &info) <=
	    0) {
		if (errno != ESRCH)
			request->features->error[FEATURE_CALL_INFO] = errno;
		return -errno;
	}
	return info.op == PTRACE_SYSCALL_INFO_ENTRY &&
	       info.entry.nr == SYS_execve;
}

static int walk_to_execve(const struct spawn_request *request, pid_t pid)
{
	for (;;) {
		int wait_status, step, signal = 0;
		struct stop stop;

		if (waitpid(pid, &wait_status, __WALL) < 0)
			return -errno;
		stop = stop_classify(pid, wait_status);
		if (stop.kind == STOP_ENDED)
			return -ESRCH;
		if (stop.kind == STOP_GROUP)
			kill(pid, SIGCONT);
		else if (stop.kind == STOP_SIGNAL && stop.signal != SIGCONT)
			signal = stop.signal;
		else if (stop.kind == STOP_SYSCALL) {
			step = watch_call(request, pid);
			if (step)
				return step < 0 ? step : 0;
		}
		if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)signal) &&
		    errno != ESRCH)
			return -errno;
	}
}

/* All that the child had to say. */
static void hear(const struct spawn_request *request, int end, int *listener,
		 int *identity_error)
{
	struct handover_word word;

	while (handover_hear(end, &word)) {
		if (word.about == HANDOVER_IDENTITY)
			*identity_error = word.error;
		else if (word.about >= 0 && word.about < FEATURE_COUNT &&
			 word.error)
			request->features->error[word.about] = word.error;
		if (word.fd < 0)
			continue;
		if (*listener >= 0)
			close(*listener);
		*listener = word.fd;
	}
}

/* Nobody waits with this number: a kernel that knows the flag says so. */
static void try_listener(struct features *features, int listener)
{
	struct seccomp_notif_addfd add = {
		.flags = SECCOMP_ADDFD_FLAG_SEND,
		.srcfd = (unsigned int)listener,
	};

	if (listener < 0 && !features->error[FEATURE_LISTENER])
		features->error[FEATURE_LISTENER] = ENOSYS;
	if (listener >= 0 && ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add) &&
	    errno != ENOENT)
		features->error[FEATURE_HAND_OUT] = errno;
}

/* Closed to everybody but the kernel's root from here on: memory, descriptors,
 * ptrace. Under AddressSanitizer the leak checker has to trace us.
 * PR_SET_DUMPABLE(2const) */
static void close_ourselves(struct features *features)
{
#ifndef __SANITIZE_ADDRESS__
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		features->error[FEATURE_CLOSED] = errno;
#else
	(void)features;
#endif
}

static bool explain(const struct spawn_request *request, int error,
		    int identity_error, struct err *err)
{
	if (identity_error)
		return err_set(err, "cannot run the program as another user: "
				    "not permitted here");
	if (request->features->error[FEATURE_LISTENER] == EBUSY &&
	    !request->weaker)
		return err_set(err, "cannot guard the program: it would run "
				    "under another seccomp supervisor (is this "
				    "syswall running under syswall?); "
				    "--weaker goes on without");
	if (!features_suffice(request->features, request->weaker, err))
		return false;
	return err_set(err, "cannot start the program: %s", strerror(-error));
}

bool spawn(struct spawn_request *request, pid_t *pid, int *listener,
	   struct err *err)
{
	int error, identity_error = 0, ends[2];

	*listener = -1;
	error = handover_open(ends);
	if (error)
		return err_set(err, "cannot make a socket: %s",
			       strerror(-error));
	request->handover = ends[1];
	*pid = fork();
	if (*pid < 0)
		err_set(err, "cannot fork: %s", strerror(errno));
	if (*pid == 0)
		child_main(request);
	if (*pid > 0) {
		error = take_over(request, *pid);
		if (!error)
			error = walk_to_execve(request, *pid);
		hear(request, ends[0], listener, &identity_error);
	}
	close(ends[0]);
	close(ends[1]);
	if (*pid < 0)
		return false;
	if (!error) {
		try_listener(request->features, *listener);
		close_ourselves(request->features);
		if (features_suffice(request->features, request->weaker, NULL))
			return true;
	}
	kill(*pid, SIGKILL);
	while (waitpid(*pid, NULL, __WALL) > 0)
		;
	return explain(request, error, identity_error, err);
}
