/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a program makes of a terminal, and how it is undone and restored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prompt/screen.h"

static void follow(struct screen *screen, const char *bytes)
{
	screen_follow(screen, bytes, strlen(bytes));
}

/* Is @sequence among what gives the screen back? */
static bool gives_back(const struct screen *screen, const char *sequence)
{
	BUF_AUTO(text);

	screen_give_back(&text, screen);
	return strstr(buf_text(&text), sequence);
}

static void test_question_undoes_everything(void **state)
{
	static const char *const undone[] = {
		"\030",	    "\033\\",	   "\033[?25h",	  "\033[?1000l",
		"\033[r",   "\033[4l",	   "\033[?1049h", "\033[?2004l",
		"\033[0m",  "\017",	   "\033(B",	  "\033[?2026l",
		"\033]110", "\033[?1004l", "\033>",	  "\033[2J",
		"\033[?7h", "\033[?5l",	   "\033[?69l",
	};
	struct screen screen = { 0 };
	BUF_AUTO(text);

	(void)state;
	screen_take(&text, &screen);
	for (size_t i = 0; i < sizeof(undone) / sizeof(*undone); i++)
		assert_non_null(strstr(buf_text(&text), undone[i]));
}

static void test_modes_come_back(void **state)
{
	struct screen screen = { 0 };

	(void)state;
	assert_false(gives_back(&screen, "\033[?2004h"));
	follow(&screen, "text\033[?2004;25l\033[?1000;1006h\033[?2004");
	follow(&screen, "h\033=\033[3;20r\033[4h");
	assert_true(gives_back(&screen, "\033[?2004h"));
	assert_true(gives_back(&screen, "\033[?1000h"));
	assert_true(gives_back(&screen, "\033[?1006h"));
	assert_true(gives_back(&screen, "\033[?25l"));
	assert_true(gives_back(&screen, "\033=") &&
		    gives_back(&screen, "\033[3;20r") &&
		    gives_back(&screen, "\033[4h"));
	follow(&screen, "\033[?1006l\033[r");
	assert_false(gives_back(&screen, "\033[?1006h"));
	assert_false(gives_back(&screen, "20r"));
	follow(&screen, "\033c");
	assert_false(gives_back(&screen, "\033[?2004h"));
	assert_false(gives_back(&screen, "\033[4h"));
}

static void test_full_screen(void **state)
{
	struct screen screen = { 0 };

	(void)state;
	assert_true(gives_back(&screen, "\033[?1049l"));
	follow(&screen, "\033[?1049h");
	assert_true(screen_is_full(&screen));
	assert_false(gives_back(&screen, "\033[?1049l"));
	follow(&screen, "\033[?1049l");
	assert_false(screen_is_full(&screen));
}

/* Whatever stands in the way: strings, cut sequences, too many parameters. */
static void test_odd_bytes(void **state)
{
	struct screen screen = { 0 };

	(void)state;
	follow(&screen, "\033]0;[?1049h\a[?1049h");
	assert_false(screen_is_full(&screen));
	follow(&screen, "\033[?10\03049h");
	assert_false(screen_is_full(&screen));
	follow(&screen, "\033[");
	for (int i = 0; i < 1000; i++)
		follow(&screen, "9;");
	follow(&screen, "h\033[;;;h\033[?99999999999999999999h\033[?h");
	follow(&screen, "\033P\033[?1049h");
	assert_true(screen_is_full(&screen));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_question_undoes_everything),
		cmocka_unit_test(test_modes_come_back),
		cmocka_unit_test(test_full_screen),
		cmocka_unit_test(test_odd_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
