/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * call_text - see syscall/call_text.h.
 *
 * The words become what a program would have in its memory and registers, and
 * call_decode() takes it from there: there is one way to read a call.
 */
#include "syscall/call_text.h"

#include <errno.h>
#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/escape.h"
#include "syscall/consts.h"
#include "syscall/names.h"

#define MEMORY_AT UINT64_C(0x10000)

struct reading {
	const struct call_text *text;
	struct buf memory; /* at MEMORY_AT */
	uint64_t raw[SYSCALL_ARGS_MAX];
	uint64_t length; /* of what was put last: for "*" */
	int arg;
	enum arg_kind kind; /* of argument @arg */
	const char *why;    /* it cannot be read: static text */
};

/* ---- memory ---- */

static size_t read_memory(void *owner, uint64_t addr, void *out, size_t len)
{
	const struct buf *memory = owner;

	if (addr < MEMORY_AT || addr - MEMORY_AT >= memory->len)
		return 0;
	addr -= MEMORY_AT;
	if (len > memory->len - addr)
		len = memory->len - addr;
	memcpy(out, memory->data + addr, len);
	return len;
}

static uint64_t put(struct reading *reading, const void *data, size_t len)
{
	uint64_t at = MEMORY_AT + reading->memory.len;

	buf_add(&reading->memory, data, len);
	/* Structs are aligned, and nothing runs into what follows. */
	buf_pad(&reading->memory, (reading->memory.len / 16 + 1) * 16, '\0');
	reading->length = len;
	return at;
}

/* ---- numbers and constants ---- */

static bool parse_number(const char *word, uint64_t *value)
{
	char *end;

	if (!*word || !strchr("-0123456789", *word))
		return false;
	errno = 0;
	*value = *word == '-' ? (uint64_t)strtoll(word, &end, 0) :
				strtoull(word, &end, 0);
	return !errno && !*end && end > word;
}

static bool parse_word(enum arg_kind kind, const char *word, uint64_t *value)
{
	return parse_number(word, value) ||
	       constant_by_name(kind, word, value) ||
	       const_by_name(word, value);
}

static uint64_t read_value(struct reading *reading, const char *word,
			   enum arg_kind kind)
{
	char *copy = xstrdup(word), *rest = copy, *one;
	uint64_t sum = 0, value = 0;

	while ((one = strsep(&rest, "|"))) {
		if (!parse_word(kind, one, &value))
			reading->why = "no number and no constant known here";
		sum |= value;
	}
	free(copy);
	return sum;
}

static uint64_t read_number(struct reading *reading, const char *word)
{
	if (strcmp(word, "*") == 0)
		return reading->length;
	return read_value(reading, word, reading->kind);
}

/* ---- what stands in memory ---- */

static uint64_t read_string(struct reading *reading, const char *word)
{
	return put(reading, word, strlen(word) + 1);
}

static uint64_t read_address(struct reading *reading, const char *word)
{
	struct sockaddr_storage address;
	socklen_t len = address_from_text(word, &address);

	if (!len)
		reading->why = "no address: 1.2.3.4:80, [::1]:80, unix:/path "
			       "or unix:@name";
	return put(reading, &address, len);
}

/* struct mmsghdr begins with a struct msghdr: one message. */
static uint64_t read_message(struct reading *reading, const char *word)
{
	struct mmsghdr message = { 0 };
	uint64_t at = read_address(reading, word);

	message.msg_hdr.msg_name = (void *)(uintptr_t)at;
	message.msg_hdr.msg_namelen = (socklen_t)reading->length;
	at = put(reading, &message, sizeof(message));
	reading->length = 1;
	return at;
}

static uint64_t read_open_how(struct reading *reading, const char *word)
{
	struct open_request how = {
		.flags = read_value(reading, word, ARG_OPEN_FLAGS),
	};

	return put(reading, &how, sizeof(how));
}

static uint64_t read_clone_args(struct reading *reading, const char *word)
{
	struct clone_args args = {
		.flags = read_value(reading, word, ARG_CLONE_FLAGS),
	};

	return put(reading, &args, sizeof(args));
}

