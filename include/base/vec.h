/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * vec - a growing array in three fields.
 *
 *	struct { struct rule *items; size_t count, size; } rules = { 0 };
 *	VEC_PUSH(&rules, rule);
 *	VEC_FREE(&rules);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

#include "base/die.h"

#define VEC_OF(type)                                                           \
	struct {                                                               \
		type *items;                                                   \
		size_t count;                                                  \
		size_t size;                                                   \
	}

#define VEC_RESERVE(vec)                                                       \
	do {                                                                   \
		if ((vec)->count == (vec)->size) {                             \
			(vec)->size = (vec)->size ? (vec)->size * 2 : 8;       \
			(vec)->items =                                         \
				xrealloc((vec)->items,                         \
					 (vec)->size * sizeof(*(vec)->items)); \
		}                                                              \
	} while (0)

/* Append a copy of @value. */
#define VEC_PUSH(vec, value)                                                   \
	do {                                                                   \
		VEC_RESERVE(vec);                                              \
		(vec)->items[(vec)->count++] = (value);                        \
	} while (0)

/* Remove the item at @index and close the gap. */
#define VEC_REMOVE(vec, index)                                                 \
	memmove(&(vec)->items[index], &(vec)->items[(index) + 1],              \
		(--(vec)->count - (index)) * sizeof(*(vec)->items))

#define VEC_FREE(vec)                                                          \
	do {                                                                   \
		free((vec)->items);                                            \
		(vec)->items = NULL;                                           \
		(vec)->count = (vec)->size = 0;                                \
	} while (0)

#endif
