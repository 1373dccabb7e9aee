/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The wait statuses of ptrace(2), classified. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ptrace.h>

#include <cmocka.h>

#include "trace/stop.h"

#define STOPPED(signal)	     (((signal) << 8) | 0x7f)
#define EVENT(event, signal) (STOPPED(signal) | (event) << 16)

static const struct {
	int status;
	enum stop_kind kind;
	int signal;
} rows[] = {
	{ 0, STOP_ENDED, 0 },
	{ 7 << 8, STOP_ENDED, 0 },
	{ SIGKILL, STOP_ENDED, 0 },
	{ SIGSEGV | 0x80, STOP_ENDED, 0 },
	{ STOPPED(SIGTRAP | 0x80), STOP_SYSCALL, 0 },
	{ STOPPED(SIGTRAP), STOP_SIGNAL, SIGTRAP },
	{ STOPPED(SIGSTOP), STOP_SIGNAL, SIGSTOP },
	{ STOPPED(64), STOP_SIGNAL, 64 },
	{ EVENT(PTRACE_EVENT_SECCOMP, SIGTRAP), STOP_SECCOMP, SIGTRAP },
	{ EVENT(PTRACE_EVENT_FORK, SIGTRAP), STOP_CHILD, SIGTRAP },
	{ EVENT(PTRACE_EVENT_CLONE, SIGTRAP), STOP_CHILD, SIGTRAP },
	{ EVENT(PTRACE_EVENT_VFORK, SIGTRAP), STOP_VFORK, SIGTRAP },
	{ EVENT(PTRACE_EVENT_VFORK_DONE, SIGTRAP), STOP_VFORK_DONE, SIGTRAP },
	{ EVENT(PTRACE_EVENT_EXEC, SIGTRAP), STOP_EXEC, SIGTRAP },
	{ EVENT(PTRACE_EVENT_STOP, SIGTRAP), STOP_TRAP, SIGTRAP },
	{ EVENT(PTRACE_EVENT_STOP, SIGSTOP), STOP_GROUP, SIGSTOP },
	{ EVENT(PTRACE_EVENT_STOP, SIGTTIN), STOP_GROUP, SIGTTIN },
	{ EVENT(PTRACE_EVENT_EXIT, SIGTRAP), STOP_TRAP, SIGTRAP },
	{ EVENT(99, SIGTRAP), STOP_TRAP, SIGTRAP },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct stop stop = stop_classify(42, rows[i].status);

		assert_int_equal(stop.tid, 42);
		assert_int_equal(stop.kind, rows[i].kind);
		assert_int_equal(stop.signal, rows[i].signal);
		assert_int_equal(stop.status, rows[i].status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
