/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "syscall/call_image.h"

#include <string.h>

#include "syscall/call_decode.h"

enum { ALIGNMENT = 16 };

struct builder {
	const struct call *call;
	struct call_image *image;
	uint64_t base;
	bool overflow;
};

/* Room for @len bytes that the program has at @addr. NULL: it is full. */
static struct call_span *add_span(struct builder *builder, uint64_t addr,
				  const void *bytes, size_t len)
{
	struct call_image *image = builder->image;
	size_t at = (image->len + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct call_span *span;

	if (at > CALL_IMAGE_SIZE || len > CALL_IMAGE_SIZE - at ||
	    image->n_spans == CALL_IMAGE_SPANS) {
		builder->overflow = true;
		return NULL;
	}
	span = &image->spans[image->n_spans++];
	*span = (struct call_span){ .addr = addr, .len = len, .at = at };
	memcpy(image->bytes + at, bytes, len);
	image->len = at + len;
	return span;
}

static void point_arg(struct builder *builder, int arg,
		      const struct call_span *span)
{
	if (span)
		builder->image->args[arg] = builder->base + span->at;
}

/* The pointer of @size bytes at @offset of the structure @holder leads to
 * @span. */
static void point_field(struct builder *builder, const struct call_span *holder,
			size_t offset, size_t size,
			const struct call_span *span)
{
	uint64_t value;

	if (!holder || !span)
		return;
	value = builder->base + span->at;
	memcpy(builder->image->bytes + holder->at + offset, &value, size);
}

/* What was read at @addr, if it was kept. */
static const struct call_copy *find_copy(const struct call *call, uint64_t addr,
					 size_t min)
{
	for (size_t i = 0; i < call->n_copies; i++)
		if (call->copies[i].addr == addr && call->copies[i].len >= min)
			return &call->copies[i];
	return NULL;
}

static struct call_span *add_copied(struct builder *builder, uint64_t addr,
				    size_t min)
{
	const struct call_copy *copy = find_copy(builder->call, addr, min);

	return copy ? add_span(builder, addr, copy->bytes, copy->len) : NULL;
}

static struct call_span *add_text(struct builder *builder, uint64_t addr,
				  const char *text)
{
	return add_span(builder, addr, text, strlen(text) + 1);
}

static struct call_span *add_address(struct builder *builder, uint64_t addr,
				     const struct target *target)
{
	struct sockaddr_storage address = target->address;

	if (target->unspecified)
		address.ss_family = AF_UNSPEC;
	return add_span(builder, addr, &address, target->address_len);
}

/* ---- one argument ---- */

/* A struct msghdr at @addr; @target is where it goes. */
static void add_message(struct builder *builder, int arg, uint64_t addr,
			const struct target *target)
{
	struct call_span *message =
		add_copied(builder, addr, msghdr_size(builder->call));
	struct program_msghdr header;

	if (!message)
		return;
	msghdr_read(builder->call, builder->image->bytes + message->at,
		    &header);
	point_arg(builder, arg, message);
	if (header.name && header.name_len && target)
		point_field(builder, message,
			    offsetof(struct program_msghdr, name),
			    decode_word_size(builder->call),
			    add_address(builder, header.name, target));
}

/* sendmmsg(fd, messages, count, flags) as sendmsg(fd, message, flags): that
 * the kernel sends fewer than there are is nothing new to the program. */
static void take_first_message(struct builder *builder, int arg)
{
	struct call_image *image = builder->image;

	if (!find_copy(builder->call, builder->call->args[arg],
		       msghdr_size(builder->call)))
		return; /* no message at all */
	image->id = SYSCALL_sendmsg;
	image->args[2] = builder->call->args[3];
	image->sent_at = builder->call->args[arg] + msghdr_size(builder->call);
}

/* Where the first message of a call goes; NULL: nowhere, or unknown. */
static const struct target *first_address(const struct call *call, int arg)
{
	for (size_t i = 0; i < call->n_targets; i++)
		if (call->targets[i].arg == arg)
			return call->targets[i].error ? NULL :
							&call->targets[i];
	return NULL;
}

static void add_bpf(struct builder *builder, const struct target *target)
{
	uint64_t addr = builder->call->args[target->arg];
	struct call_span *holder = add_copied(builder, addr, sizeof(uint64_t));

	point_arg(builder, target->arg, holder);
	if (!holder || !target->asked)
		return;
	memcpy(&addr, builder->image->bytes + holder->at, sizeof(addr));
	point_field(builder, holder, 0, sizeof(addr),
		    add_text(builder, addr, target->asked));
}

static void add_target(struct builder *builder, const struct target *target)
{
	int arg = target->arg;
	uint64_t addr = builder->call->args[arg];

	if (target->error || !addr)
		return;
	switch (target->kind) {
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
		point_arg(builder, arg, add_text(builder, addr, target->asked));
		break;
	case TARGET_FD:
		/* The empty path that stands for a descriptor. */
		if (target->from_path)
			point_arg(builder, arg, add_text(builder, addr, ""));
		break;
	case TARGET_ADDRESS:
		point_arg(builder, arg, add_address(builder, addr, target));
		break;
	case TARGET_NONE:
	case TARGET_MSG:
	case TARGET_MMSG:
	case TARGET_PID:
	case TARGET_PIDFD:
		break;
	}
}

static void add_arg(struct builder *builder, int arg)
{
	const struct call *call = builder->call;
	uint64_t addr = call->args[arg];

	/* Longer than we keep, and than the kernel takes. */
	if (arg_is_text(call->def->args[arg].kind) &&
	    find_copy(call, addr, 1) && !call_string(call, arg))
		builder->overflow = true;
	switch (call->def->args[arg].kind) {
	case ARG_MMSG:
		take_first_message(builder, arg);
		__attribute__((fallthrough));
	case ARG_MSG:
		add_message(builder, arg, addr, first_address(call, arg));
		break;
	case ARG_STRING:
	case ARG_MOUNT_TYPE:
	case ARG_OPEN_HOW:
	case ARG_FCNTL_ARG:
	case ARG_IOCTL_ARG:
	case ARG_FSCONFIG_VALUE: /* when it is no path */
		point_arg(builder, arg, add_copied(builder, addr, 1));
		break;
	default:
		break;
	}
}

/* Arguments whose targets lie deeper than the argument itself. */
static bool is_nested(const struct call *call, int arg)
{
	enum arg_kind kind = call->def->args[arg].kind;

	return kind == ARG_MSG || kind == ARG_MMSG;
}

bool call_image_build(const struct call *call, uint64_t base,
		      struct call_image *image)
{
	struct builder builder = { .call = call, .image = image, .base = base };

	image->n_spans = image->len = 0;
	image->sent_at = 0;
	memcpy(image->args, call->raw, sizeof(image->args));
	image->id = call->def ? call->def->id : SYSCALL_UNKNOWN;
	if (!call->def)
		return true;
	for (size_t i = 0; i < call->n_args; i++)
		add_arg(&builder, (int)i);
	for (size_t i = 0; i < call->n_targets; i++) {
		const struct target *target = &call->targets[i];

		if (call->def->args[target->arg].kind == ARG_BPF_ATTR)
			add_bpf(&builder, target);
		else if (!is_nested(call, target->arg))
			add_target(&builder, target);
	}
	return !builder.overflow;
}
