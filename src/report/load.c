/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The head of a record, its rules, counts and timeline, read back. */
#include "report/load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "report/record.h"

enum {
	RECORD_BYTES_MAX = 256 << 20,
	RECORD_VERSION = 1,
};

/* What is in the name of a call, and in "(others)". */
#define CALL_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_()"

static const uint64_t count_max = UINT64_C(1) << 53;

bool load_err(struct loader *loader, const struct json *node, const char *why)
{
	json_err(loader->record->doc, node, loader->err, "%s", why);
	return false;
}

bool load_each(struct loader *loader, const struct json *object,
	       const char *key, load_row row, int section)
{
	const struct json *list = json_member(object, key), *entry;

	if (!list)
		return true;
	if (!json_is_array(list))
		return load_err(loader, list, "not a list");
	for (entry = json_first(list); entry; entry = json_next(entry))
		if (!row(loader, entry, section))
			return false;
	return true;
}

bool load_text(struct loader *loader, const struct json *object,
	       const char *key, const char **text)
{
	const struct json *node = json_member(object, key);

	*text = node ? json_string(node) : "";
	return *text || load_err(loader, node, "not a string");
}

bool load_count(struct loader *loader, const struct json *object,
		const char *key, uint64_t max, uint64_t *count)
{
	const struct json *node = json_member(object, key);
	int64_t value = 0;

	if (node && (!json_is_integer(node, &value) || value < 0 ||
		     (uint64_t)value > max))
		return load_err(loader, node, "not a count, or too high");
	*count = (uint64_t)value;
	return true;
}

bool load_true(struct loader *loader, const struct json *object,
	       const char *key, bool *truth)
{
	const struct json *node = json_member(object, key);

	*truth = false;
	return !node || json_is_bool(node, truth) ||
	       load_err(loader, node, "neither true nor false");
}

/* ---- rows ---- */

static bool load_word(struct loader *loader, const struct json *row,
		      int section)
{
	(void)section;
	if (!json_string(row))
		return load_err(loader, row, "not a string");
	VEC_PUSH(&loader->record->command, xstrdup(json_string(row)));
	return true;
}

static bool load_limit(struct loader *loader, const struct json *row,
		       int section)
{
	(void)section;
	if (!json_string(row))
		return load_err(loader, row, "not a string");
	VEC_PUSH(&loader->record->limits, xstrdup(json_string(row)));
	return true;
}

static bool load_rule(struct loader *loader, const struct json *row,
		      int section)
{
	const struct json *rule = json_member(row, "rule");
	struct record_rule loaded = { 0 };
	struct json_writer json;
	const char *file;
	uint64_t index;
	BUF_AUTO(text);

	(void)section;
	if (!load_text(loader, row, "file", &file) ||
	    !load_count(loader, row, "index", UINT32_MAX, &index) ||
	    !load_count(loader, row, "hits", count_max, &loaded.hits))
		return false;
	if (!rule || !json_is_object(rule))
		return load_err(loader, row, "without a rule");
	json_writer_init(&json, &text, false);
	json_write_node(&json, rule);
	loaded.index = (unsigned int)index;
	loaded.file = xstrdup(file);
	loaded.text = buf_steal(&text);
	VEC_PUSH(&loader->record->rules, loaded);
	return true;
}

static bool load_moment(struct loader *loader, const struct json *row,
			int section)
{
	struct moment moment = { .verdict = VERDICT_ALLOW };
	const char *what, *verdict, *host;
	uint64_t process;

	(void)section;
	if (!load_count(loader, row, "us", count_max, &moment.us) ||
	    !load_count(loader, row, "process", PROCESSES_MAX, &process) ||
	    !load_text(loader, row, "what", &what) ||
	    !load_text(loader, row, "verdict", &verdict) ||
	    !load_text(loader, row, "name", &moment.name) ||
	    !load_text(loader, row, "other", &moment.other) ||
	    !load_text(loader, row, "host", &host))
		return false;
	if (!section_by_key(what, &moment.section) ||
	    (*verdict && !verdict_by_name(verdict, &moment.verdict)))
		return load_err(loader, row, "nothing that can happen");
	moment.process = (unsigned int)process;
	moment.safe = load_is_safe(moment.name);
	timeline_add(&loader->record->timeline, &moment, *host ? host : NULL);
	return true;
}

/* "123": it may be too high for a number of JSON. */
static bool load_ns(struct loader *loader, const struct json *row,
		    const char *key, uint64_t *ns)
{
	const char *text;
	char *end;

	if (!load_text(loader, row, key, &text))
		return false;
	errno = 0;
	*ns = strtoull(text, &end, 10);
	return (*text >= '0' && *text <= '9' && !*end && !errno) ||
	       load_err(loader, row, "not a time");
}

