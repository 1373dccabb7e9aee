/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * print_command - arguments whose meaning depends on a command.
 *
 * Only src/syscall/print_*.c need this. The facts are rows of commands.def.
 */
#ifndef SYSCALL_PRINT_COMMAND_H
#define SYSCALL_PRINT_COMMAND_H

#include "syscall/print_struct.h"

enum command_set {
	COMMANDS_MSGCTL,
	COMMANDS_SHMCTL,
	COMMANDS_SEMCTL,
	COMMANDS_QUOTA,
	COMMANDS_IOCTL,
	COMMANDS_SOCKOPT,
	COMMANDS_BPF,
};

enum command_sort {
	COMMAND_NONE,	 /* has no argument */
	COMMAND_HEX,	 /* a number in the argument itself */
	COMMAND_DECIMAL, /* as an int */
	COMMAND_WIDE,	 /* as an unsigned long */
	COMMAND_FD,
	COMMAND_SIGNAL,
	COMMAND_POINTER,
	COMMAND_STRING, /* of C */
	COMMAND_STRUCT,
	COMMAND_ITEM,  /* one number at the address, in brackets */
	COMMAND_PAIR,  /* two */
	COMMAND_KEYED, /* a structure whose first field says of what; it is
			* known even when the call fails */
	COMMAND_BYTE,  /* one byte, as a string */
	COMMAND_FLUSH, /* of terminals, as the next three */
	COMMAND_FLOW,
	COMMAND_TERMIOS,
	COMMAND_TERMIO, /* of old */
};

struct command_def {
	enum command_set set;
	uint64_t command;
	bool out; /* the kernel fills it in */
	enum command_sort sort;
	enum struct_id id;
};

/* The row; NULL when there is none. */
const struct command_def *command_find(enum command_set set, uint64_t command);

/* The argument @value as the row says; false when there is no row, or when the
 * row says that there is no argument, and nothing was written. */
bool print_command_arg(const struct print_ctx *ctx, enum command_set set,
		       uint64_t command, uint64_t value);

/* The key of an option of sockets. */
#define OPTION(level, name) ((uint64_t)(level) << 32 | (uint64_t)(name))

/* print_termios.c: struct termios, and the older struct termio */
void print_termios_at(const struct print_ctx *ctx, uint64_t addr);
void print_termio_at(const struct print_ctx *ctx, uint64_t addr);

#endif
