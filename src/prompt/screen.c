/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/screen.h"

#include <stdlib.h>
#include <string.h>

#define ESC "\033"
#define CSI "\033["
#define ST  "\033\\"

/* Private modes that we know how to restore, and how they are at the start.
 * A question wants all of them as at the start. xterm's ctlseqs: DECSET. */
static const struct mode {
	unsigned int number;
	bool at_start;
} modes[] = {
	{ 1, false },	 /* DECCKM: what the arrow keys send */
	{ 5, false },	 /* DECSCNM: all in reverse */
	{ 7, true },	 /* DECAWM: wrap long lines */
	{ 9, false },	 /* mouse, X10 */
	{ 25, true },	 /* DECTCEM: show the cursor */
	{ 66, false },	 /* DECNKM */
	{ 69, false },	 /* DECLRMM: margins to the left and right */
	{ 1000, false }, /* mouse: buttons, ... */
	{ 1001, false }, { 1002, false }, { 1003, false },
	{ 1004, false }, /* tell of the focus */
	{ 1005, false }, { 1006, false }, { 1015, false },
	{ 1016, false }, { 2004, false }, /* mark what is pasted */
	{ 2026, false },		  /* draw nothing for now */
};

enum { MODE_COUNT = sizeof(modes) / sizeof(*modes) };

static void start_again(struct screen *screen)
{
	*screen = (struct screen){ .place = SCREEN_TEXT };
}

/* ---- following ---- */

static void set_mode(struct screen *screen, unsigned int number, bool on)
{
	if (number == 47 || number == 1047 || number == 1049)
		screen->alternate = on ? number : 0;
	for (size_t i = 0; i < MODE_COUNT; i++) {
		if (modes[i].number != number)
			continue;
		if (on == modes[i].at_start)
			screen->changed &= ~(UINT32_C(1) << i);
		else
			screen->changed |= UINT32_C(1) << i;
	}
}

/* "?25;1000" and "h", say. */
static void set_modes(struct screen *screen, bool on)
{
	bool private = screen->parameters[0] == '?';
	char *rest = screen->parameters + private, *end;

	for (;; rest = end + 1) {
		unsigned int number = (unsigned int)strtoul(rest, &end, 10);

		if (private)
			set_mode(screen, number, on);
		else if (number == 4)
			screen->insert = on;
		if (*end != ';')
			return;
	}
}

static void set_region(struct screen *screen)
{
	char *end;

	screen->top = (unsigned int)strtoul(screen->parameters, &end, 10);
	screen->bottom =
		*end == ';' ? (unsigned int)strtoul(end + 1, NULL, 10) : 0;
}

static void end_csi(struct screen *screen, char final)
{
	screen->parameters[screen->len] = '\0';
	if (final == 'h' || final == 'l')
		set_modes(screen, final == 'h');
	else if (final == 'r' && screen->parameters[0] != '?')
		set_region(screen);
	else if (final == 'p' && !strcmp(screen->parameters, "!"))
		start_again(screen); /* DECSTR */
}

static void after_escape(struct screen *screen, char byte)
{
	screen->place = SCREEN_TEXT;
	if (byte == '[') {
		screen->place = SCREEN_CSI;
		screen->len = 0;
	} else if (byte && strchr("]PX^_", byte)) {
		screen->place = SCREEN_STRING;
	} else if (byte == '=' || byte == '>') {
		screen->keypad = byte == '=';
	} else if (byte == 'c') {
		start_again(screen); /* RIS */
	}
}

static void in_csi(struct screen *screen, char byte)
{
	if (byte >= 0x40 && byte <= 0x7e) {
		screen->place = SCREEN_TEXT;
		end_csi(screen, byte);
	} else if (byte >= 0x20 && screen->len < SCREEN_PARAMETERS) {
		screen->parameters[screen->len++] = byte;
	}
}

/* CAN and SUB end whatever is unfinished, BEL a string. */
static bool ends_sequence(const struct screen *screen, char byte)
{
	return byte == '\030' || byte == '\032' ||
	       (byte == '\a' && screen->place == SCREEN_STRING);
}

void screen_follow(struct screen *screen, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char byte = bytes[i];

		if (byte == '\033')
			screen->place = SCREEN_ESCAPE;
		else if (ends_sequence(screen, byte))
			screen->place = SCREEN_TEXT;
		else if (screen->place == SCREEN_ESCAPE)
			after_escape(screen, byte);
		else if (screen->place == SCREEN_CSI)
			in_csi(screen, byte);
	}
}

bool screen_is_full(const struct screen *screen)
{
	return screen->alternate;
}

/* ---- a screen of one's own ---- */

static void put_mode(struct buf *out, size_t i, bool on)
{
	buf_printf(out, CSI "?%u%c", modes[i].number, on ? 'h' : 'l');
}

/*
 * End what is unfinished (CAN, ST); send nothing to a printer; letters as they
 * are and visible, in the terminal's own colours; no region, insertion or
 * special keys. The modes come before the step to the other screen, which
 * remembers where the cursor is, and whether positions count from the region
 * (?6); the region comes after it, which moves the cursor.
 */
void screen_take(struct buf *out, const struct screen *screen)
{
	buf_str(out, "\030" ST CSI "4i" CSI "?4i");
	for (size_t i = 0; i < MODE_COUNT; i++)
		put_mode(out, i, modes[i].at_start);
	if (!screen->alternate)
		buf_str(out, CSI "?1049h");
	buf_str(out, CSI "?6l" CSI "r" CSI "4l" CSI "20l" ESC ">" CSI ">4m" CSI
			 ">0u");
	buf_str(out, CSI "0m\017" ESC "(B" ESC ")B" ESC "%G");
	buf_str(out, ESC "]104" ST ESC "]110" ST ESC "]111" ST ESC "]112" ST);
	buf_str(out, CSI "2J" CSI "H");
}

void screen_give_back(struct buf *out, const struct screen *screen)
{
	buf_str(out, CSI "0m" CSI "2J" CSI "H" CSI "<1u");
	if (!screen->alternate)
		buf_str(out, CSI "?1049l");
	if (screen->top || screen->bottom) {
		buf_str(out, ESC "7");
		buf_printf(out, CSI "%u;", screen->top);
		if (screen->bottom)
			buf_printf(out, "%u", screen->bottom);
		buf_str(out, "r" ESC "8");
	}
	for (size_t i = 0; i < MODE_COUNT; i++)
		if (screen->changed >> i & 1)
			put_mode(out, i, !modes[i].at_start);
	if (screen->insert)
		buf_str(out, CSI "4h");
	if (screen->keypad)
		buf_str(out, ESC "=");
}
