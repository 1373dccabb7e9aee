/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/consts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* clang-format off */
#define CONST_TABLE(id, unknown) \
	static const struct const_item id##_items[] = {
#define CONST(value, name) { value, #name },
#define CONST_END(id) };
#include "syscall/consts/tables.def"
#undef CONST_TABLE
#undef CONST
#undef CONST_END
/* clang-format on */

const struct const_table consts_none = { "???", NULL, 0 };
#define CONST_TABLE(id, unknown)                                               \
	const struct const_table consts_##id = { unknown, id##_items,          \
						 COUNT(id##_items) };
#define CONST(value, name)
#define CONST_END(id)
#include "syscall/consts/tables.def"
#undef CONST_TABLE

static const struct const_table *const all_tables[] = {
#define CONST_TABLE(id, unknown) &consts_##id,
#include "syscall/consts/tables.def"
#undef CONST_TABLE
#undef CONST
#undef CONST_END
};

static const struct const_table *const tables_of_kinds[ARG_KIND_COUNT] = {
	[ARG_END] = &consts_none,
#define ARG_KIND(id, width, phase, target, implied, printer, constants)        \
	[ARG_##id] = &consts_##constants,
#include "syscall/arg_kinds.def"
#undef ARG_KIND
};

const struct const_table *consts_of_kind(enum arg_kind kind)
{
	return tables_of_kinds[kind];
}

const char *const_name(const struct const_table *table, uint64_t value)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->items[i].value == value)
			return table->items[i].name;
	return NULL;
}

bool const_value(const struct const_table *table, const char *name,
		 uint64_t *value)
{
	for (size_t i = 0; i < table->count; i++) {
		if (strcmp(table->items[i].name, name) != 0)
			continue;
		*value = table->items[i].value;
		return true;
	}
	return false;
}

bool const_by_name(const char *name, uint64_t *value)
{
	for (size_t i = 0; i < COUNT(all_tables); i++)
		if (const_value(all_tables[i], name, value))
			return true;
	return false;
}

/* ---- how they read ---- */

static enum const_style style;

enum const_style const_set_style(enum const_style new_style)
{
	enum const_style before = style;

	style = new_style;
	return before;
}

bool const_begin_as(struct buf *out, const char *number)
{
	if (style == CONST_NAMES)
		return true;
	buf_str(out, number);
	if (style == CONST_NUMBERS)
		return false;
	buf_str(out, " /* ");
	return true;
}

bool const_begin(struct buf *out, uint64_t value)
{
	char number[24];

	snprintf(number, sizeof(number), "%#" PRIx64, value);
	return const_begin_as(out, number);
}

void const_end(struct buf *out)
{
	if (style == CONST_BOTH)
		buf_str(out, " */");
}

size_t const_add_names(struct buf *out, const struct const_table *table,
		       uint64_t *rest, bool any)
{
	size_t names = 0;

	for (size_t i = 0; i < table->count && *rest; i++) {
		uint64_t value = table->items[i].value;

		if (!value || (*rest & value) != value)
			continue;
		if (any || names)
			buf_char(out, '|');
		buf_str(out, table->items[i].name);
		*rest &= ~value;
		names++;
	}
	return names;
}

static void add_unknown(struct buf *out, uint64_t value, const char *unknown)
{
	buf_printf(out, "%#" PRIx64, value);
	if (unknown && style != CONST_NUMBERS)
		buf_printf(out, " /* %s */", unknown);
}

void const_add_rest(struct buf *out, const char *unknown, uint64_t rest,
		    bool any)
{
	if (any && rest)
		buf_printf(out, "|%#" PRIx64, rest);
	else if (rest)
		add_unknown(out, rest, unknown);
	else if (!any)
		buf_char(out, '0');
}

/* Unknown bits alone stay a number with a comment. */
static void add_styled_flags(struct buf *out, const struct const_table *table,
			     uint64_t value)
{
	BUF_AUTO(names);
	uint64_t rest = value;
	const char *zero = value ? NULL : const_name(table, 0);

	if (zero)
		buf_str(&names, zero);
	else
		const_add_names(&names, table, &rest, false);
	if (!names.len) {
		const_add_rest(out, table->unknown, value, false);
	} else if (const_begin(out, value)) {
		buf_str(out, buf_text(&names));
		const_add_rest(out, table->unknown, rest, true);
		const_end(out);
	}
}

void const_add_flags(struct buf *out, const struct const_table *table,
		     uint64_t value)
{
	const char *zero = value ? NULL : const_name(table, 0);
	size_t names;

	if (style != CONST_NAMES) {
		add_styled_flags(out, table, value);
		return;
	}
	if (zero) {
		buf_str(out, zero);
		return;
	}
	names = const_add_names(out, table, &value, false);
	const_add_rest(out, table->unknown, value, names);
}

void const_add_or(struct buf *out, const struct const_table *table,
		  uint64_t value, const char *unknown)
{
	const char *name = const_name(table, value);

	if (!name) {
		add_unknown(out, value, unknown);
	} else if (const_begin(out, value)) {
		buf_str(out, name);
		const_end(out);
	}
}

void const_add(struct buf *out, const struct const_table *table, uint64_t value)
{
	const_add_or(out, table, value, table->unknown);
}

void const_add_numbered(struct buf *out, const struct const_table *table,
			uint64_t value)
{
	enum const_style before = style;

	style = before == CONST_NUMBERS ? before : CONST_BOTH;
	const_add(out, table, value);
	style = before;
}

void const_add_numbered_flags(struct buf *out, const struct const_table *table,
			      uint64_t value)
{
	enum const_style before = style;

	style = before == CONST_NUMBERS ? before : CONST_BOTH;
	const_add_flags(out, table, value);
	style = before;
}
