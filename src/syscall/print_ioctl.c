/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* ioctl: names of commands, and what is behind them. */
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/param.h>

#include "syscall/print_command.h"

/* Two drivers may have given one number two meanings: all names are told. */
void print_ioctl_cmd(const struct print_ctx *ctx, uint64_t value)
{
	static const char *const directions[] = {
		"_IOC_NONE",
		"_IOC_WRITE",
		"_IOC_READ",
		"_IOC_READ|_IOC_WRITE",
	};
	const struct const_table *table = &consts_ioctl_cmds;
	uint32_t command = (uint32_t)value;
	const char *separator = "";

	for (size_t i = 0; i < table->count; i++) {
		if (table->items[i].value != command)
			continue;
		buf_printf(ctx->out, "%s%s", separator, table->items[i].name);
		separator = " or ";
	}
	if (*separator)
		return;
	buf_printf(ctx->out, "_IOC(%s, %#x, %#x, %#x)",
		   directions[_IOC_DIR(command)], _IOC_TYPE(command),
		   _IOC_NR(command), _IOC_SIZE(command));
}

/* A list of interfaces: how long it is, then the list itself. */
static void add_ifconf(const struct print_ctx *ctx, uint64_t addr)
{
	struct {
		int32_t size;
		uint64_t list;
	} conf;
	const int32_t one = (int32_t)struct_size(STRUCT_ifreq_addr);

	if (!print_fetch(ctx, addr, &conf, sizeof(conf)))
		return;
	buf_printf(ctx->out, "{ifc_len=%d", conf.size);
	if (conf.size > 0 && conf.size % one == 0)
		buf_printf(ctx->out, " /* %d * sizeof(struct ifreq) */",
			   conf.size / one);
	buf_str(ctx->out, ", ifc_buf=");
	if (print_failed(ctx) || !conf.list || conf.size < 0)
		print_addr(ctx->out, conf.list);
	else
		print_struct_array(ctx, conf.list, (uint64_t)(conf.size / one),
				   STRUCT_ifreq_listed);
	buf_char(ctx->out, '}');
}

void print_ioctl_arg(const struct print_ctx *ctx, uint64_t value)
{
	uint64_t command = (uint32_t)print_arg(ctx, 1);

	if (command == SIOCGIFCONF)
		add_ifconf(ctx, value);
	else if (!print_command_arg(ctx, COMMANDS_IOCTL, command, value) &&
		 !command_find(COMMANDS_IOCTL, command))
		print_hex(ctx, value);
}
