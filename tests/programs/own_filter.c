/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* own_filter MODE PATH: open PATH under a seccomp filter of the program's own.
 *	trace	RET_TRACE with many data values
 *	errno0	RET_ERRNO with 0
 *	notify	RET_USER_NOTIF, answered with "continue" by another process
 *	strict	strict mode: the open is deadly
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int filter_openat(unsigned int flags, unsigned int action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags,
			    &program);
}

static int in_child(int (*try_it)(const char *, unsigned int), const char *path,
		    unsigned int value)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(try_it(path, value));
	if (waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static int try_trace(const char *path, unsigned int data)
{
	if (filter_openat(0, SECCOMP_RET_TRACE | data))
		return 98;
	return open(path, O_RDONLY) < 0 ? errno : 0;
}

static int try_errno(const char *path, unsigned int error)
{
	if (filter_openat(0, SECCOMP_RET_ERRNO | error))
		return 98;
	return open(path, O_RDONLY) < 0 ? errno : 0;
}

static int try_notify(const char *path, unsigned int unused)
{
	int listener = filter_openat(SECCOMP_FILTER_FLAG_NEW_LISTENER,
				     SECCOMP_RET_USER_NOTIF);
	pid_t pid;
	int fd;

	(void)unused;
	if (listener < 0)
		return errno;
	pid = fork();
	if (!pid) {
		struct seccomp_notif notif = { 0 };
		struct seccomp_notif_resp response = { 0 };

		ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notif);
		response.id = notif.id;
		response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
		_exit(0);
	}
	fd = open(path, O_RDONLY);
	return fd < 0 ? errno : 0;
}

static int try_strict(const char *path, unsigned int unused)
{
	(void)unused;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
		return errno;
	syscall(SYS_exit, open(path, O_RDONLY) < 0 ? 97 : 0);
	return 98;
}

int main(int argc, char *argv[])
{
	if (argc != 3)
		return 99;
	if (!strcmp(argv[1], "trace")) {
		int opened = 0, refused = 0;

		for (unsigned int data = 0; data < 65536;
		     data += data < 40 ? 1 : 2053) {
			int error = in_child(try_trace, argv[2], data);

			opened += error == 0;
			refused += error == EACCES;
		}
		opened += in_child(try_trace, argv[2], 65535) == 0;
		printf("opened %d refused %d\n", opened, refused);
	} else if (!strcmp(argv[1], "errno0")) {
		printf("errno %d\n", in_child(try_errno, argv[2], 0));
	} else if (!strcmp(argv[1], "notify")) {
		int error = in_child(try_notify, argv[2], 0);

		printf("notify: %s\n", error ? strerror(error) : "opened");
	} else {
		printf("strict: %d\n", in_child(try_strict, argv[2], 0));
	}
	return 0;
}
