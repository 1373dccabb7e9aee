/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 *   cat (pid 4127, from sh) wants to READ a file
 *     /etc/passwd                      asked for as ../../etc/passwd
 *     openat(AT_FDCWD, "../../etc/passwd", O_RDONLY)
 */
#include "prompt/question.h"

#include <stdint.h>
#include <string.h>

#include "base/escape.h"
#include "prompt/intent.h"
#include "prompt/who.h"
#include "syscall/print.h"

enum {
	NOTE_COLUMN = 37,  /* where "asked for as" stands */
	CALL_BYTES = 4096, /* of the printed call */
	TARGETS_MAX = 8,   /* addresses of one sendmmsg, say */
};

static const char bold[] = "\033[1m";
static const char bold_yellow[] = "\033[1;33m";
static const char bold_red[] = "\033[1;31m";
static const char faint[] = "\033[2m";
static const char normal[] = "\033[0m";

static void add_value(struct buf *out, const char *text,
		      const struct question_style *style)
{
	if (*text)
		escape_elided(out, text, strlen(text), style->limit);
	else
		buf_str(out, "\"\"");
}

/* ---- what for ---- */

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* The graver, the louder. */
static const char *emphasis(const struct call *call,
			    const struct question_style *style)
{
	unsigned int severity = severity_of_call(style->places, call);

	return severity >= SEVERITY_GRAVE   ? bold_red :
	       severity >= SEVERITY_NOTABLE ? bold_yellow :
					      bold;
}

/* Copy @text, words in capitals with @loudly in front, which may be NULL. The
 * text is ours, not the program's. */
static void add_emphasised(struct buf *out, const char *text,
			   const char *loudly)
{
	while (*text) {
		size_t len = strcspn(text, " ");
		bool loud = loudly && len > 1 && is_capital(text[0]) &&
			    is_capital(text[1]);

		if (loud)
			buf_str(out, loudly);
		buf_add(out, text, len);
		if (loud)
			buf_str(out, normal);
		text += len;
		for (; *text == ' '; text++)
			buf_char(out, ' ');
	}
}

static void add_intent(struct buf *out, const struct question *question,
		       const struct question_style *style)
{
	BUF_AUTO(intent);
	pid_t self = question->subject ? question->subject->pid : 0;

	intent_text(&intent, question->call, self);
	buf_str(out, "  ");
	if (question->subject)
		who_text(out, question->subject, style->limit);
	else
		buf_str(out, "a program");
	buf_str(out, " wants to ");
	add_emphasised(out, buf_text(&intent),
		       style->colour ? emphasis(question->call, style) : NULL);
	buf_char(out, '\n');
}

/* ---- on what ---- */

static bool is_path(const struct target *target)
{
	switch (target->kind) {
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
	case TARGET_FD:
		return true;
	case TARGET_NONE:
	case TARGET_ADDRESS:
	case TARGET_MSG:
	case TARGET_MMSG:
	case TARGET_PID:
	case TARGET_PIDFD:
		break;
	}
	return false;
}

/* Of two paths each is told by what it is: from and to, or the name of the
 * argument. */
static const char *target_label(const struct call *call, size_t i)
{
	const struct target *target = &call->targets[i];
	enum arg_kind kind;
	size_t paths = 0;
	size_t k;

	for (k = 0; k < call->n_targets; k++)
		paths += is_path(&call->targets[k]);
	if (paths < 2 || !is_path(target) || !call->def)
		return NULL;
	kind = call->def->args[target->arg].kind;
	if (kind == ARG_PATH_OLD || kind == ARG_PATH_LINKED)
		return "from";
	if (i && (kind == ARG_PATH_ONTO || kind == ARG_PATH_NEW))
		return "to";
	return call->def->args[target->arg].name;
}

static int label_width(const struct call *call)
{
	size_t width = 0;
	size_t i;

	for (i = 0; i < call->n_targets; i++) {
		const char *label = target_label(call, i);

		if (label && strlen(label) > width)
			width = strlen(label);
	}
	return (int)width;
}

