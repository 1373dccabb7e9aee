/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* inject - the pins come into a task's memory. Private to the trace folder. */
#ifndef TRACE_INJECT_H
#define TRACE_INJECT_H

struct tracer;
struct tracee;

/*
 * @tracee stands at the entry of a call: map the pins into its space and let
 * it go. It makes the same call again, which is then announced as restarted,
 * and finds tracee->space->area set, or .area_error. Neither: something came
 * in between, try again.
 */
void inject_pins(struct tracer *tracer, struct tracee *tracee);

#endif
