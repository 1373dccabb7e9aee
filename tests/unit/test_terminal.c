/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * prompt_ask() on a real pseudo-terminal: a child leads a session on it and
 * asks; the test is the person at the other end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "prompt/prompt.h"

enum {
	PATIENCE_MS = 10000,
	ALARM_SECONDS = 20,

	/* Exit statuses of the asking process: ANSWER_VERDICT is 10 more than
	 * the verdict, 10 more again when it lasts. */
	STATUS_VERDICT = 10,
	STATUS_LASTING = 20,
	STATUS_INTERRUPTED = 30,
	STATUS_NONE = 31,      /* refused, the terminal is still there */
	STATUS_GONE = 32,      /* refused, no terminal any more */
	STATUS_BAD_STATE = 40, /* not restored */
};

/* ---- the process that asks ---- */

static char target_path[] = "/etc/passwd";
static char target_asked[] = "../etc/passwd";

static bool owns_all(pid_t pgrp, void *owner)
{
	(void)pgrp;
	(void)owner;
	return true;
}

static void show_more(struct buf *out, void *owner)
{
	(void)owner;
	buf_str(out, "    more and more\n");
}

static int status_of(const struct prompt *prompt, const struct answer *answer)
{
	switch (answer->kind) {
	case ANSWER_VERDICT:
		return (answer->lasting ? STATUS_LASTING : STATUS_VERDICT) +
		       (int)answer->verdict;
	case ANSWER_INTERRUPTED:
		return STATUS_INTERRUPTED;
	case ANSWER_NONE:
		break;
	}
	return prompt_has_terminal(prompt) ? STATUS_NONE : STATUS_GONE;
}

static bool same_state(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag &&
	       a->c_lflag == b->c_lflag && a->c_cflag == b->c_cflag &&
	       !memcmp(a->c_cc, b->c_cc, sizeof(a->c_cc));
}

/* Ask once. @owns_group decides who may lose the foreground. */
static int ask(bool (*owns_group)(pid_t, void *))
{
	const struct subject subject = {
		.pid = 4127,
		.tid = 4127,
		.comm = "cat",
		.exe = "/usr/bin/cat",
		.parent_comm = "sh",
	};
	struct target target = {
		.kind = TARGET_PATH,
		.arg = 1,
		.asked = target_asked,
		.resolved = target_path,
	};
	struct call call = {
		.def = syscall_by_name("openat"),
		.name = "openat",
		.n_args = 4,
		.classes = CLASS_BIT(CLASS_FILE_READ),
		.targets = &target,
		.n_targets = 1,
	};
	struct question question = {
		.call = &call,
		.subject = &subject,
		.more = show_more,
		.owns_group = owns_group,
	};
	struct prompt *prompt = prompt_open();
	struct receipt receipt = { .matched_so_far = 3, .replaced = 1 };
	struct termios before, after;
	struct answer answer;
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY);
	int status;

	tcgetattr(fd, &before);
	prompt_ask(prompt, &question, &answer);
	status = status_of(prompt, &answer);
	if (status != STATUS_GONE &&
	    (tcgetattr(fd, &after) < 0 || !same_state(&before, &after)))
		status = STATUS_BAD_STATE;
	if (answer.lasting) {
		receipt.rule = &answer.rule;
		prompt_receipt(prompt, &receipt);
		rule_free(&answer.rule);
	}
	prompt_close(prompt);
	close(fd);
	return status;
}

static int just_ask(void)
{
	return ask(NULL);
}

/* ---- the person ---- */

struct person {
	int master;
	pid_t child;
	struct buf seen;
};

/* Start @body in a session of its own on a new terminal. */
static void sit_down(struct person *person, int (*body)(void))
{
	struct winsize size = { .ws_row = 24, .ws_col = 200 };

	*person = (struct person){ .master = -1, .seen = BUF_EMPTY };
	person->child = forkpty(&person->master, NULL, NULL, &size);
	assert_true(person->child >= 0);
	if (person->child)
		return;
	alarm(ALARM_SECONDS);
	setenv("TERM", "xterm", 1);
	setenv("NO_COLOR", "1", 1);
	_exit(body());
}

static void type(const struct person *person, const char *keys)
{
	assert_int_equal(write(person->master, keys, strlen(keys)),
			 strlen(keys));
}

