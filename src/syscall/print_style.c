/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What the options change in every printer: quoting, and descriptors with
 * what they are open on. Printers know nothing of it; print_set_options()
 * says what holds for the line at hand.
 */
#include <string.h>

#include "syscall/printers.h"

static const struct print_options as_ever = { .string_limit = 32 };
static const struct print_options *options = &as_ever;

const struct print_options *
print_set_options(const struct print_options *new_options)
{
	const struct print_options *before = options;

	options = new_options ?: &as_ever;
	const_set_style(options->consts);
	return before;
}

void print_describe_fd(struct buf *out, int fd)
{
	if (options->files && options->files->describe)
		options->files->describe(options->files->owner, fd, out);
}

bool print_netlink_fd(int fd, int *protocol)
{
	const struct print_files *files = options->files;

	return files && files->netlink &&
	       files->netlink(files->owner, fd, protocol);
}

const char *print_generic_name(uint16_t type)
{
	const struct print_files *files = options->files;

	return files && files->generic ? files->generic(files->owner, type) :
					 NULL;
}

void print_fd_number(struct buf *out, int fd)
{
	buf_printf(out, "%d", fd);
	if (fd >= 0)
		print_describe_fd(out, fd);
}

/* ---- quoting ---- */

static bool is_plain(unsigned char byte)
{
	return (byte >= 0x20 && byte < 0x7f) || (byte >= '\t' && byte <= '\r');
}

static bool wants_hex(const unsigned char *bytes, size_t len)
{
	if (options->strings != STRINGS_HEX_IF_ODD)
		return options->strings == STRINGS_HEX;
	for (size_t i = 0; i < len; i++)
		if (!is_plain(bytes[i]))
			return true;
	return false;
}

static void add_escaped(struct buf *out, unsigned char byte, bool before_digit)
{
	static const char letters[] = "\t\n\v\f\r";
	const char *letter = byte ? strchr(letters, byte) : NULL;

	if (byte == '"' || byte == '\\')
		buf_printf(out, "\\%c", byte);
	else if (letter)
		buf_printf(out, "\\%c", "tnvfr"[letter - letters]);
	else if (byte >= 0x20 && byte < 0x7f)
		buf_char(out, (char)byte);
	else
		buf_printf(out, before_digit ? "\\%03o" : "\\%o", byte);
}

static void add_hex(struct buf *out, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "\\x%02x", bytes[i]);
}

void print_quoted_hex(struct buf *out, const void *bytes, size_t len)
{
	buf_char(out, '"');
	add_hex(out, bytes, len);
	buf_char(out, '"');
}

void print_unquoted(struct buf *out, const void *bytes, size_t len,
		    const char *also)
{
	const unsigned char *byte = bytes;

	if (wants_hex(bytes, len)) {
		add_hex(out, bytes, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		bool before_digit =
			i + 1 < len && byte[i + 1] >= '0' && byte[i + 1] <= '7';

		if (byte[i] && strchr(also, byte[i]))
			buf_printf(out, before_digit ? "\\%03o" : "\\%o",
				   byte[i]);
		else
			add_escaped(out, byte[i], before_digit);
	}
}

void print_quoted(struct buf *out, const void *bytes, size_t len)
{
	buf_char(out, '"');
	print_unquoted(out, bytes, len, "");
	buf_char(out, '"');
}
