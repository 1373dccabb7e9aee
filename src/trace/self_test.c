/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/self_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace/filter.h"
#include "trace/spawn.h"

/* What only a traced process shows: nothing of that was seen. */
static void none_seen(struct features *features)
{
	static const enum feature_id shown[] = {
		FEATURE_CALL_INFO,
		FEATURE_EXITKILL,
		FEATURE_LISTENER,
		FEATURE_HAND_OUT,
	};

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		if (!features->error[shown[i]])
			features->error[shown[i]] = FEATURE_UNTRIED;
}

static void try_process(struct features *features)
{
	static char name[] = "syswall";
	char *const argv[] = { name, NULL };
	struct spawn_request request = {
		.path = "/proc/self/exe",
		.argv = argv,
		.environment = environ,
		.weaker = true,
		.features = features,
	};
	const uint64_t door_key = 0;
	struct sieve sieve;
	int listener = -1;
	pid_t pid = 0;

	sieve_init(&sieve);
	if (filter_build_watch(&sieve, &request.watch, NULL) &&
	    filter_build_guard(features->error[FEATURE_LISTENER] ? NULL :
								   &door_key,
			       false, false, &request.guard, NULL) &&
	    spawn(&request, &pid, &listener, NULL)) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, __WALL) > 0)
			;
	} else {
		none_seen(features);
	}
	if (listener >= 0)
		close(listener);
	else
		features->error[FEATURE_HAND_OUT] = FEATURE_UNTRIED;
	free(request.watch.filter);
	free(request.guard.filter);
}

void self_test(struct features *features)
{
	features_probe(features);
	spawn_save_signals();
	if (features_suffice(features, true, NULL))
		try_process(features);
	else
		none_seen(features);
}
