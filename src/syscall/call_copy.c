/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * Strings that a call names beside its targets: a symlink's text, the words of
 * a command line. A person decides on them, so they belong to the copy.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "syscall/call_decode.h"

enum {
	STRING_MAX = 4096, /* bytes of one string, its NUL included */
	WORDS_MAX = 256,   /* words of a command line */
	TOTAL_MAX = 65536, /* bytes of all strings of a call */
};

void decode_copy(struct decoder *decoder, uint64_t addr, const void *bytes,
		 size_t len)
{
	struct call *call = decoder->call;
	size_t n = call->n_copies;
	struct call_copy *copy;

	/* Room for 1, 2, 4, 8, ... */
	if ((n & (n - 1)) == 0)
		call->copies =
			xrealloc(call->copies, (n ? 2 * n : 1) * sizeof(*copy));
	copy = &call->copies[call->n_copies++];
	copy->addr = addr;
	copy->len = len;
	copy->bytes = xmalloc(len);
	memcpy(copy->bytes, bytes, len);
}

/* Returns the bytes kept: 0 when it cannot be read. What is longer than we
 * keep stays without its NUL, and is shown as cut. */
static size_t copy_string(struct decoder *decoder, uint64_t addr)
{
	char text[STRING_MAX];
	long len = mem_read_string(decoder->mem, addr, text, sizeof(text));
	size_t kept = len >= 0 ? (size_t)len + 1 : sizeof(text);

	if (len == -EFAULT)
		return 0;
	decode_copy(decoder, addr, text, kept);
	return kept;
}

static void copy_words(struct decoder *decoder, uint64_t addr)
{
	unsigned char words[WORDS_MAX * sizeof(uint64_t)];
	size_t size = decode_word_size(decoder->call);
	size_t count =
		mem_read(decoder->mem, addr, words, WORDS_MAX * size) / size;
	size_t total = 0;

	if (count)
		decode_copy(decoder, addr, words, count * size);
	for (size_t i = 0; i < count && total < TOTAL_MAX; i++) {
		uint64_t word = 0;

		memcpy(&word, words + i * size, size);
		if (!word)
			break;
		total += copy_string(decoder, word);
	}
}

bool arg_is_text(enum arg_kind kind)
{
	return kind == ARG_STRING || kind == ARG_MOUNT_TYPE;
}

void decode_copies(struct decoder *decoder)
{
	const struct call *call = decoder->call;

	for (size_t i = 0; i < call->n_args; i++) {
		enum arg_kind kind = call->def->args[i].kind;

		if (arg_is_text(kind) && call->args[i])
			copy_string(decoder, call->args[i]);
		else if (kind == ARG_ARGV && call->args[i])
			copy_words(decoder, call->args[i]);
	}
}

size_t call_read_copy(const struct call *call, uint64_t addr, void *out,
		      size_t len)
{
	for (size_t i = 0; i < call->n_copies; i++) {
		const struct call_copy *copy = &call->copies[i];
		uint64_t offset = addr - copy->addr;

		if (addr < copy->addr || offset >= copy->len)
			continue;
		if (len > copy->len - offset)
			len = copy->len - (size_t)offset;
		memcpy(out, copy->bytes + offset, len);
		return len;
	}
	return 0;
}

const char *call_string(const struct call *call, int arg)
{
	if (!call->def || !arg_is_text(call->def->args[arg].kind))
		return NULL;
	for (size_t i = 0; i < call->n_copies; i++) {
		const struct call_copy *copy = &call->copies[i];

		if (copy->addr == call->args[arg])
			return copy->bytes[copy->len - 1] ? NULL : copy->bytes;
	}
	return NULL;
}
