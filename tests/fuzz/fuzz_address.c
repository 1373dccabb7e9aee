/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * A call (the first byte), and the socket address that it gives. Whatever the
 * bytes are: an IPv4 or IPv6 address comes to the rule that names its network,
 * however it was spelt; a family that nobody knows is no address; and the text
 * for a person has no byte in it that moves a cursor.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/escape.h"
#include "policy/policy.h"
#include "syscall/call.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ADDRESS_AT = 4096, MAX = 200 };

static const char rules[] =
	"{ \"version\": 1, \"default\": \"allow\", \"rules\": ["
	"{ \"action\": \"kill\", \"address\": [\"127.0.0.0/8\", \"::1\"] },"
	"{ \"action\": \"block-hard\", \"address\": [\"0.0.0.0/0\", \"::/0\"] }"
	"] }";

struct bytes {
	const uint8_t *data;
	size_t size;
};

static void must(int condition)
{
	if (!condition)
		abort();
}

static size_t read_memory(void *owner, uint64_t addr, void *out, size_t len)
{
	const struct bytes *bytes = owner;
	uint64_t at = addr - ADDRESS_AT;

	if (addr < ADDRESS_AT || at >= bytes->size)
		return 0;
	if (len > bytes->size - at)
		len = bytes->size - at;
	memcpy(out, bytes->data + at, len);
	return len;
}

/* 127.0.0.1, ::1, and what the kernel takes for them: rules say so too. */
static bool is_this_machine(const struct sockaddr_storage *address)
{
	const struct sockaddr_in *in = (const void *)address;
	const struct in6_addr *ip6 =
		&((const struct sockaddr_in6 *)address)->sin6_addr;
	uint32_t ip = ntohl(in->sin_addr.s_addr);

	if (address->ss_family == AF_INET6) {
		if (IN6_IS_ADDR_LOOPBACK(ip6) || IN6_IS_ADDR_UNSPECIFIED(ip6))
			return true;
		if (!IN6_IS_ADDR_V4MAPPED(ip6))
			return false;
		memcpy(&ip, ip6->s6_addr + 12, sizeof(ip));
		ip = ntohl(ip);
	}
	return ip >> 24 == 127 || ip == 0;
}

static void check_text(const struct target *target)
{
	BUF_AUTO(text);

	address_text(&text, &target->address, target->address_len);
	must(text.len > 0);
	for (size_t i = 0; i < text.len; i++)
		must((unsigned char)text.data[i] >= ' ' &&
		     text.data[i] != 0x7f);
}

static void check_decision(const struct policy *policy, struct call *call,
			   bool connects)
{
	const struct target *target = &call->targets[0];
	int family = target->address.ss_family;
	struct decision decision = { 0 };

	policy_decide((struct policy *)(uintptr_t)policy, call, NULL,
		      &decision);
	/* What is too short for its family the kernel refuses: RFC 2133 had
	 * no scope id. */
	if (!(family == AF_INET && target->address_len >= 16) &&
	    !(family == AF_INET6 && target->address_len >= 24))
		return;
	/* A bind to "any" is one to all addresses. */
	if (!connects && is_this_machine(&target->address))
		must(decision.verdict != VERDICT_ALLOW);
	else
		must(decision.verdict == (is_this_machine(&target->address) ?
						  VERDICT_KILL :
						  VERDICT_BLOCK_HARD));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct {
		enum syscall_id id;
		int address; /* its argument; the length is behind it */
	} calls[] = {
		{ SYSCALL_connect, 1 },
		{ SYSCALL_bind, 1 },
		{ SYSCALL_sendto, 4 },
	};
	static struct policy *policy;
	uint64_t raw[SYSCALL_ARGS_MAX] = { 3, 0, 0, 0, 0, 0 };
	struct bytes bytes = { data + 1, size - 1 };
	struct mem_reader mem = { read_memory, &bytes };
	struct call call;
	int which;

	if (size < 1 || size > MAX)
		return 0;
	if (!policy) {
		policy = policy_new();
		must(policy_load_text(policy, "rules", rules, strlen(rules),
				      NULL));
	}
	which = data[0] % 3;
	/* The upper bit: more is claimed than is there. */
	raw[calls[which].address] = ADDRESS_AT;
	raw[calls[which].address + 1] = size - 1 + (data[0] & 0x80 ? 1 : 0);
	call_decode(&call, syscall_def(calls[which].id), 42, raw, &mem);
	must(call.n_targets == 1 ||
	     (which == 2 && raw[calls[which].address + 1] == 0));
	if (call.n_targets) {
		must(!(data[0] & 0x80) || call.targets[0].error);
		must(size - 1 <= sizeof(struct sockaddr_storage) ||
		     call.targets[0].error);
		check_text(&call.targets[0]);
		if (!call.targets[0].error)
			check_decision(policy, &call, which != 1);
	}
	call_free(&call);
	return 0;
}
