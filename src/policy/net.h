/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* net - addresses, prefixes and ports of rules. */
#ifndef POLICY_NET_H
#define POLICY_NET_H

#include <stdbool.h>

#include "policy/glob.h"
#include "policy/rule.h"

/* "10.0.0.0/8", "::1", "unix:/run/x". On failure @why is static text. */
bool net_prefix_parse(struct net_prefix *prefix, const char *text,
		      const char **why);

/* The same back. */
void net_prefix_text(struct buf *out, const struct net_prefix *prefix);

/* "80" or "1-1023". */
bool port_range_parse(struct port_range *range, const char *text);

/* An address as rules see it. */
struct net_address {
	int family; /* AF_INET (v4-mapped too), AF_INET6, AF_UNIX, others */
	unsigned char bytes[16];
	unsigned int port;
	const char *name; /* AF_UNIX: the resolved path, or "@abstract" */
	size_t name_len;
};

/* Read the address of @target. False when it is not known or cannot be read;
 * no address at all (.address_len 0) has family AF_UNSPEC. @connects: where
 * would a connection to it go? Linux takes 0.0.0.0 and :: for this host. */
bool net_address_read(struct net_address *address, const struct target *target,
		      bool connects,
		      char name[sizeof(struct sockaddr_storage)]);

/* @glob is the compiled .glob of an AF_UNIX prefix. */
bool net_prefix_match(const struct net_prefix *prefix, const struct glob *glob,
		      const struct net_address *address);

#endif
