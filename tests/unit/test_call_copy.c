/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The strings that a call keeps beside its targets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "fake_memory.h"
#include "syscall/call.h"
#include "syscall/print.h"

static struct fake_memory *memory;

static int start(void **state)
{
	(void)state;
	memory = calloc(1, sizeof(*memory));
	return !memory;
}

static int end(void **state)
{
	(void)state;
	free(memory);
	return 0;
}

static uint64_t put_text(const char *text)
{
	return fake_put(memory, text, strlen(text) + 1);
}

/* The call as a question shows it, after the program has changed its mind. */
static void expect(enum syscall_id id, uint64_t a, uint64_t b, uint64_t c,
		   const char *expected)
{
	uint64_t raw[SYSCALL_ARGS_MAX] = { a, b, c };
	struct mem_reader reader = fake_reader(memory);
	struct call call;
	BUF_AUTO(text);

	call_decode(&call, syscall_def(id), 0, raw, &reader);
	memset(memory->bytes, 'Z', sizeof(memory->bytes));
	print_call(&text, &call);
	assert_string_equal(buf_text(&text), expected);
	call_free(&call);
}

static void test_symlink(void **state)
{
	uint64_t target = put_text("/etc/passwd"), link = put_text("x");

	(void)state;
	expect(SYSCALL_symlink, target, link, 0,
	       "symlink(\"/etc/passwd\", \"x\")");
}

static void test_command_line(void **state)
{
	uint64_t path = put_text("/bin/sh"), argv;
	uint64_t words[4] = { put_text("sh"), put_text("-c"),
			      put_text("echo \"a\"\n"), 0 };

	(void)state;
	argv = fake_put(memory, words, sizeof(words));
	expect(SYSCALL_execve, path, argv, 0,
	       "execve(\"/bin/sh\", [\"sh\", \"-c\", \"echo \\\"a\\\"\\n\"], "
	       "NULL)");
}

static void test_unreadable(void **state)
{
	uint64_t path = put_text("/bin/sh");

	(void)state;
	expect(SYSCALL_execve, path, 0x10, 0,
	       "execve(\"/bin/sh\", 0x10, NULL)");
}

static void test_words_without_end(void **state)
{
	uint64_t path = put_text("/bin/sh"), word = put_text("w"), argv = 0;
	struct call call;
	struct mem_reader reader = fake_reader(memory);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		uint64_t at = fake_put(memory, &word, sizeof(word));

		argv = argv ? argv : at;
	}
	call_decode(&call, syscall_def(SYSCALL_execve), 59,
		    (uint64_t[SYSCALL_ARGS_MAX]){ path, argv, 0 }, &reader);
	assert_in_range(call.n_copies, 2, 1000);
	call_free(&call);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_symlink, start, end),
		cmocka_unit_test_setup_teardown(test_command_line, start, end),
		cmocka_unit_test_setup_teardown(test_unreadable, start, end),
		cmocka_unit_test_setup_teardown(test_words_without_end, start,
						end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
