/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What is kept is the name that was asked for: aliases on the way (CNAME) are
 * the server's business. libresolv gives names in their text form, where bytes
 * that are no letters come as \ddd.
 */
#include "report/dns.h"

#include <arpa/nameser.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

static void remember(struct dns_names *names, const struct in6_addr *address,
		     const char *name)
{
	struct dns_host *host;

	HASH_FIND(hh, names->hosts, address, sizeof(*address), host);
	if (host && strcmp(host->name, name) == 0)
		return;
	if (!host && HASH_COUNT(names->hosts) == DNS_HOSTS_MAX) {
		names->beyond++;
		return;
	}
	if (host) {
		free(host->name);
	} else {
		host = xcalloc(1, sizeof(*host));
		host->address = *address;
		HASH_ADD(hh, names->hosts, address, sizeof(host->address),
			 host);
	}
	host->name = xstrdup(name);
}

static void map_v4(struct in6_addr *out, const void *address)
{
	memset(out, 0, sizeof(*out));
	out->s6_addr[10] = out->s6_addr[11] = 0xff;
	memcpy(out->s6_addr + 12, address, sizeof(struct in_addr));
}

static bool learn_record(struct dns_names *names, const ns_rr *record,
			 const char *name)
{
	struct in6_addr address;

	if (ns_rr_class(*record) != ns_c_in)
		return false;
	if (ns_rr_type(*record) == ns_t_a &&
	    ns_rr_rdlen(*record) == sizeof(struct in_addr))
		map_v4(&address, ns_rr_rdata(*record));
	else if (ns_rr_type(*record) == ns_t_aaaa &&
		 ns_rr_rdlen(*record) == sizeof(address))
		memcpy(&address, ns_rr_rdata(*record), sizeof(address));
	else
		return false;
	remember(names, &address, name);
	return true;
}

bool dns_learn(struct dns_names *names, const void *message, size_t len)
{
	bool found = false;
	ns_msg parsed;
	ns_rr question, record;

	if (len > DNS_MESSAGE_MAX ||
	    ns_initparse(message, (int)len, &parsed) < 0 ||
	    !ns_msg_getflag(parsed, ns_f_qr) ||
	    ns_msg_getflag(parsed, ns_f_rcode) != ns_r_noerror ||
	    ns_msg_count(parsed, ns_s_qd) != 1 ||
	    ns_parserr(&parsed, ns_s_qd, 0, &question) < 0)
		return false;
	for (int i = 0; i < ns_msg_count(parsed, ns_s_an); i++) {
		if (ns_parserr(&parsed, ns_s_an, i, &record) < 0)
			break;
		found |= learn_record(names, &record, ns_rr_name(question));
	}
	return found;
}

const char *dns_name_of(const struct dns_names *names,
			const struct sockaddr_storage *address)
{
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
	struct in6_addr key;
	struct dns_host *host;

	if (address->ss_family == AF_INET)
		map_v4(&key, &v4->sin_addr);
	else if (address->ss_family == AF_INET6)
		key = v6->sin6_addr;
	else
		return NULL;
	HASH_FIND(hh, names->hosts, &key, sizeof(key), host);
	return host ? host->name : NULL;
}

bool dns_is_server(const struct sockaddr_storage *address)
{
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;

	if (address->ss_family == AF_INET)
		return v4->sin_port == htons(DNS_PORT);
	return address->ss_family == AF_INET6 &&
	       v6->sin6_port == htons(DNS_PORT);
}

void dns_free(struct dns_names *names)
{
	struct dns_host *host = names->hosts, *next;

	HASH_CLEAR(hh, names->hosts); /* leaves the items and their chain */
	for (; host; host = next) {
		next = host->hh.next;
		free(host->name);
		free(host);
	}
}
