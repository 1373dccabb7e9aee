/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * net - addresses of rules against addresses of calls.
 *
 * One host must have one name: v4-mapped IPv6 is IPv4, and where a connection
 * is made, the unspecified address is the loopback address, as the kernel
 * takes it. Else "block 127.0.0.0/8" would leave 0.0.0.0 open.
 */
#include "net.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "base/die.h"

static const unsigned char v4_mapped[12] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff,
};

/* Families without a name for each address: all of one have one word. */
static const struct {
	const char *name;
	int family;
} families[] = {
	{ "netlink", AF_NETLINK },
	{ "unspec", AF_UNSPEC }, /* connect(2): dissolve the association */
};

#define FAMILY_COUNT (sizeof(families) / sizeof(*families))

/* Digits only, at most @max. */
static bool parse_number(const char *text, size_t len, unsigned int max,
			 unsigned int *value)
{
	*value = 0;
	if (!len || len > 5)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (unsigned int)(text[i] - '0');
	}
	return *value <= max && (text[0] != '0' || len == 1);
}

static bool bit_is_set(const unsigned char *bytes, unsigned int bit)
{
	return bytes[bit / 8] >> (7 - bit % 8) & 1;
}

static void unmap(struct net_prefix *prefix)
{
	if (prefix->family != AF_INET6 || prefix->bits < 96 ||
	    memcmp(prefix->bytes, v4_mapped, sizeof(v4_mapped)) != 0)
		return;
	prefix->family = AF_INET;
	prefix->bits -= 96;
	memmove(prefix->bytes, prefix->bytes + 12, 4);
	memset(prefix->bytes + 4, 0, 12);
}

static bool parse_host(struct net_prefix *prefix, const char *text, size_t len)
{
	char host[INET6_ADDRSTRLEN];

	if (len >= sizeof(host))
		return false;
	memcpy(host, text, len);
	host[len] = '\0';
	prefix->family = strchr(host, ':') ? AF_INET6 : AF_INET;
	return inet_pton(prefix->family, host, prefix->bytes) == 1;
}

bool net_prefix_parse(struct net_prefix *prefix, const char *text,
		      const char **why)
{
	const char *slash = strchr(text, '/');
	size_t host_len = slash ? (size_t)(slash - text) : strlen(text);
	unsigned int max;

	*prefix = (struct net_prefix){ 0 };
	if (strncmp(text, "unix:", 5) == 0) {
		prefix->family = AF_UNIX;
		prefix->glob = xstrdup(text + 5);
		return true;
	}
	for (size_t i = 0; i < FAMILY_COUNT; i++) {
		if (strcmp(text, families[i].name) == 0) {
			prefix->family = families[i].family;
			return true;
		}
	}
	if (!parse_host(prefix, text, host_len)) {
		*why = "no IPv4 or IPv6 address, prefix, unix:PATTERN, "
		       "netlink or unspec";
		return false;
	}
	max = prefix->family == AF_INET ? 32 : 128;
	prefix->bits = max;
	if (slash &&
	    !parse_number(slash + 1, strlen(slash + 1), max, &prefix->bits)) {
		*why = "the length of the prefix is no number in its range";
		return false;
	}
	for (unsigned int bit = prefix->bits; bit < max; bit++) {
		if (bit_is_set(prefix->bytes, bit)) {
			*why = "the address has bits beyond its prefix";
			return false;
		}
	}
	unmap(prefix);
	return true;
}

void net_prefix_text(struct buf *out, const struct net_prefix *prefix)
{
	char text[INET6_ADDRSTRLEN];
	unsigned int max = prefix->family == AF_INET ? 32 : 128;

	if (prefix->family == AF_UNIX) {
		buf_printf(out, "unix:%s", prefix->glob);
		return;
	}
	for (size_t i = 0; i < FAMILY_COUNT; i++) {
		if (prefix->family == families[i].family) {
			buf_str(out, families[i].name);
			return;
		}
	}
	buf_str(out,
		inet_ntop(prefix->family, prefix->bytes, text, sizeof(text)));
	if (prefix->bits < max)
		buf_printf(out, "/%u", prefix->bits);
}

