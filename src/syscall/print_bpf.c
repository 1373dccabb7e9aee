/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* bpf(2): union bpf_attr, of which a program gives as much as it knows. */
#include <linux/bpf.h>
#include <string.h>
#include <sys/param.h>

#include "syscall/print_command.h"

enum { ATTR_MAX = 4096 }; /* the kernel takes no more than a page */

/* The part that is there however short the attribute is, and the name of the
 * structure in the union where it has one. */
static const struct {
	uint32_t command;
	uint16_t least;
	const char *inside;
} forms[] = {
	{ BPF_MAP_CREATE, 16, NULL },
	{ BPF_MAP_LOOKUP_ELEM, 24, NULL },
	{ BPF_MAP_LOOKUP_AND_DELETE_ELEM, 24, NULL },
	{ BPF_PROG_LOAD, 24, NULL },
	{ BPF_OBJ_PIN, 12, NULL },
	{ BPF_OBJ_GET, 12, NULL },
	{ BPF_PROG_ATTACH, 16, NULL },
	{ BPF_PROG_TEST_RUN, 40, "test" },
	{ BPF_PROG_GET_NEXT_ID, 8, NULL },
	{ BPF_MAP_GET_NEXT_ID, 8, NULL },
	{ BPF_BTF_GET_NEXT_ID, 8, NULL },
	{ BPF_LINK_GET_NEXT_ID, 8, NULL },
	{ BPF_PROG_GET_FD_BY_ID, 8, NULL },
	{ BPF_MAP_GET_FD_BY_ID, 8, NULL },
	{ BPF_OBJ_GET_INFO_BY_FD, 16, "info" },
	{ BPF_PROG_QUERY, 28, "query" },
	{ BPF_RAW_TRACEPOINT_OPEN, 12, "raw_tracepoint" },
	{ BPF_TASK_FD_QUERY, 48, "task_fd_query" },
	{ BPF_MAP_LOOKUP_BATCH, 56, "batch" },
	{ BPF_MAP_LOOKUP_AND_DELETE_BATCH, 56, "batch" },
	{ BPF_MAP_UPDATE_BATCH, 56, "batch" },
	{ BPF_MAP_DELETE_BATCH, 56, "batch" },
	{ BPF_LINK_CREATE, 16, "link_create" },
	{ BPF_LINK_UPDATE, 12, "link_update" },
};

static bool is_zero(const unsigned char *bytes, size_t size)
{
	while (size && !*bytes)
		bytes++, size--;
	return !size;
}

/* What lies behind the size that the program states is zero. */
void print_bpf_attr(const struct print_ctx *ctx, uint64_t value)
{
	_Alignas(16) unsigned char attr[ATTR_MAX] = { 0 };
	uint64_t size = (uint32_t)print_arg(ctx, 2);
	uint64_t command = print_arg_of(ctx, ARG_BPF_CMD);
	const struct command_def *def = command_find(COMMANDS_BPF, command);
	const char *inside = NULL;
	size_t known, least;

	if (!def || !size || size > sizeof(attr)) {
		print_addr(ctx->out, value);
		return;
	}
	if (!print_fetch(ctx, value, attr, size))
		return;
	known = least = struct_size(def->id);
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (forms[i].command != command)
			continue;
		least = forms[i].least;
		inside = forms[i].inside;
	}
	buf_char(ctx->out, '{');
	if (inside)
		buf_printf(ctx->out, "%s={", inside);
	print_fields(ctx, def->id, attr, MAX(size, least), false);
	if (inside)
		buf_char(ctx->out, '}');
	if (size > known && !is_zero(attr + known, size - known))
		buf_str(ctx->out, ", ...");
	buf_char(ctx->out, '}');
}