static bool load_statistic(struct loader *loader, const struct json *row,
			   int section)
{
	struct stats_row loaded = { 0 };
	const char *call;

	(void)section;
	if (!load_text(loader, row, "call", &call) ||
	    !load_count(loader, row, "count", count_max, &loaded.calls) ||
	    !load_count(loader, row, "errors", count_max, &loaded.errors) ||
	    !load_ns(loader, row, "time_ns", &loaded.took_ns) ||
	    !load_ns(loader, row, "waited_ns", &loaded.waited_ns))
		return false;
	if (!*call || strlen(call) >= sizeof(loaded.name) ||
	    call[strspn(call, CALL_CHARACTERS)])
		return load_err(loader, row, "no name of a call");
	snprintf(loaded.name, sizeof(loaded.name), "%s", call);
	stats_load(&loader->record->stats, &loaded);
	return true;
}

/* ---- counts ---- */

static bool load_verdicts(struct loader *loader, const struct json *row,
			  uint64_t counts[VERDICT_COUNT])
{
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (!load_count(loader, row, verdict_name((enum verdict)i),
				count_max, &counts[i]))
			return false;
	return true;
}

static bool load_decisions(struct loader *loader, const struct json *root)
{
	const struct json *all = json_member(root, "decisions"), *row;
	uint64_t(*decided)[VERDICT_COUNT] = loader->record->decided;

	for (int i = 0; i <= CLASS_COUNT; i++) {
		row = json_member(all, i == CLASS_COUNT ?
					       "no-class" :
					       class_name((enum call_class)i));
		if (row && !load_verdicts(loader, row, decided[i]))
			return false;
	}
	return true;
}

/* "2026-01-31T12:00:00.123Z", and how long it took: seen from the start, the
 * clock stood at nothing. */
static bool load_times(struct loader *loader, const struct json *root)
{
	struct record *record = loader->record;
	const char *when, *rest;
	struct tm utc = { 0 };
	uint64_t ms;

	if (!load_text(loader, root, "started", &when) ||
	    !load_count(loader, root, "duration_ms", count_max, &ms))
		return false;
	rest = strptime(when, "%Y-%m-%dT%H:%M:%S", &utc);
	if (!rest)
		return load_err(loader, root, "it does not say when it began");
	record->started.tv_sec = timegm(&utc);
	if (*rest == '.')
		record->started.tv_nsec =
			strtol(rest + 1, NULL, 10) % 1000 * 1000000;
	record->ended_clock.tv_sec = (time_t)(ms / 1000);
	record->ended_clock.tv_nsec = (long)(ms % 1000) * 1000000;
	return true;
}

/* Null and nothing mean the same: not known. */
static bool load_directory(struct loader *loader, const struct json *all,
			   const char *key, char **path)
{
	const struct json *node = json_member(all, key);
	const char *text = node ? json_string(node) : NULL;

	if (text && text[0] != '/')
		return load_err(loader, node, "no absolute path");
	*path = text ? xstrdup(text) : NULL;
	return true;
}

static bool load_directories(struct loader *loader, const struct json *root)
{
	const struct json *all = json_member(root, "directories");
	struct record *record = loader->record;
	struct variables *directories = &record->directories;

	if (!load_directory(loader, all, "home", &directories->home) ||
	    !load_directory(loader, all, "cwd", &directories->cwd) ||
	    !load_directory(loader, all, "tmp", &directories->tmp))
		return false;
	record->places = places_new(directories);
	return true;
}

static bool load_all(struct loader *loader, const struct json *root)
{
	struct record *record = loader->record;
	int64_t version;

	record->keeps_stats = json_member(root, "statistics");
	if (!json_is_object(root) || !json_member(root, "version") ||
	    !json_member(root, "processes"))
		return load_err(loader, root, "not a record of syswall");
	if (!json_is_integer(json_member(root, "version"), &version) ||
	    version != RECORD_VERSION)
		return load_err(loader, json_member(root, "version"),
				"a version of records that is not known");
	/* Nothing where there should be lists would look like an idle run. */
	if (!json_member(root, "files") || !json_member(root, "sockets"))
		return load_err(loader, root,
				"not a whole record: no files or sockets");
	return load_each(loader, root, "command", load_word, 0) &&
	       load_directories(loader, root) && load_times(loader, root) &&
	       load_count(loader, root, "n_calls", count_max, &record->calls) &&
	       load_count(loader, root, "n_answers", count_max,
			  &record->answered) &&
	       load_lists(loader, root) && load_decisions(loader, root) &&
	       load_each(loader, root, "rules", load_rule, 0) &&
	       load_each(loader, root, "statistics", load_statistic, 0) &&
	       load_processes(loader, root) &&
	       load_count(loader, root, "n_processes", count_max,
			  &record->processes.started) &&
	       load_each(loader, root, "timeline", load_moment, 0) &&
	       load_each(loader, root, "limits", load_limit, 0);
}

struct record *record_load(const char *path, struct err *err)
{
	BUF_AUTO(text);

	if (!file_read(path, RECORD_BYTES_MAX, &text, err))
		return NULL;
	return record_load_text(path, buf_text(&text), text.len, err);
}

struct record *record_load_text(const char *name, const char *text, size_t len,
				struct err *err)
{
	struct record *record;
	struct loader loader = { .err = err };

	record = loader.record = xcalloc(1, sizeof(*record));
	record->doc = json_parse(name, text, len, err);
	if (record->doc && load_all(&loader, json_root(record->doc)))
		return record;
	record_free(record);
	return NULL;
}
