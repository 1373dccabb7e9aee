/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Attributes of netlink messages, from the rows of netlink.def. netlink(7) */
#include <inttypes.h>
#include <linux/fib_rules.h>
#include <linux/gen_stats.h>
#include <linux/if_addr.h>
#include <linux/if_addrlabel.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netconf.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/param.h>
#include <sys/socket.h>

#include "syscall/print_netlink.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum {
	HARDWARE_MAX = 32, /* linux/netdevice.h: MAX_ADDR_LEN */
	TEXT_MAX = 1 << 16 /* an attribute is no longer */
};

enum nlattr_sort {
	NLATTR_VALUE, /* one field: a number, names, a structure */
	NLATTR_INDEXED,
	NLATTR_TEXT,	 /* a string of C */
	NLATTR_WORD,	 /* the same, whatever follows its end */
	NLATTR_BYTES,	 /* [1, 2] */
	NLATTR_INODES,	 /* the same of 32 bits */
	NLATTR_GROUPS,	 /* words of bits */
	NLATTR_ADDRESS,	 /* of the message's family */
	NLATTR_HARDWARE, /* 01:02:03:04:05:06 */
	NLATTR_NESTED,	 /* attributes of another set */
	NLATTR_NEXTHOPS, /* structures, each with attributes */
	NLATTR_SHUTDOWN,
	NLATTR_SOCKOPT,
};

struct nlattr_def {
	enum nlattr_set set;
	uint16_t type;
	enum nlattr_sort sort;
	uint16_t base; /* of _INDEXED */
	struct struct_field field;
	enum nlattr_set nested;
};

