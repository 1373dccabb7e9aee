/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/names.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "syscall/consts.h"

enum {
	KERNEL_SIGRTMIN = 32, /* the C library keeps the first two */
	KERNEL_SIGRTMAX = 64,
};

const char *signal_name(int number)
{
	static char text[24];
	const char *name =
		number > 0 ? const_name(&consts_signals, (uint64_t)number) :
			     NULL;

	if (name)
		return name;
	if (number > KERNEL_SIGRTMIN && number <= KERNEL_SIGRTMAX)
		snprintf(text, sizeof(text), "SIGRT_%d",
			 number - KERNEL_SIGRTMIN);
	else
		snprintf(text, sizeof(text), "%d", number);
	return text;
}

int signal_by_name(const char *name)
{
	uint64_t value;
	char *end;
	long more;

	if (const_value(&consts_signals, name, &value))
		return (int)value;
	/* SIGRTMIN as the C library counts, SIGRT_ as the kernel does. */
	if (!strncmp(name, "SIGRTMIN+", 9))
		value = (uint64_t)SIGRTMIN, name += 9;
	else if (!strncmp(name, "SIGRT_", 6))
		value = KERNEL_SIGRTMIN, name += 6;
	else
		return 0;
	if (*name < '0' || *name > '9')
		return 0;
	more = strtol(name, &end, 10);
	if (*end || more > KERNEL_SIGRTMAX - (long)value)
		return 0;
	return (int)value + (int)more;
}

const char *errno_name(int error)
{
	return error > 0 ? const_name(&consts_errnos, (uint64_t)error) : NULL;
}

int errno_by_name(const char *name)
{
	uint64_t value;

	return const_value(&consts_errnos, name, &value) ? (int)value : 0;
}

/* Kinds whose values have names in more tables than the one that they are
 * printed from. */
static const struct {
	enum arg_kind kind;
	const struct const_table *table;
} more_tables[] = {
	{ ARG_OPEN_FLAGS, &consts_open_modes },
	{ ARG_SOCKET_PROTOCOL, &consts_netlink_protocols },
	{ ARG_SOCKET_PROTOCOL, &consts_bluetooth_protocols },
	{ ARG_SOCKOPT_NAME, &consts_ip_options },
	{ ARG_SOCKOPT_NAME, &consts_ipv6_options },
	{ ARG_SOCKOPT_NAME, &consts_tcp_options },
	{ ARG_SOCKOPT_NAME, &consts_udp_options },
	{ ARG_SOCKOPT_NAME, &consts_netlink_options },
	{ ARG_SOCKOPT_NAME, &consts_packet_options },
	{ ARG_CLONE_FLAGS, &consts_clone3_flags },
};

bool constant_by_name(enum arg_kind kind, const char *name, uint64_t *value)
{
	if (const_value(consts_of_kind(kind), name, value))
		return true;
	for (size_t i = 0; i < sizeof(more_tables) / sizeof(*more_tables); i++)
		if (more_tables[i].kind == kind &&
		    const_value(more_tables[i].table, name, value))
			return true;
	if (kind == ARG_DIRFD && !strcmp(name, "AT_FDCWD")) {
		*value = (uint64_t)AT_FDCWD;
		return true;
	}
	/* The signal that a clone sends at its end is part of its flags. */
	if (kind == ARG_SIGNAL || kind == ARG_CLONE_FLAGS) {
		*value = (uint64_t)signal_by_name(name);
		return *value != 0;
	}
	return false;
}
