/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/check.h"
#include "app/compare.h"
#include "app/explain.h"
#include "app/job.h"
#include "app/list.h"
#include "app/options.h"
#include "app/session.h"
#include "app/show.h"
#include "base/die.h"

static int run_mode(const struct options *options)
{
	switch (options->mode) {
	case MODE_RUN:
		return session_run(options);
	case MODE_CHECK:
		return check_files(options);
	case MODE_EXPLAIN:
		return explain_call(options);
	case MODE_COMPARE:
		return compare_records(options);
	case MODE_SHOW:
		return show_record(options);
	case MODE_LIST_PROFILES:
		return list_profiles();
	case MODE_LIST_CLASSES:
		return list_classes();
	case MODE_LIST_SYSCALLS:
		return list_syscalls();
	case MODE_HELP:
		options_print_help();
		return 0;
	case MODE_VERSION:
		return list_version();
	}
	return EXIT_SYSWALL_FAILED;
}

int main(int argc, char *argv[])
{
	struct options options;
	struct err err;
	int status = EXIT_SYSWALL_FAILED;

	job_reserve_standard_fds();
	if (options_parse(&options, argc, argv, &err))
		status = run_mode(&options);
	else
		warn_line("%s", err.text);
	options_free(&options);
	return status;
}
