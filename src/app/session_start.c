/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Before the loop: the policy, what is watched, the logs, the program. */
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
#include "trace/spawn.h"

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
static bool may_write(const struct options *options, struct err *err)
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
static void sift(const struct session *session, struct sieve *sieve)
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

/* What is weaker here is always told, and noted in the report; what is only
 * less comfortable is told to a person. */
static void tell_missing(struct session *session)
{
	const struct features *features = tracer_features(session->tracer);
	const struct options *options = session->options;
	bool comfort = !options->quiet && isatty(STDERR_FILENO);
	BUF_AUTO(lines);
	char *line, *rest;

	if (options_only_watch(options))
		return;
	features_list_missing(features, comfort, &lines);
	for (rest = (char *)buf_text(&lines); (line = strsep(&rest, "\n"));) {
		if (!*line)
			continue;
		warn_line("%s", line);
		record_note(session->record, "%s", line);
	}
}

/* --pty */
static bool open_relay(struct session *session, struct tracer_options *tracing,
		       struct err *err)
{
	if (!session->options->pty)
		return true;
	session->relay = relay_open(
		tracing->identity ? tracing->identity->uid : geteuid(), err);
	if (!session->relay)
		return false;
	tracing->terminal = relay_program_end(session->relay);
	tracing->polled = relay_polled(session->relay, &tracing->n_polled);
	return true;
}

bool session_start(struct session *session, int *exit_status, struct err *err)
{
	const struct options *options = session->options;
	struct tracer_options tracing = {
		.want_signals = options->verbosity >= 2,
		.poll = !options->no_poll,
		.pin = !options_only_watch(options),
		/* Who only watches promises nothing. */
		.weaker = options->weaker || options_only_watch(options),
	};

	*exit_status = EXIT_SYSWALL_FAILED;
	if (!may_write(options, err))
		return false;
	session->policy = session_policy(options, err);
	if (!session->policy)
		return false;
	if (options->verbosity || options->output) {
		session->log = log_open(
			options->output, &options->trace,
			!options->output && show_layout(STDERR_FILENO).colour,
			err);
		if (!session->log)
			return false;
	}
	if (options->log) {
		session->journal = journal_open(options->log, options->argv,
						options->log_data, err);
		if (!session->journal)
			return false;
	}
	protect_files(&session->protect, options);
	if (!launch_init(&session->launch, options, err))
		return false;
	tracing.environment = session->launch.environment.items;
	if (session->launch.has_identity)
		tracing.identity = &session->launch.identity;
	sift(session, &session->sieve);
	tracing.sieve = &session->sieve;
	if (!open_relay(session, &tracing, err))
		return false;
	spawn_save_signals();
	job_install_handlers();
	if (options->learn)
		session->learn = learn_new();
	else if (!options->no_prompt)
		session->prompt = prompt_open();
	session->tracer =
		tracer_start(options->argv, &tracing, exit_status, err);
	if (!session->tracer)
		return false;
	session->record = record_new(options->argv);
	tell_missing(session);
	session->lookups.off = options->quiet && !options->reports.count;
	session->lookups.all_calls =
		options->summary || options->verbosity >= 2;
	if (options->summary)
		record_keep_stats(session->record);
	record_start(session->record, tracer_main_pid(session->tracer), 0);
	if (session->journal)
		journal_start(session->journal,
			      tracer_main_pid(session->tracer), getpid());
	job_set_program(tracer_main_pid(session->tracer));
	if (session->relay)
		relay_start(session->relay);
	if (session->relay && session->prompt)
		prompt_use_relay(session->prompt, session->relay);
	return true;
}
