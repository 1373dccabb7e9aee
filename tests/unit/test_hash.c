/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* SipHash-1-3 against other implementations, and the table built on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

/* Of the bytes 00 01 02 ..., under a key of zeroes: lengths 0 and 1. */
static const uint64_t zero_key[] = { 0xd1fba762150c532c, 0x68a914128e01e473 };

/* The key that python3 makes from PYTHONHASHSEED=1 ... */
static const unsigned char key[HASH_KEY_SIZE] = {
	0x29, 0x23, 0xbe, 0x84, 0xe1, 0x6c, 0xd6, 0xae,
	0x52, 0x90, 0x49, 0xf1, 0xf1, 0xbb, 0xe9, 0xeb,
};

/* ... and what hash(bytes(range(n))) is there, n from 1 on. */
static const uint64_t expected[] = {
	0xecd3e5afcecda4b9, 0xbf360f1ea1745965, 0x8d5b20ab227ba858,
	0x968a3280faeeb716, 0xbbda3b5f513c3d69, 0xa77f099d6ffed90e,
	0xfd15e78052a69ddf, 0xc0b5739e7e28dd01, 0x208a1a5a0cbbf778,
	0xb99907ab3e3e597c, 0x4d9ec6e9c5127521, 0x9b07906e87e344ad,
	0x75973ed5708eb192, 0x3a6b5d52e1c90862, 0xfa87985f39e97a53,
	0x12e9d283f9f37002, 0x9f5bb4237f61907f, 0xc8481dd155697ab5,
	0xea61ba56131a6619, 0xcd48cd0e7a31cb04, 0x6194f8d23abbab99,
	0x8d7773f9524a6d91, 0xf7cea028f939ae8c, 0x19b4e5f288f874ce,
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void test_vectors(void **state)
{
	static const unsigned char zeroes[HASH_KEY_SIZE];
	unsigned char bytes[LENGTH(expected)];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(expected); i++)
		bytes[i] = (unsigned char)i;
	for (i = 0; i < LENGTH(zero_key); i++)
		assert_true(hash_siphash13(zeroes, bytes, i) == zero_key[i]);
	for (i = 0; i < LENGTH(expected); i++)
		assert_true(hash_siphash13(key, bytes, i + 1) == expected[i]);
}

static void test_one_key_a_run(void **state)
{
	static const unsigned char zeroes[HASH_KEY_SIZE];
	size_t len, drawn = 0;

	(void)state;
	assert_int_equal(hash_keyed("/etc", 4), hash_keyed("/etc", 4));
	for (len = 1; len <= 4; len++)
		drawn += hash_keyed("/etc", len) !=
			 (unsigned int)hash_siphash13(zeroes, "/etc", len);
	assert_int_not_equal(drawn, 0);
}

struct entry {
	UT_hash_handle hh;
	char name[16];
};

static void test_table(void **state)
{
	struct entry *table = NULL, *entry, *next;
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		entry = xcalloc(1, sizeof(*entry));
		snprintf(entry->name, sizeof(entry->name), "file%d", i);
		HASH_ADD_STR(table, name, entry);
	}
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "file%d", i);
		HASH_FIND_STR(table, name, entry);
		assert_non_null(entry);
		assert_string_equal(entry->name, name);
	}
	HASH_FIND_STR(table, "file1000", entry);
	assert_null(entry);
	HASH_ITER(hh, table, entry, next) {
		HASH_DEL(table, entry);
		free(entry);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_one_key_a_run),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
