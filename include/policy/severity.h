/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * severity - how grave a thing is that a program does, from 0 (every program
 * may) to 10. One table for questions, reports and comparisons:
 * policy/severity.def; policy/places.def says what is where. What counts as a
 * credential is the list of profiles/secrets.json.
 */
#ifndef POLICY_SEVERITY_H
#define POLICY_SEVERITY_H

#include "policy/places.h"
#include "syscall/call.h"
#include "syscall/class.h"

enum {
	SEVERITY_NONE = 0,
	SEVERITY_NOTABLE = 5, /* more than reading and writing files */
	SEVERITY_GRAVE = 8,
	SEVERITY_MAX = 10,
};

unsigned int severity_of(enum call_class class_id, enum place place);

/* How grave is it to do this to what is called @name? */
unsigned int severity_of_name(const struct places *places,
			      enum call_class class_id, const char *name);

/* How grave is the call with this name, whatever it is given? */
unsigned int severity_of_call_name(const char *name);

/* The gravest thing that @call does. @places may be NULL: places do not count.
 */
unsigned int severity_of_call(const struct places *places,
			      const struct call *call);

#endif
