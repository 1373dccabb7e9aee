/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The table of tasks, and the queue of stops: deaths and executions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <signal.h>
#include <unistd.h>

#include "trace/engine.h"

enum { LEADER = 100, THREAD = 101, OTHER = 102 };

/* A task that /proc does not know. */
static struct tracee *add(struct tracee_table *table, pid_t tid, pid_t pid)
{
	struct tracee *tracee = xcalloc(1, sizeof(*tracee));

	tracee->tid = tid;
	tracee->pid = pid;
	tracee->state = TRACEE_RUNNING;
	tracee->space = space_new();
	HASH_ADD(hh, table->tasks, tid, sizeof(tracee->tid), tracee);
	return tracee;
}

static int set_up(void **state)
{
	struct tracer *tracer = xcalloc(1, sizeof(*tracer));

	add(&tracer->tracees, LEADER, LEADER);
	add(&tracer->tracees, THREAD, LEADER);
	add(&tracer->tracees, OTHER, OTHER);
	*state = tracer;
	return 0;
}

static int tear_down(void **state)
{
	struct tracer *tracer = *state;

	tracee_free_all(&tracer->tracees);
	VEC_FREE(&tracer->pending);
	free(tracer);
	return 0;
}

static struct tracee *find(struct tracer *tracer, pid_t tid)
{
	return tracee_find(&tracer->tracees, tid);
}

static void collect(struct tracer *tracer, pid_t tid, enum stop_kind kind,
		    unsigned long message)
{
	queue_collect(
		tracer,
		&(struct stop){ .tid = tid, .kind = kind, .message = message });
}

static void expect(struct tracer *tracer, pid_t tid, enum stop_kind kind)
{
	struct stop stop;

	assert_true(queue_take(tracer, &stop));
	assert_int_equal(stop.tid, tid);
	assert_int_equal(stop.kind, kind);
}

static void expect_nothing(struct tracer *tracer)
{
	struct stop stop;

	assert_false(queue_take(tracer, &stop));
}

static void test_add_reads_proc(void **state)
{
	struct tracer *tracer = *state;
	struct tracee *self = tracee_add(&tracer->tracees, getpid());

	assert_non_null(self);
	assert_int_equal(self->pid, getpid());
	assert_int_equal(self->parent, getppid());
	assert_int_equal(self->state, TRACEE_NEWBORN);
	assert_null(tracee_add(&tracer->tracees, 0x7ffffff0));
}

static void test_rename_to_the_leader(void **state)
{
	struct tracer *tracer = *state;
	struct tracee *thread = find(tracer, THREAD);

	assert_ptr_equal(tracee_rename(&tracer->tracees, THREAD, LEADER),
			 thread);
	assert_int_equal(thread->tid, LEADER);
	assert_null(find(tracer, THREAD));
	assert_ptr_equal(find(tracer, LEADER), thread);
}

static void test_rename_without_a_leader(void **state)
{
	struct tracer *tracer = *state;
	struct tracee *thread = find(tracer, THREAD);

	tracee_remove(&tracer->tracees, find(tracer, LEADER));
	assert_ptr_equal(tracee_rename(&tracer->tracees, THREAD, LEADER),
			 thread);
	assert_ptr_equal(find(tracer, LEADER), thread);
}

static void test_rename_of_the_leader_itself(void **state)
{
	struct tracer *tracer = *state;

	assert_ptr_equal(tracee_rename(&tracer->tracees, LEADER, LEADER),
			 find(tracer, LEADER));
	/* Nobody has ever seen the thread. */
	assert_ptr_equal(tracee_rename(&tracer->tracees, 555, LEADER),
			 find(tracer, LEADER));
}

static void test_only_a_leader_is_replaced(void **state)
{
	struct tracer *tracer = *state;
	struct tracee_table *table = &tracer->tracees;

	assert_false(tracee_is_replaced(table, LEADER));
	tracee_execute(table, find(tracer, LEADER), true);
	assert_false(tracee_is_replaced(table, LEADER));
	assert_false(tracee_is_replaced(table, THREAD));
	tracee_execute(table, find(tracer, THREAD), true);
	tracee_execute(table, find(tracer, THREAD), true);
	assert_true(tracee_is_replaced(table, LEADER));
	assert_false(tracee_is_replaced(table, OTHER));
	tracee_execute(table, find(tracer, THREAD), false);
	assert_false(tracee_is_replaced(table, LEADER));
	tracee_remove(table, find(tracer, LEADER));
	assert_int_equal(table->executing, 0);
}

