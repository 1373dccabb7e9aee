/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* struct msghdr and what hangs on it: iovec, control messages. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/param.h>
#include <sys/socket.h>

#include "syscall/printers.h"

enum {
	CONTROL_MAX = 4096, /* read of the control messages */
};

/* Of a 64-bit program. */
struct program_msghdr {
	uint64_t name;
	int32_t namelen;
	uint32_t pad;
	uint64_t iov, iovlen;
	uint64_t control, controllen;
	uint32_t flags, pad2;
};

struct program_mmsghdr {
	struct program_msghdr msg;
	uint32_t len, pad;
};

/* Of a 32-bit program. */
struct narrow_msghdr {
	uint32_t name;
	int32_t namelen;
	uint32_t iov, iovlen;
	uint32_t control, controllen;
	uint32_t flags;
};

struct narrow_mmsghdr {
	struct narrow_msghdr msg;
	uint32_t len;
};

struct program_cmsghdr {
	uint64_t len;
	int32_t level, type;
};

/* ---- control messages ---- */

static void add_ints(struct buf *out, const char *data, size_t len)
{
	int32_t number;

	buf_char(out, '[');
	for (size_t at = 0; at + sizeof(number) <= len; at += sizeof(number)) {
		memcpy(&number, data + at, sizeof(number));
		buf_printf(out, "%s%d", at ? ", " : "", number);
	}
	buf_char(out, ']');
}

static void add_credentials(struct buf *out, const char *data, size_t len)
{
	struct ucred cred;

	(void)len;
	memcpy(&cred, data, sizeof(cred));
	buf_printf(out, "{pid=%d, uid=%u, gid=%u}", cred.pid, cred.uid,
		   cred.gid);
}

static void add_security(struct buf *out, const char *data, size_t len)
{
	print_quoted(out, data, len);
}

static void add_tos(struct buf *out, const char *data, size_t len)
{
	buf_char(out, '[');
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "%s%#x", i ? ", " : "", (unsigned char)data[i]);
	buf_char(out, ']');
}

static void add_pktinfo(struct buf *out, const char *data, size_t len)
{
	char spec[INET_ADDRSTRLEN], addr[INET_ADDRSTRLEN];
	struct in_pktinfo info;

	(void)len;
	memcpy(&info, data, sizeof(info));
	inet_ntop(AF_INET, &info.ipi_spec_dst, spec, sizeof(spec));
	inet_ntop(AF_INET, &info.ipi_addr, addr, sizeof(addr));
	buf_str(out, "{ipi_ifindex=");
	print_interface(out, (unsigned int)info.ipi_ifindex);
	buf_printf(out,
		   ", ipi_spec_dst=inet_addr(\"%s\"), "
		   "ipi_addr=inet_addr(\"%s\")}",
		   spec, addr);
}

static void add_address(struct buf *out, const char *data, size_t len)
{
	print_sockaddr_object(out, data, len);
}

/* SO_TIMESTAMP_OLD: struct timeval; SO_TIMESTAMPNS_OLD: struct timespec. */
static void add_stamp(struct buf *out, const char *data, size_t len,
		      const char *fraction)
{
	int64_t stamp[2];

	if (len < sizeof(stamp)) {
		buf_str(out, "???");
		return;
	}
	memcpy(stamp, data, sizeof(stamp));
	buf_printf(out, "{tv_sec=%" PRId64 ", tv_%s=%" PRId64 "}", stamp[0],
		   fraction, stamp[1]);
}

static void add_timeval(struct buf *out, const char *data, size_t len)
{
	add_stamp(out, data, len, "usec");
}

static void add_timespec(struct buf *out, const char *data, size_t len)
{
	add_stamp(out, data, len, "nsec");
}

/* The kinds of data that read as more than their presence, given that there
 * is enough of it. */
