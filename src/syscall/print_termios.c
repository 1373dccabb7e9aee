/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a terminal does with what passes through it. */
#include <asm/termbits.h>
#include <string.h>

#include "syscall/print_command.h"

/* Parts of a word that are numbers, not bits. */
struct word_part {
	uint32_t mask;
	const struct const_table *names;
};

static const struct word_part output_parts[] = {
	{ NLDLY, &consts_term_newlines },  { CRDLY, &consts_term_returns },
	{ TABDLY, &consts_term_tabs },	   { BSDLY, &consts_term_backspaces },
	{ VTDLY, &consts_term_verticals }, { FFDLY, &consts_term_feeds },
	{ 0, &consts_term_output },
};

static const struct word_part control_parts[] = {
	{ CBAUD, &consts_term_speeds },
	{ CSIZE, &consts_term_sizes },
	{ 0, &consts_term_control },
};

static const struct word_part input_parts[] = { { 0, &consts_term_input } };
static const struct word_part local_parts[] = { { 0, &consts_term_local } };

/* The last part has no mask: the bits that are left. Without any nothing is
 * written. */
static void add_word(struct buf *out, const struct word_part *part,
		     uint32_t value)
{
	uint64_t rest = value;

	for (; part->mask; part++) {
		const_add(out, part->names, value & part->mask);
		buf_char(out, '|');
		rest &= ~(uint64_t)part->mask;
	}
	if (!rest)
		return;
	if (const_add_names(out, part->names, &rest, false))
		const_add_rest(out, NULL, rest, true);
	else
		const_add_rest(out, part->names->unknown, rest, false);
}

/* The speed of input, where it is one of its own, stands behind that of
 * output. */
static void add_control(struct buf *out, uint32_t value)
{
	uint32_t input = (value & CIBAUD) >> IBSHIFT;

	const_add(out, control_parts->names, value & CBAUD);
	buf_char(out, '|');
	if (input) {
		const_add(out, control_parts->names, input);
		buf_str(out, "<<IBSHIFT|");
	}
	add_word(out, control_parts + 1,
		 value & ~((uint32_t)CBAUD | (uint32_t)CIBAUD));
}

static void add_words(struct buf *out, const uint32_t words[4])
{
	buf_str(out, "{c_iflag=");
	add_word(out, input_parts, words[0]);
	buf_str(out, ", c_oflag=");
	add_word(out, output_parts, words[1]);
	buf_str(out, ", c_cflag=");
	add_control(out, words[2]);
	buf_str(out, ", c_lflag=");
	add_word(out, local_parts, words[3]);
	buf_str(out, ", ...}");
}

void print_termios_at(const struct print_ctx *ctx, uint64_t addr)
{
	struct termios attributes; /* the part that termios2 has too */
	uint32_t words[4];

	if (!print_fetch(ctx, addr, &attributes, sizeof(attributes)))
		return;
	memcpy(words, &attributes, sizeof(words));
	add_words(ctx->out, words);
}

void print_termio_at(const struct print_ctx *ctx, uint64_t addr)
{
	uint16_t old[9]; /* struct termio, eighteen bytes */
	uint32_t words[4];

	if (!print_fetch(ctx, addr, old, sizeof(old)))
		return;
	for (int i = 0; i < 4; i++)
		words[i] = old[i];
	add_words(ctx->out, words);
}
