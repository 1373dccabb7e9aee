/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/spawn.h"

#include <errno.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "trace/stop.h"

/* EXITKILL from the first moment: a tracee never outlives its tracer, and a
 * call that waits for a decision dies with it. */
#define TRACE_OPTIONS                                                          \
	(PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP |   \
	 PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |      \
	 PTRACE_O_TRACEEXEC | PTRACE_O_TRACEVFORKDONE)

/* How the child ends that may not become another; no errno. */
enum { NO_IDENTITY = 200 };

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

static int install(unsigned int flags, const struct sock_fprog *program)
{
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags,
			    program);
}

/* Without CAP_SYS_ADMIN a filter needs no_new_privs. seccomp(2) */
static bool install_filters(const struct spawn_request *request)
{
	if (install(0, &request->watch) &&
	    (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	     install(0, &request->watch)))
		return false;
	return install(SECCOMP_FILTER_FLAG_NEW_LISTENER, &request->guard) >= 0;
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
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) || raise(SIGSTOP))
		_exit(EPERM);
	/* From here on the tracer has us. */
	sigprocmask(SIG_SETMASK, &inherited.mask, NULL);
	if (!install_filters(request))
		_exit(errno);
	/* The filters needed privileges; the program has them no more. */
	if (request->identity && !become(request->identity))
		_exit(NO_IDENTITY);
	execve(request->path, request->argv, request->environment);
	if (errno == ENOEXEC && request->is_text)
		exec_by_shell(request);
	_exit(errno);
}

/* ---- the tracer ---- */

/* TRACEME has proved that we may trace; let go and take the stopped child
 * again with SEIZE. Detaching with SIGSTOP keeps it stopped in between. */
static int take_over(pid_t pid)
{
	int wait_status;

	if (waitpid(pid, &wait_status, __WALL) < 0)
		return -errno;
	if (!WIFSTOPPED(wait_status))
		return WIFEXITED(wait_status) ? -WEXITSTATUS(wait_status) :
						-ESRCH;
	if (ptrace(PTRACE_DETACH, pid, NULL, (void *)(long)SIGSTOP) ||
	    ptrace(PTRACE_SEIZE, pid, NULL, (void *)(long)TRACE_OPTIONS))
		return -errno;
	return 0;
}

static int take_listener(pid_t pid, int remote_fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int fd, error;

	if (pidfd < 0)
		return -errno;
	fd = (int)syscall(SYS_pidfd_getfd, pidfd, remote_fd, 0);
	error = errno;
	close(pidfd);
	return fd < 0 ? -error : fd;
}

/* At a syscall-stop of the child that is not yet the program. Returns 1 at
 * the entry of execve, 0 to go on, or a negative errno. */
static int watch_call(pid_t pid, int *number, int *listener)
{
	struct __ptrace_syscall_info info;
	int fd;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof(info), &info) <=
	    0)
		return -errno;
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		*number = (int)info.entry.nr;
		return *number == SYS_execve;
	}
	/* Filters return 0, except for the one that has a listener. */
	if (info.op != PTRACE_SYSCALL_INFO_EXIT || *number != SYS_seccomp ||
	    info.exit.rval <= 0)
		return 0;
	fd = take_listener(pid, (int)info.exit.rval);
	if (fd < 0)
		return fd;
	*listener = fd;
	return 0;
}

static int walk_to_execve(pid_t pid, int *listener)
{
	int number = -1;

	for (;;) {
		int wait_status, step, signal = 0;
		struct stop stop;

		if (waitpid(pid, &wait_status, __WALL) < 0)
			return -errno;
		stop = stop_classify(pid, wait_status);
		if (stop.kind == STOP_ENDED)
			return WIFEXITED(stop.status) ?
				       -WEXITSTATUS(stop.status) :
				       -EINTR;
		if (stop.kind == STOP_GROUP)
			kill(pid, SIGCONT);
		else if (stop.kind == STOP_SIGNAL && stop.signal != SIGCONT)
			signal = stop.signal;
		else if (stop.kind == STOP_SYSCALL) {
			step = watch_call(pid, &number, listener);
			if (step < 0)
				return step;
			if (step)
				return 0;
		}
		if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)signal) &&
		    errno != ESRCH)
			return -errno;
	}
}

bool spawn(const struct spawn_request *request, pid_t *pid, int *listener,
	   struct err *err)
{
	int error;

	*listener = -1;
	*pid = fork();
	if (*pid < 0)
		return err_set(err, "cannot fork: %s", strerror(errno));
	if (*pid == 0)
		child_main(request);
	error = take_over(*pid);
	if (!error)
		error = walk_to_execve(*pid, listener);
#ifndef __SANITIZE_ADDRESS__ /* its leak checker traces us */
	/* Closed to everybody but the kernel's root from here on: memory,
	 * descriptors, ptrace. The child had it from us and has to be open
	 * until then; execve(2) makes it so again. PR_SET_DUMPABLE(2const) */
	if (!error)
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
	if (!error && *listener < 0)
		error = -ENOSYS;
	if (!error)
		return true;
	kill(*pid, SIGKILL);
	while (waitpid(*pid, NULL, __WALL) > 0)
		;
	if (error == -NO_IDENTITY)
		return err_set(err, "cannot run the program as another user: "
				    "not permitted here");
	if (error == -EBUSY)
		return err_set(err, "cannot guard the program: it would run "
				    "under another seccomp supervisor (is this "
				    "syswall running under syswall?)");
	if (error == -EPERM || error == -EACCES)
		return err_set(err,
			       "cannot trace: %s (is a tracer attached "
			       "already, or ptrace forbidden here?)",
			       strerror(-error));
	return err_set(err,
		       "cannot start the program under a seccomp filter: "
		       "%s",
		       strerror(-error));
}
