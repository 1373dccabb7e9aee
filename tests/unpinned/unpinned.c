/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * syswall without pinned arguments: the linker puts these in the place of the
 * functions they are named after (ld(1), --wrap). Races that are lost against
 * syswall have to be won against this, or they prove nothing.
 */
#include "trace/engine.h"
#include "trace/tracer.h"

bool __wrap_tracer_isolate(struct tracer *tracer,
			   const struct trace_event *event,
			   const struct call *call);
int __wrap_tracer_pin(struct tracer *tracer, const struct trace_event *event,
		      const struct call *call);
void __wrap_alone_begin(struct tracer *tracer, struct tracee *tracee);

bool __wrap_tracer_isolate(struct tracer *tracer,
			   const struct trace_event *event,
			   const struct call *call)
{
	(void)tracer;
	(void)event;
	(void)call;
	return false;
}

int __wrap_tracer_pin(struct tracer *tracer, const struct trace_event *event,
		      const struct call *call)
{
	(void)tracer;
	(void)event;
	(void)call;
	return 0;
}

void __wrap_alone_begin(struct tracer *tracer, struct tracee *tracee)
{
	(void)tracer;
	tracee->mutates = false;
}