static const struct {
	int level, type;
	size_t least;
	void (*add)(struct buf *out, const char *data, size_t len);
} printed_data[] = {
	{ SOL_SOCKET, SCM_RIGHTS, 1, add_ints },
	{ SOL_SOCKET, SCM_CREDENTIALS, sizeof(struct ucred), add_credentials },
	{ SOL_SOCKET, 3 /* SCM_SECURITY */, 1, add_security },
	{ SOL_SOCKET, SO_TIMESTAMP_OLD, 1, add_timeval },
	{ SOL_SOCKET, SO_TIMESTAMPNS_OLD, 1, add_timespec },
	{ IPPROTO_IP, IP_TTL, 1, add_ints },
	{ IPPROTO_IP, IP_TOS, 1, add_tos },
	{ IPPROTO_IP, 3 /* SCM_SECURITY */, 1, add_security },
	{ IPPROTO_IP, IP_RECVOPTS, 1, add_tos },
	{ IPPROTO_IP, IP_RETOPTS, 1, add_tos },
	{ IPPROTO_IP, IP_PKTINFO, sizeof(struct in_pktinfo), add_pktinfo },
	{ IPPROTO_IP, IP_ORIGDSTADDR, 16, add_address },
	{ IPPROTO_IP, IP_CHECKSUM, 1, add_ints },
};

static void add_control_type(struct buf *out, int level, int type)
{
	if (level == SOL_SOCKET)
		const_add(out, &consts_scm_types, (uint32_t)type);
	else if (level == IPPROTO_IP)
		const_add(out, &consts_ip_controls, (uint32_t)type);
	else
		buf_printf(out, "%#x", (unsigned int)type);
}

static void add_control(struct buf *out, const struct program_cmsghdr *head,
			const char *data, size_t len)
{
	buf_printf(out, "{cmsg_len=%" PRIu64 ", cmsg_level=", head->len);
	const_add_or(out, &consts_sockopt_levels, (uint32_t)head->level,
		     "SOL_???");
	buf_str(out, ", cmsg_type=");
	add_control_type(out, head->level, head->type);
	for (size_t i = 0; i < sizeof(printed_data) / sizeof(*printed_data);
	     i++) {
		if (printed_data[i].level != head->level ||
		    printed_data[i].type != head->type ||
		    len < printed_data[i].least)
			continue;
		buf_str(out, ", cmsg_data=");
		printed_data[i].add(out, data, len);
	}
	buf_char(out, '}');
}

static void add_controls(const struct print_ctx *ctx, uint64_t addr,
			 uint64_t size)
{
	char control[CONTROL_MAX];
	size_t len = MIN(size, sizeof(control)), at = 0, shown = 0;
	struct program_cmsghdr head;

	if (size < sizeof(head)) {
		print_addr(ctx->out, addr);
		return;
	}
	if (!print_fetch(ctx, addr, control, len))
		return;
	buf_char(ctx->out, '[');
	while (len - at >= sizeof(head)) {
		size_t have;

		if (shown)
			buf_str(ctx->out, ", ");
		if (shown++ == ctx->options->string_limit) {
			buf_str(ctx->out, "...");
			break;
		}
		memcpy(&head, control + at, sizeof(head));
		have = MIN(MAX(head.len, sizeof(head)), len - at);
		add_control(ctx->out, &head, control + at + sizeof(head),
			    have - sizeof(head));
		at = MIN(at + ((have + 7) & ~(size_t)7), len);
		if (head.len < sizeof(head))
			break;
	}
	if (at < len && shown <= ctx->options->string_limit)
		buf_printf(ctx->out, ", ... /* %#" PRIx64 " */", addr + at);
	else if (size > len)
		buf_str(ctx->out, ", ...");
	buf_char(ctx->out, ']');
}

/* ---- messages ---- */

static void widen(const struct narrow_msghdr *narrow,
		  struct program_msghdr *msg)
{
	*msg = (struct program_msghdr){
		.name = narrow->name,
		.namelen = narrow->namelen,
		.iov = narrow->iov,
		.iovlen = narrow->iovlen,
		.control = narrow->control,
		.controllen = narrow->controllen,
		.flags = narrow->flags,
	};
}

static bool fetch_msghdr(const struct print_ctx *ctx, uint64_t addr,
			 struct program_msghdr *msg)
{
	struct narrow_msghdr narrow;

	if (!ctx->call->narrow)
		return print_fetch(ctx, addr, msg, sizeof(*msg));
	if (!print_fetch(ctx, addr, &narrow, sizeof(narrow)))
		return false;
	widen(&narrow, msg);
	return true;
}

/* @before: msg_namelen before the call, or what it is now; @bytes: how much of
 * the iovec is filled. */
