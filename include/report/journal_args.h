/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* journal_args - the arguments of a call as members of a JSON object. */
#ifndef REPORT_JOURNAL_ARGS_H
#define REPORT_JOURNAL_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/mem_reader.h"
#include "syscall/call.h"

/* "args": every argument by name, from the checked copy. @mem: the contents of
 * what it only points to as well; NULL without. */
void journal_write_args(struct json_writer *json, const struct call *call,
			const struct mem_reader *mem);

/* "filled": what the kernel has filled in; nothing when that is nothing.
 * @data: contents of buffers too. */
void journal_write_filled(struct json_writer *json, const struct call *call,
			  int64_t result, const struct mem_reader *mem,
			  bool data);

/* Does @call fill in the contents of a buffer? */
bool journal_fills_data(const struct call *call);

#endif
