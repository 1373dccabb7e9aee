/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/procfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"

#define PROC_PATH_SIZE 64

static void proc_path(char out[PROC_PATH_SIZE], pid_t tid, const char *name)
{
	snprintf(out, PROC_PATH_SIZE, "/proc/%d/%s", (int)tid, name);
}

int procfs_open(pid_t tid, const char *name)
{
	char path[PROC_PATH_SIZE];
	int fd;

	proc_path(path, tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return fd;
}

/* Read a small file of /proc whole; what does not fit is cut. */
static ssize_t read_small(pid_t tid, const char *name, char *out, size_t size)
{
	int fd = procfs_open(tid, name);
	ssize_t len;

	if (fd < 0)
		return fd;
	len = read(fd, out, size - 1);
	if (len < 0)
		len = -errno;
	else
		out[len] = '\0';
	close(fd);
	return len;
}

static bool status_field(const char *status, const char *field, pid_t *value)
{
	const char *at = strstr(status, field);

	/* The name in the first line is the program's own text, but /proc
	 * escapes newlines in it, so a field can only start a line. */
	if (!at)
		return false;
	*value = (pid_t)strtol(at + strlen(field), NULL, 10);
	return true;
}

int procfs_process_of(pid_t tid, pid_t *pid, pid_t *parent)
{
	char status[2048];
	ssize_t len = read_small(tid, "status", status, sizeof(status));

	if (len < 0)
		return (int)len;
	return status_field(status, "\nTgid:", pid) &&
			       status_field(status, "\nPPid:", parent) ?
		       0 :
		       -ESRCH;
}

int procfs_link(pid_t tid, const char *name, struct buf *out)
{
	char path[PROC_PATH_SIZE], target[PATH_MAX + 1];
	ssize_t len;

	proc_path(path, tid, name);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	buf_add(out, target, (size_t)len);
	return 0;
}

/* A descriptor of /proc/PID is as good. pidfd_send_signal(2) */
static bool process_directory(pid_t tid, const char *name, pid_t *pid)
{
	BUF_AUTO(target);
	char *end;

	if (procfs_link(tid, name, &target) ||
	    strncmp(buf_text(&target), "/proc/", 6) != 0)
		return false;
	*pid = (pid_t)strtol(buf_text(&target) + 6, &end, 10);
	return *pid > 0 && !*end;
}

bool procfs_pidfd(pid_t tid, int fd, pid_t *pid)
{
	char name[PROC_PATH_SIZE], info[1024];

	snprintf(name, sizeof(name), "fdinfo/%d", fd);
	if (read_small(tid, name, info, sizeof(info)) < 0)
		return false;
	if (!status_field(info, "\nPid:", pid)) {
		snprintf(name, sizeof(name), "fd/%d", fd);
		return process_directory(tid, name, pid);
	}
	if (*pid < 0)
		*pid = 0;
	return true;
}

int procfs_comm(pid_t tid, struct buf *out)
{
	char comm[64];
	ssize_t len = read_small(tid, "comm", comm, sizeof(comm));

	if (len < 0)
		return (int)len;
	if (len > 0 && comm[len - 1] == '\n')
		len--;
	buf_add(out, comm, (size_t)len);
	return 0;
}

int procfs_arguments(pid_t tid, struct buf *out)
{
	char arguments[4096];
	ssize_t len = read_small(tid, "cmdline", arguments, sizeof(arguments));

	if (len < 0)
		return (int)len;
	buf_add(out, arguments, (size_t)len);
	return 0;
}

int procfs_open_object(pid_t tid, const char *name)
{
	char path[PROC_PATH_SIZE];
	int fd;

	proc_path(path, tid, name);
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return fd;
}

void procfs_list_fds(pid_t tid, struct buf *out)
{
	char path[PROC_PATH_SIZE], name[PROC_PATH_SIZE];
	struct dirent *entry;
	DIR *dir;

	proc_path(path, tid, "fd");
	dir = opendir(path);
	if (!dir)
		return;
	/* cppcheck-suppress readdirCalled; one caller, one thread */
	while ((entry = readdir(dir))) {
		BUF_AUTO(target);

		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "fd/%.20s", entry->d_name);
		if (procfs_link(tid, name, &target) < 0)
			continue;
		buf_printf(out, "%5s -> ", entry->d_name);
		escape_elided(out, target.data, target.len, 200);
		buf_char(out, '\n');
	}
	closedir(dir);
}
