/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* journaling - what of a session goes to --log, and what when it cannot. All
 * of these do nothing without --log. */
#ifndef APP_JOURNALING_H
#define APP_JOURNALING_H

#include "app/session.h"

/* The call in @event is decided, and about to be let go with @action. When
 * its line cannot be written it becomes ACTION_KILL_ALL. */
void journaling_call(struct session *session, const struct trace_event *event,
		     struct task *task, struct trace_action *action);

void journaling_result(struct session *session, const struct trace_event *event,
		       struct task *task);

/* A call that the engine refused. */
void journaling_refused(struct session *session,
			const struct trace_event *event);

/* Start, exec and end of a process. */
void journaling_event(struct session *session, const struct trace_event *event);

/* syswall is about to sleep or to ask. */
void journaling_flush(struct session *session);

/* Would the call of @task change the log itself? */
bool journaling_is_attacked(const struct session *session,
			    const struct call *call);

/* The run is over. False when the log is not complete; that has been said. */
bool journaling_finish(struct session *session);

#endif
