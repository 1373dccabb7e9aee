/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* log_select - which of the lines of -vv the options want. */
#ifndef APP_LOG_SELECT_H
#define APP_LOG_SELECT_H

#include "app/log_options.h"
#include "syscall/call.h"

/* Is the call that @tid enters, whose memory @mem reads, one of -e trace= and
 * -P? Calls without a row
 * always are one of the first. */
bool select_call(const struct log_options *options, pid_t tid,
		 const struct mem_reader *mem, const struct call *call);

/* Is this how a call has to end? */
bool select_status(const struct log_options *options, enum trace_status status);
bool select_result(const struct log_options *options, int64_t result);

bool select_signal(const struct log_options *options, int number);

#endif
