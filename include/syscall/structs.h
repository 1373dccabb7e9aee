/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * structs - what the structures look like that calls point to, as data.
 *
 * One STRUCT of include/syscall/structs.def is one structure of the x86_64
 * ABI: its fields in order, laid out as the C compiler would. What reads in
 * the same way everywhere is printed from these rows alone (print_struct.c);
 * what depends on other arguments is a function in another print_*.c.
 */
#ifndef SYSCALL_STRUCTS_H
#define SYSCALL_STRUCTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syscall/consts.h"

enum { STRUCT_SIZE_MAX = 1024 };

enum struct_id {
#define STRUCT(id, ...) STRUCT_##id,
#include "syscall/structs.def"
#undef STRUCT
	STRUCT_COUNT,
	STRUCT_none = STRUCT_COUNT,
};

/* How a field reads. */
enum field_format {
	FIELD_SIGNED,
	FIELD_UNSIGNED,
	FIELD_HEX,
	FIELD_POINTER, /* NULL, 0x7ffc... */
	FIELD_OCTAL,   /* a mode: 0644 */
	FIELD_MODE,    /* a mode with its type: S_IFREG|0644 */
	FIELD_ID,      /* a user or a group, -1 */
	FIELD_DEVICE,  /* makedev(0x8, 0x1) */
	FIELD_KEY,     /* of SysV IPC: hexadecimal, IPC_PRIVATE is not named */
	FIELD_SIGNAL,
	FIELD_SIGSET,
	FIELD_LIMIT,	   /* 8192*1024, RLIM64_INFINITY */
	FIELD_BITS,	   /* 1<<CAP_CHOWN|1<<... */
	FIELD_BITS_FROM_1, /* 1<<(INET_DIAG_MEMINFO-1)|1<<... */
	FIELD_FLAGS,
	FIELD_CONST,
	FIELD_ID_OR,	 /* a constant, or the bare number */
	FIELD_DIRFD,	 /* a descriptor, AT_FDCWD */
	FIELD_OPEN,	 /* open flags: O_RDONLY|O_CLOEXEC */
	FIELD_PORT,	 /* htons(80) */
	FIELD_INET,	 /* inet_addr("127.0.0.1") */
	FIELD_VERSION,	 /* KERNEL_VERSION(6, 1, 0) */
	FIELD_INET6,	 /* inet_pton(AF_INET6, "::1") */
	FIELD_MAC,	 /* 01:02:03:04:05:06 */
	FIELD_INTERFACE, /* if_nametoindex("lo") */
	FIELD_SOCKADDR,
	FIELD_STRING, /* a C string in the structure; size is its room */
	FIELD_BYTES,  /* bytes in octal escapes */
	FIELD_HEXES,  /* bytes in hexadecimal escapes */
	FIELD_TEXT,   /* a pointer to a C string */
	FIELD_STRUCT, /* a structure inside */
	FIELD_SPARE,  /* 0x1, only when not zero */
	FIELD_SKIP,   /* padding, or what nobody shows */
	FIELD_AT,     /* no field: the next one is at this offset */
	FIELD_MORE,   /* no field: ", ..." */
};

struct struct_field {
	const char *name; /* NULL: the value alone */
	enum field_format format;
	uint16_t size;	/* of one element, in bytes; of _AT the offset */
	uint16_t count; /* 0: no array */
	const struct const_table *table; /* of _FLAGS, _CONST, _BITS, _ID_OR */
	enum struct_id nested;		 /* of _STRUCT */
};

struct struct_def {
	const struct struct_field *fields;
	size_t n_fields;
};

/* The rows of @id; never NULL. */
const struct struct_def *struct_def(enum struct_id id);

/* In bytes, up to the end of the last field that has a row; at most
 * STRUCT_SIZE_MAX. */
size_t struct_size(enum struct_id id);

/* The fields of @def in turn, and where each is; start with { .def = def }.
 * Rows that are no field (_AT) are passed over. False at the end. */
struct struct_walk {
	const struct struct_def *def;
	const struct struct_field *field;
	size_t offset; /* of the field */
	size_t next, end;
	bool stated; /* by an _AT */
};
bool struct_walk(struct struct_walk *walk);

/* Of all elements of a field. */
size_t struct_field_size(const struct struct_field *field);

#endif
