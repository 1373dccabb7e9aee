/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/call_decode.h"

#include <stdio.h>
#include <string.h>

#include "base/die.h"
#include "syscall/classify.h"

struct target *call_add_target(struct call *call, enum target_kind kind,
			       int arg)
{
	size_t n = call->n_targets;
	struct target *target;

	/* Room for 1, 2, 4, 8, ... */
	if ((n & (n - 1)) == 0)
		call->targets = xrealloc(call->targets,
					 (n ? 2 * n : 1) * sizeof(*target));
	target = &call->targets[call->n_targets++];
	*target = (struct target){
		.kind = kind,
		.arg = arg,
		.implied = arg_kind_def(call->def->args[arg].kind)->implied,
	};
	return target;
}

static void decode_fd(struct decoder *decoder, int arg, enum target_kind kind)
{
	struct target *target = call_add_target(decoder->call, kind, arg);

	target->dirfd = (int)decoder->call->args[arg];
}

static void decode_target(struct decoder *decoder, int arg)
{
	enum arg_kind kind = decoder->call->def->args[arg].kind;

	switch (arg_kind_def(kind)->target) {
	case TARGET_NONE:
		break;
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
		decode_path(decoder, arg);
		break;
	case TARGET_FD:
		decode_fd(decoder, arg, TARGET_FD);
		break;
	case TARGET_ADDRESS:
		decode_sockaddr(decoder, arg);
		break;
	case TARGET_MSG:
		decode_msg(decoder, arg);
		break;
	case TARGET_MMSG:
		decode_mmsg(decoder, arg);
		break;
	case TARGET_PID:
		decode_pid(decoder, arg);
		break;
	case TARGET_PIDFD:
		decode_fd(decoder, arg, TARGET_PIDFD);
		break;
	}
}

static void decode_unknown(struct call *call)
{
	snprintf(call->name, sizeof(call->name), "syscall_%d", call->number);
	memcpy(call->args, call->raw, sizeof(call->args));
	call->n_args = SYSCALL_ARGS_MAX;
	call->soft = SOFT_NONE;
}

static void decode_known(struct call *call, const struct call_form *form,
			 const struct mem_reader *mem)
{
	const struct syscall_def *def = call->def;
	struct decoder decoder = { .call = call, .mem = mem };

	snprintf(call->name, sizeof(call->name), "%s",
		 form ? form->name : def->name);
	call->n_args = form ? form->n_args : syscall_arg_count(def);
	for (size_t i = 0; i < call->n_args; i++)
		call->args[i] = arg_truncate(def->args[i].kind, call->raw[i]);
	decode_open(&decoder);
	decode_clone(&decoder);
	for (size_t i = 0; i < call->n_args; i++)
		decode_target(&decoder, (int)i);
	decode_copies(&decoder);
	call->classes = classify_call(call);
	call->soft = def->soft;
	call->soft_value = decode_soft_value(&decoder);
}

void call_decode_form(struct call *call, const struct call_form *form,
		      const struct syscall_def *def, int number,
		      const uint64_t raw[SYSCALL_ARGS_MAX],
		      const struct mem_reader *mem)
{
	*call = (struct call){
		.def = def,
		.number = number,
		.abi = form ? form->abi : NULL,
		.narrow = form && form->narrow,
		.opaque = form && form->opaque,
	};
	memcpy(call->raw, raw, sizeof(call->raw));
	if (def)
		decode_known(call, form, mem);
	else
		decode_unknown(call);
}

void call_decode(struct call *call, const struct syscall_def *def, int number,
		 const uint64_t raw[SYSCALL_ARGS_MAX],
		 const struct mem_reader *mem)
{
	call_decode_form(call, NULL, def, number, raw, mem);
}

size_t decode_word_size(const struct call *call)
{
	return call->narrow ? sizeof(uint32_t) : sizeof(uint64_t);
}

bool decode_word(const struct decoder *decoder, uint64_t addr, uint64_t *word)
{
	*word = 0; /* little-endian: the lower half comes first */
	return mem_read_all(decoder->mem, addr, word,
			    decode_word_size(decoder->call));
}
