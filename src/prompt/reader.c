/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/readline.h>

#include "base/die.h"

enum {
	KEY_INTERRUPT = 0x03, /* Ctrl-C */
	KEY_END = 0x04,	      /* Ctrl-D */
	KEY_SUSPEND = 0x1a,   /* Ctrl-Z */
	KEY_QUIT = 0x1c,      /* Ctrl-\ */
	KEY_NONE = -1,

	READER_WAITING = -1, /* no enum reader_result yet */
};

static struct {
	FILE *in, *out;
	struct terminal *terminal;
	reader_candidate *candidate;
	void *owner;
	struct buf *line;
	int key;    /* read, but readline did not ask for it yet */
	int result; /* enum reader_result, or READER_WAITING */
} reader;

/* ---- what readline calls ---- */

static void take_line(char *line)
{
	/* Now, else readline shows its prompt again. */
	rl_callback_handler_remove();
	if (reader.result == READER_WAITING) {
		reader.result = line ? READER_LINE : READER_END;
		buf_str(reader.line, line ? line : "");
	}
	free(line);
}

/* A key that is not readline's: it ends the line. */
static bool is_for_us(int key)
{
	if (key == KEY_INTERRUPT)
		reader.result = READER_INTERRUPTED;
	else if (key == KEY_SUSPEND)
		reader.result = READER_SUSPEND;
	else if (key == KEY_END && rl_end == 0)
		reader.result = READER_END;
	return reader.result != READER_WAITING;
}

/* The key that was fed. A command that wants another one at once, before we
 * could look at it, gets it here; READERR ends the line. */
static int next_key(FILE *stream)
{
	int key = reader.key;

	(void)stream;
	reader.key = KEY_NONE;
	if (key == KEY_NONE)
		key = terminal_read(reader.terminal);
	if (key >= 0 && !is_for_us(key))
		return key;
	if (reader.result == READER_WAITING)
		reader.result = key == -EAGAIN ? READER_REDRAW : READER_GONE;
	return READERR;
}

static int no_more_keys(void)
{
	return 0;
}

static void leave_terminal_alone(int meta)
{
	(void)meta;
}

static void leave_terminal_alone_too(void)
{
}

static int ignore_key(int count, int key)
{
	(void)count;
	(void)key;
	return 0;
}

static char *next_match(const char *text, int state)
{
	static size_t i;
	char *before;
	const char *word;

	if (!state)
		i = 0;
	before = rl_copy_text(0, rl_point - (int)strlen(text));
	do
		word = reader.candidate(before, i++, reader.owner);
	while (word && strncmp(word, text, strlen(text)) != 0);
	free(before);
	return word ? xstrdup(word) : NULL;
}

static char **complete(const char *text, int start, int end)
{
	(void)start;
	(void)end;
	rl_attempted_completion_over = 1; /* never names of files */
	return reader.candidate ? rl_completion_matches(text, next_match) :
				  NULL;
}

/* ---- set-up ---- */

static const char *const variables[][2] = {
	/* The program may have set strange ones. */
	{ "bind-tty-special-chars", "off" },
	{ "enable-bracketed-paste", "off" },
	{ "enable-meta-key", "off" },
	{ "enable-keypad", "off" },
	{ "bell-style", "none" },
	{ "page-completions", "off" },
	{ "show-all-if-ambiguous", "on" },
	{ "history-size", "0" },
};

static FILE *open_stream(int fd, const char *mode)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	FILE *stream = copy < 0 ? NULL : fdopen(copy, mode);

	if (!stream && copy >= 0)
		close(copy);
	return stream;
}

