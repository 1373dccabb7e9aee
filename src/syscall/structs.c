/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The rows of structs.def as arrays, and where the fields are. */
#include "syscall/structs.h"

#include <assert.h>
#include <sys/param.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* clang-format off */
#define FIELD(size, format, name) \
	{ name, FIELD_##format, size, 0, NULL, 0 },
#define NAMES(size, format, name, table) \
	{ name, FIELD_##format, size, 0, &consts_##table, 0 },
#define ARRAY(count, size, format, name) \
	{ name, FIELD_##format, size, count, NULL, 0 },
#define NESTED(size, id, name) \
	{ name, FIELD_STRUCT, size, 0, NULL, STRUCT_##id },
#define AT(offset) { NULL, FIELD_AT, offset, 0, NULL, 0 },
#define SKIP(size) { NULL, FIELD_SKIP, size, 0, NULL, 0 },
#define MORE { NULL, FIELD_MORE, 0, 0, NULL, 0 },
#define STRUCT(id, ...) \
	static const struct struct_field id##_fields[] = { __VA_ARGS__ };
/* clang-format on */
#include "syscall/structs.def"
#undef STRUCT

static const struct struct_def defs[STRUCT_COUNT] = {
#define STRUCT(id, ...) { id##_fields, COUNT(id##_fields) },
#include "syscall/structs.def"
#undef STRUCT
};

const struct struct_def *struct_def(enum struct_id id)
{
	return &defs[id];
}

size_t struct_field_size(const struct struct_field *field)
{
	return field->count ? (size_t)field->size * field->count : field->size;
}

/* As the C compiler does it. What is a byte string, or a structure whose size
 * is not that of a number, has the alignment that divides its size. */
static size_t alignment(const struct struct_field *field)
{
	size_t size = field->size;

	if (field->format == FIELD_STRING || field->format == FIELD_BYTES ||
	    field->format == FIELD_HEXES || field->format == FIELD_INET6 ||
	    field->format == FIELD_MAC || field->format == FIELD_SKIP || !size)
		return 1;
	return MIN(size & -size, 8);
}

bool struct_walk(struct struct_walk *walk)
{
	while (walk->next < walk->def->n_fields) {
		const struct struct_field *field =
			&walk->def->fields[walk->next++];
		size_t align = walk->stated ? 1 : alignment(field);

		if (field->format == FIELD_AT) {
			walk->end = field->size;
			walk->stated = true;
			continue;
		}
		walk->field = field;
		walk->offset = (walk->end + align - 1) / align * align;
		walk->end = walk->offset + struct_field_size(field);
		walk->stated = false;
		return true;
	}
	return false;
}

size_t struct_size(enum struct_id id)
{
	struct struct_walk walk = { .def = struct_def(id) };
	size_t size = 0;

	while (struct_walk(&walk))
		size = MAX(size, walk.end);
	assert(size <= STRUCT_SIZE_MAX);
	return size;
}
