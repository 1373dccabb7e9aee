/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Before and after the loop: the policy, what is watched, what is written. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/job.h"
#include "app/session.h"
#include "app/show.h"
#include "arch/arch.h"
#include "base/die.h"
#include "base/file.h"
#include "policy/profile.h"

/* --learn adds to what -s names. */
static bool load_learned(struct policy *policy, const struct options *options,
			 struct err *err)
{
	struct stat saved, config;

	if (!options->save || stat(options->save, &saved) ||
	    !S_ISREG(saved.st_mode) || !saved.st_size)
		return true;
	for (size_t i = 0; i < options->configs.count; i++)
		if (!stat(options->configs.items[i], &config) &&
		    config.st_dev == saved.st_dev &&
		    config.st_ino == saved.st_ino)
			return true;
	return policy_load_file(policy, options->save, err);
}

struct policy *session_policy(const struct options *options, struct err *err)
{
	struct policy *policy = policy_new();
	bool ok = true;

	policy_set_numbering(policy, arch_syscall_id);
	for (size_t i = 0; i < options->configs.count && ok; i++)
		ok = policy_load_file(policy, options->configs.items[i], err);
	if (ok && options->learn)
		ok = load_learned(policy, options, err);
	for (size_t i = 0; i < options->profiles.count && ok; i++)
		ok = policy_load_profile(policy, options->profiles.items[i],
					 err);
	for (size_t i = 0; i < options->asks.count && ok; i++)
		ok = policy_set_ask(policy, options->asks.items[i], err);
	if (options->has_unmatched)
		policy_set_unmatched(policy, options->unmatched);
	else if (options_only_watch(options))
		policy_set_unmatched(policy, VERDICT_ALLOW);
	if (options->learn)
		policy_set_learning(policy);
	else if (options->no_prompt)
		policy_set_no_prompt(policy);
	if (ok)
		return policy;
	policy_free(policy);
	return NULL;
}

/* The logs are opened before the start anyway, but for those of -ff. */
bool session_may_write(const struct options *options, struct err *err)
{
	BUF_AUTO(log_of_task);

	for (size_t i = 0; i < options->reports.count; i++)
		if (!file_may_write(options->reports.items[i], err))
			return false;
	if (options->save && !file_may_write(options->save, err))
		return false;
	if (!options->output || options->trace.follow < 2)
		return true;
	buf_printf(&log_of_task, "%s.%d", options->output, (int)getpid());
	return file_may_write(buf_text(&log_of_task), err);
}

/* Does anybody hear what the record says? -v tells of what it keeps. */
static bool needs_record(const struct options *options)
{
	if (options->reports.count || options->log)
		return true;
	return !options_only_watch(options) &&
	       (options->verbosity || !options->quiet);
}

/* A socket that was blocked softly is nobody's: what is done with it has to
 * succeed, whatever the rules say of these calls. */
static void show_sockets(struct sieve *sieve)
{
	static const enum syscall_id calls[] = {
		SYSCALL_socket,
		SYSCALL_connect,
		SYSCALL_bind,
		SYSCALL_listen,
	};
	const size_t count = sizeof(calls) / sizeof(calls[0]);
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any = any || sieve_shows(sieve, sieve->start[calls[i]]);
	for (size_t i = 1; any && i < count; i++)
		sieve->start[calls[i]] = SIEVE_SHOW;
}

/* What decides must stop; so must what record and -v tell, and for -vv all. */
void session_sift(const struct session *session, struct sieve *sieve)
{
	const struct options *options = session->options;
	struct call_set seen = { 0 };

	if (!options_only_watch(options))
		protect_add_watched(&session->protect, &seen);
	if (options->trace.every_call || options->summary)
		log_add_watched(&options->trace, &seen);
	if (needs_record(options))
		record_add_watched(&seen);
	policy_sift(session->policy, &seen, needs_record(options), sieve);
	show_sockets(sieve);
	if (options->no_filter_verdicts)
		sieve_flatten(sieve);
}

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
