/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * screen - what a program has made of a terminal, by the bytes it wrote there,
 * and how to have a screen of one's own for a while. Pure: bytes in, bytes out.
 *
 * Knows the modes that hide, move or forge what others write (ECMA-48, and the
 * private modes of xterm's ctlseqs). What it does not know is reset for the
 * question, and stays reset.
 */
#ifndef PROMPT_SCREEN_H
#define PROMPT_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum screen_place {
	SCREEN_TEXT,
	SCREEN_ESCAPE, /* behind ESC */
	SCREEN_CSI,    /* behind ESC [ */
	SCREEN_STRING, /* in an operating system command or its like */
};

enum { SCREEN_PARAMETERS = 64 };

struct screen {
	enum screen_place place;
	char parameters[SCREEN_PARAMETERS + 1]; /* of the sequence so far */
	size_t len;
	uint32_t changed; /* modes of the table that are not as at the start */
	bool keypad, insert;
	unsigned int top, bottom; /* scroll region; 0: the whole screen */
	unsigned int alternate;	  /* mode by which it was entered, 0: not */
};

/* The program wrote these bytes, which may end anywhere. */
void screen_follow(struct screen *screen, const char *bytes, size_t len);

/* Does it draw on the whole screen, and so again when told to? */
bool screen_is_full(const struct screen *screen);

/* Append what makes an empty screen in a known state, whatever came before. */
void screen_take(struct buf *out, const struct screen *screen);

/* Append what gives the screen back, and restores the modes of the program's
 * that are known. A full screen comes back empty. */
void screen_give_back(struct buf *out, const struct screen *screen);

#endif