/* A number, or the path of the file that is open there. */
static uint64_t read_fd(struct reading *reading, const char *word)
{
	int fd;

	if (word[0] != '/' && word[0] != '.')
		return read_number(reading, word);
	fd = reading->text->open_path(word);
	if (fd < 0)
		reading->why = strerror(-fd);
	return (uint64_t)fd;
}

/* By the kind of the argument, else by what it names, else a number. */
static const struct {
	enum arg_kind kind;
	uint64_t (*read)(struct reading *reading, const char *word);
} by_kind[] = {
	{ ARG_FD, read_fd },
	{ ARG_FD_FILE, read_fd },
	{ ARG_DIRFD, read_fd },
	{ ARG_STRING, read_string },
	{ ARG_ARGV, read_string },
	{ ARG_ENVP, read_string },
	{ ARG_BUF_IN, read_string },
	{ ARG_SENT, read_string },
	{ ARG_FSCONFIG_VALUE, read_string },
	{ ARG_FILE_HANDLE, read_number },
	{ ARG_BPF_ATTR, read_number },
	{ ARG_OPEN_HOW, read_open_how },
	{ ARG_CLONE_ARGS, read_clone_args },
};

static const struct {
	enum target_kind target;
	uint64_t (*read)(struct reading *reading, const char *word);
} by_target[] = {
	{ TARGET_PATH, read_string }, { TARGET_LINK, read_string },
	{ TARGET_NEW, read_string },  { TARGET_ADDRESS, read_address },
	{ TARGET_MSG, read_message }, { TARGET_MMSG, read_message },
};

static uint64_t read_word(struct reading *reading, const char *word)
{
	enum target_kind target = arg_kind_def(reading->kind)->target;

	if (strcmp(word, "NULL") == 0)
		return 0;
	for (size_t i = 0; i < sizeof(by_kind) / sizeof(*by_kind); i++)
		if (by_kind[i].kind == reading->kind)
			return by_kind[i].read(reading, word);
	for (size_t i = 0; i < sizeof(by_target) / sizeof(*by_target); i++)
		if (by_target[i].target == target)
			return by_target[i].read(reading, word);
	/* What the kernel fills in may be called anything: "buf". */
	if (arg_kind_def(reading->kind)->phase == PHASE_EXIT &&
	    !strchr("-0123456789*", *word))
		return 0;
	return read_number(reading, word);
}

/* ---- the whole call ---- */

static bool is_length(enum arg_kind kind)
{
	return kind == ARG_SOCKLEN || kind == ARG_SIZE || kind == ARG_UINT;
}

static bool refuse(const struct reading *reading, const char *name,
		   const char *word, struct err *err)
{
	BUF_AUTO(shown);

	escape_quoted(&shown, word, strnlen(word, 100));
	return err_set(err, "%s: argument %d: %s: %s", name, reading->arg + 1,
		       buf_text(&shown), reading->why);
}

static bool read_words(struct reading *reading, const struct syscall_def *def,
		       const char *name, char *const *words, struct err *err)
{
	int count = def ? (int)syscall_arg_count(def) : SYSCALL_ARGS_MAX;

	for (reading->arg = 0; reading->arg < count; reading->arg++) {
		int arg = reading->arg;

		reading->kind = def ? def->args[arg].kind : ARG_HEX;
		if (!*words && arg && is_length(reading->kind))
			reading->raw[arg] = reading->length;
		if (!*words)
			continue;
		reading->raw[arg] = read_word(reading, *words);
		if (reading->why)
			return refuse(reading, name, *words, err);
		words++;
	}
	if (*words)
		return err_set(err, "%s takes %d arguments, not more", name,
			       count);
	return true;
}

bool call_from_text(struct call *call, const struct call_text *text,
		    const struct syscall_def *def, int number,
		    char *const *words, struct err *err)
{
	struct reading reading = { .text = text, .memory = BUF_EMPTY };
	struct mem_reader mem = { read_memory, &reading.memory };
	bool ok = read_words(&reading, def, def ? def->name : "the call", words,
			     err);

	if (ok)
		call_decode(call, def, number, reading.raw, &mem);
	buf_free(&reading.memory);
	return ok;
}
