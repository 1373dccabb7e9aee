/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Structures, from the rows of structs.def alone. */
#include "syscall/print_struct.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/param.h>

/* ---- one value ---- */

static uint64_t number_at(const unsigned char *bytes, size_t size)
{
	uint64_t number = 0;

	memcpy(&number, bytes, MIN(size, sizeof(number)));
	return number;
}

static int64_t signed_at(const unsigned char *bytes, size_t size)
{
	unsigned int shift = (unsigned int)(64 - 8 * MIN(size, 8));

	return (int64_t)(number_at(bytes, size) << shift) >> shift;
}

/* Each bit has a name: 1<<CAP_CHOWN|1<<CAP_KILL, 1<<(INET_DIAG_INFO-1) */
static void add_bits(struct buf *out, const struct const_table *table,
		     uint64_t value, uint64_t first)
{
	uint64_t rest = value;
	bool any = false;

	for (size_t i = 0; i < table->count; i++) {
		uint64_t place = table->items[i].value - first;
		uint64_t bit = UINT64_C(1) << (place & 63);

		if (place > 63 || !(rest & bit))
			continue;
		buf_printf(out, first ? "%s1<<(%s-1)" : "%s1<<%s",
			   any ? "|" : "", table->items[i].name);
		rest &= ~bit;
		any = true;
	}
	/* The halves are words of their own. */
	if (rest || !any)
		const_add_rest(out, table->unknown,
			       rest >> 32 ? rest >> 32 : rest, any);
}

void print_bits(struct buf *out, const struct const_table *table,
		uint64_t value)
{
	add_bits(out, table, value, 0);
}

static void add_inet(struct buf *out, const void *address)
{
	char text[INET_ADDRSTRLEN];

	if (inet_ntop(AF_INET, address, text, sizeof(text)))
		buf_printf(out, "inet_addr(\"%s\")", text);
}

/* The field's name, if there is one, is one of the arguments. */
static void add_inet6(struct buf *out, const void *address, const char *name)
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(AF_INET6, address, text, sizeof(text)))
		buf_printf(out, "inet_pton(AF_INET6, \"%s\"%s%s)", text,
			   name ? ", &" : "", name ?: "");
}

static void add_mac(struct buf *out, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buf_printf(out, i ? ":%02x" : "%02x", bytes[i]);
}

/* What is longer than its room is followed by dots. */
static void add_string(struct buf *out, const unsigned char *bytes, size_t size)
{
	size_t len = strnlen((const char *)bytes, size);

	if (len < size) {
		print_quoted(out, bytes, len);
	} else {
		print_quoted(out, bytes, size - 1);
		buf_str(out, "...");
	}
}

static void add_value(const struct print_ctx *ctx,
		      const struct struct_field *field,
		      const unsigned char *bytes, size_t size)
{
	uint64_t value = number_at(bytes, size);
	struct buf *out = ctx->out;

	switch (field->format) {
	case FIELD_SIGNED:
		buf_printf(out, "%" PRId64, signed_at(bytes, size));
		return;
	case FIELD_UNSIGNED:
		buf_printf(out, "%" PRIu64, value);
		return;
	case FIELD_HEX:
	case FIELD_SPARE:
	case FIELD_KEY:
		buf_printf(out, "%#" PRIx64, value);
		return;
	case FIELD_POINTER:
		print_addr(out, value);
		return;
	case FIELD_OCTAL:
		buf_printf(out, "%#03" PRIo64, value);
		return;
	case FIELD_MODE:
		print_symbolic_mode(out, (unsigned int)value);
		return;
	case FIELD_ID:
		print_uid(ctx, value);
		return;
	case FIELD_DEVICE:
		print_device(out, value);
		return;
	case FIELD_SIGNAL:
		print_signal_number(out, (int)value);
		return;
	case FIELD_SIGSET:
		print_sigset(out, value);
		return;
	case FIELD_LIMIT:
		print_limit(out, value);
		return;
	case FIELD_BITS:
		print_bits(out, field->table, value);
		return;
	case FIELD_BITS_FROM_1:
		add_bits(out, field->table, value, 1);
		return;
	case FIELD_FLAGS:
		const_add_flags(out, field->table, value);
		return;
	case FIELD_CONST:
		const_add(out, field->table, value);
		return;
	case FIELD_ID_OR:
		if (const_name(field->table, value))
			const_add(out, field->table, value);
		else
			buf_printf(out, "%" PRId64, signed_at(bytes, size));
		return;
	case FIELD_DIRFD:
		print_dirfd(ctx, value);
		return;
	case FIELD_OPEN:
		print_open_word(out, value);
		return;
	case FIELD_PORT:
		buf_printf(out, "htons(%u)", ntohs((uint16_t)value));
		return;
	case FIELD_INET:
		add_inet(out, bytes);
		return;
	case FIELD_VERSION:
		buf_printf(out, "KERNEL_VERSION(%u, %u, %u)",
			   (unsigned int)value >> 16,
			   (unsigned int)value >> 8 & 0xff,
			   (unsigned int)value & 0xff);
		return;
	case FIELD_INET6:
		add_inet6(out, bytes, field->name);
		return;
	case FIELD_MAC:
		add_mac(out, bytes, size);
		return;
	case FIELD_INTERFACE:
		print_interface(out, (unsigned int)value);
		return;
	case FIELD_SOCKADDR:
		print_sockaddr_object(out, bytes, size);
		return;
	case FIELD_STRING:
		add_string(out, bytes, size);
		return;
	case FIELD_BYTES:
		print_quoted(out, bytes, size);
		return;
	case FIELD_HEXES:
		print_quoted_hex(out, bytes, size);
		return;
	case FIELD_TEXT:
		print_string_at(ctx, value, ctx->options->string_limit);
		return;
	case FIELD_STRUCT:
		print_struct_object(ctx, field->nested, bytes, size);
		return;
	case FIELD_SKIP:
	case FIELD_AT:
	case FIELD_MORE:
		return;
	}
}

