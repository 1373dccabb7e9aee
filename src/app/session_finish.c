/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* After the loop: reports, saved rules, the exit status. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/job.h"
#include "app/session.h"
#include "app/show.h"
#include "base/die.h"
#include "base/file.h"

/* The program never ran: as a shell would put it. */
static int not_started(const struct session *session)
{
	int error = session->start_error;

	warn_line("cannot execute %s: %s", session->options->argv[0],
		  strerror(error));
	return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
}

/* The rules come last: the report tells of those that decided. */
static void finish_learning(struct session *session)
{
	const struct options *options = session->options;
	size_t count;
	BUF_AUTO(remarks);

	if (!session->learn || !options->save)
		return;
	count = learn_finish(session->learn, session->policy);
	learn_remarks(session->learn, &remarks);
	if (options->quiet)
		return;
	fputs(buf_text(&remarks), stderr);
	warn_line("learned %zu new thing%s", count, count == 1 ? "" : "s");
}

/* As strace does: where the log goes. */
static void print_summary(struct session *session)
{
	BUF_AUTO(text);

	if (!session->options->summary || session->start_error)
		return;
	record_add_stats(session->record, session->options->summary_order,
			 &text);
	if (session->options->output)
		log_text(session->log, &text);
	else
		fputs(buf_text(&text), stderr);
}

int session_finish(struct session *session)
{
	const struct options *options = session->options;
	struct err err;
	bool ok;

	print_summary(session);
	ok = log_close(session->log, &err) ||
	     (warn_line("%s", err.text), false);
	session->log = NULL;
	ok = journaling_finish(session) && ok;
	if (session->start_error)
		return not_started(session);
	record_set_rules(session->record, session->policy);
	if (!options->quiet && !options_only_watch(options))
		show_print(session->record, options, STDERR_FILENO);
	ok &= show_save(session->record, options);
	finish_learning(session);
	if (options->save &&
	    !policy_save(session->policy, options->save, &err)) {
		warn_line("%s", err.text);
		ok = false;
	}
	if (!ok)
		return EXIT_SYSWALL_FAILED;
	return job_exit_status(tracer_status(session->tracer));
}

void session_free(struct session *session)
{
	log_close(session->log, NULL);
	journal_close(session->journal, NULL);
	if (session->prompt)
		prompt_close(session->prompt);
	relay_free(session->relay);
	tracer_free(session->tracer);
	if (session->record)
		record_free(session->record);
	learn_free(session->learn);
	if (session->policy)
		policy_free(session->policy);
	task_free_all(&session->tasks);
	soft_free(&session->soft_sockets);
	launch_free(&session->launch);
	lookups_free(&session->lookups);
	protect_free(&session->protect);
	sieve_free(&session->sieve);
	history_free(&session->history);
}
