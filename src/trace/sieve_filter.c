/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * One block a node, nodes before those that they lead to, so that all jumps go
 * forward as they must:
 *
 *	load the low word of the argument
 *	and with the mask
 *	is it the value? go on : to the block of "no"
 *	... the same with the high word
 *	to the block of "yes"
 *
 * What nobody tests is allowed after looking at the number alone: the kernel
 * finds that out once and never runs the program for it (since 5.11).
 */
#include "trace/sieve_filter.h"

#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>

#include "arch/arch.h"
#include "base/die.h"
#include "trace/guard.h"

/* Leave room for what the program installs itself. */
enum { LENGTH_MAX = 2048 };

/* Made by inject.c, pin.c (as another call than the program's), enforce.c, and
 * by spawn.c before the program is there. */
static const enum syscall_id tracers_own[] = {
	SYSCALL_brk,	      SYSCALL_close,	 SYSCALL_execve,
	SYSCALL_execveat,     SYSCALL_exit,	 SYSCALL_exit_group,
	SYSCALL_getppid,      SYSCALL_mmap,	 SYSCALL_mseal,
	SYSCALL_rt_sigreturn, SYSCALL_sendmsg,	 SYSCALL_setgroups,
	SYSCALL_setresgid,    SYSCALL_setresuid, SYSCALL_restart_syscall,
};

static bool must_not_fail(enum syscall_id id)
{
	for (size_t i = 0; i < sizeof(tracers_own) / sizeof(*tracers_own); i++)
		if (tracers_own[i] == id)
			return true;
	for (size_t i = 0; i < guard_count; i++)
		if (guards[i].id == id && !guard_is_for_pins(&guards[i]))
			return true;
	return false;
}

static void show_instead(struct sieve *sieve, int *at)
{
	if (sieve_error(*at)) {
		*at = SIEVE_SHOW;
	} else if (*at >= 0) {
		show_instead(sieve, &sieve->nodes.items[*at].yes);
		show_instead(sieve, &sieve->nodes.items[*at].no);
	}
}

void sieve_filter_prepare(struct sieve *sieve)
{
	for (int id = 0; id < SYSCALL_COUNT; id++)
		if (must_not_fail(id))
			show_instead(sieve, &sieve->start[id]);
}

bool sieve_filter_speaks_of(const struct sieve *sieve, enum syscall_id id)
{
	return sieve->start[id] != SIEVE_ALLOW &&
	       sieve->start[id] != SIEVE_SHOW;
}

/* ---- writing ---- */

/* A jump whose distance is not known yet. */
struct jump {
	size_t at;
	int to; /* a node or an end */
};

struct end {
	int end;
	size_t at;
};

struct writer {
	VEC_OF(struct sock_filter) code;
	VEC_OF(struct jump) jumps;
	VEC_OF(struct end) ends;
	size_t *nodes; /* where their blocks begin */
};

static void put(struct writer *writer, unsigned int code, uint32_t k)
{
	struct sock_filter line = { (unsigned short)code, 0, 0, k };

	VEC_PUSH(&writer->code, line);
}

static void put_compare(struct writer *writer, uint32_t value, int yes, int no)
{
	struct sock_filter line = { BPF_JMP | BPF_JEQ | BPF_K,
				    (unsigned char)yes, (unsigned char)no,
				    value };

	VEC_PUSH(&writer->code, line);
}

static void put_jump(struct writer *writer, int to)
{
	struct jump jump = { writer->code.count, to };

	VEC_PUSH(&writer->jumps, jump);
	put(writer, BPF_JMP | BPF_JA, 0);
}

static void put_half(struct writer *writer, const struct sieve_node *node,
		     bool high)
{
	unsigned int shift = high ? 32 : 0;
	uint32_t mask = (uint32_t)(node->test.mask >> shift);
	bool is_second = high == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
	size_t at = offsetof(struct seccomp_data, args) +
		    node->test.arg * sizeof(uint64_t) +
		    (is_second ? sizeof(uint32_t) : 0);

	if (!mask)
		return;
	put(writer, BPF_LD | BPF_W | BPF_ABS, (uint32_t)at);
	if (mask != UINT32_MAX)
		put(writer, BPF_ALU | BPF_AND | BPF_K, mask);
	put_compare(writer, (uint32_t)(node->test.bits >> shift), 1, 0);
	put_jump(writer, node->no);
}

static void put_node(struct writer *writer, const struct sieve *sieve, size_t i)
{
	const struct sieve_node *node = &sieve->nodes.items[i];

	writer->nodes[i] = writer->code.count;
	put_half(writer, node, false);
	put_half(writer, node, true);
	put_jump(writer, node->yes);
}

static uint32_t answer(int end)
{
	if (sieve_error(end))
		return SECCOMP_RET_ERRNO | (uint32_t)sieve_error(end);
	return end == SIEVE_ALLOW ? SECCOMP_RET_ALLOW : SECCOMP_RET_TRACE;
}

static size_t find_end(struct writer *writer, int end)
{
	struct end made = { end, writer->code.count };

	for (size_t i = 0; i < writer->ends.count; i++)
		if (writer->ends.items[i].end == end)
			return writer->ends.items[i].at;
	VEC_PUSH(&writer->ends, made);
	put(writer, BPF_RET | BPF_K, answer(end));
	return made.at;
}

static void settle_jumps(struct writer *writer)
{
	for (size_t i = 0; i < writer->jumps.count; i++) {
		const struct jump *jump = &writer->jumps.items[i];
		size_t to = jump->to >= 0 ? writer->nodes[jump->to] :
					    find_end(writer, jump->to);

		writer->code.items[jump->at].k = (uint32_t)(to - jump->at - 1);
	}
}

static size_t put_numbers(struct writer *writer, const struct sieve *sieve)
{
	size_t calls = 0;

	put(writer, BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, arch));
	put_compare(writer, arch_native.audit_arch, 1, 0);
	put(writer, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	put(writer, BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, nr));
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		int number = arch_syscall_number(id);

		if (number < 0 || !sieve_filter_speaks_of(sieve, id))
			continue;
		put_compare(writer, (uint32_t)number, 0, 1);
		put_jump(writer, sieve->start[id]);
		calls++;
	}
	put(writer, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	return calls;
}

bool sieve_filter_build(const struct sieve *sieve, struct sock_fprog *program)
{
	struct writer writer = { 0 };
	size_t calls = put_numbers(&writer, sieve);

	*program = (struct sock_fprog){ 0 };
	writer.nodes = xcalloc(sieve->nodes.count + 1, sizeof(*writer.nodes));
	for (size_t i = sieve->nodes.count; i-- > 0;)
		put_node(&writer, sieve, i);
	settle_jumps(&writer);
	if (calls && writer.code.count <= LENGTH_MAX) {
		program->filter = writer.code.items;
		program->len = (unsigned short)writer.code.count;
	} else {
		VEC_FREE(&writer.code);
	}
	VEC_FREE(&writer.jumps);
	VEC_FREE(&writer.ends);
	free(writer.nodes);
	return !calls || program->len;
}