/* What is said of a path to its right, "" if nothing. */
static void path_note(struct buf *note, const struct target *target,
		      const struct call *call,
		      const struct question_style *style)
{
	if (target->error) {
		buf_printf(note, "cannot be resolved: %s",
			   strerror(-target->error));
	} else if (target->kind == TARGET_FD) {
		buf_printf(note, "open as descriptor %d",
			   (int)call->args[target->arg]);
	} else if (target->asked && target->resolved &&
		   strcmp(target->asked, target->resolved) != 0) {
		buf_str(note, "asked for as ");
		add_value(note, target->asked, style);
	}
}

static void add_path(struct buf *out, const struct target *target,
		     const struct call *call,
		     const struct question_style *style, size_t line_start)
{
	const char *path = target->resolved ? target->resolved : target->asked;
	BUF_AUTO(note);

	if (path)
		add_value(out, path, style);
	else
		buf_str(out, "a file");
	path_note(&note, target, call, style);
	if (!note.len)
		return;
	buf_pad(out, line_start + NOTE_COLUMN - 2, ' ');
	buf_str(out, "  ");
	if (style->colour)
		buf_str(out, faint);
	buf_add(out, note.data, note.len);
	if (style->colour)
		buf_str(out, normal);
}

static void add_process(struct buf *out, const struct target *target)
{
	buf_printf(out, "process %d", (int)target->pid);
	if (target->resolved) {
		buf_char(out, ' ');
		who_name(out, target->resolved);
	}
}

static void add_address(struct buf *out, const struct target *target,
			const struct question_style *style)
{
	BUF_AUTO(text);

	if (target->error) {
		buf_printf(out, "an address that cannot be read: %s",
			   strerror(-target->error));
		return;
	}
	address_text(&text, &target->address, target->address_len);
	if (text.len > style->limit) {
		escape_again(out, text.data, style->limit);
		buf_str(out, "...");
	} else {
		escape_again(out, buf_text(&text), text.len);
	}
}

/* Is there anything to say that the intent line does not? */
static bool is_shown(const struct target *target, const struct call *call)
{
	switch (target->kind) {
	case TARGET_NONE:
		return false;
	case TARGET_PID:
	case TARGET_PIDFD:
		return target->pid > 0 &&
		       (target->resolved || !intent_names_process(call));
	case TARGET_ADDRESS:
	case TARGET_MSG:
	case TARGET_MMSG:
		return target->error || target->address_len > 0;
	case TARGET_PATH:
	case TARGET_LINK:
	case TARGET_NEW:
	case TARGET_FD:
		break;
	}
	return true;
}

static void add_target(struct buf *out, const struct call *call, size_t i,
		       const struct question_style *style)
{
	const struct target *target = &call->targets[i];
	const char *label = target_label(call, i);
	size_t line_start = out->len;

	buf_str(out, "    ");
	if (label)
		buf_printf(out, "%-*s  ", label_width(call), label);
	if (is_path(target))
		add_path(out, target, call, style, line_start);
	else if (target->kind == TARGET_PID || target->kind == TARGET_PIDFD)
		add_process(out, target);
	else
		add_address(out, target, style);
	buf_char(out, '\n');
}

static void add_targets(struct buf *out, const struct call *call,
			const struct question_style *style)
{
	size_t shown = 0, left = 0;
	size_t i;

	for (i = 0; i < call->n_targets; i++) {
		if (!is_shown(&call->targets[i], call))
			continue;
		if (shown == TARGETS_MAX && style->limit != SIZE_MAX) {
			left++;
			continue;
		}
		shown++;
		add_target(out, call, i, style);
	}
	if (left)
		buf_printf(out, "    and %zu more, which i shows\n", left);
}

/* ---- by which call ---- */

static void add_call(struct buf *out, const struct call *call)
{
	BUF_AUTO(text);

	print_call(&text, call);
	buf_str(out, "    ");
	if (text.len > CALL_BYTES) {
		escape_again(out, text.data, CALL_BYTES);
		buf_str(out, "...");
	} else {
		escape_again(out, buf_text(&text), text.len);
	}
	buf_char(out, '\n');
}

void question_text(struct buf *out, const struct question *question,
		   const struct question_style *style)
{
	add_intent(out, question, style);
	add_targets(out, question->call, style);
	add_call(out, question->call);
}
