/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * What an argument is in JSON follows from its kind: what fits 32 bits is a
 * number, what may need 64 is a string of digits, paths and strings are their
 * bytes, and everything else reads as in the -vv log.
 */
#include "report/journal_args.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

#include "syscall/print.h"

enum {
	WORDS_MAX = 1024, /* of a command line or an environment */
	WORD_MAX = 4096,  /* bytes of one */
	DATA_MAX = 65536, /* bytes of one buffer */
};

struct arg_writer {
	struct json_writer *json;
	const struct call *call;
	const struct mem_reader *mem; /* NULL: contents are nobody's business */
	int arg;
	uint64_t value;
};

static const struct print_options long_strings = { .string_limit = 4096 };

/* ---- one function for each way to write one ---- */

static void write_printed(const struct arg_writer *writer)
{
	BUF_AUTO(text);

	print_call_arg(&text, writer->call, writer->arg);
	json_write_bytes(writer->json, buf_text(&text), text.len);
}

static void write_number(const struct arg_writer *writer)
{
	json_write_int(writer->json, (int64_t)writer->value);
}

static void write_signed(const struct arg_writer *writer)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, (int64_t)writer->value);
	json_write_string(writer->json, digits);
}

static void write_unsigned(const struct arg_writer *writer)
{
	json_write_u64_string(writer->json, writer->value);
}

static void write_address(const struct arg_writer *writer)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%#" PRIx64, writer->value);
	if (writer->value)
		json_write_string(writer->json, digits);
	else
		json_write_raw(writer->json, "null");
}

static void write_dirfd(const struct arg_writer *writer)
{
	if ((int)writer->value == AT_FDCWD)
		json_write_string(writer->json, "AT_FDCWD");
	else
		write_number(writer);
}

static void write_path(const struct arg_writer *writer)
{
	const struct call *call = writer->call;

	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];

		if (target->arg == writer->arg && target->asked) {
			json_write_bytes(writer->json, target->asked,
					 strlen(target->asked));
			return;
		}
	}
	write_address(writer);
}

static void write_string(const struct arg_writer *writer)
{
	const char *text = call_string(writer->call, writer->arg);

	if (text)
		json_write_bytes(writer->json, text, strlen(text));
	else
		write_address(writer);
}

/* One word of the checked copy; an address where there is none. */
static void write_word(const struct arg_writer *writer, uint64_t addr)
{
	char text[WORD_MAX];
	size_t len = call_read_copy(writer->call, addr, text, sizeof(text));

	json_write_bytes(writer->json, text, strnlen(text, len));
}

static void write_argv(const struct arg_writer *writer)
{
	uint64_t word;

	if (call_read_copy(writer->call, writer->value, &word, sizeof(word)) !=
	    sizeof(word)) {
		write_address(writer);
		return;
	}
	json_open_array(writer->json);
	for (uint64_t i = 0; i < WORDS_MAX; i++) {
		if (call_read_copy(writer->call,
				   writer->value + i * sizeof(word), &word,
				   sizeof(word)) != sizeof(word) ||
		    !word)
			break;
		write_word(writer, word);
	}
	json_close_array(writer->json);
}

/* ---- contents: only where somebody asked for them ---- */

static void write_memory(const struct arg_writer *writer, uint64_t addr,
			 uint64_t len)
{
	BUF_AUTO(bytes);
	char block[4096];

	if (len > DATA_MAX)
		len = DATA_MAX;
	while (bytes.len < len) {
		size_t want = len - bytes.len;
		size_t got =
			mem_read(writer->mem, addr + bytes.len, block,
				 want < sizeof(block) ? want : sizeof(block));

		if (!got)
			break;
		buf_add(&bytes, block, got);
	}
	json_write_bytes(writer->json, buf_text(&bytes), bytes.len);
}

static void write_data(const struct arg_writer *writer)
{
	if (writer->mem && writer->value &&
	    writer->arg + 1 < (int)writer->call->n_args)
		write_memory(writer, writer->value,
			     writer->call->args[writer->arg + 1]);
	else
		write_address(writer);
}

static void write_vector(const struct arg_writer *writer)
{
	uint64_t count = writer->arg + 1 < (int)writer->call->n_args ?
				 writer->call->args[writer->arg + 1] :
				 0;
	struct iovec part;

	if (!writer->mem || !writer->value) {
		write_address(writer);
		return;
	}
	json_open_array(writer->json);
	for (uint64_t i = 0; i < count && i < WORDS_MAX; i++) {
		if (!mem_read_all(writer->mem, writer->value + i * sizeof(part),
				  &part, sizeof(part)))
			break;
		write_memory(writer, (uintptr_t)part.iov_base, part.iov_len);
	}
	json_close_array(writer->json);
}