/* Read until @text was seen since the last time. */
static void wait_for(struct person *person, const char *text)
{
	struct pollfd input = { .fd = person->master, .events = POLLIN };

	while (!person->seen.len || !strstr(person->seen.data, text)) {
		char some[512];
		ssize_t got;

		if (poll(&input, 1, PATIENCE_MS) <= 0)
			fail_msg("no \"%s\" in \"%s\"", text,
				 buf_text(&person->seen));
		got = read(person->master, some, sizeof(some));
		if (got <= 0)
			fail_msg("hung up before \"%s\"; seen: \"%s\"", text,
				 buf_text(&person->seen));
		buf_add(&person->seen, some, (size_t)got);
	}
}

static void wait_for_prompt(struct person *person)
{
	wait_for(person, "syswall> ");
	buf_clear(&person->seen);
}

/* True when nothing more comes for a while. */
static bool is_silent(const struct person *person)
{
	struct pollfd input = { .fd = person->master, .events = POLLIN };

	return poll(&input, 1, 300) == 0;
}

static void expect_status(struct person *person, int expected)
{
	int status = 0;

	assert_int_equal(waitpid(person->child, &status, 0), person->child);
	if (person->master >= 0)
		close(person->master);
	buf_free(&person->seen);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), expected);
}

/* One question, @keys at its prompt, the answer. */
static void check_keys(const char *keys, int expected)
{
	struct person person;

	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, keys);
	expect_status(&person, expected);
}

/* ---- tests ---- */

static void test_answers(void **state)
{
	(void)state;
	check_keys("a\r", STATUS_VERDICT + VERDICT_ALLOW);
	check_keys("a\n", STATUS_VERDICT + VERDICT_ALLOW);
	check_keys("aa\r", STATUS_LASTING + VERDICT_ALLOW);
	check_keys("bh\r", STATUS_VERDICT + VERDICT_BLOCK_HARD);
	check_keys("bah\r", STATUS_LASTING + VERDICT_BLOCK_HARD);
	check_keys("k\r", STATUS_VERDICT + VERDICT_KILL);
	check_keys("bx\x7fh\r", STATUS_VERDICT + VERDICT_BLOCK_HARD);
	check_keys("\x1b[200~bh\x1b[201~\r",
		   STATUS_VERDICT + VERDICT_BLOCK_HARD);
}

static void test_layout(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for(&person, "syswall> ");
	assert_non_null(
		strstr(person.seen.data,
		       "\r\n  cat (pid 4127, from sh) wants to READ a file\r\n"
		       "    /etc/passwd                      asked for as "
		       "../etc/passwd\r\n"
		       "    openat("));
	type(&person, "k\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_KILL);
}

/* An answer needs Enter; nothing else is one. */
static void test_needs_enter(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "a");
	wait_for(&person, "a");
	assert_true(is_silent(&person));
	assert_int_equal(waitpid(person.child, NULL, WNOHANG), 0);
	type(&person, "\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
}

static void test_asks_again(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "\r");
	wait_for_prompt(&person);
	type(&person, "yes\r");
	wait_for(&person, "\"yes\" is no answer");
	wait_for_prompt(&person);
	type(&person, "bs\r");
	wait_for(&person, "cannot be faked");
	wait_for_prompt(&person);
	type(&person, "?\r");
	wait_for(&person, "show this help");
	wait_for_prompt(&person);
	type(&person, "i\r");
	wait_for(&person, "more and more");
	wait_for_prompt(&person);
	type(&person, "a\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
}

static void test_completion(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "ba\t");
	wait_for(&person, "bah");
	type(&person, "\r");
	expect_status(&person, STATUS_LASTING + VERDICT_BLOCK_HARD);
}

static int ask_late(void)
{
	/* Long enough for the person to type into the void. */
	usleep(300 * 1000);
	return ask(NULL);
}

static void test_typed_ahead(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_late);
	type(&person, "a\r");
	wait_for_prompt(&person);
	assert_true(is_silent(&person));
	assert_int_equal(waitpid(person.child, NULL, WNOHANG), 0);
	type(&person, "bh\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_BLOCK_HARD);
}

static void test_control_keys(void **state)
{
	(void)state;
	check_keys("\x03", STATUS_INTERRUPTED);
	check_keys("aa\x03", STATUS_INTERRUPTED);
	check_keys("\x04", STATUS_NONE);
	check_keys("\x1c"
		   "a\x1c\r",
		   STATUS_VERDICT + VERDICT_ALLOW);
}

/* The leader of a session could not be continued by anybody, so Ctrl-Z only
 * asks anew. What was typed is forgotten. */
