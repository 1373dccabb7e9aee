/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "report/name.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

#include "syscall/print.h"

static bool is_path(const struct target *target)
{
	return target->kind == TARGET_PATH || target->kind == TARGET_LINK ||
	       target->kind == TARGET_NEW || target->kind == TARGET_FD;
}

static bool is_address(const struct target *target)
{
	return target->kind == TARGET_ADDRESS || target->kind == TARGET_MSG ||
	       target->kind == TARGET_MMSG;
}

static void name_unknown(struct buf *name, const struct target *target)
{
	const char *error = strerrorname_np(-target->error);

	if (target->error)
		buf_printf(name, "(unknown: %s)", error ? error : "?");
}

static void name_path(struct buf *name, struct fact *fact,
		      const struct target *target)
{
	fact->resolved = target->resolved != NULL;
	if (target->resolved)
		buf_str(name, target->resolved);
	else if (target->asked && *target->asked)
		buf_str(name, target->asked);
	else
		name_unknown(name, target);
}

/* address_text() escapes what an address holds of the program's bytes. A unix
 * socket with a path is the file that the path leads to. */
static void name_address(struct buf *name, struct fact *fact,
			 const struct target *target)
{
	const struct sockaddr_storage *address = &target->address;

	if (address->ss_family == AF_UNIX && target->resolved) {
		buf_printf(name, "unix:%s", target->resolved);
		return;
	}
	fact->safe = true;
	if (!target->address_len) {
		name_unknown(name, target);
		return;
	}
	address_text(name, address, target->address_len);
	if (address->ss_family == AF_INET &&
	    target->address_len >= sizeof(struct sockaddr_in))
		fact->port =
			ntohs(((const struct sockaddr_in *)address)->sin_port);
	if (address->ss_family == AF_INET6 &&
	    target->address_len >= offsetof(struct sockaddr_in6, sin6_flowinfo))
		fact->port = ntohs(
			((const struct sockaddr_in6 *)address)->sin6_port);
}

/* As kill(2) understands a number; other calls mean themselves by 0. */
static void name_process(struct buf *name, struct fact *fact,
			 const struct target *target)
{
	fact->safe = true;
	if (target->error)
		name_unknown(name, target);
	else if (target->pid > 0)
		buf_printf(name, "pid %d", (int)target->pid);
	else if (target->kind == TARGET_PIDFD)
		buf_str(name, "a process known by descriptor");
	else if (target->pid == 0 && fact->class_id != CLASS_SIGNAL)
		buf_str(name, "itself");
	else if (target->pid == 0)
		buf_str(name, "its own process group");
	else if (target->pid == -1)
		buf_str(name, "every process");
	else
		buf_printf(name, "process group %lld", -(long long)target->pid);
}

void name_target(struct buf *name, struct fact *fact,
		 const struct target *target)
{
	if (is_path(target))
		name_path(name, fact, target);
	else if (is_address(target))
		name_address(name, fact, target);
	else
		name_process(name, fact, target);
}

static int arg_of_kind(const struct call *call, enum arg_kind kind)
{
	size_t i;

	for (i = 0; call->def && i < call->n_args; i++)
		if (call->def->args[i].kind == kind)
			return (int)i;
	return -1;
}

/* What the call's line shows for the first arguments of socket(2), without
 * the flags in the type: "AF_INET, SOCK_STREAM, IPPROTO_TCP". */
void name_socket(struct buf *name, struct fact *fact, const struct call *call)
{
	int type = arg_of_kind(call, ARG_SOCKET_TYPE);
	struct call plain = *call;
	const char *start, *end;
	int commas;
	BUF_AUTO(line);

	fact->safe = true;
	if (type < 0)
		return;
	plain.args[type] &= 0xf; /* SOCK_TYPE_MASK in linux/net.h */
	plain.raw[type] &= 0xf;
	print_call(&line, &plain);
	start = strchr(buf_text(&line), '(');
	if (!start)
		return;
	start++;
	for (end = start, commas = 0; *end && *end != ')'; end++)
		if (*end == ',' && ++commas == 3)
			break;
	buf_add(name, start, (size_t)(end - start));
}

/* Rename and its like: one fact with both names. */
void name_rename(struct buf *name, struct buf *other, struct fact *fact,
		 const struct call *call)
{
	struct fact ignored = *fact;
	size_t i, n = 0;

	for (i = 0; i < call->n_targets && n < 2; i++) {
		if (!is_path(&call->targets[i]))
			continue;
		if (n++ == 0)
			name_path(name, fact, &call->targets[i]);
		else
			name_path(other, &ignored, &call->targets[i]);
	}
}

void signal_text(struct buf *out, int number)
{
	const char *name = sigabbrev_np(number);

	if (name)
		buf_printf(out, "SIG%s", name);
	else
		buf_printf(out, "signal %d", number);
}

void name_signal(struct buf *name, struct buf *other, struct fact *fact,
		 const struct call *call, const struct target *target)
{
	int number = arg_of_kind(call, ARG_SIGNAL);

	signal_text(name, number < 0 ? 0 : (int)call->args[number]);
	name_process(other, fact, target);
}
