/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Messages of netlink sockets, from the rows of netlink.def. netlink(7) */
#include "syscall/print_netlink.h"

#include <inttypes.h>
#include <linux/cryptouser.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/xfrm.h>
#include <stddef.h>
#include <string.h>
#include <sys/param.h>
#include <sys/socket.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { ANY = -1 };

static const struct {
	int protocol;
	const struct const_table *names;
} types[] = {
#define TYPES(protocol, names) { protocol, &consts_##names },
#define FLAGS(...)
#define BODY(...)
#define SET(...)
#define VALUE(...)
#define NAMED(...)
#define HOLDS(...)
#define INDEXED(...)
#define SPECIAL(...)
#include "syscall/netlink.def"
#undef TYPES
#undef FLAGS
};

static const struct {
	int protocol;
	uint16_t type, mask;
	const struct const_table *names;
} flags[] = {
#define TYPES(...)
#define FLAGS(protocol, type, mask, names)                                     \
	{ protocol, type, mask, &consts_##names },
#include "syscall/netlink.def"
#undef FLAGS
#undef BODY
};

static const struct body {
	int protocol, first, count;
	int family, request;
	enum struct_id id;
	enum nlattr_set attributes;
} bodies[] = {
#define FLAGS(...)
#define BODY(protocol, first, count, family, request, id, attributes)          \
	{ protocol,                                                            \
	  first,                                                               \
	  count,                                                               \
	  family,                                                              \
	  request,                                                             \
	  STRUCT_##id,                                                         \
	  NLATTRS_##attributes },
#include "syscall/netlink.def"
};

static const struct body *find_body(const struct netlink_scope *scope,
				    const struct nlmsghdr *head)
{
	bool request = head->nlmsg_flags & NLM_F_REQUEST;

	for (size_t i = 0; i < COUNT(bodies); i++) {
		const struct body *body = &bodies[i];

		if (body->protocol == scope->protocol &&
		    head->nlmsg_type >= body->first &&
		    head->nlmsg_type < body->first + body->count &&
		    (body->family == ANY || body->family == scope->family) &&
		    (body->request == ANY || body->request == request))
			return body;
	}
	return NULL;
}

/* ---- headers ---- */

/* Families are numbered as they come. */
static void add_generic(struct buf *out, uint16_t type)
{
	const char *name = print_generic_name(type);

	if (name)
		print_unquoted(out, name, strlen(name), "");
	else
		buf_printf(out, "%#x /* GENERIC_FAMILY_??? */", type);
}

static void add_type(const struct netlink_scope *scope, uint16_t type)
{
	const struct const_table *names = &consts_netlink_types;
	struct buf *out = scope->ctx->out;

	if (type >= NLMSG_MIN_TYPE && scope->protocol == NETLINK_GENERIC) {
		add_generic(out, type);
		return;
	}
	for (size_t i = 0; i < COUNT(types) && type >= NLMSG_MIN_TYPE; i++)
		if (types[i].protocol == scope->protocol)
			names = types[i].names;
	const_add(out, names, type);
}

static void add_flags(const struct netlink_scope *scope,
		      const struct nlmsghdr *head)
{
	const struct const_table *names = &consts_netlink_flags;

	if (head->nlmsg_type == NLMSG_ERROR)
		names = &consts_netlink_ack_flags;
	for (size_t i = 0;
	     i < COUNT(flags) && head->nlmsg_type >= NLMSG_MIN_TYPE; i++) {
		if (flags[i].protocol != scope->protocol ||
		    (head->nlmsg_type & flags[i].mask) != flags[i].type)
			continue;
		names = flags[i].names;
		break;
	}
	const_add_flags(scope->ctx->out, names, head->nlmsg_flags);
}

static void add_head(const struct netlink_scope *scope,
		     const struct nlmsghdr *head)
{
	struct buf *out = scope->ctx->out;

	buf_printf(out, "{nlmsg_len=%u, nlmsg_type=", head->nlmsg_len);
	add_type(scope, head->nlmsg_type);
	buf_str(out, ", nlmsg_flags=");
	add_flags(scope, head);
	buf_printf(out, ", nlmsg_seq=%u, nlmsg_pid=%d}", head->nlmsg_seq,
		   (int)head->nlmsg_pid);
}

/* ---- what is behind them ---- */

static void add_message(struct netlink_scope *scope,
			const struct nlmsghdr *head, uint64_t addr,
			uint64_t len);

/* "-EINVAL", "0" */
static void add_error(struct buf *out, int error)
{
	const char *name = error < 0 ? const_name(&consts_errnos,
						  (uint64_t) - (int64_t)error) :
				       NULL;

	if (name)
		buf_printf(out, "-%s", name);
	else
		buf_printf(out, "%d", error);
}

/* A number, the message that it is about, and what is wrong with it. */
static void add_failure(struct netlink_scope *scope, uint64_t addr,
			uint64_t len, bool capped)
{
	struct buf *out = scope->ctx->out;
	struct nlmsgerr failure;
	uint64_t has;

	if (len < sizeof(failure)) {
		print_bytes_hex_at(scope->ctx, addr, len);
		return;
	}
	if (!print_fetch(scope->ctx, addr, &failure, sizeof(failure)))
		return;
	addr += offsetof(struct nlmsgerr, msg);
	len -= offsetof(struct nlmsgerr, msg);
	has = MIN(capped ? sizeof(failure.msg) : failure.msg.nlmsg_len, len);
	buf_str(out, len > has ? "[{error=" : "{error=");
	add_error(out, failure.error);
	buf_str(out, ", msg=");
	add_message(scope, &failure.msg, addr, has);
	buf_char(out, '}');
	if (len == has)
		return;
	buf_str(out, ", ");
	print_nlattrs(scope, NLATTRS_error, addr + has, len - has, 0);
	buf_char(out, ']');
}

/* The family alone, where its message is not known or not complete. */
static void add_family(const struct netlink_scope *scope, const char *name,
		       uint64_t addr, uint64_t len)
{
	struct buf *out = scope->ctx->out;

	buf_printf(out, "{%s=", name ?: "family");
	const_add(out, &consts_address_families, scope->family);
	if (name) {
		buf_str(out, ", ...");
	} else if (len > 1) {
		buf_str(out, ", data=");
		print_bytes_hex_at(scope->ctx, addr + 1, len - 1);
	}
	buf_char(out, '}');
}

static void add_body(const struct netlink_scope *scope,
		     const struct nlmsghdr *head, uint64_t addr, uint64_t len)
{
	const struct body *body = find_body(scope, head);
	size_t size, aligned;

	if (!body || (len == 1 && scope->protocol == NETLINK_SOCK_DIAG)) {
		add_family(scope, NULL, addr, len);
		return;
	}
	size = struct_size(body->id);
	if (len < size) {
		add_family(scope, struct_def(body->id)->fields->name, addr,
			   len);
		return;
	}
	print_struct_at(scope->ctx, addr, body->id);
	aligned = NLMSG_ALIGN(size);
	if (len > aligned && body->attributes != NLATTRS_none) {
		buf_str(scope->ctx->out, ", ");
		print_nlattrs(scope, body->attributes, addr + aligned,
			      len - aligned, 0);
	}
}

static void add_payload(struct netlink_scope *scope,
			const struct nlmsghdr *head, uint64_t addr,
			uint64_t len)
{
	bool known = scope->protocol == NETLINK_ROUTE ||
		     scope->protocol == NETLINK_SOCK_DIAG;
	int status;

	if (head->nlmsg_type == NLMSG_ERROR &&
	    scope->depth < NLATTR_DEPTH_MAX) {
		scope->depth++;
		add_failure(scope, addr, len, head->nlmsg_flags & NLM_F_CAPPED);
		scope->depth--;
	} else if (head->nlmsg_type >= NLMSG_MIN_TYPE && known) {
		if (print_fetch(scope->ctx, addr, &scope->family,
				sizeof(scope->family)))
			add_body(scope, head, addr, len);
	} else if (head->nlmsg_type == NLMSG_DONE && len == sizeof(status)) {
		if (print_fetch(scope->ctx, addr, &status, sizeof(status)))
			buf_printf(scope->ctx->out, "%d", status);
	} else {
		print_bytes_hex_at(scope->ctx, addr, len);
	}
}

/* ---- messages ---- */

static void add_message(struct netlink_scope *scope,
			const struct nlmsghdr *head, uint64_t addr,
			uint64_t len)
{
	struct buf *out = scope->ctx->out;

	len = MIN(len, head->nlmsg_len);
	if (len <= sizeof(*head)) {
		add_head(scope, head);
		return;
	}
	buf_char(out, '[');
	add_head(scope, head);
	buf_str(out, ", ");
	add_payload(scope, head, addr + sizeof(*head), len - sizeof(*head));
	buf_char(out, ']');
}

static void add_messages(struct netlink_scope *scope, uint64_t addr,
			 uint64_t len)
{
	const struct print_ctx *ctx = scope->ctx;
	struct nlmsghdr head;
	bool many = false;

	for (size_t i = 0;; i++) {
		uint64_t step;

		if (len < sizeof(head)) {
			print_bytes_hex_at(ctx, addr, len);
			break;
		}
		if (!mem_read_all(ctx->mem, addr, &head, sizeof(head))) {
			if (many)
				buf_printf(ctx->out, "... /* %#" PRIx64 " */",
					   addr);
			else
				print_addr(ctx->out, addr);
			break;
		}
		if (i >= ctx->options->string_limit) {
			buf_str(ctx->out, "...");
			break;
		}
		step = ((uint64_t)head.nlmsg_len + 3) & ~UINT64_C(3);
		if (!many && head.nlmsg_len >= sizeof(head) && step < len) {
			buf_char(ctx->out, '[');
			many = true;
		}
		add_message(scope, &head, addr, len);
		if (head.nlmsg_len < sizeof(head) || step >= len)
			break;
		buf_str(ctx->out, ", ");
		addr += step;
		len -= step;
	}
	if (many)
		buf_char(ctx->out, ']');
}

void print_socket_bytes(const struct print_ctx *ctx, int fd, uint64_t addr,
			uint64_t len)
{
	struct netlink_scope scope = { .ctx = ctx };

	if (print_netlink_fd(fd, &scope.protocol) &&
	    scope.protocol != NETLINK_KOBJECT_UEVENT)
		add_messages(&scope, addr, len);
	else
		print_bytes_at(ctx, addr, len);
}