static void test_orphaned_suspend(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "aa\x1a");
	wait_for(&person, "wants to READ a file");
	wait_for_prompt(&person);
	type(&person, "\r");
	wait_for_prompt(&person);
	type(&person, "bh\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_BLOCK_HARD);
}

static void test_receipt(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "aa\r");
	wait_for(&person, "  rule {\"action\": \"allow\", \"syscall\": "
			  "\"openat\", \"class\": \"file-read\"}; it would "
			  "have matched 3 earlier calls of this run and "
			  "replaces 1 narrower answer\r\n");
	expect_status(&person, STATUS_LASTING + VERDICT_ALLOW);
}

static void test_scopes_need_a_policy(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	type(&person, "aa this\r");
	wait_for(&person, "there are no scopes here\r\n");
	wait_for_prompt(&person);
	type(&person, "u\r");
	wait_for(&person, "nothing to undo\r\n");
	wait_for_prompt(&person);
	type(&person, "bh\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_BLOCK_HARD);
}

static void test_long_line(void **state)
{
	struct person person;
	char keys[256];
	int i;

	(void)state;
	memset(keys, 'x', sizeof(keys) - 1);
	keys[sizeof(keys) - 1] = '\0';
	sit_down(&person, just_ask);
	wait_for_prompt(&person);
	for (i = 0; i < 6; i++) {
		type(&person, keys);
		usleep(20 * 1000);
		while (!is_silent(&person)) {
			char some[4096];

			assert_true(read(person.master, some, sizeof(some)) >
				    0);
		}
	}
	type(&person, "\r");
	wait_for(&person, "is no answer");
	type(&person, "\x03");
	expect_status(&person, STATUS_INTERRUPTED);
}

static int ask_and_be_hung_up(void)
{
	signal(SIGHUP, SIG_IGN);
	return ask(NULL);
}

static void test_hang_up(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_and_be_hung_up);
	wait_for_prompt(&person);
	type(&person, "aa");
	usleep(100 * 1000);
	close(person.master);
	person.master = -1;
	expect_status(&person, STATUS_GONE);
}

static int ask_without_terminal(void)
{
	if (fork() == 0) {
		setsid();
		_exit(ask(NULL));
	}
	int status = 0;

	wait(&status);
	return WEXITSTATUS(status);
}

static void test_no_terminal(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_without_terminal);
	expect_status(&person, STATUS_GONE);
}

static volatile sig_atomic_t terminated;

static void note_termination(int number)
{
	terminated = number;
}

static int ask_and_be_terminated(void)
{
	int status;

	signal(SIGTERM, note_termination);
	status = ask(NULL);
	return terminated == SIGTERM ? status : 99;
}

/* A signal that ends syswall ends the question first. */
static void test_termination(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_and_be_terminated);
	wait_for_prompt(&person);
	kill(person.child, SIGTERM);
	expect_status(&person, STATUS_NONE);
}

/* The program has put the terminal into a raw, mute state. */
static int ask_in_raw_state(void)
{
	struct termios state;

	tcgetattr(0, &state);
	cfmakeraw(&state);
	state.c_cc[VMIN] = 7;
	tcsetattr(0, TCSANOW, &state);
	return ask(NULL);
}

static void test_raw_state(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_in_raw_state);
	wait_for(&person, "a file\r\n");
	wait_for_prompt(&person);
	type(&person, "a\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
}

/* Be the leader; put a sleeper, "the program", into the foreground. */
static pid_t start_foreground(void)
{
	pid_t sleeper = fork();

	if (sleeper == 0) {
		pause();
		_exit(0);
	}
	setpgid(sleeper, sleeper);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(0, sleeper);
	return sleeper;
}

static int ask_from_background(void)
{
	pid_t sleeper = start_foreground();
	int status = ask(owns_all);

	if (tcgetpgrp(0) != sleeper)
		status = STATUS_BAD_STATE;
	kill(sleeper, SIGKILL);
	return status;
}

/* The foreground is taken from the program and given back. */
static void test_takes_foreground(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_from_background);
	wait_for_prompt(&person);
	type(&person, "bah\r");
	expect_status(&person, STATUS_LASTING + VERDICT_BLOCK_HARD);
}

static int ask_after_pipeline(void)
{
	pid_t sleeper = start_foreground();

	kill(sleeper, SIGKILL);
	waitpid(sleeper, NULL, 0);
	return ask(NULL);
}

