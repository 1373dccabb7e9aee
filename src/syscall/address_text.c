/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* address_text - socket addresses from words; address.c is the way back. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "syscall/call_text.h"

static bool parse_port(const char *text, in_port_t *port)
{
	unsigned long value = 0;

	if (!*text || strlen(text) > 5)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		value = value * 10 + (unsigned long)(*text - '0');
	}
	*port = htons((uint16_t)value);
	return value <= 65535;
}

static socklen_t parse_unix(const char *name, struct sockaddr_un *un)
{
	size_t len = strlen(name);
	bool abstract = name[0] == '@';

	/* A path has its NUL, an abstract name begins with it. */
	if (!len || len >= sizeof(un->sun_path))
		return 0;
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, name, len);
	if (abstract)
		un->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len +
			   !abstract);
}

socklen_t address_from_text(const char *text, struct sockaddr_storage *out)
{
	struct sockaddr_in *in = (void *)out;
	struct sockaddr_in6 *in6 = (void *)out;
	const char *colon = strrchr(text, ':');
	char host[INET6_ADDRSTRLEN] = { 0 };
	bool brackets = text[0] == '[';
	size_t len;

	memset(out, 0, sizeof(*out));
	if (strncmp(text, "unix:", 5) == 0)
		return parse_unix(text + 5, (void *)out);
	if (!colon || (brackets && colon[-1] != ']'))
		return 0;
	len = (size_t)(colon - text) - (brackets ? 2 : 0);
	if (len >= sizeof(host))
		return 0;
	memcpy(host, text + brackets, len);
	if (brackets && inet_pton(AF_INET6, host, &in6->sin6_addr) == 1 &&
	    parse_port(colon + 1, &in6->sin6_port)) {
		in6->sin6_family = AF_INET6;
		return sizeof(*in6);
	}
	if (!brackets && inet_pton(AF_INET, host, &in->sin_addr) == 1 &&
	    parse_port(colon + 1, &in->sin_port)) {
		in->sin_family = AF_INET;
		return sizeof(*in);
	}
	return 0;
}
