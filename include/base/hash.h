/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * hash - uthash with a keyed hash function; the only door to uthash.
 *
 * Keys such as paths belong to an attacker, who must not be able to choose
 * them so that all fall into one bucket.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_KEY_SIZE = 16 };

/* SipHash-1-3 of @data under @key. */
uint64_t hash_siphash13(const unsigned char key[HASH_KEY_SIZE],
			const void *data, size_t len);

/* SipHash-1-3 of @key under a key drawn once a run (getrandom(2)); for one
 * thread. */
unsigned int hash_keyed(const void *key, size_t len);

#define HASH_FUNCTION(keyptr, keylen, hashv)                                   \
	((hashv) = hash_keyed((keyptr), (keylen)))
#define uthash_fatal(message) die("%s", message)

#include "base/die.h"

#include <uthash.h> /* must come last: it reads the two macros above */

#endif