static void add_msghdr(const struct print_ctx *ctx,
		       const struct program_msghdr *msg, int32_t before,
		       uint64_t bytes)
{
	struct buf *out = ctx->out;

	buf_str(out, "{msg_name=");
	print_sockaddr_at(ctx, msg->name, MIN(before, msg->namelen));
	if (before == msg->namelen)
		buf_printf(out, ", msg_namelen=%d", msg->namelen);
	else
		buf_printf(out, ", msg_namelen=%d => %d", before, msg->namelen);
	buf_str(out, ", msg_iov=");
	print_iovec_of(ctx, (int)print_arg(ctx, 0), msg->iov, msg->iovlen,
		       bytes);
	buf_printf(out, ", msg_iovlen=%" PRIu64, msg->iovlen);
	if (msg->controllen) {
		buf_str(out, ", msg_control=");
		if (ctx->call->narrow) /* with other lengths and holes */
			print_addr(out, msg->control);
		else
			add_controls(ctx, msg->control, msg->controllen);
	}
	buf_printf(out,
		   ", msg_controllen=%" PRIu64 ", msg_flags=", msg->controllen);
	const_add_flags(out, &consts_msg_flags, msg->flags);
	buf_char(out, '}');
}

void print_msghdr_in(const struct print_ctx *ctx, uint64_t value)
{
	struct program_msghdr msg;

	if (fetch_msghdr(ctx, value, &msg))
		add_msghdr(ctx, &msg, msg.namelen, UINT64_MAX);
}

static int32_t namelen_before(const struct print_ctx *ctx, int32_t now)
{
	uint64_t before = ctx->call->before[ctx->arg];

	return before == UINT64_MAX ? now : (int32_t)before;
}

void print_msghdr_out(const struct print_ctx *ctx, uint64_t value)
{
	struct program_msghdr msg;
	int32_t before;

	if (!fetch_msghdr(ctx, value, &msg))
		return;
	before = namelen_before(ctx, msg.namelen);
	if (!print_failed(ctx))
		add_msghdr(ctx, &msg, before, (uint64_t)ctx->result);
	else if (before == msg.namelen)
		buf_printf(ctx->out, "{msg_namelen=%d}", msg.namelen);
	else
		buf_printf(ctx->out, "{msg_namelen=%d => %d}", before,
			   msg.namelen);
}

/* ---- many messages ---- */

struct messages {
	bool out;      /* received: what the kernel filled in */
	uint64_t done; /* how many were sent or received */
	uint64_t index;
};

static void add_mmsghdr(const struct print_ctx *ctx, const void *object,
			void *owner)
{
	struct program_mmsghdr message = { 0 };
	const struct narrow_mmsghdr *narrow = object;
	struct messages *all = owner;
	bool done = all->index < all->done;
	int32_t before;

	if (ctx->call->narrow) {
		widen(&narrow->msg, &message.msg);
		message.len = narrow->len;
	} else {
		memcpy(&message, object, sizeof(message));
	}
	before = message.msg.namelen;
	if (all->out && !all->index)
		before = namelen_before(ctx, before);
	buf_str(ctx->out, "{msg_hdr=");
	add_msghdr(ctx, &message.msg, before,
		   all->out ? message.len : UINT64_MAX);
	if (done)
		buf_printf(ctx->out, ", msg_len=%u", message.len);
	buf_char(ctx->out, '}');
	all->index++;
}

static size_t message_size(const struct print_ctx *ctx)
{
	return ctx->call->narrow ? sizeof(struct narrow_mmsghdr) :
				   sizeof(struct program_mmsghdr);
}

static uint64_t messages_done(const struct print_ctx *ctx)
{
	return ctx->exiting && !print_failed(ctx) ? (uint64_t)ctx->result : 0;
}

void print_mmsghdr_in(const struct print_ctx *ctx, uint64_t value)
{
	struct messages all = { .done = messages_done(ctx) };

	print_array(ctx, value, print_arg(ctx, ctx->arg + 1), message_size(ctx),
		    add_mmsghdr, &all);
}

void print_mmsghdr_out(const struct print_ctx *ctx, uint64_t value)
{
	struct messages all = { .out = true, .done = messages_done(ctx) };

	if (print_failed(ctx))
		print_addr(ctx->out, value);
	else
		print_array(ctx, value, all.done, message_size(ctx),
			    add_mmsghdr, &all);
}