static void set_up_readline(void)
{
	size_t i;

	/* Now, and not earlier: the program was started with the person's
	 * own. Key bindings from a file could run anything at a key. */
	setenv("INPUTRC", "/dev/null", 1);
	rl_instream = reader.in;
	rl_outstream = reader.out;
	rl_readline_name = "syswall";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_prep_term_function = leave_terminal_alone;
	rl_deprep_term_function = leave_terminal_alone_too;
	rl_getc_function = next_key;
	rl_input_available_hook = no_more_keys;
	rl_attempted_completion_function = complete;
	rl_completer_word_break_characters = " \t";
	rl_completion_query_items = -1;
	for (i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		rl_variable_bind(variables[i][0], variables[i][1]);
	rl_initialize();
	/* Readline shows the line only if its own terminal set-up, which we
	 * replaced, found the terminal's echo on. */
	rl_tty_set_echoing(1);
	rl_bind_key(KEY_QUIT, ignore_key);
	/* What is pasted is typed; readline would wait for the paste's end. */
	rl_bind_keyseq("\\e[200~", ignore_key);
	rl_bind_keyseq("\\e[201~", ignore_key);
}

static bool open_reader(const struct terminal *terminal)
{
	if (reader.in)
		return true;
	reader.in = open_stream(terminal->fd, "r");
	reader.out = open_stream(terminal->fd, "w");
	if (!reader.in || !reader.out) {
		reader_close();
		return false;
	}
	set_up_readline();
	return true;
}

void reader_close(void)
{
	if (reader.in)
		fclose(reader.in);
	if (reader.out)
		fclose(reader.out);
	reader.in = NULL;
	reader.out = NULL;
	rl_instream = NULL;
	rl_outstream = NULL;
}

/* ---- one line ---- */

static void feed_key(void)
{
	int key = terminal_read(reader.terminal);

	if (key < 0) {
		reader.result = key == -EAGAIN ? READER_REDRAW : READER_GONE;
		return;
	}
	if (is_for_us(key))
		return;
	if (rl_end >= READER_LINE_MAX && key >= ' ' && key != 0x7f)
		return;
	reader.key = key;
	while (reader.key != KEY_NONE && reader.result == READER_WAITING)
		rl_callback_read_char();
	/* Yank and repeat counts add more than a key at a time. */
	if (reader.result == READER_WAITING && rl_end > READER_LINE_MAX) {
		rl_delete_text(READER_LINE_MAX, rl_end);
		rl_point = rl_end;
		rl_redisplay();
	}
}

static void wait_for_something(void)
{
	switch (terminal_wait(reader.terminal)) {
	case TERMINAL_KEY:
		feed_key();
		return;
	case TERMINAL_RESIZED:
		rl_resize_terminal();
		return;
	case TERMINAL_REDRAW:
		reader.result = READER_REDRAW;
		return;
	case TERMINAL_SUSPEND:
		reader.result = READER_SUSPEND;
		return;
	case TERMINAL_END:
		reader.result = READER_SIGNAL;
		return;
	case TERMINAL_GONE:
		break;
	}
	reader.result = READER_GONE;
}

/* Leave readline in the middle of a line, as after a signal. */
static void forget_line(void)
{
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_callback_handler_remove();
	rl_replace_line("", 0);
	rl_point = 0;
}

enum reader_result reader_line(struct terminal *terminal, const char *prompt,
			       const char *first, reader_candidate *candidate,
			       void *owner, struct buf *line)
{
	if (terminal->fd < 0 || !open_reader(terminal))
		return READER_GONE;
	reader.terminal = terminal;
	reader.candidate = candidate;
	reader.owner = owner;
	reader.line = line;
	reader.key = KEY_NONE;
	reader.result = READER_WAITING;
	rl_callback_handler_install(prompt, take_line);
	if (*first) {
		rl_insert_text(first);
		rl_redisplay();
	}
	while (reader.result == READER_WAITING) {
		/* An answer to a question that could not be shown is none. */
		if (ferror(reader.out))
			reader.result = READER_GONE;
		else
			wait_for_something();
	}
	if (reader.result != READER_LINE)
		forget_line();
	if (reader.result == READER_GONE)
		terminal_close(terminal);
	return (enum reader_result)reader.result;
}
