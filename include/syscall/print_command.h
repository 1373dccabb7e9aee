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
};

enum command_sort {
	COMMAND_NONE,	 /* has no argument */
	COMMAND_HEX,	 /* a number in the argument itself */
	COMMAND_DECIMAL, /* as an int */
	COMMAND_FD,
	COMMAND_SIGNAL,
	COMMAND_POINTER,
	COMMAND_STRING, /* of C */
	COMMAND_STRUCT,
	COMMAND_ITEM, /* one number at the address, in brackets */
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

#endif
