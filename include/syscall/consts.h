/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * consts - names of the kernel's constants.
 *
 * The tables are include/syscall/consts/NAME.def, made from the kernel's
 * headers by tools/gen-consts. Each is a `struct const_table consts_NAME`.
 */
#ifndef SYSCALL_CONSTS_H
#define SYSCALL_CONSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "syscall/catalogue.h"

struct const_item {
	uint64_t value;
	const char *name;
};

struct const_table {
	const char *unknown;		/* "O_???" */
	const struct const_item *items; /* flags: in the order of printing */
	size_t count;
};

extern const struct const_table consts_none; /* the empty table */
#define CONST_TABLE(id, unknown) extern const struct const_table consts_##id;
#define CONST(value, name)
#define CONST_END(id)
#include "syscall/consts/tables.def"
#undef CONST_TABLE
#undef CONST
#undef CONST_END

/* How constants read: by name, as numbers, or both. strace(1), -X */
enum const_style { CONST_NAMES, CONST_NUMBERS, CONST_BOTH };

/* From now on, until the next call; returns what was in force. Whoever prints
 * a line in another style than CONST_NAMES sets it back at the line's end. */
enum const_style const_set_style(enum const_style style);

/* Around words that a printer puts together by itself, here for O_RDWR:
 * nothing, "0x2" or "0x2 [slash star] " comes before, and const_end() closes
 * that comment. False: the number is all. The other takes text for a number. */
bool const_begin(struct buf *out, uint64_t value);
bool const_begin_as(struct buf *out, const char *number);
void const_end(struct buf *out);

/* The table that arguments of this kind are printed from; never NULL. */
const struct const_table *consts_of_kind(enum arg_kind kind);

/* The first name of @value, or NULL. */
const char *const_name(const struct const_table *table, uint64_t value);

/* False when the table has no such name. */
bool const_value(const struct const_table *table, const char *name,
		 uint64_t *value);

/* The same over all tables: "AF_UNIX", "O_CREAT". */
bool const_by_name(const char *name, uint64_t *value);

/* "O_RDWR|O_CREAT|...": append each name whose bits are all in *@rest, take
 * those bits out of *@rest, and return how many names that were. A "|" comes
 * first when @any. */
size_t const_add_names(struct buf *out, const struct const_table *table,
		       uint64_t *rest, bool any);

/* Close a flag word after @any names: "|0x80"; "0x80 [unknown comment]" or "0"
 * when no name was there. */
void const_add_rest(struct buf *out, const char *unknown, uint64_t rest,
		    bool any);

/* Both: a whole flag word. Zero is the name of zero, or "0". */
void const_add_flags(struct buf *out, const struct const_table *table,
		     uint64_t value);

/* "AF_UNIX", or the number and, in a comment, "AF_???". */
void const_add(struct buf *out, const struct const_table *table,
	       uint64_t value);

/* "0x12 [slash star] XFEATURE_XTILE_DATA ...": the number in any case, for names
 * that only the kernel's own headers have. */
void const_add_numbered(struct buf *out, const struct const_table *table,
			uint64_t value);
void const_add_numbered_flags(struct buf *out, const struct const_table *table,
			      uint64_t value);

/* The same with another word for what is unknown; NULL: no comment. */
void const_add_or(struct buf *out, const struct const_table *table,
		  uint64_t value, const char *unknown);

#endif
