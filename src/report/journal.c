/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The file that a journal goes to, its lines, and those of processes. What a
 * call's line says is in journal_call.c. */
#include "report/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/escape.h"
#include "report/journal_line.h"
#include "report/json_lists.h"
#include "report/name.h"

enum {
	JOURNAL_VERSION = 1,
	GATHERED_MAX = 1 << 16, /* bytes; then they are written at once */
};

/* ---- the file ---- */

static bool fail(struct err *err, const char *path, const char *why)
{
	BUF_AUTO(shown);

	escape_str(&shown, path);
	return err_set(err, "cannot write the log: %s: %s", buf_text(&shown),
		       why);
}

static bool same_file(const struct journal *journal, const struct stat *status)
{
	return status->st_dev == journal->device &&
	       status->st_ino == journal->inode;
}

/* Does the program inherit a descriptor through which it could write there? */
static bool is_inherited(const struct journal *journal)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;
	bool found = false;

	if (!dir)
		return true; /* in doubt it is */
	/* cppcheck-suppress readdirCalled */
	while ((entry = readdir(dir)) && !found) {
		struct stat status;
		int fd = (int)strtol(entry->d_name, NULL, 10);
		int flags = fcntl(fd, F_GETFD), mode = fcntl(fd, F_GETFL);

		found = *entry->d_name != '.' && flags >= 0 &&
			!(flags & FD_CLOEXEC) &&
			(mode & O_ACCMODE) != O_RDONLY && !fstat(fd, &status) &&
			same_file(journal, &status);
	}
	closedir(dir);
	return found;
}

static bool open_file(struct journal *journal, struct err *err)
{
	struct stat status;

	/* Emptied only when it is known to be the log. */
	journal->fd = open(journal->path,
			   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY,
			   0600);
	if (journal->fd < 0 || fstat(journal->fd, &status))
		return fail(err, journal->path, strerror(errno));
	journal->device = status.st_dev;
	journal->inode = status.st_ino;
	journal->is_file = S_ISREG(status.st_mode);
	/* What swallows everything has nothing to be forged. */
	if ((!S_ISCHR(status.st_mode) || isatty(journal->fd)) &&
	    is_inherited(journal))
		return fail(err, journal->path,
			    "the program could write to it");
	if (journal->is_file && ftruncate(journal->fd, 0))
		return fail(err, journal->path, strerror(errno));
	return true;
}

/* 0 or a positive errno. */
static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t done = write(fd, data, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done ? errno : EIO;
		data += done;
		len -= (size_t)done;
	}
	return 0;
}

bool journal_flush(struct journal *journal)
{
	if (journal->text.len && !journal->error)
		journal->error = write_all(journal->fd, journal->text.data,
					   journal->text.len);
	buf_clear(&journal->text);
	return !journal->error;
}

static void free_journal(struct journal *journal)
{
	if (journal->fd >= 0)
		close(journal->fd);
	buf_free(&journal->text);
	free(journal->path);
	free(journal);
}

struct journal *journal_open(const char *path, char *const command[], bool data,
			     struct err *err)
{
	struct journal *journal = xcalloc(1, sizeof(*journal));
	struct json_writer *json = &journal->json;

	journal->path = xstrdup(path);
	journal->data = data;
	if (!open_file(journal, err)) {
		free_journal(journal);
		return NULL;
	}
	journal_begin(journal, "log");
	json_write_key(json, "version");
	json_write_int(json, JOURNAL_VERSION);
	json_member_text(json, "syswall", SYSWALL_VERSION);
	json_write_key(json, "command");
	json_open_array(json);
	for (; *command; command++)
		json_write_bytes(json, *command, strlen(*command));
	json_close_array(json);
	journal_finish(journal);
	if (journal_flush(journal))
		return journal;
	journal_close(journal, err);
	return NULL;
}

bool journal_close(struct journal *journal, struct err *err)
{
	bool ok = true;

	if (!journal)
		return true;
	journal_flush(journal);
	if (close(journal->fd) && !journal->error)
		journal->error = errno;
	journal->fd = -1;
	if (journal->error)
		ok = fail(err, journal->path, strerror(journal->error));
	free_journal(journal);
	return ok;
}

/* ---- lines ---- */

static void add_time(struct journal *journal)
{
	struct timespec wall;
	char text[48];

	clock_gettime(CLOCK_REALTIME, &wall);
	if (wall.tv_sec != journal->second) {
		struct tm utc;

		gmtime_r(&wall.tv_sec, &utc);
		strftime(journal->clock, sizeof(journal->clock),
			 "%Y-%m-%dT%H:%M:%S", &utc);
		journal->second = wall.tv_sec;
	}
	snprintf(text, sizeof(text), "%s.%06ldZ", journal->clock,
		 wall.tv_nsec / 1000);
	json_member_text(&journal->json, "time", text);
	json_write_key(&journal->json, "monotonic_ns");
	json_write_u64_string(&journal->json, clock_ns());
}

uint64_t journal_begin(struct journal *journal, const char *type)
{
	json_writer_init(&journal->json, &journal->text, false);
	json_open_object(&journal->json);
	json_write_key(&journal->json, "seq");
	json_write_int(&journal->json, (int64_t)journal->lines);
	json_member_text(&journal->json, "type", type);
	add_time(journal);
	return journal->lines++;
}

void journal_finish(struct journal *journal)
{
	json_close_object(&journal->json);
	buf_char(&journal->text, '\n');
	if (journal->text.len > GATHERED_MAX)
		journal_flush(journal);
}

/* ---- processes ---- */

static void add_pid(struct journal *journal, const char *key, pid_t pid)
{
	json_write_key(&journal->json, key);
	json_write_int(&journal->json, pid);
}

static void add_status(struct journal *journal, int status)
{
	struct json_writer *json = &journal->json;
	BUF_AUTO(name);

	if (WIFEXITED(status)) {
		json_write_key(json, "exit");
		json_write_int(json, WEXITSTATUS(status));
		return;
	}
	signal_text(&name, WTERMSIG(status));
	json_member_text(json, "signal", buf_text(&name));
	json_write_key(json, "core");
	json_write_bool(json, WCOREDUMP(status));
}

void journal_start(struct journal *journal, pid_t pid, pid_t parent)
{
	journal_begin(journal, "start");
	add_pid(journal, "pid", pid);
	add_pid(journal, "parent", parent);
	journal_finish(journal);
}

void journal_exec(struct journal *journal, pid_t pid, const char *exe)
{
	journal_begin(journal, "exec");
	add_pid(journal, "pid", pid);
	json_member_text(&journal->json, "exe", exe);
	journal_finish(journal);
}

void journal_exit(struct journal *journal, pid_t pid, int status)
{
	journal_begin(journal, "exit");
	add_pid(journal, "pid", pid);
	add_status(journal, status);
	journal_finish(journal);
}

void journal_end(struct journal *journal, int status)
{
	journal_begin(journal, "end");
	add_status(journal, status);
	journal_finish(journal);
}
