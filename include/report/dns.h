/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * dns - host names for addresses, from the answers that a program gets to its
 * own lookups; libresolv's only door.
 *
 * A name is what the program asked for and somebody answered: a hint for a
 * reader, nothing to decide by. Messages may be anything.
 */
#ifndef REPORT_DNS_H
#define REPORT_DNS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/hash.h"

enum {
	DNS_PORT = 53,
	DNS_MESSAGE_MAX = 65535, /* bytes; RFC 1035, 4.2.2 */
	DNS_HOSTS_MAX = 10000,	 /* addresses that have a name */
};

struct dns_host {
	struct in6_addr address; /* an IPv4 one mapped into IPv6 */
	char *name;		 /* the latest that led to it */
	UT_hash_handle hh;
};

struct dns_names {
	struct dns_host *hosts; /* uthash by address */
	uint64_t beyond;	/* addresses that found no room */
};

/* Learn from a message as it comes in a datagram. False when it is no answer
 * that tells an address. */
bool dns_learn(struct dns_names *names, const void *message, size_t len);

/* The name that led to an address; NULL for none. Lives as long as @names, or
 * until another name leads there. */
const char *dns_name_of(const struct dns_names *names,
			const struct sockaddr_storage *address);

/* Is it an IP address with the port of a name server? */
bool dns_is_server(const struct sockaddr_storage *address);

void dns_free(struct dns_names *names);

#endif
