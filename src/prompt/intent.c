/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "prompt/intent.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include "syscall/class.h"

static const char *const intents[SYSCALL_COUNT] = {
#define INTENT(name, words) [SYSCALL_##name] = (words),
#include "prompt/intents.def"
#undef INTENT
};

/* Of several classes the gravest is named first. */
static const enum call_class by_gravity[] = {
	CLASS_EXEC,	   CLASS_SYSTEM,      CLASS_FILE_DELETE,
	CLASS_FILE_RENAME, CLASS_FILE_CREATE, CLASS_FILE_WRITE,
	CLASS_FILE_ATTR,   CLASS_FILE_READ,   CLASS_NET_CONNECT,
	CLASS_NET_BIND,	   CLASS_NET_SOCKET,  CLASS_PROCESS,
	CLASS_SIGNAL,	   CLASS_TTY,	      CLASS_IPC,
	CLASS_FILE_STAT,   CLASS_IO,	      CLASS_MEMORY,
	CLASS_SELF,
};

_Static_assert(sizeof(by_gravity) / sizeof(*by_gravity) == CLASS_COUNT,
	       "a class is missing above");

/* "READ a file" is the verb "READ" and the object " a file". */
struct phrase {
	const char *verb;
	int verb_len;
	const char *object;
};

static struct phrase split_phrase(const char *words)
{
	/* Up to the last blank in front of the first small letter. */
	size_t len = strcspn(words, "abcdefghijklmnopqrstuvwxyz");

	if (words[len])
		while (len && words[len] != ' ')
			len--;
	return (struct phrase){ words, (int)len, words + len };
}

/* How many phrases from @first on have the same object. */
static size_t same_object(const struct phrase *phrases, size_t count,
			  size_t first)
{
	size_t end = first + 1;

	while (end < count &&
	       !strcmp(phrases[end].object, phrases[first].object))
		end++;
	return end - first;
}

static void add_phrases(struct buf *out, const struct phrase *phrases,
			size_t count)
{
	size_t first = 0;

	while (first < count) {
		size_t n = same_object(phrases, count, first);
		size_t i;

		if (first)
			buf_str(out, ", and ");
		for (i = 0; i < n; i++)
			buf_printf(out, "%s%.*s",
				   !i	      ? "" :
				   i == n - 1 ? " and " :
						", ",
				   phrases[first + i].verb_len,
				   phrases[first + i].verb);
		buf_str(out, phrases[first].object);
		first += n;
	}
}

/* open(..., O_RDWR | O_CREAT): "CREATE, WRITE and READ a file" */
static void add_classes(struct buf *out, const struct call *call)
{
	uint32_t classes = call->classes & ~class_quiet_set();
	struct phrase phrases[CLASS_COUNT];
	size_t count = 0;
	size_t i;

	if (!classes)
		classes = call->classes;
	for (i = 0; i < CLASS_COUNT; i++)
		if (classes & CLASS_BIT(by_gravity[i]))
			phrases[count++] =
				split_phrase(class_verb(by_gravity[i]));
	if (count)
		add_phrases(out, phrases, count);
	else
		buf_printf(out, "CALL %s", call->def->name);
}

/* ---- signals ---- */

static int find_arg(const struct call *call, enum arg_kind kind)
{
	int i;

	if (!call->def)
		return -1;
	for (i = 0; i < SYSCALL_ARGS_MAX; i++)
		if (call->def->args[i].kind == kind)
			return i;
	return -1;
}

static const struct target *find_process(const struct call *call)
{
	size_t i;

	for (i = 0; i < call->n_targets; i++)
		if (call->targets[i].kind == TARGET_PID ||
		    call->targets[i].kind == TARGET_PIDFD)
			return &call->targets[i];
	return NULL;
}

bool intent_names_process(const struct call *call)
{
	return find_arg(call, ARG_SIGNAL) >= 0 && find_process(call);
}

static void add_signal_name(struct buf *out, int number)
{
	const char *name = sigabbrev_np(number);

	if (name)
		buf_printf(out, "SIG%s", name);
	else
		buf_printf(out, "signal %d", number);
}

static void add_process(struct buf *out, const struct target *target,
			pid_t self)
{
	pid_t pid = target->pid;

	if (target->kind == TARGET_PIDFD && pid <= 0)
		buf_str(out, "a process");
	else if (pid > 0 && pid == self)
		buf_str(out, "itself");
	else if (pid > 0)
		buf_printf(out, "process %d", (int)pid);
	else if (pid == 0)
		buf_str(out, "its own process group");
	else if (pid == -1)
		buf_str(out, "EVERY process that it may signal");
	else
		buf_printf(out, "process group %lld", -(long long)pid);
}

/* kill(12, SIGTERM): "SEND SIGTERM to process 12" */
static void add_signal(struct buf *out, const struct call *call, pid_t self)
{
	int number = (int)call->args[find_arg(call, ARG_SIGNAL)];

	if (number) {
		buf_str(out, "SEND ");
		add_signal_name(out, number);
		buf_str(out, " to ");
	} else {
		/* Signal 0 is never sent. */
		buf_str(out, "LOOK whether it may signal ");
	}
	add_process(out, find_process(call), self);
}

/* ---- all calls ---- */

static bool removes_directory(const struct call *call)
{
	int flags = find_arg(call, ARG_UNLINK_FLAGS);

	return flags >= 0 && (call->args[flags] & AT_REMOVEDIR);
}

void intent_text(struct buf *out, const struct call *call, pid_t self)
{
	if (!call->def)
		buf_printf(out,
			   "make system call %d, which syswall does not know",
			   call->number);
	else if (intent_names_process(call))
		add_signal(out, call, self);
	else if (removes_directory(call))
		buf_str(out, "DELETE a directory");
	else if (intents[call->def->id])
		buf_str(out, intents[call->def->id]);
	else
		add_classes(out, call);
}
