/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/lookups.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>
#include <sys/uio.h>

#include "base/die.h"
#include "report/dns.h"

enum {
	PARTS_MAX = 64,	 /* of a vector, and messages of a recvmmsg */
	LENGTH_SIZE = 2, /* in front of a message in a stream */
};

static struct lookup_process *find(const struct lookups *lookups, pid_t pid)
{
	struct lookup_process *process;

	HASH_FIND(hh, lookups->processes, &pid, sizeof(pid), process);
	return process;
}

static bool is_lookup(const struct lookup_process *process, int fd)
{
	for (size_t i = 0; i < MIN(process->count, LOOKUP_SOCKETS_MAX); i++)
		if (process->fds[i] == fd)
			return true;
	return false;
}

static void remember(struct lookups *lookups, pid_t pid, int fd)
{
	struct lookup_process *process = find(lookups, pid);

	if (!process && HASH_COUNT(lookups->processes) >= LOOKUP_PROCESSES_MAX)
		return;
	if (!process) {
		process = xcalloc(1, sizeof(*process));
		process->pid = pid;
		HASH_ADD(hh, lookups->processes, pid, sizeof(process->pid),
			 process);
	}
	if (!is_lookup(process, fd))
		process->fds[process->count++ % LOOKUP_SOCKETS_MAX] = fd;
}

static bool is_send(enum syscall_id id)
{
	return id == SYSCALL_sendto || id == SYSCALL_sendmsg ||
	       id == SYSCALL_sendmmsg;
}

/* The number is that of another socket now, or the socket turns elsewhere. */
static void forget_fd(struct lookup_process *process, int fd)
{
	for (size_t i = 0; i < LOOKUP_SOCKETS_MAX; i++)
		if (process->fds[i] == fd)
			process->fds[i] = -1;
}

static bool names_server(const struct call *call, bool *any)
{
	*any = false;
	for (size_t i = 0; i < call->n_targets; i++) {
		*any |= call->targets[i].address_len > 0;
		if (call->targets[i].address_len &&
		    dns_is_server(&call->targets[i].address))
			return true;
	}
	return false;
}

void lookups_call(struct lookups *lookups, struct tracer *tracer,
		  const struct trace_event *event, const struct call *call)
{
	struct lookup_process *process = find(lookups, event->pid);
	int fd = (int)event->args[0];
	bool any;

	if (lookups->off ||
	    (event->id != SYSCALL_connect && !is_send(event->id)))
		return;
	if (names_server(call, &any)) {
		remember(lookups, event->pid, fd);
	} else if (process && any) {
		forget_fd(process, fd);
		return;
	} else if (!process || !is_lookup(process, fd)) {
		return;
	}
	if (!lookups->all_calls)
		tracer_follow(tracer, event->pid, LOOKUP_CALLS);
}

/* ---- what was read ---- */

struct reading {
	struct record *record;
	const struct mem_reader *mem;
};

/* In a stream its length stands before a message, or was read before. */
static void learn(const struct reading *reading, const struct buf *message)
{
	const unsigned char *bytes = (const unsigned char *)message->data;

	if (message->len < LENGTH_SIZE)
		return;
	if (((size_t)bytes[0] << 8 | bytes[1]) == message->len - LENGTH_SIZE &&
	    record_learn_names(reading->record, bytes + LENGTH_SIZE,
			       message->len - LENGTH_SIZE))
		return;
	record_learn_names(reading->record, bytes, message->len);
}

static void add_part(const struct reading *reading, struct buf *message,
		     uint64_t addr, uint64_t len)
{
	char block[4096];

	while (len && message->len < DNS_MESSAGE_MAX) {
		size_t got = mem_read(reading->mem, addr, block,
				      MIN(len, sizeof(block)));

		if (!got)
			return;
		buf_add(message, block, got);
		addr += got;
		len -= got;
	}
}

static void read_vector(const struct reading *reading, uint64_t addr,
			uint64_t count, uint64_t len)
{
	struct iovec part;
	BUF_AUTO(message);

	for (uint64_t i = 0; i < count && i < PARTS_MAX && len; i++) {
		if (!mem_read_all(reading->mem, addr + i * sizeof(part), &part,
				  sizeof(part)))
			return;
		add_part(reading, &message, (uintptr_t)part.iov_base,
			 MIN(len, part.iov_len));
		len -= MIN(len, part.iov_len);
	}
	learn(reading, &message);
}

static void read_message(const struct reading *reading, uint64_t addr,
			 uint64_t len)
{
	struct msghdr header;

	if (mem_read_all(reading->mem, addr, &header, sizeof(header)))
		read_vector(reading, (uintptr_t)header.msg_iov,
			    header.msg_iovlen, len);
}

static void read_messages(const struct reading *reading, uint64_t addr,
			  uint64_t count)
{
	struct mmsghdr header;

	for (uint64_t i = 0; i < count && i < PARTS_MAX; i++) {
		uint64_t at = addr + i * sizeof(header);

		if (!mem_read_all(reading->mem, at, &header, sizeof(header)))
			return;
		read_message(reading, at, header.msg_len);
	}
}

static void read_plain(const struct reading *reading, uint64_t addr,
		       uint64_t len)
{
	BUF_AUTO(message);

	add_part(reading, &message, addr, len);
	learn(reading, &message);
}

void lookups_read(struct lookups *lookups, struct tracer *tracer,
		  struct record *record, const struct trace_event *event,
		  enum syscall_id id, const uint64_t args[SYSCALL_ARGS_MAX])
{
	const struct lookup_process *process = find(lookups, event->pid);
	struct reading reading = { .record = record };
	uint64_t addr = args[1], result = (uint64_t)event->result;

	if (!process || event->result <= 0 || !is_lookup(process, (int)args[0]))
		return;
	reading.mem = tracer_memory(tracer, event->tid);
	if (id == SYSCALL_read || id == SYSCALL_recvfrom)
		read_plain(&reading, addr, result);
	else if (id == SYSCALL_readv)
		read_vector(&reading, addr, args[2], result);
	else if (id == SYSCALL_recvmsg)
		read_message(&reading, addr, result);
	else if (id == SYSCALL_recvmmsg)
		read_messages(&reading, addr, result);
}

/* ---- the end ---- */

void lookups_forget(struct lookups *lookups, pid_t pid)
{
	struct lookup_process *process = find(lookups, pid);

	if (!process)
		return;
	HASH_DELETE(hh, lookups->processes, process);
	free(process);
}

void lookups_free(struct lookups *lookups)
{
	while (lookups->processes)
		lookups_forget(lookups, lookups->processes->pid);
}
