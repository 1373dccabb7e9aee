/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "log_select.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>

#include "trace/procfs.h"

enum {
	ERRNO_MAX = 4095,
	WAITED_MAX = 1024, /* descriptors of a poll that are looked at */
};

/* ---- paths ---- */

static bool is_wanted(const struct log_options *options, const char *path)
{
	for (size_t i = 0; i < options->paths.count; i++)
		if (!strcmp(options->paths.items[i], path))
			return true;
	return false;
}

static bool fd_is_wanted(const struct log_options *options, pid_t tid, int fd)
{
	BUF_AUTO(path);
	char name[24];

	if (fd < 0)
		return false;
	snprintf(name, sizeof(name), "fd/%d", fd);
	return !procfs_link(tid, name, &path) &&
	       is_wanted(options, buf_text(&path));
}

static bool is_fd(enum arg_kind kind)
{
	return kind == ARG_FD || kind == ARG_DIRFD || kind == ARG_FD_FILE;
}

/* poll(2): struct pollfd; of the wrong count some are looked at. */
static bool polls_wanted(const struct log_options *options, pid_t tid,
			 const struct mem_reader *mem, uint64_t addr,
			 uint64_t count)
{
	struct pollfd one;

	for (uint64_t i = 0; i < MIN(count, WAITED_MAX); i++) {
		if (!mem_read_all(mem, addr + i * sizeof(one), &one,
				  sizeof(one)))
			return false;
		if (fd_is_wanted(options, tid, one.fd))
			return true;
	}
	return false;
}

/* select(2): a bit for each descriptor below @count. */
static bool set_has_wanted(const struct log_options *options, pid_t tid,
			   const struct mem_reader *mem, uint64_t addr,
			   int count)
{
	unsigned char bits = 0;

	for (int fd = 0; addr && fd < MIN(count, WAITED_MAX); fd++) {
		if (fd % 8 == 0 && !mem_read_all(mem, addr + (uint64_t)fd / 8,
						 &bits, sizeof(bits)))
			return false;
		if (bits >> fd % 8 & 1 && fd_is_wanted(options, tid, fd))
			return true;
	}
	return false;
}

static bool waits_for_wanted(const struct log_options *options, pid_t tid,
			     const struct mem_reader *mem,
			     const struct call *call)
{
	for (size_t i = 0; i < call->n_args; i++) {
		enum arg_kind kind = call->def->args[i].kind;

		if (kind == ARG_POLLFDS &&
		    polls_wanted(options, tid, mem, call->args[i],
				 (uint32_t)call->args[i + 1]))
			return true;
		if (kind == ARG_FD_SET &&
		    set_has_wanted(options, tid, mem, call->args[i],
				   (int)call->args[0]))
			return true;
	}
	return false;
}

static bool touches_paths(const struct log_options *options, pid_t tid,
			  const struct mem_reader *mem, const struct call *call)
{
	for (size_t i = 0; i < call->n_targets; i++)
		if (call->targets[i].asked &&
		    call->targets[i].kind != TARGET_ADDRESS &&
		    is_wanted(options, call->targets[i].asked))
			return true;
	for (size_t i = 0; call->def && i < call->n_args; i++)
		if (is_fd(call->def->args[i].kind) &&
		    fd_is_wanted(options, tid, (int)call->args[i]))
			return true;
	return call->def && waits_for_wanted(options, tid, mem, call);
}

bool select_call(const struct log_options *options, pid_t tid,
		 const struct mem_reader *mem, const struct call *call)
{
	if (options->has_calls && call->def &&
	    !options->calls.has[call->def->id])
		return false;
	return !options->paths.count || touches_paths(options, tid, mem, call);
}

/* ---- results and signals ---- */

bool select_status(const struct log_options *options, enum trace_status status)
{
	return !options->has_statuses || options->statuses & status;
}

bool select_result(const struct log_options *options, int64_t result)
{
	bool failed = result < 0 && result >= -ERRNO_MAX;

	return select_status(options,
			     failed ? STATUS_FAILED : STATUS_SUCCESSFUL);
}

bool select_signal(const struct log_options *options, int number)
{
	return !options->has_signals || options->signals >> (number - 1) & 1;
}
