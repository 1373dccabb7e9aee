/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Calls about the system as a whole. */
#include <inttypes.h>
#include <linux/capability.h>
#include <linux/kcmp.h>
#include <linux/reboot.h>
#include <string.h>

#include "syscall/print_struct.h"

/* ---- capabilities ---- */

/* Three sets, each in the low halves and the high halves. */
void print_cap_data(const struct print_ctx *ctx, uint64_t value)
{
	static const char *const names[] = { "effective", "permitted",
					     "inheritable" };
	uint32_t version = 0, data[6] = { 0 };
	size_t size = sizeof(data);

	mem_read_all(ctx->mem, print_arg(ctx, 0), &version, sizeof(version));
	if (version != _LINUX_CAPABILITY_VERSION_2 &&
	    version != _LINUX_CAPABILITY_VERSION_3)
		size /= 2;
	if (!print_fetch_out(ctx, value, data, size))
		return;
	for (int i = 0; i < 3; i++) {
		buf_printf(ctx->out, "%s%s=", i ? ", " : "{", names[i]);
		print_bits(ctx->out, &consts_capabilities,
			   data[i] | (uint64_t)data[i + 3] << 32);
	}
	buf_char(ctx->out, '}');
}

/* ---- personality ---- */

static void add_personality(struct buf *out, uint64_t value)
{
	const uint64_t type = value & 0xff; /* PER_MASK */
	uint64_t flags = value & ~(uint64_t)0xff;

	if (value == UINT32_MAX) {
		buf_printf(out, "%#" PRIx64, value);
		return;
	}
	const_add(out, &consts_personality_types, type);
	if (!flags)
		return;
	const_add_names(out, &consts_personality_flags, &flags, true);
	const_add_rest(out, NULL, flags, true);
}

void print_personality(const struct print_ctx *ctx, uint64_t value)
{
	add_personality(ctx->out, value);
}

void print_personality_result(const struct print_ctx *ctx)
{
	buf_printf(ctx->out, "%#" PRIx64 " (", (uint64_t)ctx->result);
	add_personality(ctx->out, (uint64_t)ctx->result);
	buf_char(ctx->out, ')');
}

/* ---- reboot, syslog, names ---- */

void print_reboot_arg(const struct print_ctx *ctx, uint64_t value)
{
	if (print_arg_of(ctx, ARG_REBOOT_CMD) == LINUX_REBOOT_CMD_RESTART2)
		print_string(ctx, value);
}

/* Which of its arguments an action of syslog(2) looks at. */
enum syslog_use { USES_NOTHING, USES_BUFFER, USES_LEVEL, USES_ALL };

static enum syslog_use syslog_use_of(uint64_t action)
{
	switch ((int)action) {
	case 0: /* close, open, clear, console off and on, unread, size */
	case 1:
	case 5:
	case 6:
	case 7:
	case 9:
	case 10:
		return USES_NOTHING;
	case 2: /* read, read all, read and clear */
	case 3:
	case 4:
		return USES_BUFFER;
	case 8: /* console level */
		return USES_LEVEL;
	default:
		return USES_ALL;
	}
}

static enum syslog_use syslog_use(const struct print_ctx *ctx)
{
	return syslog_use_of(print_arg_of(ctx, ARG_SYSLOG_ACTION));
}

bool print_syslog_reads(uint64_t action)
{
	return syslog_use_of(action) == USES_BUFFER;
}

void print_syslog_action(const struct print_ctx *ctx, uint64_t value)
{
	buf_printf(ctx->out, "%d /* %s */", (int)value,
		   const_name(&consts_syslog_actions, value) ?:
			   consts_syslog_actions.unknown);
}

void print_syslog_buf(const struct print_ctx *ctx, uint64_t value)
{
	enum syslog_use use = syslog_use(ctx);

	if (use == USES_BUFFER && !print_failed(ctx))
		print_bytes_at(ctx, value, (uint64_t)ctx->result);
	else if (use != USES_NOTHING)
		print_addr(ctx->out, value);
}

void print_syslog_size(const struct print_ctx *ctx, uint64_t value)
{
	enum syslog_use use = syslog_use(ctx);

	if (use == USES_NOTHING)
		return;
	print_signed(ctx, value);
	if (use == USES_LEVEL)
		buf_printf(ctx->out, " /* %s */",
			   const_name(&consts_log_levels, value) ?:
				   consts_log_levels.unknown);
}

/* Whole, or not at all when it is longer than a name can be. */
void print_name_in(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t longest = 64; /* __NEW_UTS_LEN */
	uint64_t len = (uint32_t)print_arg(ctx, ctx->arg + 1);

	if (len > longest)
		print_addr(ctx->out, value);
	else
		print_bytes_at(ctx, value, len);
}

/* ---- single arguments ---- */

void print_kcmp_index(const struct print_ctx *ctx, uint64_t value)
{
	uint32_t slot[3];

	switch ((int)print_arg_of(ctx, ARG_KCMP_TYPE)) {
	case KCMP_FILE:
		buf_printf(ctx->out, "%d", (int)value);
		return;
	case KCMP_EPOLL_TFD:
		if (ctx->arg == 3)
			buf_printf(ctx->out, "%d", (int)value);
		else if (print_fetch(ctx, value, slot, sizeof(slot)))
			buf_printf(ctx->out, "{efd=%u, tfd=%u, toff=%u}",
				   slot[0], slot[1], slot[2]);
		return;
	case KCMP_VM:
	case KCMP_FILES:
	case KCMP_FS:
	case KCMP_SIGHAND:
	case KCMP_IO:
	case KCMP_SYSVSEM:
		return;
	default:
		print_hex(ctx, value);
		return;
	}
}

void print_swap_flags(const struct print_ctx *ctx, uint64_t value)
{
	const uint64_t priority = 0x7fff; /* SWAP_FLAG_PRIO_MASK */
	uint64_t rest = (uint32_t)value & ~priority;
	size_t names =
		const_add_names(ctx->out, &consts_swap_flags, &rest, false);

	if (rest)
		const_add_rest(ctx->out, consts_swap_flags.unknown, rest,
			       names);
	if (names || rest)
		buf_char(ctx->out, '|');
	buf_printf(ctx->out, "%" PRIu64, value & priority);
}

void print_pointer_out(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t pointer;

	if (!print_fetch_out(ctx, value, &pointer, sizeof(pointer)))
		return;
	buf_char(ctx->out, '[');
	print_addr(ctx->out, pointer);
	buf_char(ctx->out, ']');
}

static void print_number_out(const struct print_ctx *ctx, uint64_t addr,
			     enum struct_id id)
{
	if (print_failed(ctx))
		print_addr(ctx->out, addr);
	else
		print_struct_array(ctx, addr, 1, id);
}

void print_ulong_out(const struct print_ctx *ctx, uint64_t value)
{
	print_number_out(ctx, value, STRUCT_ulong_item);
}

void print_uint_out(const struct print_ctx *ctx, uint64_t value)
{
	print_number_out(ctx, value, STRUCT_uint_item);
}

void print_int_out(const struct print_ctx *ctx, uint64_t value)
{
	print_number_out(ctx, value, STRUCT_int_item);
}

void print_adjtimex_result(const struct print_ctx *ctx)
{
	const char *state =
		const_name(&consts_adjtimex_states, (uint64_t)ctx->result);

	buf_printf(ctx->out, "%" PRId64, ctx->result);
	if (state)
		buf_printf(ctx->out, " (%s)", state);
}
