/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* session - one run of one program: the loop where all layers meet. */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/history.h"
#include "app/launch.h"
#include "app/log.h"
#include "app/lookups.h"
#include "app/options.h"
#include "app/protect.h"
#include "app/soft.h"
#include "app/task.h"
#include "policy/learn.h"
#include "policy/policy.h"
#include "prompt/prompt.h"
#include "report/journal.h"
#include "report/record.h"
#include "trace/tracer.h"

struct session {
	const struct options *options;
	struct policy *policy;
	struct tracer *tracer;
	struct prompt *prompt; /* NULL: nobody is asked */
	struct relay *relay;   /* NULL without --pty */
	struct learn *learn;   /* NULL without --learn */
	struct record *record;
	struct call_log *log;	 /* NULL: nothing is logged */
	struct journal *journal; /* NULL without --log */
	bool journal_failed;	 /* and that has been said */
	struct task_table tasks;
	struct history history;
	struct soft_sockets soft_sockets;
	struct lookups lookups;
	struct launch launch;
	struct protect protect;
	struct sieve sieve;   /* the engine looks at it */
	bool ending;	      /* Ctrl-C at a prompt: nobody is asked any more */
	int ending_ticks;     /* seconds since then */
	bool blocked_unasked; /* "no terminal" has been said */
	bool waiting_said;
	int start_error; /* positive errno: the program could not be executed */
};

/* Run the program. Returns syswall's exit status; when the program was killed
 * by a signal, syswall dies of the same one. */
int session_run(const struct options *options);

/* session_start.c: the rules that the options name, or NULL with @err. */
struct policy *session_policy(const struct options *options, struct err *err);
/* Everything before the first event: rules, logs, program.
 * False with @err and the exit status of a run that never began. */
bool session_start(struct session *session, int *exit_status, struct err *err);

/* session_finish.c: report, record, saved rules. Returns the exit status, or
 * does not return when the program was killed by a signal. */
int session_finish(struct session *session);
void session_free(struct session *session);

/* ask.c: what the person says about the call in @event. */
enum verdict session_ask(struct session *session,
			 const struct trace_event *event, struct task *task);

/* decide.c: what becomes of the call in @event. */
void session_decide(struct session *session, const struct trace_event *event,
		    struct task *task, struct trace_action *action);

/* decide.c: a process runs @exe now, be it as the interpreter of what it asked
 * for. Where a rule blocks that, it is killed. @subject is who asked. */
void session_check_executed(struct session *session,
			    const struct trace_event *event,
			    const struct subject *subject, const char *exe);

/* decide.c: what was decided to run has to run as it was decided. False: the
 * task is on its way to make the call again, and the event is over. */
bool session_pin(struct session *session, const struct trace_event *event,
		 struct task *task, struct trace_action *action);

/* ---- journaling.c: what of a session goes to --log, and what when it cannot.
 * All of these do nothing without --log. ---- */

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

/* The run is over. False when the log is not complete; that has been said. */
bool journaling_finish(struct session *session);

#endif