static int ask_after_unreaped_pipeline(void)
{
	pid_t sleeper = start_foreground();
	siginfo_t info;

	kill(sleeper, SIGKILL);
	waitid(P_PID, (id_t)sleeper, &info, WEXITED | WNOWAIT);
	return ask(NULL);
}

/* The foreground group is dead: its shell had no time to take over. */
static void test_dead_foreground(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_after_pipeline);
	wait_for_prompt(&person);
	type(&person, "a\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
	sit_down(&person, ask_after_unreaped_pipeline);
	wait_for_prompt(&person);
	type(&person, "a\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
}

/* The session leader's group is orphaned: nobody could continue it. */
static int ask_orphaned(void)
{
	pid_t sleeper = start_foreground();
	int status = ask(NULL);

	kill(sleeper, SIGKILL);
	return status;
}

static void test_orphaned_background(void **state)
{
	struct person person;

	(void)state;
	sit_down(&person, ask_orphaned);
	expect_status(&person, STATUS_GONE);
}

/* Valgrind delivers a signal some time after kill(2), so a process does not
 * stop where it would. */
static void skip_under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	if (preload && strstr(preload, "vgpreload"))
		skip();
}

/* A shell with one job, the asking one. */
static pid_t start_job(bool in_foreground)
{
	pid_t job = fork();

	signal(SIGTTOU, SIG_IGN);
	if (job == 0) {
		setpgid(0, 0);
		if (in_foreground)
			tcsetpgrp(0, getpid());
		signal(SIGTTOU, SIG_DFL);
		alarm(ALARM_SECONDS);
		_exit(ask(NULL));
	}
	setpgid(job, job);
	return job;
}

/* Wait until the job stopped by @signal_number, then say so on the terminal and
 * bring it to the foreground. */
static bool continue_job(pid_t job, int signal_number)
{
	static const char text[] = "shell: stopped\n";
	int status = 0;

	if (waitpid(job, &status, WUNTRACED) != job || !WIFSTOPPED(status) ||
	    WSTOPSIG(status) != signal_number)
		return false;
	tcsetpgrp(0, getpgrp());
	if (write(1, text, sizeof(text) - 1) < 0)
		return false;
	tcsetpgrp(0, job);
	kill(-job, SIGCONT);
	return true;
}

static int shell_with_background_job(void)
{
	pid_t job = start_job(false);
	int status = 0;

	if (!continue_job(job, SIGTTIN))
		return 98;
	waitpid(job, &status, 0);
	return WEXITSTATUS(status);
}

static void test_background_job(void **state)
{
	struct person person;

	(void)state;
	skip_under_valgrind();
	sit_down(&person, shell_with_background_job);
	wait_for(&person, "shell: stopped");
	wait_for_prompt(&person);
	type(&person, "a\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_ALLOW);
}

static int shell_with_suspended_job(void)
{
	pid_t job = start_job(true);
	int status = 0;

	if (!continue_job(job, SIGTSTP) || !continue_job(job, SIGSTOP))
		return 98;
	waitpid(job, &status, 0);
	return WEXITSTATUS(status);
}

/* Ctrl-Z, and SIGSTOP from outside: each time the question comes back. */
static void test_suspend(void **state)
{
	struct person person;
	pid_t job = 0;

	(void)state;
	skip_under_valgrind();
	sit_down(&person, shell_with_suspended_job);
	wait_for_prompt(&person);
	type(&person, "aa\x1a");
	wait_for(&person, "shell: stopped");
	wait_for_prompt(&person);
	assert_int_equal(ioctl(person.master, TIOCGPGRP, &job), 0);
	assert_true(job > 0 && job != person.child);
	kill(job, SIGSTOP);
	wait_for(&person, "shell: stopped");
	wait_for(&person, "wants to READ a file");
	wait_for_prompt(&person);
	type(&person, "bh\r");
	expect_status(&person, STATUS_VERDICT + VERDICT_BLOCK_HARD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_needs_enter),
		cmocka_unit_test(test_asks_again),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_typed_ahead),
		cmocka_unit_test(test_control_keys),
		cmocka_unit_test(test_orphaned_suspend),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_scopes_need_a_policy),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_hang_up),
		cmocka_unit_test(test_no_terminal),
		cmocka_unit_test(test_termination),
		cmocka_unit_test(test_raw_state),
		cmocka_unit_test(test_takes_foreground),
		cmocka_unit_test(test_dead_foreground),
		cmocka_unit_test(test_orphaned_background),
		cmocka_unit_test(test_background_job),
		cmocka_unit_test(test_suspend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
