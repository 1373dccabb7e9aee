/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* " = 3": what a call gave back. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "syscall/names.h"
#include "syscall/printers.h"

enum {
	RESULT_COLUMN = 39, /* of the space before "=" */
	ERRNO_MAX = 4095,
};

/* What the kernel says to itself when a signal interrupts a call. */
static const struct restart {
	int error;
	const char *text;
} restarts[] = {
	{ 512, "ERESTARTSYS (To be restarted if SA_RESTART is set)" },
	{ 513, "ERESTARTNOINTR (To be restarted)" },
	{ 514, "ERESTARTNOHAND (To be restarted if no handler)" },
	{ 516, "ERESTART_RESTARTBLOCK (Interrupted by signal)" },
};

static void add_error(struct buf *out, int error)
{
	const char *name = errno_name(error);

	for (size_t i = 0; i < sizeof(restarts) / sizeof(*restarts); i++) {
		if (restarts[i].error == error) {
			buf_printf(out, "? %s", restarts[i].text);
			return;
		}
	}
	if (name)
		buf_printf(out, "-1 %s (%s)", name, strerror(error));
	else
		buf_printf(out, "-1 (errno %d)", error);
}

static void add_time(struct buf *out, int64_t result)
{
	time_t when = result;
	char text[64];
	struct tm parts;

	buf_printf(out, "%" PRId64, result);
	if (localtime_r(&when, &parts) &&
	    strftime(text, sizeof(text), "%FT%T%z", &parts))
		buf_printf(out, " (%s)", text);
}

/* sigreturn comes back too, with what the interrupted call gave. */
static bool returns(const struct call *call)
{
	return !call->def || call->def->ret != RET_NONE ||
	       call->def->id == SYSCALL_rt_sigreturn;
}

static void add_value(struct buf *out, const struct call *call, int64_t result)
{
	enum ret_kind ret = call->def ? call->def->ret : RET_DECIMAL;

	switch (ret) {
	case RET_DECIMAL:
		if (call->def && call->def->id == SYSCALL_fcntl) {
			print_fcntl_result(out, call, result);
			return;
		}
		break;
	case RET_TIME:
		if (call->def->id == SYSCALL_time) {
			add_time(out, result);
			return;
		}
		break;
	case RET_HEX:
		buf_printf(out, "%#" PRIx64, (uint64_t)result);
		return;
	case RET_OCTAL:
		buf_printf(out, "%#03" PRIo64, (uint64_t)result);
		return;
	case RET_NONE:
	case RET_FD:
	case RET_PID:
		break;
	}
	buf_printf(out, "%" PRId64, result);
}

void print_result(struct buf *out, const struct call *call, int64_t result)
{
	buf_pad(out, RESULT_COLUMN, ' ');
	buf_str(out, " = ");
	if (!returns(call))
		buf_char(out, '?');
	else if (result < 0 && result >= -ERRNO_MAX)
		add_error(out, (int)-result);
	else
		add_value(out, call, result);
}