static void test_queue_keeps_the_order(void **state)
{
	struct tracer *tracer = *state;

	collect(tracer, OTHER, STOP_SECCOMP, 0);
	collect(tracer, LEADER, STOP_SYSCALL, 0);
	assert_int_equal(find(tracer, OTHER)->state, TRACEE_QUEUED);
	assert_int_equal(find(tracer, THREAD)->state, TRACEE_RUNNING);
	expect(tracer, OTHER, STOP_SECCOMP);
	expect(tracer, LEADER, STOP_SYSCALL);
	expect_nothing(tracer);
}

static void test_any_stop_answers_an_interruption(void **state)
{
	struct tracer *tracer = *state;

	find(tracer, OTHER)->interrupted = true;
	find(tracer, OTHER)->disturbed = true;
	collect(tracer, OTHER, STOP_SIGNAL, 0);
	assert_false(find(tracer, OTHER)->interrupted);
	assert_true(find(tracer, OTHER)->disturbed);
}

static void test_death_ends_a_stop(void **state)
{
	struct tracer *tracer = *state;

	collect(tracer, OTHER, STOP_SECCOMP, 0);
	collect(tracer, THREAD, STOP_SECCOMP, 0);
	collect(tracer, OTHER, STOP_ENDED, 0);
	expect(tracer, THREAD, STOP_SECCOMP);
	expect(tracer, OTHER, STOP_ENDED);
	expect_nothing(tracer);
}

static void test_an_execution_is_told_even_of_the_dead(void **state)
{
	struct tracer *tracer = *state;

	collect(tracer, LEADER, STOP_EXEC, THREAD);
	collect(tracer, LEADER, STOP_ENDED, 0);
	assert_int_equal(find(tracer, THREAD)->state, TRACEE_QUEUED);
	expect(tracer, LEADER, STOP_EXEC);
	expect(tracer, LEADER, STOP_ENDED);
}

static void test_a_leader_waits_for_an_execution_that_fails(void **state)
{
	struct tracer *tracer = *state;

	tracee_execute(&tracer->tracees, find(tracer, THREAD), true);
	collect(tracer, LEADER, STOP_SECCOMP, 0);
	collect(tracer, OTHER, STOP_SECCOMP, 0);
	expect(tracer, OTHER, STOP_SECCOMP);
	expect_nothing(tracer);
	tracee_execute(&tracer->tracees, find(tracer, THREAD), false);
	expect(tracer, LEADER, STOP_SECCOMP);
}

static void test_a_leader_is_dropped_by_an_execution(void **state)
{
	struct tracer *tracer = *state;

	tracee_execute(&tracer->tracees, find(tracer, THREAD), true);
	collect(tracer, LEADER, STOP_SECCOMP, 0);
	expect_nothing(tracer);
	collect(tracer, LEADER, STOP_EXEC, THREAD);
	expect(tracer, LEADER, STOP_EXEC);
	expect_nothing(tracer);
}

static void test_a_leader_that_dies_waits_for_nobody(void **state)
{
	struct tracer *tracer = *state;

	tracee_execute(&tracer->tracees, find(tracer, THREAD), true);
	collect(tracer, LEADER, STOP_SECCOMP, 0);
	collect(tracer, LEADER, STOP_ENDED, 0);
	expect(tracer, LEADER, STOP_ENDED);
	expect_nothing(tracer);
}

/* One stop, one resume: none of these may reach ptrace(2), which would say
 * ESRCH and change the state. */
static void test_only_a_handled_stop_is_resumed(void **state)
{
	static const enum tracee_state states[] = {
		TRACEE_NEWBORN, TRACEE_RUNNING, TRACEE_QUEUED, TRACEE_LISTENING,
		TRACEE_FROZEN
	};
	struct tracer *tracer = *state;
	struct tracee *tracee = find(tracer, OTHER);

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		tracee->state = states[i];
		tracee_continue(tracee, 0);
		assert_int_equal(tracee->state, states[i]);
		tracee_listen(tracee);
		assert_int_equal(tracee->state, states[i]);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_add_reads_proc),
		TEST(test_rename_to_the_leader),
		TEST(test_rename_without_a_leader),
		TEST(test_rename_of_the_leader_itself),
		TEST(test_only_a_leader_is_replaced),
		TEST(test_queue_keeps_the_order),
		TEST(test_any_stop_answers_an_interruption),
		TEST(test_death_ends_a_stop),
		TEST(test_an_execution_is_told_even_of_the_dead),
		TEST(test_a_leader_waits_for_an_execution_that_fails),
		TEST(test_a_leader_is_dropped_by_an_execution),
		TEST(test_a_leader_that_dies_waits_for_nobody),
		TEST(test_only_a_handled_stop_is_resumed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
