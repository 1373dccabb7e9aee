/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * escape - text that came from the program, made safe to show.
 *
 * Escaped, never stripped: what is shown can be told apart from every other
 * text. Printable UTF-8 stays; control bytes, DEL, C1, bidirectional and
 * zero-width characters, line separators, private use, non-characters and
 * invalid UTF-8 become \n \t \\ \xHH (bytes) or \u{HEX} (characters).
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stddef.h>

#include "base/buf.h"

/* Append @len bytes of @text, escaped for a terminal line. A space at an end or
 * next to another one becomes \x20: it could be taken for our own layout. */
void escape_text(struct buf *out, const char *text, size_t len);

/* The same for a C string. */
void escape_str(struct buf *out, const char *text);

/* The same between double quotes, a quote inside written \"; spaces stay. */
void escape_quoted(struct buf *out, const char *text, size_t len);

/* For a line that escaped its values already, in its own way (JSON, a printed
 * call): backslashes and spaces stay, all else is as in escape_text(). */
void escape_again(struct buf *out, const char *text, size_t len);

/* Like escape_text(), but a text longer than @limit bytes loses its middle:
 * "first...[123 bytes]...last", the number counting the hidden bytes.
 * A "...[" of the text's own has its bracket written \x5b. */
void escape_elided(struct buf *out, const char *text, size_t len, size_t limit);

/* Decode one UTF-8 character at @text (@len bytes left). Returns its length
 * (1 to 4) and sets *@code; 0 when the bytes are not valid UTF-8 (overlong
 * forms, surrogates and values above U+10FFFF are not). RFC 3629. */
size_t utf8_decode(const char *text, size_t len, unsigned int *code);

#endif
