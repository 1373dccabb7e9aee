/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* " = 3": what a call gave back. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "syscall/names.h"
#include "syscall/printers.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

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

	for (size_t i = 0; i < COUNT(restarts); i++) {
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

/* Results that say more than a number. */
static const struct {
	enum syscall_id id;
	void (*print)(const struct print_ctx *ctx);
} special_results[] = {
	{ SYSCALL_adjtimex, print_adjtimex_result },
	{ SYSCALL_clock_adjtime, print_adjtimex_result },
	{ SYSCALL_ioprio_get, print_ioprio_result },
	{ SYSCALL_membarrier, print_membarrier_result },
	{ SYSCALL_modify_ldt, print_ldt_result },
	{ SYSCALL_personality, print_personality_result },
	{ SYSCALL_poll, print_poll_result },
	{ SYSCALL_ppoll, print_poll_result },
	{ SYSCALL_prctl, print_prctl_result },
	{ SYSCALL_pselect6, print_select_result },
	{ SYSCALL_rt_sigtimedwait, print_signal_result },
	{ SYSCALL_sched_getscheduler, print_scheduler_result },
	{ SYSCALL_select, print_select_result },
};

static void add_value(const struct print_ctx *ctx)
{
	const struct call *call = ctx->call;
	struct buf *out = ctx->out;
	int64_t result = ctx->result;
	enum ret_kind ret = call->def ? call->def->ret : RET_DECIMAL;

	for (size_t i = 0; i < COUNT(special_results) && !call->narrow; i++) {
		if (call->def && call->def->id == special_results[i].id) {
			special_results[i].print(ctx);
			return;
		}
	}
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
	case RET_FD:
		print_fd_number(out, (int)result);
		return;
	case RET_NONE:
	case RET_PID:
		break;
	}
	buf_printf(out, "%" PRId64, result);
}

void print_no_result(struct buf *out)
{
	buf_pad(out, RESULT_COLUMN, ' ');
	buf_str(out, " = ?");
}

void print_result(struct buf *out, const struct call *call, int64_t result,
		  const struct mem_reader *mem,
		  const struct print_options *options)
{
	struct print_ctx ctx = {
		.out = out,
		.mem = mem,
		.call = call,
		.options = options,
		.exiting = true,
		.result = result,
	};
	const struct print_options *before = print_set_options(options);

	buf_pad(out, RESULT_COLUMN, ' ');
	buf_str(out, " = ");
	if (!returns(call))
		buf_char(out, '?');
	else if (result < 0 && result >= -ERRNO_MAX)
		add_error(out, (int)-result);
	else
		add_value(&ctx);
	print_set_options(before);
}
