/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/generic_netlink.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

enum { FAMILIES_MAX = 128, ANSWER_MAX = 1 << 16 };

struct family {
	uint16_t id;
	char name[GENL_NAMSIZ];
};

static struct family families[FAMILIES_MAX];
static size_t n_families;

/* ---- one answer ---- */

static void note_family(const char *data, size_t len)
{
	struct family family = { 0 };
	struct nlattr attr;

	while (len >= sizeof(attr)) {
		size_t size;

		memcpy(&attr, data, sizeof(attr));
		if (attr.nla_len < sizeof(attr) || attr.nla_len > len)
			break;
		size = attr.nla_len - sizeof(attr);
		if (attr.nla_type == CTRL_ATTR_FAMILY_ID &&
		    size >= sizeof(family.id))
			memcpy(&family.id, data + sizeof(attr),
			       sizeof(family.id));
		if (attr.nla_type == CTRL_ATTR_FAMILY_NAME &&
		    size <= sizeof(family.name))
			memcpy(family.name, data + sizeof(attr), size);
		size = NLA_ALIGN(attr.nla_len);
		if (size >= len)
			break;
		data += size;
		len -= size;
	}
	family.name[sizeof(family.name) - 1] = '\0';
	if (family.id && n_families < FAMILIES_MAX)
		families[n_families++] = family;
}

/* False at the last message. */
static bool note_answer(const char *data, size_t len)
{
	const size_t heads = sizeof(struct nlmsghdr) + GENL_HDRLEN;
	struct nlmsghdr head;

	while (len >= sizeof(head)) {
		size_t step;

		memcpy(&head, data, sizeof(head));
		if (head.nlmsg_len < heads || head.nlmsg_len > len ||
		    head.nlmsg_type != GENL_ID_CTRL)
			return false;
		note_family(data + heads, head.nlmsg_len - heads);
		step = NLMSG_ALIGN(head.nlmsg_len);
		if (step >= len)
			break;
		data += step;
		len -= step;
	}
	return true;
}

/* ---- the question ---- */

static void ask_kernel(void)
{
	static char answer[ANSWER_MAX];
	const struct {
		struct nlmsghdr head;
		struct genlmsghdr generic;
	} query = {
		.head = { .nlmsg_len = sizeof(query),
			  .nlmsg_type = GENL_ID_CTRL,
			  .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
		.generic = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 },
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	ssize_t got;

	if (fd < 0)
		return;
	if (send(fd, &query, sizeof(query), 0) == sizeof(query))
		do
			got = recv(fd, answer, sizeof(answer), 0);
		while (got > 0 && note_answer(answer, (size_t)got));
	close(fd);
}

const char *generic_netlink_name(uint16_t type)
{
	static bool asked;

	if (!asked)
		ask_kernel();
	asked = true;
	for (size_t i = 0; i < n_families; i++)
		if (families[i].id == type)
			return families[i].name;
	return NULL;
}
