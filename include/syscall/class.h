/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * class - what a person would say that a call does.
 *
 * Rules and questions speak in classes, so that every way to do one thing is
 * covered by one word. The list is include/syscall/classes.def.
 */
#ifndef SYSCALL_CLASS_H
#define SYSCALL_CLASS_H

#include <stdbool.h>
#include <stdint.h>

enum call_class {
#define CLASS(id, name, quiet, verb, summary) CLASS_##id,
#include "syscall/classes.def"
#undef CLASS
	CLASS_COUNT,
};

/* A set of classes is the bitwise or of CLASS_BIT(...)s. */
#define CLASS_BIT(class_id) (UINT32_C(1) << (class_id))

/* "file-read" */
const char *class_name(enum call_class class_id);

/* What stands between "wants to" and the object: "READ a file". */
const char *class_verb(enum call_class class_id);

/* One line of help. */
const char *class_summary(enum call_class class_id);

/* False when there is no such class. */
bool class_by_name(const char *name, enum call_class *class_id);

/* The classes that are allowed without asking unless a rule or --ask names
 * them: file-stat io memory self. */
uint32_t class_quiet_set(void);

#endif