static void write_envp(const struct arg_writer *writer)
{
	char text[WORD_MAX];
	uint64_t word;

	if (!writer->mem || !writer->value) {
		write_address(writer);
		return;
	}
	json_open_array(writer->json);
	for (uint64_t i = 0; i < WORDS_MAX; i++) {
		if (!mem_read_all(writer->mem, writer->value + i * sizeof(word),
				  &word, sizeof(word)) ||
		    !word ||
		    mem_read_string(writer->mem, word, text, sizeof(text)) ==
			    -EFAULT)
			break;
		json_write_bytes(writer->json, text,
				 strnlen(text, sizeof(text)));
	}
	json_close_array(writer->json);
}

/* Kinds that are not here read as they do in the -vv log. */
static void (*const writers[ARG_KIND_COUNT])(const struct arg_writer *) = {
	[ARG_INT] = write_number,
	[ARG_UINT] = write_number,
	[ARG_LONG] = write_signed,
	[ARG_ULONG] = write_unsigned,
	[ARG_SIZE] = write_unsigned,
	[ARG_OFFSET] = write_signed,
	[ARG_OFFSET_HIGH] = write_unsigned,
	[ARG_HEX] = write_address,
	[ARG_PTR] = write_address,
	[ARG_PTR_OUT] = write_address,
	[ARG_FD] = write_number,
	[ARG_FD_FILE] = write_number,
	[ARG_PIDFD_TARGET] = write_number,
	[ARG_DIRFD] = write_dirfd,
	[ARG_PATH] = write_path,
	[ARG_PATH_LINK] = write_path,
	[ARG_PATH_NEW] = write_path,
	[ARG_PATH_OLD] = write_path,
	[ARG_PATH_ONTO] = write_path,
	[ARG_PATH_LINKED] = write_path,
	[ARG_PATH_OPTIONAL] = write_path,
	[ARG_PATH_OR_FD] = write_path,
	[ARG_PATH_LINK_OR_FD] = write_path,
	[ARG_STRING] = write_string,
	[ARG_ARGV] = write_argv,
	[ARG_ENVP] = write_envp,
	[ARG_BUF_IN] = write_data,
	[ARG_SENT] = write_data,
	[ARG_IOV_IN] = write_vector,
	[ARG_FSCONFIG_VALUE] = write_address,
	[ARG_SOCKOPT_IN] = write_address,
	[ARG_SOCKLEN] = write_number,
	[ARG_PID] = write_number,
	[ARG_PID_TARGET] = write_number,
	[ARG_WHO_TARGET] = write_number,
	[ARG_EXIT_STATUS] = write_number,
};

/* Members of an object whose kind is filled in by the kernel, and in which
 * the program's data stands. */
static bool is_data(enum arg_kind kind)
{
	return kind == ARG_BUF_OUT || kind == ARG_RECEIVED ||
	       kind == ARG_IOV_OUT || kind == ARG_RANDOM_OUT ||
	       kind == ARG_MSG_OUT || kind == ARG_MMSG_OUT ||
	       kind == ARG_MMSG || kind == ARG_MSG || kind == ARG_SOCKOPT_OUT ||
	       kind == ARG_IOCTL_ARG;
}

static void write_key(struct json_writer *json, const struct call *call,
		      int arg)
{
	char name[16];

	if (call->def) {
		json_write_key(json, call->def->args[arg].name);
		return;
	}
	snprintf(name, sizeof(name), "arg%d", arg + 1);
	json_write_key(json, name);
}

void journal_write_args(struct json_writer *json, const struct call *call,
			const struct mem_reader *mem)
{
	json_write_key(json, "args");
	json_open_object(json);
	for (int i = 0; i < (int)call->n_args; i++) {
		struct arg_writer writer = {
			.json = json,
			.call = call,
			.mem = mem,
			.arg = i,
			.value = call->args[i],
		};
		enum arg_kind kind =
			call->def ? call->def->args[i].kind : ARG_HEX;

		write_key(json, call, i);
		if (writers[kind])
			writers[kind](&writer);
		else
			write_printed(&writer);
	}
	json_close_object(json);
}

void journal_write_filled(struct json_writer *json, const struct call *call,
			  int64_t result, const struct mem_reader *mem,
			  bool data)
{
	bool open = false;

	for (int i = 0; call->def && i < (int)call->n_args; i++) {
		BUF_AUTO(text);

		if ((is_data(call->def->args[i].kind) && !data) ||
		    !call->args[i] ||
		    !print_filled_arg(&text, call, i, result, mem,
				      &long_strings) ||
		    !text.len)
			continue;
		if (!open) {
			json_write_key(json, "filled");
			json_open_object(json);
		}
		open = true;
		write_key(json, call, i);
		json_write_bytes(json, buf_text(&text), text.len);
	}
	if (open)
		json_close_object(json);
}

bool journal_fills_data(const struct call *call)
{
	for (int i = 0; call->def && i < (int)call->n_args; i++)
		if (is_data(call->def->args[i].kind))
			return true;
	return false;
}