bool port_range_parse(struct port_range *range, const char *text)
{
	const char *dash = strchr(text, '-');
	size_t len = dash ? (size_t)(dash - text) : strlen(text);
	unsigned int first, last;

	if (!parse_number(text, len, 65535, &first))
		return false;
	last = first;
	if (dash && !parse_number(dash + 1, strlen(dash + 1), 65535, &last))
		return false;
	range->first = (uint16_t)first;
	range->last = (uint16_t)last;
	return first <= last;
}

/* ---- the addresses of calls ---- */

/* connect(2), sendto(2): this host by its other name. ip(7) */
static void unspecified_to_loopback(struct net_address *address)
{
	static const unsigned char zero[16];

	if (address->family == AF_INET && !memcmp(address->bytes, zero, 4))
		memcpy(address->bytes, "\177\0\0\1", 4);
	else if (address->family == AF_INET6 &&
		 !memcmp(address->bytes, zero, 16))
		address->bytes[15] = 1;
}

static bool read_v4(struct net_address *address, const struct target *target)
{
	const struct sockaddr_in *in = (const void *)&target->address;

	if (target->address_len < sizeof(*in))
		return false;
	address->family = AF_INET;
	memcpy(address->bytes, &in->sin_addr, 4);
	address->port = ntohs(in->sin_port);
	return true;
}

static bool read_v6(struct net_address *address, const struct target *target)
{
	const struct sockaddr_in6 *in6 = (const void *)&target->address;

	/* The scope at the end may be missing: RFC 2133 had none. */
	if (target->address_len < offsetof(struct sockaddr_in6, sin6_scope_id))
		return false;
	address->family = AF_INET6;
	memcpy(address->bytes, &in6->sin6_addr, 16);
	address->port = ntohs(in6->sin6_port);
	if (!memcmp(address->bytes, v4_mapped, sizeof(v4_mapped))) {
		address->family = AF_INET;
		memmove(address->bytes, address->bytes + 12, 4);
	}
	return true;
}

/* unix(7): a path, '@' and bytes for an abstract name, or no name. */
static bool read_unix(struct net_address *address, const struct target *target,
		      char *name)
{
	const struct sockaddr_un *un = (const void *)&target->address;
	size_t len =
		target->address_len - offsetof(struct sockaddr_un, sun_path);

	address->name = name;
	address->name_len = 0;
	if (!len)
		return true;
	if (un->sun_path[0]) {
		address->name = target->resolved ? target->resolved : name;
		if (!target->resolved) {
			address->name_len = strnlen(un->sun_path, len);
			memcpy(name, un->sun_path, address->name_len);
			/* Relative, and nobody knows to what. */
			return name[0] == '/';
		}
		address->name_len = strlen(address->name);
		return true;
	}
	memcpy(name, un->sun_path, len);
	name[0] = '@';
	address->name_len = len;
	return true;
}

bool net_address_read(struct net_address *address, const struct target *target,
		      bool connects, char name[sizeof(struct sockaddr_storage)])
{
	bool known = true;

	*address = (struct net_address){ .family = AF_UNSPEC };
	if (target->error)
		return false;
	if (!target->address_len)
		return true;
	if (target->address_len < sizeof(sa_family_t) ||
	    target->address_len > sizeof(target->address))
		return false;
	address->family = target->address.ss_family;
	if (address->family == AF_INET)
		known = read_v4(address, target);
	else if (address->family == AF_INET6)
		known = read_v6(address, target);
	else if (address->family == AF_UNIX)
		known = read_unix(address, target, name);
	if (known && connects)
		unspecified_to_loopback(address);
	return known;
}

bool net_prefix_match(const struct net_prefix *prefix, const struct glob *glob,
		      const struct net_address *address)
{
	unsigned int whole = prefix->bits / 8, rest = prefix->bits % 8;

	if (prefix->family != address->family)
		return false;
	if (prefix->family == AF_UNIX)
		return glob_match(glob, address->name, address->name_len);
	if (memcmp(prefix->bytes, address->bytes, whole) != 0)
		return false;
	return !rest || ((prefix->bytes[whole] ^ address->bytes[whole]) >>
			 (8 - rest)) == 0;
}
