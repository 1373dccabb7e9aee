/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "log_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CLOCK_TIME = 1, /* -t, -tt, -ttt */
	CLOCK_MICROSECONDS = 2,
	CLOCK_EPOCH = 3,
	SEPARATE_FILES = 2, /* -ff */
	NS_PER_SECOND = 1000000000,
	NS_PER_US = 1000,
};

/* The first failure is kept: a full disk should be told as such. */
static void note_error(struct log_lines *lines, const struct log_file *file)
{
	if (ferror(file->out) && !lines->error)
		lines->error = errno ? errno : EIO;
}

/* ---- files ---- */

static struct log_file *open_file(struct log_lines *lines, pid_t tid)
{
	struct log_file *file;
	struct stat status;
	BUF_AUTO(path);
	FILE *out;
	int fd;

	if (lines->path)
		buf_str(&path, lines->path);
	if (tid)
		buf_printf(&path, ".%d", (int)tid);
	fd = lines->path ?
		     open(buf_text(&path),
			  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY,
			  0600) :
		     fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out)
		return NULL;
	file = xcalloc(1, sizeof(*file));
	file->tid = tid;
	file->out = out;
	file->flush_lines =
		!lines->path || fstat(fd, &status) || !S_ISREG(status.st_mode);
	HASH_ADD(hh, lines->files, tid, sizeof(file->tid), file);
	return file;
}

bool lines_open(struct log_lines *lines)
{
	/* Those of each task are opened when it speaks. */
	return lines->options->follow >= SEPARATE_FILES || open_file(lines, 0);
}

struct log_file *lines_file(struct log_lines *lines, pid_t tid)
{
	pid_t key = lines->options->follow < SEPARATE_FILES ? 0 : tid;
	struct log_file *file = lines->files;

	if (file && file->tid == key && !file->hh.next)
		return file;
	HASH_FIND(hh, lines->files, &key, sizeof(key), file);
	if (!file)
		file = open_file(lines, key);
	if (!file && !lines->error)
		lines->error = errno;
	return file;
}

int lines_close(struct log_lines *lines)
{
	struct log_file *file = lines->files, *next;

	HASH_CLEAR(hh, lines->files); /* leaves the items and their chain */
	for (; file; file = next) {
		next = file->hh.next;
		if (file->open_tid)
			fputs(" <unfinished ...>\n", file->out);
		errno = 0;
		fflush(file->out);
		note_error(lines, file);
		if (fclose(file->out) && !lines->error)
			lines->error = errno;
		buf_free(&file->line);
		free(file);
	}
	return lines->error;
}

void lines_flush(struct log_lines *lines)
{
	for (struct log_file *file = lines->files; file; file = file->hh.next) {
		fflush(file->out);
		note_error(lines, file);
	}
}

void lines_text(struct log_lines *lines, const struct buf *text)
{
	struct log_file *file = lines_file(lines, getpid());

	if (!file)
		return;
	if (file->open_tid) {
		buf_str(&file->line, " <unfinished ...>");
		line_end(lines, file);
	}
	fwrite(buf_text(text), 1, text->len, file->out);
	lines_flush(lines);
}

/* ---- what a line begins with ---- */

static void add_clock(struct buf *line, int clock, const struct timespec *now)
{
	char text[16];
	struct tm parts;

	if (clock == CLOCK_EPOCH) {
		buf_printf(line, "%lld.%06ld ", (long long)now->tv_sec,
			   now->tv_nsec / NS_PER_US);
		return;
	}
	if (!localtime_r(&now->tv_sec, &parts) ||
	    !strftime(text, sizeof(text), "%T", &parts))
		return;
	buf_str(line, text);
	if (clock == CLOCK_MICROSECONDS)
		buf_printf(line, ".%06ld", now->tv_nsec / NS_PER_US);
	buf_char(line, ' ');
}

static void add_relative(struct log_lines *lines, struct buf *line,
			 const struct timespec *now)
{
	struct timespec *last = &lines->last, passed = { 0, 0 };

	if (last->tv_sec) {
		passed.tv_sec = now->tv_sec - last->tv_sec;
		passed.tv_nsec = now->tv_nsec - last->tv_nsec;
	}
	if (passed.tv_nsec < 0) {
		passed.tv_nsec += NS_PER_SECOND;
		passed.tv_sec--;
	}
	*last = *now;
	buf_printf(line,
		   lines->options->clock ? "(+%6lld.%06ld) " : "%6lld.%06ld ",
		   (long long)passed.tv_sec, passed.tv_nsec / NS_PER_US);
}

void lines_add_prefix(struct log_lines *lines, struct buf *line, pid_t tid,
		      int number, size_t tasks)
{
	const struct log_options *options = lines->options;
	struct timespec now;

	if (options->follow < SEPARATE_FILES && lines->path)
		buf_printf(line, "%-5d ", (int)tid);
	else if (options->follow < SEPARATE_FILES && tasks > 1)
		buf_printf(line, "[pid %5d] ", (int)tid);
	if (options->clock || options->relative) {
		clock_gettime(CLOCK_REALTIME, &now);
		if (options->clock)
			add_clock(line, options->clock, &now);
		if (options->relative)
			add_relative(lines, line, &now);
	}
	if (options->numbers && number >= 0)
		buf_printf(line, "[%4d] ", number);
	else if (options->numbers)
		buf_str(line, "[????] ");
}

/* ---- lines ---- */

void line_begin(struct log_lines *lines, struct log_file *file, pid_t tid)
{
	if (file->open_tid) {
		buf_str(&file->line, " <unfinished ...>");
		line_end(lines, file);
	}
	buf_clear(&file->line);
	file->written = 0;
	file->open_tid = tid;
}

void line_put(struct log_lines *lines, struct log_file *file)
{
	const struct buf *line = &file->line;

	if (line->len > file->written)
		fwrite(line->data + file->written, 1, line->len - file->written,
		       file->out);
	file->written = line->len;
	if (file->flush_lines) {
		fflush(file->out);
		note_error(lines, file);
	}
}

void line_put_painted(struct log_lines *lines, struct log_file *file,
		      size_t from, size_t to, const char *colour)
{
	const struct buf *line = &file->line;

	if (lines->colour && *colour) {
		fwrite(line->data + file->written, 1, from - file->written,
		       file->out);
		fputs(colour, file->out);
		fwrite(line->data + from, 1, to - from, file->out);
		fputs("\033[0m", file->out);
		file->written = to;
	}
	line_put(lines, file);
}

void line_end(struct log_lines *lines, struct log_file *file)
{
	buf_char(&file->line, '\n');
	file->open_tid = 0;
	line_put(lines, file);
}