/* ---- fields ---- */

static bool is_zero(const unsigned char *bytes, size_t size)
{
	while (size && !*bytes)
		bytes++, size--;
	return !size;
}

static bool is_shown(const struct struct_field *field,
		     const unsigned char *bytes)
{
	switch (field->format) {
	case FIELD_SKIP:
		return false;
	case FIELD_SPARE:
		return !is_zero(bytes, struct_field_size(field));
	default:
		return true;
	}
}

void print_field(const struct print_ctx *ctx, const struct struct_field *field,
		 const unsigned char *bytes)
{
	if (field->name && field->format != FIELD_INET6)
		buf_printf(ctx->out, "%s=", field->name);
	if (!field->count) {
		add_value(ctx, field, bytes, field->size);
		return;
	}
	for (size_t i = 0; i < field->count; i++) {
		buf_str(ctx->out, i ? ", " : "[");
		add_value(ctx, field, bytes + i * field->size, field->size);
	}
	buf_char(ctx->out, ']');
}

bool print_fields(const struct print_ctx *ctx, enum struct_id id,
		  const void *object, size_t size, bool any)
{
	struct struct_walk walk = { .def = struct_def(id) };
	const unsigned char *bytes = object;

	while (struct_walk(&walk)) {
		if (walk.end > size ||
		    !is_shown(walk.field, bytes + walk.offset))
			continue;
		if (any)
			buf_str(ctx->out, ", ");
		any = true;
		if (walk.field->format == FIELD_MORE)
			buf_str(ctx->out, "...");
		else
			print_field(ctx, walk.field, bytes + walk.offset);
	}
	return any;
}

void print_struct_object(const struct print_ctx *ctx, enum struct_id id,
			 const void *object, size_t size)
{
	buf_char(ctx->out, '{');
	print_fields(ctx, id, object, size, false);
	buf_char(ctx->out, '}');
}

/* ---- from memory ---- */

/* Was @ctx's argument filled in by the kernel, and did that fail? */
static bool is_unset(const struct print_ctx *ctx)
{
	enum arg_kind kind = ctx->call->def->args[ctx->arg].kind;

	return arg_kind_def(kind)->phase != PHASE_ENTRY && print_failed(ctx);
}

void print_struct_at(const struct print_ctx *ctx, uint64_t addr,
		     enum struct_id id)
{
	_Alignas(16) unsigned char object[STRUCT_SIZE_MAX];
	size_t size = struct_size(id);

	if (print_fetch(ctx, addr, object, size))
		print_struct_object(ctx, id, object, size);
}

void print_struct(const struct print_ctx *ctx, uint64_t addr, enum struct_id id)
{
	if (is_unset(ctx))
		print_addr(ctx->out, addr);
	else
		print_struct_at(ctx, addr, id);
}

static void add_element(const struct print_ctx *ctx, const void *object,
			void *owner)
{
	const enum struct_id *id = owner;
	const struct struct_field *field = struct_def(*id)->fields;

	/* An array of bare numbers is an array of structures without name. */
	if (struct_def(*id)->n_fields == 1 && !field->name)
		add_value(ctx, field, object, field->size);
	else
		print_struct_object(ctx, *id, object, struct_size(*id));
}

void print_struct_array(const struct print_ctx *ctx, uint64_t addr,
			uint64_t count, enum struct_id id)
{
	print_array(ctx, addr, count, struct_size(id), add_element, &id);
}

/* ---- printers of arguments ---- */

#define STRUCT(id, ...)                                                        \
	void print_##id(const struct print_ctx *ctx, uint64_t value)           \
	{                                                                      \
		print_struct(ctx, value, STRUCT_##id);                         \
	}
#include "syscall/structs.def"
#undef STRUCT
