/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* places - what a path or an address means to the person whose machine it is:
 * policy/places.def. */
#ifndef POLICY_PLACES_H
#define POLICY_PLACES_H

#include "policy/variables.h"
#include "syscall/class.h"

enum place {
#define PLACE(id, words) PLACE_##id,
#include "policy/places.def"
	PLACE_COUNT,
};

/* "a credential"; "" where there is nothing to say. */
const char *place_words(enum place place);

/* What is where, for one home, working and temporary directory. */
struct places;

struct places *places_new(const struct variables *variables);
void places_free(struct places *places);

/* Where is this resolved path? */
enum place place_of_path(const struct places *places, const char *path);

/* Where is this address, as address_text() writes it? */
enum place place_of_address(const struct places *places, const char *text);

/* What is such a socket good for: "AF_INET, SOCK_STREAM, IPPROTO_TCP"? */
enum place place_of_socket(const char *text);

/* The place of what a fact or a target of this class is called. */
enum place place_of_name(const struct places *places, enum call_class class_id,
			 const char *name);

#endif
