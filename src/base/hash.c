/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * hash - SipHash-1-3 under a secret key.
 *
 * One compression and three finalisation rounds: the variant meant for hash
 * tables (Aumasson and Bernstein, "SipHash: a fast short-input PRF").
 */
#include "base/hash.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

struct state {
	uint64_t v0, v1, v2, v3;
};

static uint64_t rotate_left(uint64_t x, unsigned int bits)
{
	return x << bits | x >> (64 - bits);
}

static uint64_t load_le64(const unsigned char *bytes, size_t len)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < len; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	return value;
}

static void sip_round(struct state *s)
{
	s->v0 += s->v1;
	s->v1 = rotate_left(s->v1, 13) ^ s->v0;
	s->v0 = rotate_left(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = rotate_left(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = rotate_left(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = rotate_left(s->v1, 17) ^ s->v2;
	s->v2 = rotate_left(s->v2, 32);
}

static void take_word(struct state *s, uint64_t word)
{
	s->v3 ^= word;
	sip_round(s);
	s->v0 ^= word;
}

uint64_t hash_siphash13(const unsigned char key[HASH_KEY_SIZE],
			const void *data, size_t len)
{
	const unsigned char *bytes = data;
	uint64_t k0 = load_le64(key, 8);
	uint64_t k1 = load_le64(key + 8, 8);
	struct state s = {
		.v0 = k0 ^ 0x736f6d6570736575, /* "somepseu" */
		.v1 = k1 ^ 0x646f72616e646f6d, /* "dorandom" */
		.v2 = k0 ^ 0x6c7967656e657261, /* "lygenera" */
		.v3 = k1 ^ 0x7465646279746573, /* "tedbytes" */
	};
	size_t whole = len & ~(size_t)7;
	uint64_t last;
	size_t i;

	for (i = 0; i < whole; i += 8)
		take_word(&s, load_le64(bytes + i, 8));
	/* The last word holds what is left, and the length in its top byte. */
	last = load_le64(bytes + whole, len - whole);
	take_word(&s, last | (uint64_t)len << 56);
	s.v2 ^= 0xff;
	for (i = 0; i < 3; i++)
		sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

/* Without a secret key the table would be the attacker's: rather no run. */
static void draw_key(unsigned char key[HASH_KEY_SIZE])
{
	ssize_t got;

	do {
		got = getrandom(key, HASH_KEY_SIZE, 0);
	} while (got < 0 && errno == EINTR);
	if (got != HASH_KEY_SIZE)
		die("getrandom: %s", strerror(errno));
}

unsigned int hash_keyed(const void *key, size_t len)
{
	static unsigned char secret[HASH_KEY_SIZE];
	static bool drawn;

	if (!drawn) {
		draw_key(secret);
		drawn = true;
	}
	return (unsigned int)hash_siphash13(secret, key, len);
}
