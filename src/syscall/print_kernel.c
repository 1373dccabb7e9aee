/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Parts of the kernel with calls of their own: landlock, bpf, perf ... */
#include <inttypes.h>
#include <linux/landlock.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/print_command.h"

void print_iov_addrs(const struct print_ctx *ctx, uint64_t value)
{
	print_iovec_addrs(ctx, value, print_arg(ctx, ctx->arg + 1));
}

/* ---- landlock ---- */

void print_landlock_ruleset(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t size = print_arg(ctx, ctx->arg + 1);

	if (size < struct_size(STRUCT_landlock_ruleset_attr))
		print_addr(ctx->out, value);
	else
		print_struct(ctx, value, STRUCT_landlock_ruleset_attr);
}

void print_landlock_rule(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg(ctx, 1) == LANDLOCK_RULE_PATH_BENEATH)
		print_struct(ctx, value, STRUCT_landlock_path_beneath);
	else
		print_addr(ctx->out, value);
}

/* ---- kexec ---- */

/* The upper half of the word is an architecture. */
void print_kexec_flags(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t arch = value & 0xffff0000;
	uint64_t flags = value & ~(uint64_t)0xffff0000;

	const_add(ctx->out, &consts_kexec_arches, arch);
	if (!flags)
		return;
	const_add_names(ctx->out, &consts_kexec_flags, &flags, true);
	const_add_rest(ctx->out, NULL, flags, true);
}

/* ---- perf ---- */

/* Which result of which operation on which cache. */
static void add_perf_cache(struct buf *out, uint64_t config)
{
	const_add(out, &consts_perf_cache_results, config >> 16);
	buf_str(out, "<<16|");
	const_add(out, &consts_perf_cache_ops, config >> 8 & 0xff);
	buf_str(out, "<<8|");
	const_add(out, &consts_perf_caches, config & 0xff);
}

static void add_perf_config(struct buf *out, const struct perf_event_attr *attr)
{
	const struct const_table *names =
		attr->type == PERF_TYPE_HARDWARE ? &consts_perf_hardware :
		attr->type == PERF_TYPE_SOFTWARE ? &consts_perf_software :
						   NULL;

	buf_str(out, ", config=");
	if (attr->type == PERF_TYPE_HW_CACHE && !(attr->config >> 24)) {
		add_perf_cache(out, attr->config);
		return;
	}
	if (attr->type == PERF_TYPE_TRACEPOINT) {
		buf_printf(out, "%" PRIu64, (uint64_t)attr->config);
		return;
	}
	if (names)
		const_add(out, names, attr->config);
	else
		buf_printf(out, "%#" PRIx64, (uint64_t)attr->config);
}

/* The bits behind read_format, by place. */
static void add_perf_bits(struct buf *out, uint64_t bits)
{
	static const char *const names[] = {
		"disabled",	  "inherit",	  "pinned",
		"exclusive",	  "exclude_user", "exclude_kernel",
		"exclude_hv",	  "exclude_idle", "mmap",
		"comm",		  "freq",	  "inherit_stat",
		"enable_on_exec", "task",	  "watermark",
	};
	static const char *const precision[] = {
		"arbitrary skid",
		"constant skid",
		"requested to have 0 skid",
		"must have 0 skid",
	};
	const unsigned int count = sizeof(names) / sizeof(*names);
	unsigned int precise = bits >> count & 3;

	for (unsigned int i = 0; i < count; i++)
		if (bits >> i & 1)
			buf_printf(out, ", %s=1", names[i]);
	buf_printf(out, ", precise_ip=%u /* %s */", precise,
		   precision[precise]);
}

void print_perf_attr(const struct print_ctx *ctx, uint64_t value)
{
	struct perf_event_attr attr = { 0 };
	struct buf *out = ctx->out;
	uint64_t size, bits;

	if (!print_fetch(ctx, value, &attr, 8)) /* its type and its size */
		return;
	size = MIN(attr.size ?: PERF_ATTR_SIZE_VER0, sizeof(attr));
	size = MAX(size, PERF_ATTR_SIZE_VER0);
	if (!print_fetch(ctx, value, &attr, size))
		return;
	buf_str(out, "{type=");
	const_add(out, &consts_perf_types, attr.type);
	buf_str(out, ", size=");
	if (const_name(&consts_perf_sizes, attr.size))
		const_add(out, &consts_perf_sizes, attr.size);
	else
		buf_printf(out, "%#x /* %s */", attr.size,
			   consts_perf_sizes.unknown);
	add_perf_config(out, &attr);
	buf_printf(out, ", sample_%s=%" PRIu64 ", sample_type=",
		   attr.freq ? "freq" : "period", (uint64_t)attr.sample_period);
	const_add_flags(out, &consts_perf_samples, attr.sample_type);
	buf_str(out, ", read_format=");
	const_add_flags(out, &consts_perf_reads, attr.read_format);
	memcpy(&bits, (const char *)&attr.read_format + 8, sizeof(bits));
	add_perf_bits(out, bits);
	buf_str(out, ", ...}");
}

/* ---- seccomp ---- */

void print_seccomp_flags(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_SECCOMP_OP) == SECCOMP_SET_MODE_FILTER)
		print_flags(ctx, value);
	else
		print_hex(ctx, value);
}

void print_seccomp_arg(const struct print_ctx *ctx, uint64_t value)
{
	switch (print_arg_of(ctx, ARG_SECCOMP_OP)) {
	case SECCOMP_SET_MODE_FILTER:
		print_struct_at(ctx, value, STRUCT_sock_fprog);
		break;
	case SECCOMP_GET_ACTION_AVAIL:
		print_struct_array(ctx, value, 1, STRUCT_seccomp_action);
		break;
	case SECCOMP_GET_NOTIF_SIZES:
		print_struct(ctx, value, STRUCT_seccomp_sizes);
		break;
	default:
		print_addr(ctx->out, value);
		break;
	}
}
