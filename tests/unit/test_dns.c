/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "report/dns.h"

#define HEADER(flags, answers) "\0\7" flags "\0\1\0" answers "\0\0\0\0"
#define QUESTION	       "\3www\7example\3com\0\0\1\0\1"
#define ANSWER_A	       "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4"

/* Text of bytes without the NUL that C puts behind it. */
#define LEARN(names, text) dns_learn(names, text, sizeof(text) - 1)

static const char *name_of(const struct dns_names *names, const char *text)
{
	struct sockaddr_storage address = { 0 };
	struct sockaddr_in *v4 = (struct sockaddr_in *)&address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address;

	address.ss_family = strchr(text, ':') ? AF_INET6 : AF_INET;
	assert_int_equal(inet_pton(address.ss_family, text,
				   address.ss_family == AF_INET ?
					   (void *)&v4->sin_addr :
					   (void *)&v6->sin6_addr),
			 1);
	return dns_name_of(names, &address);
}

static void test_answers(void **state)
{
	struct dns_names names = { 0 };

	(void)state;
	assert_true(LEARN(&names, HEADER("\x81\x80", "\1") QUESTION ANSWER_A
			  "\xc0\0\2\1"));
	assert_string_equal(name_of(&names, "192.0.2.1"), "www.example.com");
	assert_string_equal(name_of(&names, "::ffff:192.0.2.1"),
			    "www.example.com");
	assert_null(name_of(&names, "192.0.2.2"));
	assert_true(LEARN(&names, HEADER("\x81\x80", "\1") QUESTION
			  "\xc0\x0c\0\x1c\0\1\0\0\0\x3c\0\x10"
			  "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1"));
	assert_string_equal(name_of(&names, "2001:db8::1"), "www.example.com");
	dns_free(&names);
}

/* The name that the program knows counts, not what it is an alias of. */
static void test_alias(void **state)
{
	struct dns_names names = { 0 };

	(void)state;
	assert_true(LEARN(&names, HEADER("\x81\x80", "\2") QUESTION
			  "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\7\1a\3net\0"
			  "\1a\3net\0\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\7"));
	assert_string_equal(name_of(&names, "192.0.2.7"), "www.example.com");
	dns_free(&names);
}

static void test_no_answers(void **state)
{
	struct dns_names names = { 0 };

	(void)state;
	/* A question, an error, a cut one, another class, nothing, a loop. */
	assert_false(LEARN(&names, HEADER("\1\0", "\1") QUESTION ANSWER_A
			   "\xc0\0\2\1"));
	assert_false(LEARN(&names, HEADER("\x81\x83", "\1") QUESTION ANSWER_A
			   "\xc0\0\2\1"));
	assert_false(LEARN(&names, HEADER("\x81\x80", "\1") QUESTION ANSWER_A
			   "\xc0\0"));
	assert_false(LEARN(&names, HEADER("\x81\x80", "\1") QUESTION
			   "\xc0\x0c\0\1\0\3\0\0\0\x3c\0\4\xc0\0\2\1"));
	assert_false(LEARN(&names, ""));
	assert_false(LEARN(&names,
			   HEADER("\x81\x80", "\1") "\xc0\x0c\0\1\0\1" ANSWER_A
						    "\xc0\0\2\1"));
	assert_null(names.hosts);
	dns_free(&names);
}

/* Control bytes come as text. */
static void test_hostile_name(void **state)
{
	struct dns_names names = { 0 };

	(void)state;
	assert_true(LEARN(
		&names, HEADER("\x81\x80", "\1") "\4\x1b[2J\0\0\1\0\1" ANSWER_A
						 "\xc0\0\2\1"));
	assert_string_equal(name_of(&names, "192.0.2.1"), "\\027[2J");
	dns_free(&names);
}

static void test_bounded(void **state)
{
	char message[] = HEADER("\x81\x80", "\1") QUESTION ANSWER_A "\0\0\0\0";
	size_t len = sizeof(message) - 1;
	struct dns_names names = { 0 };

	(void)state;
	for (uint32_t i = 0; i < DNS_HOSTS_MAX + 10; i++) {
		memcpy(message + len - sizeof(i), &i, sizeof(i));
		assert_true(dns_learn(&names, message, len));
	}
	assert_int_equal(HASH_COUNT(names.hosts), DNS_HOSTS_MAX);
	assert_int_equal(names.beyond, 10);
	dns_free(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_alias),
		cmocka_unit_test(test_no_answers),
		cmocka_unit_test(test_hostile_name),
		cmocka_unit_test(test_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
