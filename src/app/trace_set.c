/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/trace_set.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"
#include "base/die.h"
#include "base/escape.h"
#include "syscall/call.h"
#include "syscall/class.h"
#include "syscall/names.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { SIGNALS = 64 };

static const struct trace_group {
	const char *name, *calls;
} groups[] = {
#define TRACE_GROUP(name, calls) { name, calls },
#include "syscall/trace_groups.def"
#undef TRACE_GROUP
};

static const struct {
	const char *name;
	enum trace_status status;
} statuses[] = {
	{ "successful", STATUS_SUCCESSFUL },
	{ "failed", STATUS_FAILED },
	{ "unfinished", STATUS_UNFINISHED },
	{ "unavailable", STATUS_UNAVAILABLE },
	{ "detached", STATUS_DETACHED },
};

/* ---- what the three have in common ---- */

/* A set being read: @add takes one word and says whether it is one. */
struct reading {
	const char *what;
	bool (*add)(const struct reading *reading, const char *word,
		    struct err *err);
	void *set;
};

static bool refuse(const struct reading *reading, const char *word,
		   struct err *err)
{
	BUF_AUTO(shown);

	escape_elided(&shown, word, strlen(word), 60);
	return err_set(err, "-e: %s: not a %s", buf_text(&shown),
		       reading->what);
}

/* *@inverted: the text begins with "!". */
static bool read_words(const struct reading *reading, const char *text,
		       bool *inverted, struct err *err)
{
	char *copy, *rest, *word;
	bool ok = true;

	*inverted = *text == '!';
	text += *inverted;
	if (!strcmp(text, "none"))
		return true;
	if (!strcmp(text, "all")) {
		*inverted = !*inverted;
		return true;
	}
	if (!*text)
		return refuse(reading, "", err);
	copy = rest = xstrdup(text);
	while (ok && (word = strsep(&rest, ",")))
		ok = reading->add(reading, word, err);
	free(copy);
	return ok;
}

/* ---- calls ---- */

static const char *group_calls(const char *name)
{
	if (!strcmp(name, "network"))
		name = "net";
	for (size_t i = 0; i < COUNT(groups); i++)
		if (!strcmp(groups[i].name, name))
			return groups[i].calls;
	return NULL;
}

static bool add_group(struct call_set *set, const char *name)
{
	const char *calls = group_calls(name);
	enum call_class class_id;

	if (!calls && !class_by_name(name, &class_id))
		return false;
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def =
			syscall_def((enum syscall_id)id);
		const char *at = calls;
		size_t len = strlen(def->name);

		if (!calls &&
		    syscall_possible_classes(def) & CLASS_BIT(class_id))
			set->has[id] = true;
		while (at && (at = strstr(at, def->name))) {
			if ((at == calls || at[-1] == ' ') &&
			    (!at[len] || at[len] == ' '))
				set->has[id] = true;
			at += len;
		}
	}
	return true;
}

static bool add_regex(const struct reading *reading, const char *pattern,
		      bool forgiven, struct err *err)
{
	struct call_set *set = reading->set;
	bool any = forgiven;
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB))
		return refuse(reading, pattern, err);
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		if (regexec(&regex, syscall_def((enum syscall_id)id)->name, 0,
			    NULL, 0))
			continue;
		set->has[id] = any = true;
	}
	regfree(&regex);
	return any || refuse(reading, pattern, err);
}

static const struct syscall_def *by_number(const char *word)
{
	char *end;
	long number = strtol(word, &end, 10);
	enum syscall_id id;

	if (*word < '0' || *word > '9' || *end || number > INT32_MAX)
		return NULL;
	id = arch_syscall_id((int)number);
	return id == SYSCALL_UNKNOWN ? NULL : syscall_def(id);
}

static bool add_call(const struct reading *reading, const char *word,
		     struct err *err)
{
	struct call_set *set = reading->set;
	bool forgiven = *word == '?';
	const struct syscall_def *def;

	word += forgiven;
	if (*word == '/')
		return add_regex(reading, word + 1, forgiven, err);
	if (*word == '%')
		return add_group(set, word + 1) || forgiven ||
		       refuse(reading, word, err);
	if (!strcmp(word, "all")) {
		call_set_fill(set, true);
		return true;
	}
	def = syscall_by_name(word) ?: by_number(word);
	if (def)
		set->has[def->id] = true;
	/* strace's old way to name a group. */
	return def || add_group(set, word) || forgiven ||
	       refuse(reading, word, err);
}

bool trace_set_calls(const char *text, struct call_set *set, struct err *err)
{
	const struct reading reading = {
		.what = "system call, %group or /expression",
		.add = add_call,
		.set = set,
	};
	bool inverted;

	call_set_fill(set, false);
	if (!read_words(&reading, text, &inverted, err))
		return false;
	for (int id = 0; id < SYSCALL_COUNT; id++)
		set->has[id] ^= inverted;
	return true;
}

/* ---- signals and results ---- */

static bool add_signal(const struct reading *reading, const char *word,
		       struct err *err)
{
	uint64_t *set = reading->set;
	BUF_AUTO(name);
	char *end;
	long number = strtol(word, &end, 10);

	if (!*word || *end) {
		buf_printf(&name, "%s%s",
			   strncasecmp(word, "SIG", 3) ? "SIG" : "", word);
		for (char *at = name.data; *at; at++)
			if (*at >= 'a' && *at <= 'z')
				*at = (char)(*at - 'a' + 'A');
		number = signal_by_name(buf_text(&name));
	}
	if (number < 1 || number > SIGNALS)
		return refuse(reading, word, err);
	*set |= UINT64_C(1) << (number - 1);
	return true;
}

bool trace_set_signals(const char *text, uint64_t *set, struct err *err)
{
	const struct reading reading = {
		.what = "signal",
		.add = add_signal,
		.set = set,
	};
	bool inverted;

	*set = 0;
	if (!read_words(&reading, text, &inverted, err))
		return false;
	if (inverted)
		*set = ~*set;
	return true;
}

static bool add_status(const struct reading *reading, const char *word,
		       struct err *err)
{
	unsigned int *set = reading->set;

	for (size_t i = 0; i < COUNT(statuses); i++) {
		if (strcmp(statuses[i].name, word) != 0)
			continue;
		*set |= statuses[i].status;
		return true;
	}
	return refuse(reading, word, err);
}

bool trace_set_statuses(const char *text, unsigned int *set, struct err *err)
{
	const struct reading reading = {
		.what = "kind of result (successful, failed, unfinished, "
			"unavailable, detached)",
		.add = add_status,
		.set = set,
	};
	bool inverted;

	*set = 0;
	if (!read_words(&reading, text, &inverted, err))
		return false;
	if (inverted)
		*set ^= STATUS_ALL;
	return true;
}
