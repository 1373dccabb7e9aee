/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The kernel's keys: which arguments there are depends on the operation. */
#include <inttypes.h>
#include <linux/keyctl.h>
#include <stdlib.h>
#include <string.h>

#include "syscall/printers.h"

/* One letter an argument behind the operation: k key, d number, u user, x
 * hexadecimal, p pointer, s string, b bytes (length: next), P permissions, r
 * default keyring, o what the kernel writes, as bytes, O the same as a string,
 * f what to do with a key. Others have four x. */
static const struct {
	int operation;
	const char *args;
} key_forms[] = {
	{ KEYCTL_GET_KEYRING_ID, "kd" },
	{ KEYCTL_JOIN_SESSION_KEYRING, "s" },
	{ KEYCTL_UPDATE, "kbU" },
	{ KEYCTL_REVOKE, "k" },
	{ KEYCTL_CHOWN, "kuu" },
	{ KEYCTL_SETPERM, "kP" },
	{ KEYCTL_DESCRIBE, "kOU" },
	{ KEYCTL_CLEAR, "k" },
	{ KEYCTL_LINK, "kk" },
	{ KEYCTL_UNLINK, "kk" },
	{ KEYCTL_SEARCH, "kssk" },
	{ KEYCTL_READ, "koU" },
	{ KEYCTL_INSTANTIATE, "kbUk" },
	{ KEYCTL_NEGATE, "knk" },
	{ KEYCTL_SET_REQKEY_KEYRING, "r" },
	{ KEYCTL_SET_TIMEOUT, "kn" },
	{ KEYCTL_ASSUME_AUTHORITY, "k" },
	{ KEYCTL_GET_SECURITY, "kOU" },
	{ KEYCTL_SESSION_TO_PARENT, "" },
	{ KEYCTL_REJECT, "knek" },
	{ KEYCTL_INSTANTIATE_IOV, "kvUk" },
	{ KEYCTL_INVALIDATE, "k" },
	{ KEYCTL_GET_PERSISTENT, "uk" },
	{ KEYCTL_RESTRICT_KEYRING, "kss" },
	{ KEYCTL_MOVE, "kkkm" },
};

static void add_key(struct buf *out, uint64_t value)
{
	const char *name = const_name(&consts_key_specials, (uint32_t)value);

	if (name)
		buf_str(out, name);
	else
		buf_printf(out, "%d", (int)value);
}

void print_key(const struct print_ctx *ctx, uint64_t value)
{
	add_key(ctx->out, value);
}

static void add_written(const struct print_ctx *ctx, char form, uint64_t value,
			uint64_t size)
{
	uint64_t len = (uint64_t)ctx->result;

	if (!ctx->exiting || print_failed(ctx)) {
		print_addr(ctx->out, value);
		return;
	}
	if (len > size)
		len = size;
	else if (form == 'O' && len)
		len--; /* its NUL */
	print_bytes_at(ctx, value, len);
}

static void add_key_arg(const struct print_ctx *ctx, char form, size_t arg)
{
	uint64_t value = ctx->call->args[arg];
	uint64_t next =
		arg + 1 < SYSCALL_ARGS_MAX ? ctx->call->args[arg + 1] : 0;

	switch (form) {
	case 'k':
		add_key(ctx->out, value);
		break;
	case 'd':
		buf_printf(ctx->out, "%d", (int)value);
		break;
	case 'n':
		buf_printf(ctx->out, "%u", (unsigned int)value);
		break;
	case 'U':
		buf_printf(ctx->out, "%" PRIu64, value);
		break;
	case 'u':
		print_uid(ctx, value);
		break;
	case 'e':
		if (const_name(&consts_errnos, (uint32_t)value))
			const_add(ctx->out, &consts_errnos, (uint32_t)value);
		else
			buf_printf(ctx->out, "%u", (unsigned int)value);
		break;
	case 's':
		print_string(ctx, value);
		break;
	case 'b':
		print_bytes_at(ctx, value, next);
		break;
	case 'v':
		print_iovec(ctx, value, next, UINT64_MAX);
		break;
	case 'o':
	case 'O':
		add_written(ctx, form, value, next);
		break;
	case 'P':
		const_add_flags(ctx->out, &consts_key_permissions,
				(uint32_t)value);
		break;
	case 'm':
		const_add_flags(ctx->out, &consts_key_moves, (uint32_t)value);
		break;
	case 'r':
		if (const_name(&consts_key_defaults, (uint32_t)value))
			const_add(ctx->out, &consts_key_defaults,
				  (uint32_t)value);
		else
			buf_printf(ctx->out, "%d /* %s */", (int)value,
				   consts_key_defaults.unknown);
		break;
	default:
		print_hex(ctx, value);
		break;
	}
}

/* Up to what the kernel writes at entry, the rest at exit. */
void print_keyctl(const struct print_ctx *ctx)
{
	int operation = (int)ctx->call->args[0];
	const char *form = "xxxx";
	size_t exit_from;

	for (size_t i = 0; i < sizeof(key_forms) / sizeof(*key_forms); i++)
		if (key_forms[i].operation == operation)
			form = key_forms[i].args;
	exit_from = strcspn(form, "oO");
	if (!ctx->exiting)
		const_add(ctx->out, &consts_keyctl_ops, (uint32_t)operation);
	for (size_t i = 0; form[i]; i++) {
		if ((i >= exit_from) != ctx->exiting)
			continue;
		buf_str(ctx->out, ", ");
		add_key_arg(ctx, form[i], i + 1);
	}
}
