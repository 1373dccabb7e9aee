/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * print_struct - structures as the rows of structs.def say.
 *
 * Only src/syscall/print_*.c need this. Each STRUCT(id) is also a printer of
 * arguments, print_<id>: of what the kernel fills in only the address is
 * shown when the call failed.
 */
#ifndef SYSCALL_PRINT_STRUCT_H
#define SYSCALL_PRINT_STRUCT_H

#include "syscall/printers.h"
#include "syscall/structs.h"

/* "{a=1, b=2}", or the address. */
void print_struct_at(const struct print_ctx *ctx, uint64_t addr,
		     enum struct_id id);

/* The same for the argument at hand: the address also when the kernel was to
 * fill it in and failed. */
void print_struct(const struct print_ctx *ctx, uint64_t addr,
		  enum struct_id id);

/* "{a=1, b=2}" of @size bytes at @object; what lies behind them is left out */
void print_struct_object(const struct print_ctx *ctx, enum struct_id id,
			 const void *object, size_t size);

/* "a=1, b=2": the same without braces, with ", " before it when @any. True
 * when something was written before or now. */
bool print_fields(const struct print_ctx *ctx, enum struct_id id,
		  const void *object, size_t size, bool any);

/* "a=1": one field, whose bytes these are. */
void print_field(const struct print_ctx *ctx, const struct struct_field *field,
		 const unsigned char *bytes);

/* "[{a=1}, {a=2}]", as print_array(). */
void print_struct_array(const struct print_ctx *ctx, uint64_t addr,
			uint64_t count, enum struct_id id);

/* "1<<CAP_CHOWN|1<<CAP_KILL": bit numbers with names. */
void print_bits(struct buf *out, const struct const_table *table,
		uint64_t value);

#endif