/* clang-format off */
#define TYPES(...)
#define FLAGS(...)
#define BODY(...)
#define SET(...)
#define VALUE(set, type, size, format) \
	{ NLATTRS_##set, type, NLATTR_VALUE, 0, \
	  { NULL, FIELD_##format, size, 0, NULL, 0 }, 0 },
#define NAMED(set, type, size, format, names) \
	{ NLATTRS_##set, type, NLATTR_VALUE, 0, \
	  { NULL, FIELD_##format, size, 0, &consts_##names, 0 }, 0 },
#define HOLDS(set, type, id) \
	{ NLATTRS_##set, type, NLATTR_VALUE, 0, \
	  { NULL, FIELD_STRUCT, 0, 0, NULL, STRUCT_##id }, 0 },
#define INDEXED(set, type, size, format, names, base) \
	{ NLATTRS_##set, type, NLATTR_INDEXED, base, \
	  { NULL, FIELD_##format, size, 0, &consts_##names, 0 }, 0 },
#define SPECIAL(set, type, sort, nested) \
	{ NLATTRS_##set, type, NLATTR_##sort, 0, { 0 }, NLATTRS_##nested },
static const struct nlattr_def defs[] = {
#include "syscall/netlink.def"
};
#undef SET

static const struct const_table *const names_of_sets[NLATTRS_COUNT] = {
#undef VALUE
#undef NAMED
#undef HOLDS
#undef INDEXED
#undef SPECIAL
#define SET(id, names) [NLATTRS_##id] = &consts_##names,
#define VALUE(...)
#define NAMED(...)
#define HOLDS(...)
#define INDEXED(...)
#define SPECIAL(...)
#include "syscall/netlink.def"
};
/* clang-format on */

static const struct nlattr_def *find(enum nlattr_set set, uint16_t type)
{
	for (size_t i = 0; i < COUNT(defs); i++)
		if (defs[i].set == set && defs[i].type == type)
			return &defs[i];
	return NULL;
}

/* ---- what is in them ---- */

/* These return false where the bytes are not what they should be. */

static bool add_value(const struct print_ctx *ctx, struct struct_field field,
		      uint64_t addr, uint64_t len)
{
	_Alignas(16) unsigned char object[STRUCT_SIZE_MAX];

	if (field.format == FIELD_STRUCT)
		field.size = (uint16_t)struct_size(field.nested);
	if (len < field.size)
		return false;
	if (print_fetch(ctx, addr, object, field.size))
		print_field(ctx, &field, object);
	return true;
}

struct indexed {
	const struct nlattr_def *def;
	uint64_t next;
};

static void add_indexed(const struct print_ctx *ctx, const void *object,
			void *owner)
{
	struct indexed *all = owner;
	const struct nlattr_def *def = all->def;
	const char *name = const_name(def->field.table, all->next + def->base);

	if (name)
		buf_printf(ctx->out, def->base ? "[%s-%u]=" : "[%s]=", name,
			   def->base);
	else
		buf_printf(ctx->out, "[%" PRIu64 " /* %s */]=", all->next,
			   def->field.table->unknown);
	print_field(ctx, &def->field, object);
	all->next++;
}

static bool add_text(const struct print_ctx *ctx, uint64_t addr, uint64_t len,
		     bool word)
{
	size_t limit = MIN(ctx->options->string_limit, TEXT_MAX);
	size_t shown = MIN(len, limit + 1);
	char text[TEXT_MAX + 1];

	if (!print_fetch(ctx, addr, text, shown))
		return true;
	if (word && memchr(text, '\0', shown))
		len = strlen(text) + 1;
	if (len <= limit + 1 && !text[len - 1]) {
		print_quoted(ctx->out, text, len - 1);
	} else {
		print_quoted(ctx->out, text, MIN(len, limit));
		buf_str(ctx->out, "...");
	}
	return true;
}

static void add_group(const struct print_ctx *ctx, const void *object,
		      void *owner)
{
	uint64_t word;

	(void)owner;
	memcpy(&word, object, sizeof(word));
	buf_printf(ctx->out, "%#018" PRIx64, word);
}

static void add_byte(const struct print_ctx *ctx, const void *object,
		     void *owner)
{
	(void)owner;
	buf_printf(ctx->out, "%u", *(const unsigned char *)object);
}

static bool add_address(const struct netlink_scope *scope, uint64_t addr,
			uint64_t len)
{
	static const struct struct_field inet = { .format = FIELD_INET,
						  .size = 4 };
	static const struct struct_field inet6 = { .format = FIELD_INET6,
						   .size = 16 };

	if (scope->family == AF_INET)
		return add_value(scope->ctx, inet, addr, len);
	if (scope->family == AF_INET6)
		return add_value(scope->ctx, inet6, addr, len);
	return false;
}

static bool add_hardware(const struct print_ctx *ctx, uint64_t addr,
			 uint64_t len)
{
	const struct struct_field field = { .format = FIELD_MAC,
					    .size = (uint16_t)len };

	return len <= HARDWARE_MAX && add_value(ctx, field, addr, len);
}

static bool add_nexthops(const struct netlink_scope *scope, enum nlattr_set set,
			 uint64_t addr, uint64_t len, unsigned int depth)
{
	struct buf *out = scope->ctx->out;
	struct rtnexthop hop;
	uint64_t first = addr;

	if (len < sizeof(hop))
		return false;
	while (print_fetch(scope->ctx, addr, &hop, sizeof(hop))) {
		uint64_t has = MIN(len, hop.rtnh_len);
		uint64_t step = RTNH_ALIGN(has);

		if (addr == first && hop.rtnh_len < len)
			buf_char(out, '[');
		if (has > sizeof(hop))
			buf_char(out, '[');
		print_struct_object(scope->ctx, STRUCT_rtnexthop, &hop,
				    sizeof(hop));
		if (has > sizeof(hop)) {
			buf_str(out, ", ");
			print_nlattrs(scope, set, addr + sizeof(hop),
				      has - sizeof(hop), depth + 1);
			buf_char(out, ']');
		}
		if (step >= len || step < sizeof(hop)) {
			if (addr != first || hop.rtnh_len < len)
				buf_char(out, ']');
			break;
		}
		buf_str(out, ", ");
		addr += step;
		len -= step;
	}
	return true;
}

static bool add_shutdown(const struct print_ctx *ctx, uint64_t addr)
{
	unsigned char how;

	if (print_fetch(ctx, addr, &how, sizeof(how)))
		const_add_numbered_flags(ctx->out, &consts_inet_diag_shutdowns,
					 how);
	return true;
}

/* struct inet_diag_sockopt: bits that are set. */
static bool add_sockopt(const struct print_ctx *ctx, uint64_t addr,
			uint64_t len)
{
	static const char *const names[] = {
		"recverr",	   "is_icsk",	    "freebind",
		"hdrincl",	   "mc_loop",	    "transparent",
		"mc_all",	   "nodefrag",	    "bind_address_no_port",
		"recverr_rfc4884", "defer_connect",
	};
	const char *separator = "{";
	uint16_t bits;

	if (len < sizeof(bits))
		return false;
	if (!print_fetch(ctx, addr, &bits, sizeof(bits)))
		return true;
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!(bits & 1U << i))
			continue;
		buf_printf(ctx->out, "%s%s=1", separator, names[i]);
		separator = ", ";
	}
	buf_str(ctx->out, *separator == '{' ? "{}" : "}");
	return true;
}

static bool add_data(const struct netlink_scope *scope,
		     const struct nlattr_def *def, uint64_t addr, uint64_t len,
		     unsigned int depth)
{
	const struct print_ctx *ctx = scope->ctx;
	struct indexed indexed = { .def = def };

	switch (def->sort) {
	case NLATTR_VALUE:
		return add_value(ctx, def->field, addr, len);
	case NLATTR_INDEXED:
		if (len < def->field.size)
			return false;
		print_array(ctx, addr, len / def->field.size, def->field.size,
			    add_indexed, &indexed);
		return true;
	case NLATTR_TEXT:
	case NLATTR_WORD:
		return add_text(ctx, addr, len, def->sort == NLATTR_WORD);
	case NLATTR_BYTES:
		print_array(ctx, addr, len, 1, add_byte, NULL);
		return true;
	case NLATTR_INODES:
		if (len < sizeof(uint32_t))
			return false;
		print_struct_array(ctx, addr, len / sizeof(uint32_t),
				   STRUCT_uint_item);
		return true;
	case NLATTR_GROUPS:
		if (len < sizeof(uint64_t))
			return false;
		print_array(ctx, addr, len / sizeof(uint64_t), sizeof(uint64_t),
			    add_group, NULL);
		return true;
	case NLATTR_ADDRESS:
		return add_address(scope, addr, len);
	case NLATTR_HARDWARE:
		return add_hardware(ctx, addr, len);
	case NLATTR_NESTED:
		print_nlattrs(scope, def->nested, addr, len, depth + 1);
		return true;
	case NLATTR_NEXTHOPS:
		return add_nexthops(scope, def->nested, addr, len, depth);
	case NLATTR_SHUTDOWN:
		return add_shutdown(ctx, addr);
	case NLATTR_SOCKOPT:
		return add_sockopt(ctx, addr, len);
	}
	return false;
}

/* ---- attributes ---- */

static void add_head(struct buf *out, const struct const_table *names,
		     const struct nlattr *head)
{
	buf_printf(out, "{nla_len=%u, nla_type=", head->nla_len);
	if (head->nla_type & NLA_F_NESTED)
		buf_str(out, "NLA_F_NESTED|");
	if (head->nla_type & NLA_F_NET_BYTEORDER)
		buf_str(out, "NLA_F_NET_BYTEORDER|");
	const_add(out, names, head->nla_type & NLA_TYPE_MASK);
	buf_char(out, '}');
}

/* One of them, in at most @len bytes. */
static void add_attribute(const struct netlink_scope *scope,
			  enum nlattr_set set, const struct nlattr *head,
			  uint64_t addr, uint64_t len, unsigned int depth)
{
	const struct nlattr_def *def =
		find(set, head->nla_type & NLA_TYPE_MASK);
	struct buf *out = scope->ctx->out;

	len = MIN(len, head->nla_len);
	if (len <= sizeof(*head)) {
		add_head(out, names_of_sets[set], head);
		return;
	}
	addr += sizeof(*head);
	len -= sizeof(*head);
	buf_char(out, '[');
	add_head(out, names_of_sets[set], head);
	buf_str(out, ", ");
	if (!def || depth >= NLATTR_DEPTH_MAX ||
	    !add_data(scope, def, addr, len, depth))
		print_bytes_hex_at(scope->ctx, addr, len);
	buf_char(out, ']');
}

void print_nlattrs(const struct netlink_scope *scope, enum nlattr_set set,
		   uint64_t addr, uint64_t len, unsigned int depth)
{
	const struct print_ctx *ctx = scope->ctx;
	struct nlattr head;
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
		step = NLA_ALIGN(head.nla_len);
		if (!many && head.nla_len >= sizeof(head) && step < len) {
			buf_char(ctx->out, '[');
			many = true;
		}
		add_attribute(scope, set, &head, addr, len, depth);
		if (head.nla_len < sizeof(head) || step >= len)
			break;
		buf_str(ctx->out, ", ");
		addr += step;
		len -= step;
	}
	if (many)
		buf_char(ctx->out, ']');
}
